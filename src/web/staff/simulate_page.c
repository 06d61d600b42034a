/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "web/staff/simulate_page.h"

#include "desk/simulation.h"
#include "store/ticket_list.h"
#include "web/say.h"
#include "web/staff/ledger.h"
#include "web/staff/staff_words.h"

#include <string.h>

enum { ROWS = 50, MOST_COUNTED = 99, VIEWS = 3 };

static const struct list {
	enum ticket_view view;
	const char *name;
	enum word title;
} lists[VIEWS] = {
	{TICKET_MINE, "mine", WORD_queue_mine},
	{TICKET_TEAM, "team", WORD_queue_teams},
	{TICKET_ALL, "all", WORD_queue_all},
};

static const struct list *
list_of(const struct request *q)
{
	for (int i = 0; i < VIEWS; i++)
		if (strcmp(query_text(q, "view"), lists[i].name) == 0)
			return &lists[i];
	return &lists[1];
}

static void
fill_ways(struct work *as, const struct scope *see, const struct list *now,
	const char *email, struct ledger_view *v)
{
	for (int i = 0; i < VIEWS; i++) {
		struct ticket_query query = {.view = lists[i].view, .limit = 1};
		const char *count, *text;

		if (lists[i].view == TICKET_ALL && !see->all)
			continue;
		count = staff_words_count(as,
			ticket_list_count(as, see, &query, MOST_COUNTED + 1),
			MOST_COUNTED);
		text = arena_printf(as->arena, "%s (%s)", say(as, lists[i].title), count);
		if (&lists[i] == now)
			v->lead = text;
		else
			ledger_link(as, v, text,
				arena_printf(as->arena, "/staff/simulate?who=%s&view=%s",
					email, lists[i].name));
	}
}

/* Of a restricted ticket no more is said than that it is one. */
static void
add_row(struct work *as, const struct ticket *t, struct ledger_table *table)
{
	struct ledger_row *row = ledger_row(as, table, t->reference, NULL);

	if (t->restricted) {
		ledger_cell(row, say(as, WORD_ticket_restricted));
		ledger_cell(row, "");
	} else {
		ledger_cell(row, t->service_name);
		ledger_cell(row, t->team_name);
	}
	ledger_cell(row, say(as, staff_words_status(t->status)));
}

static void
fill_rows(struct work *as, const struct scope *see, const struct list *l,
	struct ledger_view *v)
{
	static const struct ledger_column heads[] = {{WORD_simulate_ticket, false},
		{WORD_queue_service, false}, {WORD_queue_team, false},
		{WORD_simulate_status, false}};
	static const struct ledger_columns columns = {heads, 4};
	struct ticket_query query = {.view = l->view, .limit = ROWS};
	struct ledger_table *table = ledger_table(as, v, &columns, ROWS);
	struct ticket_list found;

	table->empty = say(as, WORD_simulate_none);
	ticket_list_read(as, see, &query, &found);
	for (int i = 0; i < found.count; i++)
		add_row(as, &found.at[i], table);
	if (found.more)
		table->note = say(as, WORD_simulate_first);
}

enum outcome
simulate_page_show(struct work *w, const struct request *q, struct reply *r)
{
	const char *email = query_text(q, "who");
	struct work as = *w;
	struct actor who;
	struct ledger_view v;
	struct ledger_form *f;

	if (!access_may(w->actor, w->actor->org, RIGHT_SIMULATE))
		return DENIED;
	ledger_begin(w, q, &v, WORD_simulate_title, SECTION_ADMIN);
	f = ledger_form(w, &v, "/staff/simulate", WORD_simulate_ask);
	f->asks = true;
	f->token = NULL;
	ledger_input(w, f, "who", WORD_access_who)->value = email;
	if (*email && simulation_meet(w, email, &who)) {
		struct scope see = access_scope(&who, w->actor->org, RIGHT_SEE);
		const struct list *l = list_of(q);

		as.actor = &who;
		v.heading = words_text(w->arena, w->words, WORD_simulate_heading,
			words_values(word_value("name", who.name)));
		ledger_fact(w, &v, WORD_simulate_note, say(w, WORD_simulate_only));
		fill_ways(&as, &see, l, email, &v);
		fill_rows(&as, &see, l, &v);
		simulation_note(w, email, l->name);
	} else if (*email) {
		v.lead = say(w, WORD_access_unknown);
	}
	return ledger_print(w, &v, r);
}
