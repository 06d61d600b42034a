/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "web/staff/honesty_list.h"

#include "desk/honesty.h"
#include "format/urlencoded.h"
#include "format/words.h"
#include "views.h"
#include "web/frame.h"
#include "web/staff/honesty_view.h"
#include "web/staff/staff_words.h"

#include <inttypes.h>
#include <string.h>

enum { ROWS = 50 };

static const struct {
	const char *name;
	enum word title, counted;
	bool counts;
} whats[] = {
	{"met", WORD_honesty_met, WORD_honesty_pauses, false},
	{"missed", WORD_honesty_missed, WORD_honesty_pauses, false},
	{"tightened", WORD_honesty_tightened, WORD_honesty_pauses, false},
	{"cancelled", WORD_honesty_cancelled, WORD_honesty_pauses, false},
	{"gained", WORD_honesty_gained, WORD_honesty_pauses, false},
	{"pauses", WORD_honesty_pauses, WORD_honesty_pauses, true},
	{"late", WORD_honesty_late, WORD_honesty_pauses, true},
	{"moves", WORD_honesty_moves, WORD_honesty_handovers, true},
	{"back", WORD_honesty_back, WORD_honesty_handovers, true},
	{"refused", WORD_honesty_refused, WORD_honesty_handovers, true},
	{"touched", WORD_honesty_touched, WORD_honesty_teams, true},
};
enum { WHATS = sizeof whats / sizeof *whats };

/* This address without its cursor. */
static const char *
same(struct work *w, const struct request *q, int64_t after)
{
	struct buffer b = buffer_in(w->arena, 128);

	buffer_printf(&b, "%s?after=%" PRId64, q->path, after);
	for (int i = 0; i < q->query.count; i++)
		if (strcmp(q->query.at[i].name, "after") != 0) {
			buffer_char(&b, '&');
			urlencoded_add(&b, q->query.at[i].name);
			buffer_char(&b, '=');
			urlencoded_add(&b, q->query.at[i].value);
		}
	return buffer_text(&b);
}

static void
fill(struct work *w, const struct truth_tickets *list, struct honesty_list *v)
{
	struct honesty_ticket *at = arena_array(
		w->arena, (size_t)list->count, sizeof *at);

	for (int i = 0; i < list->count; i++)
		at[i] = (struct honesty_ticket){
			.reference = list->at[i].reference,
			.subject = list->at[i].subject,
			.service = list->at[i].service_name,
			.team = list->at[i].team_name,
			.count = words_number(w->arena, list->at[i].count),
			.status = staff_words_status(list->at[i].status),
			.status_class = staff_words_status_class(list->at[i].status),
		};
	v->rows = (struct honesty_tickets){at, list->count};
}

enum outcome
honesty_list_show(struct work *w, const struct request *q, struct reply *r)
{
	const char *what = query_text(q, "what");
	struct truth_question ask = {.limit = ROWS};
	struct honesty_list v = {.next = NULL};
	struct truth_tickets list;
	struct report_days d;
	int n = 0;

	while (n < WHATS && strcmp(whats[n].name, what) != 0)
		n++;
	if (n == WHATS)
		return MISSING;
	frame_page(w, q, &v.page, whats[n].title, SECTION_REPORTS);
	if (!v.page.may_figures)
		return DENIED;
	report_days_read(w, q, "/staff/reports/honesty", &d);
	ask.period = d.period;
	ask.reason = query_text(q, "reason");
	ask.person = query_int(q, "person", 0, INT64_MAX, 0);
	ask.from = query_int(q, "team", 0, INT64_MAX, 0);
	if (ask.from == 0)
		ask.from = query_int(q, "supplier", 0, INT64_MAX, 0);
	ask.to = query_int(q, "to_team", 0, INT64_MAX, 0);
	ask.after = query_int(q, "after", 0, INT64_MAX, 0);
	if (honesty_tickets(w, what, &ask, &list) != DONE)
		return MISSING;
	fill(w, &list, &v);
	v.days = d.text;
	v.counted = whats[n].counted;
	v.counts = whats[n].counts;
	v.back = arena_printf(w->arena, "/staff/reports/honesty?%s", d.query);
	if (list.more && list.count && ask.what != TRUTH_TOUCHED)
		v.next = same(w, q, list.at[list.count - 1].id);
	view_honesty_list(&r->body, w->words, &v);
	return DONE;
}
