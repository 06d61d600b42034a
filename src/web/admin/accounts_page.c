/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "web/admin/accounts_page.h"

#include "desk/roles.h"
#include "store/team.h"
#include "web/admin/admin_page.h"
#include "web/admin/invitations_page.h"
#include "web/admin/roles_form.h"
#include "web/say.h"
#include "web/staff/staff_words.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* The roles of one person, whose rows stand together, as one text; *i moves to the last.
 */
static const char *
roles_text(struct work *w, const struct account_role_list *list, int *i)
{
	struct buffer b = buffer_in(w->arena, 64);
	int64_t person = list->at[*i].person;

	for (; *i < list->count && list->at[*i].person == person; ++*i) {
		const struct account_role *k = &list->at[*i];

		if (b.len > 0)
			buffer_text_add(&b, ", ");
		buffer_text_add(&b, staff_words_role_text(w, k->role, k->role_label));
	}
	--*i;
	return buffer_text(&b);
}

static const char *
state_text(struct work *w, bool disabled)
{
	return say(w, disabled ? WORD_admin_disabled : WORD_admin_enabled);
}

static const char *
address(struct work *w, int64_t person)
{
	return arena_printf(w->arena, "/admin/accounts/%" PRId64, person);
}

static void
fill_list(struct work *w, struct ledger_view *v)
{
	static const struct ledger_column heads[] = {{WORD_report_name, false},
		{WORD_person_email, false}, {WORD_me_roles, false},
		{WORD_admin_state, false}};
	static const struct ledger_columns columns = {heads, 4};
	struct account_role_list list;
	struct ledger_table *t;

	account_roles(w, w->actor->org, &list);
	t = ledger_table(w, v, &columns, list.count);
	for (int i = 0; i < list.count; i++) {
		const struct account_role *a = &list.at[i];
		struct ledger_row *row = ledger_row(w, t, a->name, address(w, a->person));

		ledger_cell(row, a->email);
		ledger_cell(row, roles_text(w, &list, &i));
		ledger_cell(row, state_text(w, a->disabled));
	}
}

enum outcome
accounts_page_list(struct work *w, const struct request *q, struct reply *r)
{
	const char *email = query_text(q, "email");
	struct part_input *input;
	struct ledger_view v;
	struct ledger_form *f;
	struct account a;

	if (*email && roles_by_email(w, email, &a) == DONE)
		return reply_see_other(r, "/admin/accounts/%ld", a.person);
	ledger_begin(w, q, &v, WORD_admin_accounts, SECTION_ADMIN);
	v.ways = admin_page_ways(w, WORD_admin_accounts);
	v.lead = say(w, WORD_accounts_lead);
	f = ledger_form(w, &v, "/admin/accounts", WORD_accounts_find_send);
	f->asks = true;
	f->token = NULL;
	f->title = say(w, WORD_accounts_find);
	input = ledger_input(w, f, "email", WORD_person_email);
	input->id = "find-email";
	input->value = email;
	input->no_spelling = true;
	input->error = *email ? say(w, WORD_accounts_unknown) : NULL;
	invitations_page_ask(w, q, &v);
	fill_list(w, &v);
	invitations_page_table(w, &v);
	return ledger_print(w, &v, r);
}

/* One account as its page shows it. */
struct shown {
	struct work *w;
	const struct request *q;
	struct ledger_view *v;
	const char *front;
	struct account account;
	struct account_role_list roles; /* theirs here */
	struct team_list teams;
};

static void
read_roles(struct shown *s)
{
	struct account_role_list all;

	account_roles(s->w, s->w->actor->org, &all);
	s->roles.at = arena_array(s->w->arena, (size_t)all.count + 1, sizeof *all.at);
	for (int i = 0; i < all.count; i++)
		if (all.at[i].person == s->account.person)
			s->roles.at[s->roles.count++] = all.at[i];
}

static bool
has_role(const struct shown *s, const char *name)
{
	for (int i = 0; i < s->roles.count; i++)
		if (strcmp(s->roles.at[i].role_name, name) == 0)
			return true;
	return false;
}

static bool
has_team(const struct shown *s, int64_t team)
{
	for (int i = 0; i < s->teams.count; i++)
		if (s->teams.at[i].id == team)
			return true;
	return false;
}

static void
fill_facts(struct shown *s)
{
	struct work *w = s->w;
	struct buffer roles = buffer_in(w->arena, 64), teams = buffer_in(w->arena, 64);
	const char *none = say(w, WORD_accounts_none);
	struct organisation home;

	for (int i = 0; i < s->roles.count; i++) {
		const struct account_role *k = &s->roles.at[i];

		buffer_text_add(&roles, roles.len ? "\n" : "");
		buffer_text_add(&roles, staff_words_role_text(w, k->role, k->role_label));
	}
	for (int i = 0; i < s->teams.count; i++) {
		buffer_text_add(&teams, teams.len ? "\n" : "");
		buffer_text_add(&teams, s->teams.at[i].name);
	}
	ledger_fact(w, s->v, WORD_person_email, s->account.email);
	ledger_fact(w, s->v, WORD_accounts_home,
		team_organisation(w, s->account.org, &home) == DONE ? home.name : "");
	ledger_fact(w, s->v, WORD_admin_state, state_text(w, s->account.disabled));
	ledger_fact(w, s->v, WORD_me_roles, roles.len ? buffer_text(&roles) : none);
	ledger_fact(w, s->v, WORD_accounts_teams, teams.len ? buffer_text(&teams) : none);
}

/* Those they have, or those they have not and the actor may hand on. */
static void
ask_role(struct shown *s, const char *deed, bool theirs)
{
	struct work *w = s->w;
	struct role_row_list list;
	struct part_input *input;
	struct part_choice *at;
	struct roles_form f;
	int count = 0;

	role_row_list(w, w->actor->org, &list);
	f = roles_form(w, s->q, s->v, s->front, deed);
	roles_form_say(&f, theirs ? WORD_accounts_take : WORD_accounts_give, WORD_NONE,
		theirs ? WORD_accounts_take_send : WORD_roles_give_send);
	f.form->warning = theirs;
	at = roles_form_select(&f, "role", WORD_accounts_role, list.count, &input);
	for (int i = 0; i < list.count; i++) {
		const struct role_row *k = &list.at[i];

		if (has_role(s, k->name) != theirs ||
			!roles_may_give(w, k->rights | k->gives))
			continue;
		at[count++] = (struct part_choice){
			.value = k->name,
			.label = staff_words_role_text(w, k->role, k->label),
			.chosen = strcmp(input->value, k->name) == 0,
		};
	}
	input->choices.count = count;
	roles_form_reason(&f);
}

static void
ask_team(struct shown *s, const char *deed, bool theirs)
{
	struct work *w = s->w;
	struct part_input *input;
	struct part_choice *at;
	struct team_list list;
	struct roles_form f;
	int count = 0;

	team_list(w, w->actor->org, &list);
	f = roles_form(w, s->q, s->v, s->front, deed);
	roles_form_say(&f, theirs ? WORD_accounts_leave : WORD_accounts_join,
		theirs ? WORD_NONE : WORD_accounts_join_lead,
		theirs ? WORD_accounts_leave_send : WORD_accounts_join_send);
	f.form->warning = theirs;
	at = roles_form_select(&f, "team", WORD_accounts_team, list.count, &input);
	for (int i = 0; i < list.count; i++) {
		const char *id = arena_printf(w->arena, "%" PRId64, list.at[i].id);

		if (has_team(s, list.at[i].id) == theirs)
			at[count++] = (struct part_choice){
				.value = id,
				.label = list.at[i].name,
				.chosen = strcmp(input->value, id) == 0,
			};
	}
	input->choices.count = count;
	roles_form_reason(&f);
}

static void
ask_plain(struct shown *s, const char *deed, enum word title, enum word lead)
{
	struct roles_form f = roles_form(s->w, s->q, s->v, s->front, deed);

	roles_form_say(&f, title, lead, title);
	f.form->warning = strcmp(deed, "enable") != 0;
	roles_form_reason(&f);
}

static void
ask_all(struct shown *s)
{
	ask_role(s, "give", false);
	if (s->roles.count > 0)
		ask_role(s, "take", true);
	if (s->roles.count > 0)
		ask_team(s, "join", false);
	if (s->teams.count > 0 && s->roles.count > 0)
		ask_team(s, "leave", true);
	if (s->account.org != s->w->actor->org)
		return;
	if (s->account.disabled) {
		ask_plain(s, "enable", WORD_accounts_enable, WORD_accounts_enable_lead);
		return;
	}
	ask_plain(s, "sign-out", WORD_accounts_sign_out, WORD_accounts_sign_out_lead);
	ask_plain(s, "disable", WORD_accounts_disable, WORD_accounts_disable_lead);
}

enum outcome
accounts_page_show(struct work *w, const struct request *q, struct reply *r)
{
	struct ledger_view v;
	struct shown s = {.w = w, .q = q, .v = &v};
	int64_t person = path_int(q, "id");

	if (roles_person(w, person, &s.account) != DONE)
		return MISSING;
	s.front = address(w, person);
	read_roles(&s);
	team_of_person(w, w->actor->org, person, &s.teams);
	ledger_begin(w, q, &v, WORD_admin_accounts, SECTION_ADMIN);
	v.ways = admin_page_ways(w, WORD_NONE);
	v.heading = v.page.title_text = s.account.name;
	if (*query_text(q, "done"))
		v.lead = say(w, WORD_roles_saved);
	fill_facts(&s);
	if (access_may(w->actor, w->actor->org, RIGHT_AUDIT))
		ledger_link(w, &v, say(w, WORD_accounts_audit),
			arena_printf(w->arena, "/admin/audit?who=%s", s.account.email));
	ask_all(&s);
	return ledger_print(w, &v, r);
}

enum outcome
accounts_page_do(struct work *w, const struct request *q, struct reply *r)
{
	struct roles_deed d = {
		.person = path_int(q, "id"),
		.role = form_text(q, "role"),
		.team = form_int(q, "team"),
		.reason = form_text(q, "reason"),
	};
	enum outcome end = roles_do(w, strrchr(q->path, '/') + 1, &d);

	if (end == INVALID)
		return accounts_page_show(w, q, r);
	return end == DONE ? reply_see_other(r, "/admin/accounts/%ld?done=1", d.person)
			   : end;
}
