/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "web/admin/invitations_page.h"

#include "desk/invite.h"
#include "desk/roles.h"
#include "store/team.h"
#include "web/admin/accounts_page.h"
#include "web/admin/admin_page.h"
#include "web/admin/roles_form.h"
#include "web/moment.h"
#include "web/say.h"
#include "web/staff/staff_words.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* Everything that was ticked under a name, with blanks between. */
static const char *
ticked(struct work *w, const struct request *q, const char *name)
{
	struct buffer b = buffer_in(w->arena, 64);

	for (int i = 0; i < q->form.count; i++)
		if (strcmp(q->form.at[i].name, name) == 0)
			buffer_printf(&b, "%s%s", b.len ? " " : "", q->form.at[i].value);
	return buffer_text(&b);
}

static bool
is_ticked(const struct request *q, const char *name, const char *value)
{
	for (int i = 0; i < q->form.count; i++)
		if (strcmp(q->form.at[i].name, name) == 0 &&
			strcmp(q->form.at[i].value, value) == 0)
			return true;
	return false;
}

static struct part_choice *
ticks(struct roles_form *f, const char *name, enum word label, int count,
	struct part_input **input)
{
	*input = roles_form_ask(f, name, label, "");
	(*input)->kind = PART_CHECKBOXES;
	(*input)->small = true;
	return ledger_choices(f->w, *input, count);
}

/* Those that the actor may hand on. */
static void
ask_roles(struct roles_form *f)
{
	struct work *w = f->w;
	struct role_row_list list;
	struct part_input *input;
	struct part_choice *at;
	int count = 0;

	role_row_list(w, w->actor->org, &list);
	at = ticks(f, "roles", WORD_invite_roles, list.count, &input);
	for (int i = 0; i < list.count; i++) {
		const struct role_row *k = &list.at[i];

		if (k->role == ROLE_CUSTOMER || k->role == ROLE_SYSTEM ||
			!roles_may_give(w, k->rights | k->gives))
			continue;
		at[count++] = (struct part_choice){
			.value = k->name,
			.label = staff_words_role_text(w, k->role, k->label),
			.chosen = f->sent && is_ticked(f->q, "roles", k->name),
		};
	}
	input->choices.count = count;
}

static void
ask_teams(struct roles_form *f)
{
	struct work *w = f->w;
	struct part_input *input;
	struct part_choice *at;
	struct team_list list;

	team_list(w, w->actor->org, &list);
	if (list.count == 0)
		return;
	at = ticks(f, "teams", WORD_invite_teams, list.count, &input);
	input->hint = say(w, WORD_accounts_join_lead);
	for (int i = 0; i < list.count; i++) {
		const char *id = arena_printf(w->arena, "%" PRId64, list.at[i].id);

		at[i] = (struct part_choice){
			.value = id,
			.label = list.at[i].name,
			.chosen = f->sent && is_ticked(f->q, "teams", id),
		};
	}
}

static void
ask_way(struct roles_form *f)
{
	struct part_input *input = roles_form_ask(f, "way", WORD_invite_way, "letter");
	struct part_choice *at = ledger_choices(f->w, input, 2);
	bool provider = strcmp(input->value, "provider") == 0;

	input->kind = PART_RADIOS;
	input->small = true;
	at[0] = (struct part_choice){
		.value = "letter",
		.label = say(f->w, WORD_invite_letter),
		.hint = say(f->w, WORD_invite_letter_hint),
		.chosen = !provider,
	};
	at[1] = (struct part_choice){
		.value = "provider",
		.label = say(f->w, WORD_invite_provider),
		.hint = say(f->w, WORD_invite_provider_hint),
		.chosen = provider,
	};
}

void
invitations_page_ask(struct work *w, const struct request *q, struct ledger_view *v)
{
	struct roles_form f = roles_form(w, q, v, "/admin/accounts", "invite");
	struct part_input *email;

	roles_form_say(&f, WORD_invite_title, WORD_invite_lead, WORD_invite_send);
	roles_form_ask(&f, "name", WORD_invite_name, "")->autocomplete = "off";
	email = roles_form_ask(&f, "email", WORD_person_email, "");
	email->type = "email";
	email->autocomplete = "off";
	email->no_spelling = true;
	ask_roles(&f);
	ask_teams(&f);
	ask_way(&f);
	roles_form_reason(&f);
}

/* The roles or teams of an invitation by what they are called, a line each. */
static const char *
roles_text(struct work *w, const struct invitation *i)
{
	struct bytes rest = bytes_of(i->roles);
	struct buffer b = buffer_in(w->arena, 64);

	while (rest.len > 0) {
		struct bytes one = bytes_cut(&rest, ' ');
		struct role_row k;

		if (role_row_get(w, i->org, arena_text(w->arena, one.at, one.len), &k) ==
			DONE)
			buffer_printf(&b, "%s%s", b.len ? "\n" : "",
				staff_words_role_text(w, k.role, k.label));
	}
	return b.len ? buffer_text(&b) : say(w, WORD_accounts_none);
}

static const char *
teams_text(struct work *w, const struct invitation *i)
{
	struct bytes rest = bytes_of(i->teams);
	struct buffer b = buffer_in(w->arena, 64);

	while (rest.len > 0) {
		struct bytes one = bytes_cut(&rest, ' ');
		struct team t;

		if (team_get(w, i->org,
			    strtoll(arena_text(w->arena, one.at, one.len), NULL, 10),
			    &t) == DONE)
			buffer_printf(&b, "%s%s", b.len ? "\n" : "", t.name);
	}
	return b.len ? buffer_text(&b) : say(w, WORD_accounts_none);
}

static const char *
state_text(struct work *w, const struct invitation *i)
{
	const struct zone *z = moment_zone(w, i->org);
	enum word word = WORD_invite_waits_letter;

	if (i->expires <= w->now)
		word = i->letter ? WORD_invite_over_letter : WORD_invite_over_provider;
	else if (!i->letter)
		word = WORD_invite_waits_provider;
	return words_text(w->arena, w->words, word,
		words_values(word_value("until", moment_at(w, z, i->expires).exact)));
}

static const char *
address(struct work *w, const struct invitation *i)
{
	return arena_printf(w->arena, "/admin/invitations/%" PRId64, i->id);
}

void
invitations_page_table(struct work *w, struct ledger_view *v)
{
	static const struct ledger_column heads[] = {{WORD_report_name, false},
		{WORD_person_email, false}, {WORD_me_roles, false},
		{WORD_admin_state, false}};
	static const struct ledger_columns columns = {heads, 4};
	struct invitation_list list;
	struct ledger_table *t;

	invitation_list(w, w->actor->org, &list);
	if (list.count == 0)
		return;
	t = ledger_table(w, v, &columns, list.count);
	t->title = say(w, WORD_invite_awaited);
	for (int i = 0; i < list.count; i++) {
		const struct invitation *k = &list.at[i];
		struct ledger_row *row = ledger_row(w, t, k->name, address(w, k));

		ledger_cell(row, k->email);
		ledger_cell(row, roles_text(w, k));
		ledger_cell(row, state_text(w, k));
	}
}

enum outcome
invitations_page_make(struct work *w, const struct request *q, struct reply *r)
{
	const struct invite_wish wish = {
		.name = form_text(q, "name"),
		.email = form_text(q, "email"),
		.roles = ticked(w, q, "roles"),
		.teams = ticked(w, q, "teams"),
		.reason = form_text(q, "reason"),
		.letter = strcmp(form_text(q, "way"), "provider") != 0,
	};
	struct invitation made;
	enum outcome end = invite_somebody(w, &wish, &made);

	if (end == INVALID)
		return accounts_page_list(w, q, r);
	return end == DONE ? reply_see_other(r, "/admin/invitations/%ld?done=1", made.id)
			   : end;
}

static void
fill_facts(struct work *w, struct ledger_view *v, const struct invitation *i)
{
	struct account giver;

	ledger_fact(w, v, WORD_person_email, i->email);
	ledger_fact(w, v, WORD_admin_state, state_text(w, i));
	ledger_fact(w, v, WORD_me_roles, roles_text(w, i));
	ledger_fact(w, v, WORD_accounts_teams, teams_text(w, i));
	ledger_fact(w, v, WORD_invite_sent,
		moment_at(w, moment_zone(w, i->org), i->sent).exact);
	if (account_of(w, i->giver, &giver) == DONE)
		ledger_fact(w, v, WORD_invite_giver, giver.name);
}

static void
ask_again(struct work *w, const struct request *q, struct ledger_view *v,
	const struct invitation *i)
{
	struct roles_form f = roles_form(w, q, v, address(w, i), "again");

	roles_form_say(&f, i->letter ? WORD_invite_again : WORD_invite_longer,
		i->letter ? WORD_invite_again_lead : WORD_invite_longer_lead,
		i->letter ? WORD_invite_again : WORD_invite_longer);
	f.form->folded = false;
}

static void
ask_withdraw(struct work *w, const struct request *q, struct ledger_view *v,
	const struct invitation *i)
{
	struct roles_form f = roles_form(w, q, v, address(w, i), "withdraw");

	roles_form_say(&f, WORD_invite_withdraw, WORD_invite_withdraw_lead,
		WORD_invite_withdraw);
	f.form->warning = true;
	roles_form_reason(&f);
}

enum outcome
invitations_page_show(struct work *w, const struct request *q, struct reply *r)
{
	struct ledger_view v;
	struct invitation i;

	if (invitation_get(w, w->actor->org, path_int(q, "id"), &i) != DONE)
		return MISSING;
	ledger_begin(w, q, &v, WORD_invite_one, SECTION_ADMIN);
	v.ways = admin_page_ways(w, WORD_NONE);
	v.heading = v.page.title_text = i.name;
	v.lead = say(w, WORD_invite_one);
	if (*query_text(q, "done"))
		v.lead = say(w,
			i.letter ? WORD_invite_done_letter : WORD_invite_done_provider);
	fill_facts(w, &v, &i);
	ask_again(w, q, &v, &i);
	ask_withdraw(w, q, &v, &i);
	return ledger_print(w, &v, r);
}

enum outcome
invitations_page_do(struct work *w, const struct request *q, struct reply *r)
{
	bool again = strcmp(strrchr(q->path, '/'), "/again") == 0;
	int64_t id = path_int(q, "id");
	enum outcome end = again ? invite_again(w, id)
				 : invite_withdraw(w, id, form_text(q, "reason"));

	if (end == INVALID)
		return invitations_page_show(w, q, r);
	if (end != DONE)
		return end;
	return again ? reply_see_other(r, "/admin/invitations/%ld?done=1", id)
		     : reply_see_other(r, "/admin/accounts");
}
