/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/timers.h"

#include "app/check.h"
#include "store/put_aside.h"
#include "testing_command.h"
#include "testing_door.h"

#include <string.h>

enum { REPORTS = 5 };

static struct {
	const char *unreadable, *colliding;
} broken;

/* Reports of a year ago, whose time has long run out; the first two are damaged. */
static enum outcome
report(struct work *w, void *context)
{
	(void)context;
	testing_clock(w, "2026-03-02T09:00:00Z");
	for (int i = 0; i < REPORTS; i++) {
		const char *reference = testing_report(
			w, arena_printf(w->arena, "report %d", i), "A hole.");

		if (i == 0)
			broken.unreadable = arena_copy(testing_arena(), reference);
		if (i == 1)
			broken.colliding = arena_copy(testing_arena(), reference);
	}
	db_run(w->db,
		"update ticket set clocks = 'response 0' || clocks where reference = $1",
		broken.unreadable);
	db_run(w->db,
		"insert into event (org, ticket, seq, kind, at, actor_kind, actor, "
		"public,"
		" body, data) select org, ticket, seq + 1, kind, at, actor_kind, actor,"
		" public, body, data from event where (org, ticket, seq) in (select org, "
		"id,"
		" events from ticket where reference = $1)",
		broken.colliding);
	return DONE;
}

static enum outcome
mend(struct work *w, void *context)
{
	(void)context;
	db_run(w->db,
		"update ticket set clocks = substr(clocks, 11) where reference = $1",
		broken.unreadable);
	db_run(w->db,
		"delete from event where seq > (select events from ticket t where t.org ="
		" event.org and t.id = event.ticket)");
	return DONE;
}

static enum outcome
wait_is_over(struct work *w, void *context)
{
	(void)context;
	db_run(w->db, "update put_aside set retry_at = $1", w->now);
	return DONE;
}

static int64_t
breached(struct testing_door *d)
{
	return testing_door_number(
		d, "select count(distinct ticket) from escalation where step = 'breach'");
}

static void
one_that_fails_holds_nobody_else_up(void **state)
{
	struct testing_door *d = testing_door_open("off");
	struct arena *a = arena_new();
	struct testing_answer got;
	struct testing_run r;

	(void)state;
	testing_door_write(d, report, NULL);
	timers_round(&d->house, a);
	assert_int_equal(breached(d), REPORTS - 2);
	assert_int_equal(testing_door_number(d, "select count(*) from put_aside"), 2);

	/* Nothing is tried before its time, by any node, and after it each by itself. */
	timers_round(&d->house, a);
	assert_int_equal(
		testing_door_number(d, "select max(attempts) from put_aside"), 1);
	assert_int_equal(
		testing_door_number(d, "select min(retry_at - since) from put_aside"),
		30);
	testing_door_write(d, wait_is_over, NULL);
	timers_round(&d->house, a);
	assert_int_equal(
		testing_door_number(d, "select min(attempts) from put_aside"), 2);

	/* Who runs the house is told. */
	got = testing_door_ask(d, "GET", "/metrics", (struct testing_request){0});
	assert_non_null(strstr(got.body, "portreeve_escalations_failing 2"));
	r = testing_command(check_command, "--db", d->url, NULL);
	assert_int_equal(r.status, 1);
	assert_non_null(
		strstr(r.out, arena_printf(a, "clocks of %s want has failed 2 times",
				      broken.colliding)));

	/* Once it is mended it goes on by itself. */
	testing_door_write(d, mend, NULL);
	testing_door_write(d, wait_is_over, NULL);
	timers_round(&d->house, a);
	assert_int_equal(breached(d), REPORTS);
	assert_int_equal(testing_door_number(d, "select count(*) from put_aside"), 0);
	arena_free(a);
	testing_door_close(d);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_that_fails_holds_nobody_else_up),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
