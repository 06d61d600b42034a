/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "desk/breaks.h"

#include "base/times.h"
#include "desk/handle.h"
#include "desk/promises.h"
#include "rule/promise.h"
#include "rule/table_shape.h"
#include "store/figures.h"
#include "store/rulebook.h"
#include "testing.h"
#include "testing_desk.h"

#include <string.h>

enum { HOUR = 3600 };

static struct testing_people people;

/* Everything is to be done within eight hours of the desk. */
static struct work *
eight_hours(void)
{
	struct work *w = testing_desk(&people);
	struct table_row target = table_shape_blank();

	target.resolution = 8 * HOUR;
	target.calendar = 1;
	rulebook_publish(w, SOUTHMERE, "target", &target, 1);
	return w;
}

static void
wait_until(struct work *w, const char *reference, int64_t review)
{
	const struct handle h = {.org = SOUTHMERE, .reference = reference, .by = review};
	struct ticket t;

	testing_act_as(w, SOUTHMERE, people.leader);
	assert_int_equal(handle_wait(w, &h, "customer", "Which end?", &t), DONE);
}

static struct breaks_list
next(struct work *w, int most)
{
	struct scope all = access_house(SOUTHMERE);
	struct breaks_list list;

	breaks_next(w, &all, most, &list);
	return list;
}

static void
expect(const struct breaks_ticket *b, const char *reference, const char *at, bool paused)
{
	int64_t wanted;

	assert_true(times_parse_iso(bytes_of(at), &wanted));
	assert_string_equal(b->ticket.reference, reference);
	assert_int_equal(b->at, wanted);
	assert_int_equal(b->paused, paused);
}

static void
what_waits_stands_where_it_will_break(void **state)
{
	struct work *w = eight_hours();
	const char *runs = testing_report(w, "1", "A hole.");
	const char *waits = testing_report(w, "2", "Another.");
	const char *late;
	struct breaks_list list;

	(void)state;
	testing_clock(w, "2026-03-02T10:00:00Z");
	wait_until(w, waits, w->now + 2 * HOUR); /* seven hours are left at 12:00 */
	testing_clock(w, "2026-03-02T10:30:00Z");
	late = testing_report(w, "3", "A third.");
	list = next(w, 10);
	assert_int_equal(list.count, 3);
	expect(&list.at[0], runs, "2026-03-02T17:00:00Z", false);
	expect(&list.at[1], late, "2026-03-03T10:30:00Z", false);
	expect(&list.at[2], waits, "2026-03-03T11:00:00Z", true);
	testing_clock(w, "2026-03-02T11:30:00Z");
	testing_report(w, "4", "A fourth.");
	list = next(w, 3);
	assert_int_equal(list.count, 3);
	expect(&list.at[2], waits, "2026-03-03T11:00:00Z", true);
}

static void
what_is_broken_or_never_goes_on_by_itself_before_is_left_out(void **state)
{
	struct work *w = eight_hours();
	const char *broken = testing_report(w, "1", "A hole.");
	const char *waits = testing_report(w, "2", "Another.");
	struct breaks_list list;

	(void)state;
	wait_until(w, waits, w->now + 86400 * 30);
	testing_clock(w, "2026-03-03T12:00:00Z");
	list = next(w, 10);
	assert_int_equal(list.count, 1);
	assert_string_equal(list.at[0].ticket.reference, waits);
	(void)broken;
	testing_report(w, "3", "A third.");
	list = next(w, 1);
	assert_int_equal(list.count, 1);
	assert_false(list.at[0].paused);
}

/* Nobody can hide a breach behind a question to the customer. */
static void
what_is_broken_stays_so_in_every_figure_when_it_waits(void **state)
{
	struct work *w = eight_hours();
	const char *broken = testing_report(w, "1", "A hole.");
	struct scope all = access_house(SOUTHMERE);
	struct figures_waiting_list board;
	struct figures_report report;
	struct ticket t;

	(void)state;
	testing_clock(w, "2026-03-03T12:00:00Z");
	wait_until(w, broken, w->now + 2 * HOUR);
	testing_clock(w, "2026-03-03T12:30:00Z");
	t = testing_ticket(w, broken);
	assert_string_equal(times_iso(w->arena, t.due), "2026-03-02T17:00:00Z");
	assert_int_equal(promise_place(t.due), PROMISE_PLACE_INSTANT);
	assert_true(promises_check(w, &t));
	figures_waiting(w, &all, &board);
	assert_int_equal(board.count, 1);
	assert_int_equal(board.at[0].broken, 1);
	figures_read(w, &all, &(struct figures_period){w->now - HOUR, w->now}, &report);
	assert_int_equal(report.all.backlog, 1);
	assert_int_equal(report.all.broken, 1);
	/* It goes on by itself: the place it has is right all the time. */
	testing_clock(w, "2026-03-03T15:00:00Z");
	figures_waiting(w, &all, &board);
	assert_int_equal(board.at[0].broken, 1);
	assert_int_equal(next(w, 10).count, 0);
}

/* A shorter target that breaks a promise while it waits breaks it there and then. */
static void
what_a_shorter_target_breaks_in_a_pause_is_broken_at_once(void **state)
{
	struct work *w = eight_hours();
	const char *reference = testing_report(w, "1", "A hole.");
	struct table_row target = table_shape_blank();
	struct ticket t;

	(void)state;
	testing_clock(w, "2026-03-02T15:00:00Z");
	wait_until(w, reference, w->now + 24 * HOUR);
	t = testing_ticket(w, reference);
	assert_int_equal(promise_place(t.due), PROMISE_PLACE_PAUSED);
	target.resolution = 4 * HOUR;
	target.calendar = 1;
	rulebook_publish(w, SOUTHMERE, "target", &target, 1);
	testing_clock(w, "2026-03-02T16:00:00Z");
	assert_int_equal(
		handle_priority(w,
			&(const struct handle){.org = SOUTHMERE, .reference = reference},
			1, "Deep.", &t),
		DONE);
	t = testing_ticket(w, reference);
	assert_string_equal(times_iso(w->arena, t.due), "2026-03-02T16:00:00Z");
	assert_true(promises_check(w, &t));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_waits_stands_where_it_will_break),
		cmocka_unit_test(
			what_is_broken_or_never_goes_on_by_itself_before_is_left_out),
		cmocka_unit_test(what_is_broken_stays_so_in_every_figure_when_it_waits),
		cmocka_unit_test(
			what_a_shorter_target_breaks_in_a_pause_is_broken_at_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
