/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "web/staff/shared_page.h"

#include "store/sharing.h"
#include "store/ticket_list.h"
#include "web/say.h"
#include "web/staff/ledger.h"
#include "web/staff/staff_words.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { ROWS = 50, MOST_TABLES = 8 };

static void
fill_row(struct work *w, const struct zone *z, const struct ticket *t,
	struct ledger_table *table)
{
	struct ledger_row *row = ledger_row(w, table, t->reference,
		arena_printf(w->arena, "/staff/tickets/%s", t->reference));

	ledger_cell(row, staff_words_subject(t));
	ledger_cell(row, t->service_name);
	ledger_cell(row, say(w, staff_words_status(t->status)));
	ledger_cell(row, staff_words_due(w, z, t).text);
}

static void
fill_giver(struct work *w, const struct request *q, const struct sharing_giver *g,
	struct ledger_view *v)
{
	static const struct ledger_column heads[] = {{WORD_queue_ticket, false},
		{WORD_sharing_detail_subject, false}, {WORD_queue_service, false},
		{WORD_queue_status, false}, {WORD_queue_due, false}};
	static const struct ledger_columns columns = {heads, 5};
	struct scope see = access_scope(w->actor, g->org, RIGHT_SEE);
	struct ticket_query query = {.view = TICKET_ALL, .limit = ROWS};
	const struct zone *z = moment_zone(w, g->org);
	struct ticket_list list;
	struct ledger_table *t;

	if (strcmp(query_text(q, "from"), g->code) == 0)
		(void)sscanf(query_text(q, "after"), "%" SCNd64 ".%" SCNd64,
			&query.after_due, &query.after_id);
	/* Only by agreements: who has a role there as well finds the rest in its queue.
	 */
	see.all = see.restricted = see.teams = see.own = false;
	ticket_list_read(w, &see, &query, &list);
	t = ledger_table(w, v, &columns, list.count);
	t->title = g->name;
	for (int i = 0; i < list.count; i++)
		fill_row(w, z, &list.at[i], t);
	if (list.more)
		v->older = arena_printf(w->arena,
			"/staff/shared?from=%s&after=%" PRId64 ".%" PRId64, g->code,
			list.at[list.count - 1].due, list.at[list.count - 1].id);
}

enum outcome
shared_page_show(struct work *w, const struct request *q, struct reply *r)
{
	struct sharing_givers givers = {.count = 0};
	const char *from = query_text(q, "from");
	struct ledger_view v;
	int shown = 0;

	if (!access_may(w->actor, w->actor->org, RIGHT_SHARED))
		return DENIED;
	sharing_givers(w, w->actor->org, &givers);
	ledger_begin(w, q, &v, WORD_shared_title, SECTION_QUEUE);
	v.page.live = "/events";
	v.lead = say(w, givers.count ? WORD_shared_lead : WORD_shared_none);
	for (int i = 0; i < givers.count && shown < MOST_TABLES; i++)
		if (!*from || strcmp(from, givers.at[i].code) == 0) {
			fill_giver(w, q, &givers.at[i], &v);
			shown++;
		}
	return ledger_print(w, &v, r);
}
