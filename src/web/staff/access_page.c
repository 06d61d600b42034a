/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "web/staff/access_page.h"

#include "desk/access_reason.h"
#include "web/moment.h"
#include "web/say.h"
#include "web/staff/ledger.h"
#include "web/staff/staff_words.h"

static const char *
role_text(struct work *w, const struct grant *g)
{
	return staff_words_role_text(w, g->role, g->label);
}

static const char *
instant_text(struct work *w, int64_t org, int64_t at)
{
	return moment_at(w, moment_zone(w, org), at).exact;
}

static const struct access_voice voice = {role_text, instant_text};

/* To be given work is no right, but often what was meant. */
static void
fill_work(struct ledger_table *t, const struct access_reason *a)
{
	struct ledger_row *row;
	const char *rule;
	bool may;

	rule = access_reason_work(a, &may);
	row = ledger_row(a->w, t, say(a->w, WORD_access_work), NULL);
	ledger_cell(row, say(a->w, may ? WORD_access_yes : WORD_access_no));
	ledger_cell(row, rule);
}

static void
fill_rights(struct ledger_view *v, const struct access_reason *a)
{
	static const struct ledger_column heads[] = {{WORD_access_right, false},
		{WORD_access_has, false}, {WORD_access_rule, false}};
	static const struct ledger_columns columns = {heads, 3};
	struct ledger_table *t = ledger_table(a->w, v, &columns, RIGHT_COUNT + 1);

	t->title = a->who.name;
	for (const enum right *asked = access_reason_rights; *asked; asked++) {
		const char *rule = access_reason_why(a, *asked);
		struct ledger_row *row = ledger_row(a->w, t,
			say(a->w, words_find(arena_printf(a->w->arena, "access.right.%s",
					  access_right_name(*asked)))),
			NULL);

		ledger_cell(row, say(a->w, rule ? WORD_access_yes : WORD_access_no));
		ledger_cell(row, rule ? rule : access_reason_why_not(a, *asked));
	}
	fill_work(t, a);
}

static void
fill_everybody(struct work *w, const struct ticket *t, struct ledger_view *v)
{
	static const struct ledger_column heads[] = {{WORD_report_name, false},
		{WORD_person_email, false}, {WORD_access_rule, false}};
	static const struct ledger_columns columns = {heads, 3};
	struct access_reason_list list;
	struct ledger_table *table;

	access_reason_everybody(w, t, &voice, &list);
	table = ledger_table(w, v, &columns, list.count);
	table->title = say(w, WORD_access_everybody);
	for (int i = 0; i < list.count; i++) {
		const struct access_reason_one *one = &list.at[i];
		struct ledger_row *row = ledger_row(w, table, one->name,
			arena_printf(w->arena, "/staff/tickets/%s/access?who=%s",
				t->reference, one->email));

		ledger_cell(row, one->email);
		ledger_cell(row, one->why);
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
	if (access_reason_ticket(w, path_part(q, "ref"), &t) != DONE)
		return MISSING;
	ledger_begin(w, q, &v, WORD_access_title, SECTION_QUEUE);
	v.heading = v.page.title_text = words_text(w->arena, w->words,
		WORD_access_heading, words_values(word_value("reference", t.reference)));
	ledger_fact(w, &v, WORD_queue_service, t.service_name);
	ledger_fact(w, &v, WORD_queue_team, t.team_name);
	ledger_fact(w, &v, WORD_ticket_restricted,
		say(w, t.restricted ? WORD_access_yes : WORD_access_no));
	f = ledger_form(w, &v,
		arena_printf(w->arena, "/staff/tickets/%s/access", t.reference),
		WORD_access_ask);
	f->asks = true;
	f->token = NULL;
	ledger_input(w, f, "who", WORD_access_who)->value = email;
	if (*email && access_reason_meet(w, &t, email, &voice, &a))
		fill_rights(&v, &a);
	else if (*email)
		v.lead = say(w, WORD_access_unknown);
	fill_everybody(w, &t, &v);
	return ledger_print(w, &v, r);
}
