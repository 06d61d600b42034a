/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "testing.h"
#include "testing_desk.h"

#include "desk/amend.h"
#include "desk/handle.h"
#include "desk/rehearsal.h"
#include "desk/wait.h"
#include "rule/promise.h"
#include "rule/table_shape.h"
#include "store/account.h"
#include "store/kept_clock.h"
#include "store/rulebook.h"

#include <string.h>

enum { HOUR = 3600, TICKETS = 40, DEEDS = 500, SEEDS = 4 };

/* Numbers that look random and are the same in every run. */
struct dice {
	uint64_t state;
};

static int64_t
below(struct dice *d, int64_t n)
{
	d->state = d->state * 6364136223846793005u + 1442695040888963407u;
	return (int64_t)((d->state >> 33) % (uint64_t)n);
}

/* Every priority counts in another unit; 4 is promised nothing. */
static struct table
many_units(void)
{
	struct table_row *rows = arena_array(testing_arena(), 3, sizeof *rows);

	for (int i = 0; i < 3; i++) {
		rows[i] = table_shape_blank();
		rows[i].position = i + 1;
		rows[i].priority = i + 1;
		rows[i].calendar = 1;
	}
	rows[0].resolution = 6 * HOUR;
	rows[0].extended = 20 * HOUR;
	rows[0].mode = TABLE_FROM_START;
	rows[1].resolution = 4;
	rows[1].unit = CLOCK_DAYS;
	rows[1].no_pause = true;
	rows[2].resolution = 2;
	rows[2].extended = 5;
	rows[2].unit = CLOCK_WORKING_DAYS;
	rows[2].midnight = true;
	return (struct table){.version = 1, .rows = rows, .count = 3};
}

/* The event of a ticket that was recorded last is said to have been an hour before. */
static enum outcome
amend_last(struct work *w, const struct handle *h, const char *kind)
{
	struct ticket t = testing_ticket(w, h->reference);
	struct amendment a = {.reason = "It was sooner."};
	struct event e;

	if (event_last(w, &t, kind, &e) != DONE || e.at - HOUR < t.created)
		return MISSING;
	a.seq = e.seq;
	a.at = e.at - HOUR;
	return amend_event(w, h, &a, &t);
}

/* What anybody might do at a desk; much of it is refused. */
static enum outcome
do_something(struct work *w, struct dice *d, const char *reference)
{
	struct handle h = {.org = SOUTHMERE, .reference = reference};
	struct ticket t;

	switch (below(d, 10)) {
	case 0:
	case 1:
	case 2: return handle_priority(w, &h, 1 + below(d, 4), "So it is.", &t);
	case 3:
	case 4:
		if (below(d, 2))
			h.by = w->now + (1 + below(d, 60)) * HOUR;
		return handle_wait(w, &h, "customer", "Which end?", &t);
	case 5: return wait_end(w, &h, "They rang.", &t);
	case 6: return handle_resolve(w, &h, "Filled.", &t);
	case 7: return handle_reopen(w, &h, "It is not.", &t);
	case 8:
		h.extend = below(d, 2);
		return below(d, 3) ? handle_reply(w, &h, "It takes longer.", &t)
				   : handle_cancel(w, &h, "Not ours.", &t);
	default: return amend_last(w, &h, below(d, 2) ? "waiting" : "resolved");
	}
}

/* How the clock that really ran stands. */
static enum rehearsal_verdict
really(struct work *w, const char *reference)
{
	struct ticket t = testing_ticket(w, reference);
	struct promise_set set = {.arena = w->arena};
	const struct promise_state *kept;
	struct promise_state s;
	struct clock_reading r;

	kept_clock_read(w, &t, &set);
	kept = promise_set_find(&set, PROMISE_RESOLUTION, 0);
	if (!kept || kept->clock.phase == CLOCK_NONE ||
		kept->clock.phase == CLOCK_CANCELLED)
		return REHEARSAL_NONE;
	s = promise_settled(kept, w->now);
	r = clock_read(&s.clock, w->now);
	if (r.breach != TIMES_NONE || r.result == CLOCK_MISSED)
		return REHEARSAL_MISSED;
	return r.result == CLOCK_MET ? REHEARSAL_MET : REHEARSAL_OPEN;
}

/* Tickets live under one table for a fortnight; then another is published, and the first
 * is tried as its successor: it must say of each ticket what really became of it. */
static void
compare(uint64_t seed, int verdicts[REHEARSAL_VERDICTS])
{
	struct testing_people people;
	struct work *w = testing_desk(&people);
	struct dice d = {seed};
	struct table lived = many_units();
	struct table_row other = table_shape_blank();
	const char *references[TICKETS];
	struct rehearsal r;
	int done = 0;

	account_grant(w, SOUTHMERE, people.leader, ROLE_ADMINISTRATOR);
	rulebook_publish(w, SOUTHMERE, "target", lived.rows, lived.count);
	for (int i = 0; i < TICKETS; i++)
		references[i] = testing_report(
			w, arena_printf(w->arena, "%d", i), "A hole.");
	testing_act_as(w, SOUTHMERE, people.leader);
	for (int i = 0; i < DEEDS; i++) {
		w->now += below(&d, HOUR * 3 / 2);
		w->problems.count = 0;
		db_savepoint(w->db);
		if (do_something(w, &d, references[below(&d, TICKETS)]) != DONE) {
			db_savepoint_undo(w->db);
			continue;
		}
		db_savepoint_keep(w->db);
		assert_false(db_failed(w->db));
		done++;
	}
	assert_true(done > DEEDS / 4);
	other.resolution = 77777;
	other.calendar = 1;
	rulebook_publish(w, SOUTHMERE, "target", &other, 1);
	rehearsal_run(w, "target", &lived, &r);
	assert_int_equal(r.looked, TICKETS);
	assert_int_equal(r.shown, TICKETS);
	for (int i = 0; i < r.shown; i++) {
		const struct rehearsal_change *c = &r.changes[i];

		if (c->is.verdict != really(w, c->reference))
			fail_msg("seed %d, %s: tried %d, really %d", (int)seed,
				c->reference, c->is.verdict, really(w, c->reference));
		verdicts[c->is.verdict]++;
	}
}

static void
a_table_that_is_tried_says_what_it_really_did(void **state)
{
	int verdicts[REHEARSAL_VERDICTS] = {0};

	(void)state;
	for (uint64_t seed = 1; seed <= SEEDS; seed++)
		compare(seed, verdicts);
	for (int i = 0; i < REHEARSAL_VERDICTS; i++)
		assert_int_not_equal(verdicts[i], 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_table_that_is_tried_says_what_it_really_did),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
