/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rule/promise.h"

#include <string.h>

static const int64_t PAUSED_FROM = (int64_t)1 << 40;
static const int64_t UNPROMISED_FROM = (int64_t)1 << 41;

bool
promise_matters(const char *kind)
{
	static const char *const kinds[] = {"received", "message", "reply", "called",
		"waiting", "resumed", "resolved", "closed", "reopened", "cancelled",
		"moved", "priority", "extended", "promised", "calendar", "amended"};

	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (strcmp(kinds[i], kind) == 0)
			return true;
	return false;
}

struct promise_state
promise_settled(const struct promise_state *s, int64_t now)
{
	struct promise_pause room[2];
	struct promise_set set = {.pauses = room, .pause_size = 2};
	struct promise_state settled = *s;

	promise_set_settle(&set, &settled, now);
	return settled;
}

enum promise_place
promise_place(int64_t sort)
{
	if (sort < PAUSED_FROM)
		return PROMISE_PLACE_INSTANT;
	return sort < UNPROMISED_FROM ? PROMISE_PLACE_PAUSED : PROMISE_PLACE_NONE;
}

/* A pause mends nothing: what is broken stays so until it is done. */
static bool
is_broken(const struct clock_reading *r)
{
	return (r->phase == CLOCK_RUNNING || r->phase == CLOCK_PAUSED) &&
	       r->breach != TIMES_NONE;
}

static int64_t
place_of(const struct promise_state *stored, int64_t now)
{
	struct promise_state s = promise_settled(stored, now);
	struct clock_reading r = clock_read(&s.clock, now);

	if (is_broken(&r))
		return r.breach;
	if (r.phase == CLOCK_RUNNING && r.due != TIMES_NONE)
		return r.due;
	if (r.phase == CLOCK_PAUSED)
		return PAUSED_FROM +
		       r.left * (s.clock.unit == CLOCK_SECONDS ? 1 : TIMES_DAY);
	return UNPROMISED_FROM;
}

int64_t
promise_sort(const struct promise_set *set, int64_t now)
{
	int64_t place = UNPROMISED_FROM;

	for (int i = 0; i < set->count; i++) {
		int64_t one = place_of(&set->at[i], now);

		if (one < place)
			place = one;
	}
	return place;
}

int64_t
promise_breaks(const struct promise_set *set, int64_t now, bool *paused)
{
	int64_t first = TIMES_NONE;

	*paused = false;
	for (int i = 0; i < set->count; i++) {
		struct promise_state s = promise_settled(&set->at[i], now);
		struct clock_reading r = clock_read(&s.clock, now);
		bool waits = r.phase == CLOCK_PAUSED && s.until != TIMES_NONE;

		if (is_broken(&r))
			return TIMES_NONE;
		if (waits) {
			s = promise_settled(&s, s.until);
			r = clock_read(&s.clock, s.clock.last);
		}
		if (r.phase != CLOCK_RUNNING || r.due == TIMES_NONE ||
			(first != TIMES_NONE && r.due >= first))
			continue;
		first = r.due;
		*paused = waits;
	}
	return first;
}
