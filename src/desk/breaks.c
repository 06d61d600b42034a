/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "desk/breaks.h"

#include "rule/promise.h"
#include "store/kept_clock.h"
#include "store/pause.h"
#include "store/ticket_list.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_PAUSED = 500 };

static bool
is_there(const struct breaks_list *list, int64_t id)
{
	for (int i = 0; i < list->count; i++)
		if (list->at[i].ticket.id == id)
			return true;
	return false;
}

static void
add(struct work *w, const struct ticket *t, struct breaks_list *list)
{
	struct promise_set set = {.arena = w->arena};
	struct breaks_ticket b = {.ticket = *t};

	if (is_there(list, t->id))
		return;
	kept_clock_read(w, t, &set);
	b.at = promise_breaks(&set, w->now, &b.paused);
	if (b.at != TIMES_NONE && b.at > w->now)
		list->at[list->count++] = b;
}

/* What runs, by due; false when that is all there is. */
static bool
add_running(struct work *w, const struct scope *s, int most, struct breaks_list *list)
{
	struct ticket_query q = {
		.view = TICKET_ALL,
		.after_due = w->now,
		.after_id = INT64_MAX,
		.limit = most,
	};
	struct ticket_list found;

	ticket_list_read(w, s, &q, &found);
	for (int i = 0; i < found.count; i++)
		if (promise_place(found.at[i].due) == PROMISE_PLACE_INSTANT)
			add(w, &found.at[i], list);
	return list->count == most;
}

static int
by_time(const void *a, const void *b)
{
	const struct breaks_ticket *x = a, *y = b;

	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	return (x->ticket.id > y->ticket.id) - (x->ticket.id < y->ticket.id);
}

void
breaks_next(struct work *w, const struct scope *s, int most, struct breaks_list *list)
{
	int64_t ids[MOST_PAUSED], before = INT64_MAX;
	int count;

	*list = (struct breaks_list){
		.at = arena_array(
			w->arena, (size_t)(most + MOST_PAUSED), sizeof *list->at),
	};
	if (add_running(w, s, most, list))
		before = list->at[list->count - 1].ticket.due;
	count = pause_ending(w, s, before, MOST_PAUSED, ids);
	for (int i = 0; i < count; i++) {
		struct ticket t;

		if (ticket_get(w, s, ids[i], &t) == DONE)
			add(w, &t, list);
	}
	if (list->count)
		qsort(list->at, (size_t)list->count, sizeof *list->at, by_time);
	if (list->count > most)
		list->count = most;
}
