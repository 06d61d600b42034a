/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "testing.h"
#include "testing_desk.h"
#include "testing_page.h"

#include "store/account.h"
#include "store/calendar_row.h"
#include "store/shelf.h"

#include <string.h>

static const char week[] = "name=Desk&zone=Europe%2FLondon&holidays=division"
			   "&day-1=09%3A00+to+17%3A00&day-2=9am-5pm&day-3=9-17"
			   "&day-4=09%3A00+to+12%3A30%2C+13%3A30+to+17%3A00";

static struct work *
admin_desk(void)
{
	struct testing_people people;
	struct work *w = testing_desk(&people);

	account_grant(w, SOUTHMERE, people.leader, ROLE_ADMINISTRATOR);
	testing_act_as(w, SOUTHMERE, people.leader);
	calendar_row_holiday(w, "england-and-wales", "2026-05-04", "Early May");
	calendar_row_holiday(w, "scotland", "2026-08-03", "Summer");
	return w;
}

static struct visit
look(struct work *w, const char *target)
{
	struct visit v = testing_get(w, target);

	assert_int_equal(v.end, DONE);
	testing_is_page(&v);
	return v;
}

static struct visit
save(struct work *w, const char *id, const char *more)
{
	return testing_post(w, arena_printf(w->arena, "/admin/calendars/%s/edit", id),
		arena_printf(w->arena, "%s%s", week, more));
}

static const char *
definition(struct work *w, int64_t id)
{
	return db_text(w->db, w->arena,
		"select definition from calendar where org = $1 and id = $2"
		" order by version desc limit 1",
		SOUTHMERE, id);
}

static void
calendars_are_listed_and_shown(void **state)
{
	struct work *w = admin_desk();
	struct visit v = look(w, "/admin/calendars");

	(void)state;
	assert_true(testing_says(&v, "Monday – Friday 09:00 to 17:00"));
	v = look(w, "/admin/calendars/1");
	assert_true(testing_says(&v, "Monday 2 March 2026"));
	assert_true(testing_says(&v, "5 working days are over at 5pm on 9 March 2026"));
	v = look(w, "/admin/calendars/1?promise=4+hours&days=2&date=2+April+2026"
		    "&time=15%3A00");
	assert_true(testing_says(&v, "are over at 11am on 7 April 2026"));
	assert_int_equal(testing_get(w, "/admin/calendars/9").end, MISSING);
	assert_int_equal(testing_get(w, "/admin/calendars/1?version=9").end, MISSING);
}

static void
hours_that_come_twice_or_never_are_said(void **state)
{
	struct work *w = admin_desk();
	struct visit v = look(w, "/admin/calendars/1?date=25+October+2026&time=01%3A30");

	(void)state;
	assert_true(testing_says(&v, "That hour comes twice"));
	v = look(w, "/admin/calendars/1?date=29+March+2026&time=01%3A30");
	assert_true(testing_says(&v, "That time does not exist"));
	assert_true(testing_says(&v, "2:30am on 29 March 2026"));
	v = look(w, "/admin/calendars/1?date=soon");
	assert_true(testing_says(&v, "Enter a date like"));
	v = look(w, "/admin/calendars/1?promise=4");
	assert_true(testing_says(&v, "Enter a time like “4 hours”"));
}

static void
a_change_is_a_new_version_with_bank_holidays(void **state)
{
	struct work *w = admin_desk();
	struct visit v = look(w, "/admin/calendars/1/edit");
	int64_t version;

	(void)state;
	assert_non_null(strstr(v.body, "3 April 2026: closed"));
	v = save(w, "1",
		"&yearly=24+December&dates=23+December+2026%3A+09%3A00+to+13%3A00%0D%0A"
		"2+January+2027%3A+closed");
	assert_string_equal(v.location, "/admin/calendars/1?done=saved");
	assert_string_equal(definition(w, 1),
		"zone=Europe/London week=1/32400-61200,2/32400-61200,3/32400-61200,"
		"4/32400-45000,4/48600-61200 closed=2026-05-04,2027-01-02 yearly=12-24"
		" open=2026-12-23/32400-46800");
	v = look(w, "/admin/calendars/1");
	assert_true(testing_says(&v, "Version 2"));
	v = look(w, "/admin/calendars/1?version=1");
	assert_true(testing_says(&v, "Version 1, valid from the beginning"));

	/* What the form shows is what it reads. */
	v = look(w, "/admin/calendars/1/edit");
	assert_null(strstr(v.body, "4 May 2026"));
	assert_non_null(strstr(v.body, "23 December 2026: 09:00 to 13:00"));
	assert_true(testing_says(&v, "09:00 to 12:30, 13:30 to 17:00"));

	/* Later on: the one before is valid until then. */
	v = save(w, "1", "&valid-date=1+April+2026");
	assert_int_equal(v.status, 303);
	shelf_calendar(w, SOUTHMERE, 1, w->now, &version);
	assert_int_equal(version, 2);
	shelf_calendar(w, SOUTHMERE, 1, w->now + 60 * TIMES_DAY, &version);
	assert_int_equal(version, 3);

	/* New bank holidays go into both, and the later one still comes later. */
	calendar_row_holiday(w, "england-and-wales", "2026-12-25", "Christmas Day");
	calendar_row_close_holidays(w, SOUTHMERE);
	shelf_calendar(w, SOUTHMERE, 1, w->now, &version);
	assert_int_equal(version, 4);
	shelf_calendar(w, SOUTHMERE, 1, w->now + 60 * TIMES_DAY, &version);
	assert_int_equal(version, 5);
	assert_non_null(strstr(definition(w, 1), "2026-12-25"));
}

static void
wrong_input_comes_back(void **state)
{
	static const struct {
		const char *more, *says;
	} cases[] = {
		{"&day-5=late", "Enter hours like"},
		{"&day-5=17%3A00+to+09%3A00", "Enter hours like"},
		{"&yearly=31+June", "“31 June” is not a day of the year"},
		{"&dates=29+February+2027", "“29 February 2027” cannot be read"},
		{"&valid-date=1+January+2020", "A version cannot be valid from the past"},
		{"&valid-date=now", "Enter a date like"},
		{"&day-5=09%3A00+to+12%3A00%2C+11%3A00+to+13%3A00", "overlap"},
	};
	struct work *w = admin_desk();

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct visit v = save(w, "1", cases[i].more);

		assert_int_equal(v.status, 422);
		testing_is_page(&v);
		if (!testing_says(&v, cases[i].says))
			fail_msg("%s: %s", cases[i].more, cases[i].says);
		assert_true(testing_says(&v, "9am-5pm"));
	}
	assert_int_equal(
		db_int(w->db, 0,
			"select count(*) from calendar where org = $1 and id = 1",
			SOUTHMERE),
		1);
}

static void
a_calendar_that_never_opens_is_refused(void **state)
{
	struct work *w = admin_desk();
	struct visit v = testing_post(w, "/admin/calendars/new/edit",
		"name=Never&zone=Europe%2FLondon&holidays=");

	(void)state;
	assert_int_equal(v.status, 422);
	testing_is_page(&v);
	assert_true(testing_says(&v, "never"));
	v = testing_post(w, "/admin/calendars/new/edit",
		"name=Dead&zone=Europe%2FLondon&holidays=&dates=2+May+2025%3A+9-17");
	assert_int_equal(v.status, 422);
	v = testing_post(w, "/admin/calendars/new/edit",
		"name=Mars&zone=Mars%2FOlympus&holidays=&day-1=9-17");
	assert_int_equal(v.status, 422);
	testing_is_page(&v);
	v = testing_post(w, "/admin/calendars/new/edit",
		"name=Evenings&zone=Europe%2FLondon&holidays=uk&day-1=18-20");
	assert_string_equal(v.location, "/admin/calendars/2?done=saved");
	/* Statutory time: closed on a holiday of any part of the country. */
	assert_non_null(strstr(definition(w, 2), "closed=2026-05-04,2026-08-03"));
}

static void
another_division_has_other_holidays(void **state)
{
	struct work *w = admin_desk();
	struct visit v;

	(void)state;
	calendar_row_close_holidays(w, SOUTHMERE);
	assert_non_null(strstr(definition(w, 1), "2026-05-04"));
	v = testing_post(w, "/admin/calendars/division", "division=scotland");
	assert_string_equal(v.location, "/admin/calendars?done=division");
	assert_null(strstr(definition(w, 1), "2026-05-04"));
	assert_non_null(strstr(definition(w, 1), "2026-08-03"));
	assert_non_null(strstr(definition(w, 1), "2026-04-03"));
	v = testing_post(w, "/admin/calendars/division", "division=france");
	assert_int_equal(v.status, 422);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(calendars_are_listed_and_shown),
		cmocka_unit_test(hours_that_come_twice_or_never_are_said),
		cmocka_unit_test(a_change_is_a_new_version_with_bank_holidays),
		cmocka_unit_test(wrong_input_comes_back),
		cmocka_unit_test(a_calendar_that_never_opens_is_refused),
		cmocka_unit_test(another_division_has_other_holidays),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
