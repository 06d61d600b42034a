/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "desk/breaks.h"

#include "base/times.h"
#include "desk/handle.h"
#include "rule/table_shape.h"
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

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_waits_stands_where_it_will_break),
		cmocka_unit_test(
			what_is_broken_or_never_goes_on_by_itself_before_is_left_out),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
