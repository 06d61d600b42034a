/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "web/staff/access_page.h"

#include "store/account.h"
#include "store/audit.h"
#include "store/sharing.h"
#include "store/team.h"
#include "web/staff/ledger.h"
#include "web/staff/staff_words.h"
#include "web/staff/ticket_page.h"

#include <inttypes.h>
#include <string.h>

enum { MOST_PEOPLE = 2000 };

/* One person before one ticket. */
struct asked {
	struct work *w; /* as the one who asks */
	const struct ticket *t;
	struct actor who; /* as they are at home */
	bool in_team;
};

static const char *
role_list(const struct asked *a, enum right r)
{
	struct buffer b = buffer_in(a->w->arena, 64);

	for (int i = 0; i < a->who.grant_count; i++) {
		const struct grant *g = &a->who.grants[i];

		if (g->org != a->t->org || !(g->rights & RIGHT_BIT(r)))
			continue;
		buffer_text_add(&b, b.len ? ", " : "");
		buffer_text_add(&b, staff_words_role_text(a->w, g->role, g->label));
	}
	return buffer_text(&b);
}

/* The agreement in force by which the person has the right, or NULL. */
static const char *
agreement(const struct asked *a, enum right r)
{
	struct scope s = access_scope(&a->who, a->t->org, r);
	struct sharing_terms terms;

	if (!s.shared)
		return NULL;
	sharing_terms(a->w, a->t->org, s.taker, s.person, &terms);
	for (int i = 0; i < terms.count; i++) {
		const struct sharing_term *term = &terms.at[i];
		struct sharing_list versions;

		if (strcmp(term->service, a->t->service) != 0 ||
			!(term->rights & RIGHT_BIT(r)) ||
			(a->t->restricted && !term->restricted))
			continue;
		sharing_versions(a->w, a->t->org, term->agreement, &versions);
		return versions.count ? versions.at[0].name : "";
	}
	return NULL;
}

static const char *
because(struct work *w, enum word word, const char *name)
{
	return words_text(w->arena, w->words, word,
		words_values(word_value("name", name ? name : "")));
}

/* The rule that lets them, in the order in which SCOPE_SQL asks; NULL: none does. */
static const char *
why(const struct asked *a, enum right r)
{
	struct work *w = a->w;
	const struct ticket *t = a->t;
	struct scope s = access_scope(&a->who, t->org, r);
	const char *shared;

	if (s.all && (!t->restricted || s.restricted))
		return because(w,
			t->restricted ? WORD_access_by_restricted : WORD_access_by_role,
			role_list(a, r == RIGHT_SEE ? RIGHT_SEE : r));
	if (s.teams && a->in_team)
		return because(w, WORD_access_by_team, t->team_name);
	if (s.own && t->customer == s.person && s.person)
		return because(w, WORD_access_by_own, NULL);
	shared = agreement(a, r);
	return shared ? because(w, WORD_access_by_agreement, shared) : NULL;
}

static const char *
why_not(const struct asked *a, enum right r)
{
	uint64_t rights = access_rights(&a->who, a->t->org);

	if (rights == 0 && a->who.org != a->t->org)
		return because(a->w, WORD_access_not_here, NULL);
	if (r != RIGHT_SEE && !(rights & RIGHT_BIT(r)))
		return because(a->w, WORD_access_not_right, NULL);
	if (a->t->restricted && (rights & RIGHT_BIT(RIGHT_SEE)))
		return because(a->w, WORD_access_not_restricted, NULL);
	return because(a->w, WORD_access_not_team, a->t->team_name);
}

static bool
meet(struct work *w, const struct ticket *t, const char *email, struct asked *a)
{
	struct account account;

	if (account_find(w, email, &account) != DONE || account.disabled)
		return false;
	*a = (struct asked){.w = w, .t = t};
	a->who = (struct actor){.kind = ACTOR_STAFF,
		.org = account.org,
		.person = account.person,
		.name = account.name};
	account_grants(w, account.person, account.org, &a->who);
	a->in_team = team_has_member(w, t->org, t->team, account.person);
	return true;
}

static void
fill_rights(struct ledger_view *v, const struct asked *a)
{
	static const enum right asked[] = {RIGHT_SEE, RIGHT_READ, RIGHT_REPLY, RIGHT_NOTE,
		RIGHT_CLAIM, RIGHT_ASSIGN, RIGHT_MOVE_OUT, RIGHT_RESOLVE, RIGHT_PRIORITY,
		RIGHT_AMEND, RIGHT_EXPORT};
	static const struct ledger_column heads[] = {{WORD_access_right, false},
		{WORD_access_has, false}, {WORD_access_rule, false}};
	static const struct ledger_columns columns = {heads, 3};
	const int count = sizeof asked / sizeof *asked;
	struct ledger_table *t = ledger_table(a->w, v, &columns, count);

	t->title = a->who.name;
	for (int i = 0; i < count; i++) {
		const char *rule = why(a, asked[i]);
		struct ledger_row *row = ledger_row(a->w, t,
			ledger_say(a->w,
				words_find(arena_printf(a->w->arena, "access.right.%s",
					access_right_name(asked[i])))),
			NULL);

		ledger_cell(
			row, ledger_say(a->w, rule ? WORD_access_yes : WORD_access_no));
		ledger_cell(row, rule ? rule : why_not(a, asked[i]));
	}
}

static void
add_everybody_of(
	struct work *w, const struct ticket *t, int64_t org, struct ledger_table *table)
{
	struct account_role_list list;
	int64_t last = 0;

	account_roles(w, org, &list);
	for (int i = 0; i < list.count; i++) {
		const struct account_role *k = &list.at[i];
		struct ledger_row *row;
		struct asked a;
		const char *rule;

		if (k->disabled || k->person == last || table->rows.count >= MOST_PEOPLE)
			continue;
		last = k->person;
		if (!meet(w, t, k->email, &a) || !(rule = why(&a, RIGHT_SEE)))
			continue;
		row = ledger_row(w, table, k->name,
			arena_printf(w->arena, "/staff/tickets/%s/access?who=%s",
				t->reference, k->email));
		ledger_cell(row, k->email);
		ledger_cell(row, rule);
	}
}

/* Of the ticket's organisation, and of those that an agreement lets in. */
static void
fill_everybody(struct work *w, const struct ticket *t, struct ledger_view *v)
{
	static const struct ledger_column heads[] = {{WORD_report_name, false},
		{WORD_person_email, false}, {WORD_access_rule, false}};
	static const struct ledger_columns columns = {heads, 3};
	struct ledger_table *table = ledger_table(w, v, &columns, MOST_PEOPLE);
	struct sharing_list agreements;

	table->title = ledger_say(w, WORD_access_everybody);
	add_everybody_of(w, t, t->org, table);
	sharing_read(w, t->org, &agreements);
	for (int i = 0; i < agreements.count; i++) {
		const struct sharing *s = &agreements.at[i];
		bool again = false;

		for (int k = 0; k < i; k++)
			again = again || agreements.at[k].taker == s->taker;
		if (s->org == t->org && s->ends > w->now && !again)
			add_everybody_of(w, t, s->taker, table);
	}
}

enum outcome
access_page_show(struct work *w, const struct request *q, struct reply *r)
{
	const char *email = query_text(q, "who");
	struct ledger_view v;
	struct ledger_form *f;
	struct ticket t;
	struct asked a;

	/* An administrator explains what they may not read: the page shows nothing of it.
	 */
	if (ticket_page_explain(w, path_part(q, "ref"), &t) != DONE)
		return MISSING;
	ledger_begin(w, q, &v, WORD_access_title, SECTION_QUEUE);
	v.heading = v.page.title_text = words_text(w->arena, w->words,
		WORD_access_heading, words_values(word_value("reference", t.reference)));
	ledger_fact(w, &v, WORD_queue_service, t.service_name);
	ledger_fact(w, &v, WORD_queue_team, t.team_name);
	ledger_fact(w, &v, WORD_ticket_restricted,
		ledger_say(w, t.restricted ? WORD_access_yes : WORD_access_no));
	f = ledger_form(w, &v,
		arena_printf(w->arena, "/staff/tickets/%s/access", t.reference),
		WORD_access_ask);
	f->asks = true;
	f->token = NULL;
	ledger_input(w, f, "who", WORD_access_who)->value = email;
	if (*email && meet(w, &t, email, &a))
		fill_rights(&v, &a);
	else if (*email)
		v.lead = ledger_say(w, WORD_access_unknown);
	fill_everybody(w, &t, &v);
	return ledger_print(w, &v, r);
}
