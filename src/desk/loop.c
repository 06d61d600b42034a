/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "desk/loop.h"

#include "base/log.h"
#include "desk/notices.h"
#include "desk/timeline.h"
#include "store/account.h"

#include <inttypes.h>
#include <string.h>

enum { HOUR = 3600, LONGEST_KEY = 200 };

static bool
is_among(const char *kind, const char *const *kinds)
{
	for (; *kinds; kinds++)
		if (strcmp(kind, *kinds) == 0)
			return true;
	return false;
}

/* What a timer does once by itself neither begins a chain nor breaks one. */
static bool
is_neutral(const struct event *e)
{
	static const char *const kinds[] = {"looped", "escalated", "breached", "reminded",
		"calendar", "acknowledged", "imported", NULL};

	return is_among(e->kind, kinds);
}

static bool
by_machine(const struct event *e)
{
	return e->actor_kind == ACTOR_API || e->actor_kind == ACTOR_SYSTEM ||
	       strcmp(e->kind, "automatic") == 0;
}

/* How many acts of machines stand at the end of the timeline without a person's. */
static int
run_of(struct work *w, const struct ticket *t)
{
	struct event_list events;
	int run = 0;

	event_read(w, t, EVENT_FOR_HOUSE, 0, 4 * LOOP_MOST, &events);
	for (int i = events.count - 1; i >= 0; i--) {
		const struct event *e = &events.at[i];

		if (is_neutral(e))
			continue;
		if (!by_machine(e) || e->at + LOOP_SECONDS < w->now)
			break;
		run++;
	}
	return run;
}

static void
raise_alarm(struct work *w, struct ticket *t)
{
	struct event e = {.kind = "looped", .actor_kind = ACTOR_SYSTEM};

	pairs_add_int(w->arena, &e.data, "n", LOOP_MOST);
	timeline_add(w, t, &e);
	notices_looped(w, t);
	log_warning("ticket %s: machines act on each other", t->reference);
}

bool
loop_lets_tell(struct work *w, struct ticket *t, const struct event *e)
{
	int run;

	if (strcmp(e->kind, "looped") == 0)
		return false;
	if (e->seq <= LOOP_MOST || !by_machine(e) || is_neutral(e))
		return true;
	run = run_of(w, t);
	if (run == LOOP_MOST + 1)
		raise_alarm(w, t);
	return run <= LOOP_MOST;
}

bool
loop_lets_send(struct work *w, struct ticket *t, int64_t body)
{
	const char *reads = arena_printf(w->arena, "body:%" PRId64 ":%" PRId64 ":%.*s:%s",
		t->org, body, LONGEST_KEY, t->subject, t->place);

	if (account_attempt(w, reads, HOUR, LOOP_MOST))
		return true;
	raise_alarm(w, t);
	return false;
}
