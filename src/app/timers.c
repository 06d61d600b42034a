/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/timers.h"

#include "base/log.h"
#include "desk/escalate.h"
#include "store/put_aside.h"

enum { TICKETS = 50, SOONEST_MS = 50, LONGEST_MS = 1000 };

static enum outcome
fire(struct work *w, void *context)
{
	int *fired = context;

	*fired = escalate_due(w, TICKETS);
	return *fired < 0 || db_failed(w->db) ? FAULT : DONE;
}

static enum outcome
fire_one(struct work *w, void *context)
{
	const struct kept_clock_due *due = context;

	return escalate_one(w, due);
}

static enum outcome
put_aside(struct work *w, void *context)
{
	const struct kept_clock_due *due = context;

	escalate_put_aside(w, due);
	return DONE;
}

/* Each in its own transaction. False: the database does not take any. */
static bool
fire_each(struct house *h, struct kept_clock_due *due, int n)
{
	for (int i = 0; i < n; i++) {
		enum db_end end = house_write(h, due[i].org, fire_one, &due[i]);

		if (end == DB_FULL || end == DB_LOST)
			return false;
		if (end != DB_KEPT &&
			house_write(h, due[i].org, put_aside, &due[i]) != DB_KEPT)
			return false;
	}
	return true;
}

/* What stands in the index now. */
struct look {
	int64_t now, next; /* when a clock wants attention next, or TIMES_NONE */
	int count, retries;
	struct kept_clock_due due[TICKETS], again[TICKETS]; /* put aside, to be retried */
};

static struct look
look(struct house *h, struct arena *a)
{
	struct db *db = house_reader(h);
	struct actor actor = work_house_actor(0);
	struct look l = {.next = TIMES_NONE};
	struct work w;

	if (!db)
		return l;
	arena_reset(a);
	db_begin(db);
	w = house_work(h, a, db, &actor);
	l.now = w.now;
	l.next = kept_clock_next(&w);
	if (l.next != TIMES_NONE && l.next <= l.now) {
		l.count = kept_clock_due(&w, TICKETS, l.due);
		l.retries = put_aside_due(&w, TICKETS, l.again);
	}
	db_rollback(db);
	house_reader_back(h, db);
	return l;
}

int64_t
timers_round(struct house *h, struct arena *a)
{
	struct look l;

	while ((l = look(h, a)).next != TIMES_NONE && l.next <= l.now) {
		int fired = 0;

		if (l.count + l.retries == 0)
			break;
		if (l.count > 0 && house_write(h, 0, fire, &fired) != DB_KEPT &&
			!fire_each(h, l.due, l.count)) {
			log_warning("what clocks want could not be done yet");
			return LONGEST_MS;
		}
		if (!fire_each(h, l.again, l.retries))
			return LONGEST_MS;
	}
	if (l.next == TIMES_NONE || l.next > l.now + 1)
		return LONGEST_MS;
	return SOONEST_MS;
}
