/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "web/staff/access_page.h"

#include "store/account.h"
#include "store/audit.h"
#include "store/sharing.h"
#include "store/team.h"
#include "web/staff/access_reason.h"
#include "web/staff/ledger.h"
#include "web/staff/ticket_page.h"

#include <inttypes.h>
#include <string.h>

enum { MOST_PEOPLE = 2000 };

/* To be given work is no right, but often what was meant. */
static void
fill_work(struct ledger_table *t, const struct access_reason *a)
{
	struct ledger_row *row;
	const char *rule;
	bool may;

	rule = access_reason_work(a, &may);
	row = ledger_row(a->w, t, ledger_say(a->w, WORD_access_work), NULL);
	ledger_cell(row, ledger_say(a->w, may ? WORD_access_yes : WORD_access_no));
	ledger_cell(row, rule);
}

static void
fill_rights(struct ledger_view *v, const struct access_reason *a)
{
	static const enum right asked[] = {RIGHT_SEE, RIGHT_READ, RIGHT_REPLY, RIGHT_NOTE,
		RIGHT_CLAIM, RIGHT_ASSIGN, RIGHT_MOVE_OUT, RIGHT_RESOLVE, RIGHT_PRIORITY,
		RIGHT_AMEND, RIGHT_EXPORT};
	static const struct ledger_column heads[] = {{WORD_access_right, false},
		{WORD_access_has, false}, {WORD_access_rule, false}};
	static const struct ledger_columns columns = {heads, 3};
	const int count = sizeof asked / sizeof *asked;
	struct ledger_table *t = ledger_table(a->w, v, &columns, count + 1);

	t->title = a->who.name;
	for (int i = 0; i < count; i++) {
		const char *rule = access_reason_why(a, asked[i]);
		struct ledger_row *row = ledger_row(a->w, t,
			ledger_say(a->w,
				words_find(arena_printf(a->w->arena, "access.right.%s",
					access_right_name(asked[i])))),
			NULL);

		ledger_cell(
			row, ledger_say(a->w, rule ? WORD_access_yes : WORD_access_no));
		ledger_cell(row, rule ? rule : access_reason_why_not(a, asked[i]));
	}
	fill_work(t, a);
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
		struct access_reason a;
		const char *rule;

		if (k->disabled || k->person == last || table->rows.count >= MOST_PEOPLE)
			continue;
		last = k->person;
		if (!access_reason_meet(w, t, k->email, &a) ||
			!(rule = access_reason_why(&a, RIGHT_SEE)))
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
	struct access_reason a;

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
	if (*email && access_reason_meet(w, &t, email, &a))
		fill_rights(&v, &a);
	else if (*email)
		v.lead = ledger_say(w, WORD_access_unknown);
	fill_everybody(w, &t, &v);
	return ledger_print(w, &v, r);
}
