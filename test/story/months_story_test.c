/* SPDX-License-Identifier: AGPL-3.0-or-later */

/*
 * Promises in calendar months and days through the real desk, its pages and its API
 * (privacy.md 2 and 3): a request for one's own information, with a clarification; and a
 * complaint about data protection that is acknowledged.
 */

#include "desk/escalate.h"
#include "desk/handle.h"
#include "desk/intake.h"
#include "desk/promises.h"
#include "rule/table_shape.h"
#include "store/kept_clock.h"
#include "store/rulebook.h"
#include "testing.h"
#include "testing_desk.h"
#include "testing_page.h"

#include <string.h>

/* Rows of table "target" and of table "escalation" for those two promises. */
static void
agree(struct work *w)
{
	struct table_row targets[] = {table_shape_blank(), table_shape_blank()};
	struct table_row steps[] = {table_shape_blank()};

	targets[0].service = "HW-POTHOLE";
	targets[0].resolution = 1;
	targets[0].extended = 3;
	targets[0].unit = CLOCK_MONTHS;
	targets[1].response = 30;
	targets[1].response_unit = CLOCK_DAYS;
	targets[0].calendar = targets[1].calendar = 1;
	rulebook_publish(w, SOUTHMERE, "target", targets, 2);
	steps[0].threshold = TABLE_OFFSET;
	steps[0].amount = -1;
	steps[0].unit = CLOCK_DAYS;
	steps[0].notify = TABLE_NOTIFY_LEADER;
	rulebook_publish(w, SOUTHMERE, "escalation", steps, 1);
}

static const char *
writes(struct work *w, const char *reference, const char *service, const char *key)
{
	struct contact c = {
		.org = SOUTHMERE,
		.channel = CHANNEL_EMAIL,
		.key = key,
		.reference = reference,
		.service = service,
		.words = "Everything that you hold about me, please.",
		.from = {.name = "Ann Fisher", .email = "ann@example.org"},
	};
	struct receipt r;

	assert_int_equal(intake(w, &c, &r), DONE);
	return arena_copy(w->arena, r.reference);
}

static struct promise
promise_of(struct work *w, const char *reference, const char *kind)
{
	struct ticket t = testing_ticket(w, reference);
	struct promise_list list;

	promises_read(w, &t, &list);
	for (int i = 0; i < list.count; i++)
		if (strcmp(list.at[i].kind, kind) == 0)
			return list.at[i];
	fail_msg("there is no clock %s", kind);
	return (struct promise){.kind = ""};
}

/* Due then, by the fold, by the work lists and byte for byte from the events. */
static void
expect_due(struct work *w, const char *reference, const char *kind, const char *due)
{
	struct ticket t = testing_ticket(w, reference);
	struct promise p = promise_of(w, reference, kind);

	if (strcmp(times_iso(w->arena, p.due), due) != 0)
		fail_msg("due %s, not %s", times_iso(w->arena, p.due), due);
	assert_int_equal(t.due, p.due);
	assert_true(promises_check(w, &t));
}

static struct visit
page(struct work *w, const char *reference, const char *kind)
{
	struct visit v = testing_get(w,
		arena_printf(w->arena, "/staff/tickets/%s/clocks/%s", reference, kind));

	assert_int_equal(v.end, DONE);
	testing_is_page(&v);
	return v;
}

static void
expect_said(const struct visit *v, const char *text)
{
	if (!testing_says(v, text))
		fail_msg("\"%s\" is not in %s", text, v->body);
}

/* The last row of the table of privacy.md 2. */
static void
a_clarification_moves_the_last_day_by_the_days_it_took(void **state)
{
	struct testing_people people;
	struct work *w = testing_desk(&people);
	struct handle h = {.org = SOUTHMERE};
	struct promise p;
	struct visit v;
	struct ticket t;

	(void)state;
	agree(w);
	testing_clock(w, "2026-09-03T13:20:00Z");
	h.reference = writes(w, NULL, "HW-POTHOLE", "sar");
	expect_due(w, h.reference, "resolution", "2026-10-05T23:00:00Z");
	testing_act_as(w, SOUTHMERE, people.leader);
	v = page(w, h.reference, "resolution");
	expect_said(&v, "1 month");
	expect_said(&v, "at the end of Monday 5 October 2026");
	expect_said(&v, "32 days");
	v = testing_get(w, "/staff/queue");
	expect_said(&v, "at the end of Monday 5 October 2026");

	testing_clock(w, "2026-09-10T15:30:00Z");
	assert_int_equal(handle_wait(w, &h, "customer", "Which years?", &t), DONE);
	p = promise_of(w, h.reference, "resolution");
	assert_string_equal(p.state, "paused");
	assert_int_equal(p.due, TIMES_NONE);
	assert_int_equal(p.spent, 7);

	testing_clock(w, "2026-09-21T07:05:00Z");
	writes(w, h.reference, "HW-POTHOLE", "answer");
	expect_due(w, h.reference, "resolution", "2026-10-14T23:00:00Z");

	v = page(w, h.reference, "resolution");
	expect_said(&v, "at the end of Wednesday 14 October 2026");
	expect_said(&v, "Last day, had nothing been waited for");
	expect_said(&v, "Monday 5 October 2026");
	expect_said(&v, "11 days");
	expect_said(&v, "7 days of 1 month");
	expect_said(&v, "to be confirmed");

	/* in time to the last second of the day, late on the stroke of midnight */
	testing_clock(w, "2026-10-14T22:59:59Z");
	assert_int_equal(promise_of(w, h.reference, "resolution").breach, TIMES_NONE);
	assert_int_equal(promise_of(w, h.reference, "resolution").left, 0);
	testing_clock(w, "2026-10-14T23:00:00Z");
	assert_string_equal(
		times_iso(w->arena, promise_of(w, h.reference, "resolution").breach),
		"2026-10-14T23:00:00Z");
}

/* privacy.md 2: received on Saturday 31 October, two further months told on the last day
 * are three from the receipt, Sunday 31 January, so Monday; not 30 January. */
static void
an_extension_told_in_time_runs_from_the_receipt(void **state)
{
	struct testing_people people;
	struct work *w = testing_desk(&people);
	struct handle h = {.org = SOUTHMERE};
	struct ticket t;
	struct visit v;

	(void)state;
	agree(w);
	testing_clock(w, "2026-10-31T11:00:00Z");
	h.reference = writes(w, NULL, "HW-POTHOLE", "sar");
	expect_due(w, h.reference, "resolution", "2026-12-01T00:00:00Z");
	testing_act_as(w, SOUTHMERE, people.leader);

	testing_clock(w, "2026-11-30T16:00:00Z");
	v = testing_get(w, arena_printf(w->arena, "/staff/tickets/%s", h.reference));
	testing_is_page(&v);
	expect_said(&v, "Tell them that it takes longer, up to 3 months");
	v = testing_post(w,
		arena_printf(w->arena, "/staff/tickets/%s/answer", h.reference),
		arena_printf(w->arena,
			"version=%lld&do=reply&extend=1&words=There+are+forty+files.",
			(long long)testing_ticket(w, h.reference).version));
	assert_int_equal(v.status, 303);
	expect_due(w, h.reference, "resolution", "2027-02-02T00:00:00Z");
	assert_true(promise_of(w, h.reference, "resolution").breach == TIMES_NONE);
	assert_int_equal(promise_of(w, h.reference, "resolution").target, 3);
	v = testing_get(w, arena_printf(w->arena, "/staff/tickets/%s", h.reference));
	expect_said(&v, "told the customer that it takes longer: up to 3 months");
	assert_false(testing_says(&v, "Tell them that it takes longer"));
	v = page(w, h.reference, "resolution");
	expect_said(&v, "at the end of Monday 1 February 2027");
	expect_said(&v, "30 days of 3 months");

	/* once; and another priority, or the rules asked again, leave it */
	h.extend = true;
	db_savepoint(w->db);
	assert_int_equal(handle_reply(w, &h, "More still.", &t), INVALID);
	db_savepoint_undo(w->db);
	h.extend = false;
	assert_int_equal(handle_priority(w, &h, 1, "An MP asks.", &t), DONE);
	assert_int_equal(promise_of(w, h.reference, "resolution").target, 3);
	expect_due(w, h.reference, "resolution", "2027-02-02T00:00:00Z");
}

/* Too late, or without an agreement, nobody is told so. */
static void
an_extension_is_refused_when_the_first_time_is_over(void **state)
{
	struct testing_people people;
	struct work *w = testing_desk(&people);
	struct handle h = {.org = SOUTHMERE, .extend = true};
	int64_t events;
	struct ticket t;

	(void)state;
	agree(w);
	testing_clock(w, "2026-09-03T11:00:00Z");
	h.reference = writes(w, NULL, "HW-POTHOLE", "sar");
	events = testing_ticket(w, h.reference).events;
	testing_act_as(w, SOUTHMERE, people.leader);
	testing_clock(w, "2026-10-05T23:00:00Z");
	db_savepoint(w->db);
	assert_int_equal(handle_reply(w, &h, "It takes longer.", &t), INVALID);
	assert_string_equal(w->problems.at[0].field, "extend");
	db_savepoint_undo(w->db);
	assert_int_equal(testing_ticket(w, h.reference).events, events);
	assert_int_equal(promise_of(w, h.reference, "resolution").left, -1);
}

/* Friday 27 November: by the safe reading Saturday 26 December; who must act is told on
 * the Friday (this desk has no bank holidays). */
static void
an_acknowledgement_in_thirty_days_warns_on_a_working_day(void **state)
{
	struct testing_people people;
	struct work *w = testing_desk(&people);
	struct handle h = {.org = SOUTHMERE};
	struct ticket t;
	struct visit v;

	(void)state;
	agree(w);
	testing_clock(w, "2026-11-27T09:00:00Z");
	h.reference = writes(w, NULL, "WA-MISSED", "complaint");
	expect_due(w, h.reference, "response", "2026-12-27T00:00:00Z");
	t = testing_ticket(w, h.reference);
	testing_act_as(w, SOUTHMERE, people.binman);
	v = page(w, h.reference, "response");
	expect_said(&v, "30 days");
	expect_said(&v, "at the end of Saturday 26 December 2026");
	expect_said(&v, "Last working day before that");
	expect_said(&v, "By the later reading of the law");

	assert_string_equal(
		times_iso(w->arena, kept_clock_next(w)), "2026-12-25T00:00:00Z");
	testing_clock(w, "2026-12-24T23:59:59Z");
	assert_int_equal(escalate_due(w, 10), 0);
	testing_clock(w, "2026-12-25T00:00:00Z");
	assert_int_equal(escalate_due(w, 10), 1);
	assert_string_equal(
		times_iso(w->arena, kept_clock_next(w)), "2026-12-27T00:00:00Z");

	testing_clock(w, "2026-12-26T23:00:00Z");
	assert_int_equal(handle_reply(w, &h, "We have it: reference.", &t), DONE);
	assert_true(promise_of(w, h.reference, "response").met);
	assert_true(promises_check(w, &t));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_clarification_moves_the_last_day_by_the_days_it_took),
		cmocka_unit_test(an_extension_told_in_time_runs_from_the_receipt),
		cmocka_unit_test(an_extension_is_refused_when_the_first_time_is_over),
		cmocka_unit_test(
			an_acknowledgement_in_thirty_days_warns_on_a_working_day),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
