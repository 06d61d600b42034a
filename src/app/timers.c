/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/timers.h"

#include "base/log.h"
#include "desk/escalate.h"
#include "store/kept_clock.h"

enum { TICKETS = 50, SOONEST_MS = 50, LONGEST_MS = 1000 };

static enum outcome
fire(struct work *w, void *context)
{
	int *fired = context;

	*fired = escalate_due(w, TICKETS);
	return db_failed(w->db) ? FAULT : DONE;
}

/* When a clock wants attention next, or TIMES_NONE; *now is when that was asked. */
static int64_t
next(struct house *h, struct arena *a, int64_t *now)
{
	struct db *db = house_reader(h);
	struct actor actor = work_house_actor(0);
	int64_t at = TIMES_NONE;
	struct work w;

	*now = 0;
	if (!db)
		return TIMES_NONE;
	arena_reset(a);
	db_begin(db);
	w = house_work(h, a, db, &actor);
	at = kept_clock_next(&w);
	*now = w.now;
	db_rollback(db);
	house_reader_back(h, db);
	return at;
}

int64_t
timers_round(struct house *h, struct arena *a)
{
	int64_t now, at;

	while ((at = next(h, a, &now)) != TIMES_NONE && at <= now) {
		int fired = 0;

		if (house_write(h, 0, fire, &fired) != DB_KEPT) {
			log_warning("what clocks want could not be done yet");
			return LONGEST_MS;
		}
		if (fired == 0)
			break;
	}
	if (at == TIMES_NONE || at > now + 1)
		return LONGEST_MS;
	return SOONEST_MS;
}
