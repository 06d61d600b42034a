/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "desk/handovers.h"

#include "desk/facts.h"
#include "store/handover.h"

#include <string.h>

/* What is stored of a run of tickets, walked through by ticket. */
struct stored {
	struct event_list events;
	struct handover_list rows;
	int event, row; /* the next of each */
};

/* The row that an event makes, after those of the ticket's earlier ones. */
static struct handover
made_by(const struct event *e, const struct handover *before, int count)
{
	struct handover h = {
		.seq = e->seq,
		.at = e->at,
		.from = facts_number(e, "from_team"),
		.to = facts_number(e, "to_team"),
		.actor = e->actor,
	};

	for (int i = 0; i < count; i++)
		h.back = h.back || before[i].from == h.to || before[i].to == h.to;
	h.refused = h.back && count > 0 && before[count - 1].from == h.to;
	return h;
}

static bool
same(struct work *w, const struct handover *a, const struct handover *b)
{
	return strcmp(handover_text(w->arena, a), handover_text(w->arena, b)) == 0;
}

/* Steps over what belongs to a ticket, and says whether all of it is right. */
static bool
check_next(struct work *w, const struct handover_count *says, struct stored *s)
{
	const struct handover *rows = &s->rows.at[s->row];
	int64_t team = 0, reopened = 0;
	int moves = 0, first = s->row;
	bool right = true;

	while (s->row < s->rows.count && s->rows.at[s->row].ticket == says->ticket)
		s->row++;
	for (; s->event < s->events.count &&
		s->events.at[s->event].ticket == says->ticket;
		s->event++) {
		const struct event *e = &s->events.at[s->event];
		struct handover h;

		if (strcmp(e->kind, "reopened") == 0) {
			reopened++;
			continue;
		}
		h = made_by(e, rows, moves);
		team = h.to;
		if (moves == s->row - first || !same(w, &h, &rows[moves]))
			right = false;
		if (moves < s->row - first)
			moves++;
	}
	return right && moves == s->row - first && says->handovers == moves &&
	       says->reopened == reopened && (moves == 0 || says->team == team);
}

int
handovers_check_page(struct work *w, int64_t org, int64_t *ids, int count)
{
	struct handover_count_list counts;
	struct stored s = {.event = 0};
	int wrong = 0;

	if (count == 0)
		return 0;
	event_read_moves(w, org, ids[0], ids[count - 1], &s.events);
	handover_read_run(w, org, ids[0], ids[count - 1], &s.rows);
	handover_counts(w, org, ids[0], ids[count - 1], &counts);
	for (int i = 0; i < counts.count; i++)
		if (!check_next(w, &counts.at[i], &s))
			ids[wrong++] = counts.at[i].ticket;
	return wrong;
}
