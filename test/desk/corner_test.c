/* SPDX-License-Identifier: AGPL-3.0-or-later */

/*
 * Where the rules of clock.md meet: events in an unexpected order, a wait that nobody
 * watched, promises that come and go. Times are those of Southmere's desk, March 2026,
 * when London keeps UTC.
 */

#include "base/buffer.h"
#include "desk/amend.h"
#include "desk/escalate.h"
#include "desk/handle.h"
#include "desk/intake.h"
#include "desk/promises.h"
#include "desk/undertake.h"
#include "desk/wait.h"
#include "rule/table.h"
#include "store/account.h"
#include "store/calendar_row.h"
#include "store/kept_clock.h"
#include "store/pause.h"
#include "store/rulebook.h"
#include "store/shelf.h"
#include "store/truth.h"
#include "store/wait_reason.h"
#include "testing.h"
#include "testing_desk.h"

#include <stdlib.h>
#include <string.h>

enum { HOUR = 3600 };

#define ANY                                                               \
	.priority = TABLE_ANY, .impact = TABLE_ANY, .urgency = TABLE_ANY, \
	.vip = TABLE_ANY, .vulnerable = TABLE_ANY, .calendar = 1

static int64_t
instant(const char *iso)
{
	int64_t at;

	assert_true(times_parse_iso(bytes_of(iso), &at));
	return at;
}

/* A report of Tuesday 3 March at 10:00, in the hands of Highways' leader. */
static struct handle
begin(struct work *w, const struct testing_people *people)
{
	struct handle h = {.org = SOUTHMERE};

	testing_clock(w, "2026-03-03T10:00:00Z");
	h.reference = testing_report(w, "a", "A hole.");
	testing_act_as(w, SOUTHMERE, people->leader);
	return h;
}

static struct promise
clock_named(struct work *w, const struct handle *h, const char *kind, int64_t team)
{
	struct ticket t = testing_ticket(w, h->reference);
	struct promise_list list;

	promises_read(w, &t, &list);
	for (int i = 0; i < list.count; i++)
		if (strcmp(list.at[i].kind, kind) == 0 && list.at[i].subject == team)
			return list.at[i];
	return (struct promise){.state = "absent"};
}

static void
assert_checked(struct work *w, const struct handle *h)
{
	struct ticket t = testing_ticket(w, h->reference);

	assert_false(db_failed(w->db));
	assert_true(promises_check(w, &t));
}

static int64_t
event_of(struct work *w, const struct handle *h, const char *kind)
{
	struct ticket t = testing_ticket(w, h->reference);
	struct event_list events;

	event_read(w, &t, EVENT_FOR_HOUSE, 0, 100, &events);
	for (int i = 0; i < events.count; i++)
		if (strcmp(events.at[i].kind, kind) == 0)
			return events.at[i].seq;
	fail_msg("no event %s", kind);
	return 0;
}

static void
legs(struct work *w, const struct testing_people *people)
{
	const struct table_row rows[] = {
		{ANY, .team = people->highways, .resolution = 4 * HOUR},
		{ANY, .team = people->waste, .resolution = 8 * HOUR},
	};

	rulebook_publish(w, SOUTHMERE, "leg", rows, 2);
}

static void
a_promise_cannot_be_said_to_have_been_made_after_it_was_due(void **state)
{
	struct testing_people people;
	struct work *w = testing_desk(&people);
	struct handle h = begin(w, &people);
	struct amendment late = {.reason = "Typed in late."};
	struct ticket t;

	(void)state;
	assert_int_equal(
		undertake_promise(w, &h, instant("2026-03-03T10:30:00Z"), &t), DONE);
	testing_clock(w, "2026-03-03T12:00:00Z");
	late.seq = event_of(w, &h, "promised");
	late.at = instant("2026-03-03T11:00:00Z");
	assert_int_equal(amend_event(w, &h, &late, &t), INVALID);
	assert_string_equal(clock_named(w, &h, "update", 0).state, "running");
	assert_checked(w, &h);
}

static void
a_promise_made_after_it_was_due_is_broken_and_breaks_nothing_else(void **state)
{
	struct testing_people people;
	struct work *w = testing_desk(&people);
	struct handle h = begin(w, &people);
	struct ticket t;
	struct event e;

	(void)state;
	assert_int_equal(
		undertake_promise(w, &h, instant("2026-03-03T10:30:00Z"), &t), DONE);
	testing_clock(w, "2026-03-03T12:00:00Z");
	assert_int_equal(ticket_hold_for_house(w, SOUTHMERE, t.id, &t), DONE);
	assert_int_equal(event_get(w, &t, event_of(w, &h, "promised"), &e), DONE);
	amend_held(w, &t, &e, instant("2026-03-03T11:00:00Z"), "From another desk.");
	ticket_save(w, &t);
	testing_clock(w, "2026-03-03T13:00:00Z");
	assert_int_equal(
		clock_named(w, &h, "update", 0).breach, instant("2026-03-03T11:00:00Z"));
	assert_checked(w, &h);
}

static void
work_that_comes_back_while_the_customer_is_waited_for_waits_once_more(void **state)
{
	struct testing_people people;
	struct work *w = testing_desk(&people);
	struct handle h;
	struct ticket t;

	(void)state;
	legs(w, &people);
	h = begin(w, &people);
	testing_clock(w, "2026-03-03T11:00:00Z");
	assert_int_equal(handle_wait(w, &h, "customer", "Which side?", &t), DONE);
	testing_clock(w, "2026-03-03T12:00:00Z");
	assert_int_equal(handle_assign(w, &h, people.waste, 0, &t), DONE);
	testing_clock(w, "2026-03-03T13:00:00Z");
	assert_int_equal(handle_assign(w, &h, people.highways, 0, &t), DONE);
	assert_false(db_failed(w->db));
	testing_clock(w, "2026-03-03T14:00:00Z");
	assert_int_equal(wait_end(w, &h, "They rang.", &t), DONE);
	testing_clock(w, "2026-03-03T15:00:00Z");
	assert_int_equal(clock_named(w, &h, "team", people.highways).spent, 2 * HOUR);
	assert_int_equal(clock_named(w, &h, "team", people.waste).spent, 0);
	assert_checked(w, &h);
}

static void
a_wait_that_is_over_ends_also_when_something_else_happened_first(void **state)
{
	struct testing_people people;
	struct work *w = testing_desk(&people);
	struct handle h = begin(w, &people);
	struct ticket t;

	(void)state;
	h.by = instant("2026-03-03T14:00:00Z");
	assert_int_equal(handle_wait(w, &h, "customer", "Which side?", &t), DONE);
	h.by = 0;
	/* No timer ran at two; this is what comes next. */
	testing_clock(w, "2026-03-03T14:00:30Z");
	assert_int_equal(handle_priority(w, &h, 2, "It is a school.", &t), DONE);
	testing_clock(w, "2026-03-03T14:01:00Z");
	escalate_due(w, 10);
	t = testing_ticket(w, h.reference);
	assert_int_equal(t.status, TICKET_OPEN);
	assert_checked(w, &h);
}

static void
a_wait_on_a_calendar_that_closes_at_midnight_ends_on_its_own_day(void **state)
{
	static const char week[] =
		"zone=Europe/London week=1/0-86400,2/0-86400,3/0-86400,4/0-86400,"
		"5/0-86400";
	struct testing_people people;
	struct work *w = testing_desk(&people);
	struct wait_reason r = {.org = SOUTHMERE,
		.code = "customer",
		.words = "",
		.proof = WAIT_QUESTION,
		.review_days = 3};
	struct handle h;
	struct ticket t;

	(void)state;
	assert_int_equal(calendar_row_save(w, SOUTHMERE, 1, "Desk", week), DONE);
	wait_reason_save(w, &r, 1);
	h = begin(w, &people);
	assert_int_equal(handle_wait(w, &h, "customer", "Which side?", &t), DONE);
	/* Tuesday and three: Friday begins at midnight. */
	assert_int_equal(clock_named(w, &h, "resolution", 0).until,
		instant("2026-03-06T00:00:00Z"));
}

static void
an_amendment_may_not_leave_a_clock_otherwise_than_the_ticket(void **state)
{
	struct testing_people people;
	struct work *w = testing_desk(&people);
	struct handle h = begin(w, &people);
	struct amendment a = {.reason = "By mistake."};
	struct ticket t;

	(void)state;
	testing_clock(w, "2026-03-03T11:00:00Z");
	assert_int_equal(handle_wait(w, &h, "customer", "Which side?", &t), DONE);
	testing_clock(w, "2026-03-03T12:00:00Z");
	assert_int_equal(wait_end(w, &h, "They rang.", &t), DONE);
	testing_clock(w, "2026-03-03T13:00:00Z");
	/* The wait would never have ended. */
	a.seq = event_of(w, &h, "resumed");
	a.at = instant("2026-03-03T10:30:00Z");
	assert_int_equal(amend_event(w, &h, &a, &t), INVALID);
	/* Nobody had asked yet. */
	a.seq = event_of(w, &h, "waiting");
	assert_int_equal(amend_event(w, &h, &a, &t), INVALID);
	/* It came after all that was done to it. */
	a.seq = event_of(w, &h, "received");
	a.at = instant("2026-03-03T12:30:00Z");
	assert_int_equal(amend_event(w, &h, &a, &t), INVALID);
	a.seq = event_of(w, &h, "resumed");
	a.at = instant("2026-03-03T11:30:00Z");
	assert_int_equal(amend_event(w, &h, &a, &t), DONE);
	assert_string_equal(clock_named(w, &h, "resolution", 0).state, "running");
	assert_checked(w, &h);
}

/* Priority 3: an hour. Priority 4: five working days. */
static void
two_units(struct work *w)
{
	static struct table_row rows[] = {
		{ANY, .resolution = 5, .unit = CLOCK_WORKING_DAYS},
		{ANY, .response = HOUR, .resolution = HOUR},
	};

	rows[0].priority = 4;
	rulebook_publish(w, SOUTHMERE, "target", rows, 2);
}

static void
a_broken_promise_stays_broken_under_a_target_in_another_unit(void **state)
{
	struct testing_people people;
	struct work *w = testing_desk(&people);
	struct handle h;
	struct ticket t;
	struct promise p;

	(void)state;
	two_units(w);
	h = begin(w, &people);
	testing_clock(w, "2026-03-03T15:00:00Z");
	assert_int_equal(handle_priority(w, &h, 4, "It is small.", &t), DONE);
	p = clock_named(w, &h, "resolution", 0);
	assert_int_equal(p.breach, instant("2026-03-03T11:00:00Z"));
	assert_int_equal(p.target, 5);
	assert_checked(w, &h);
}

static void
a_verdict_does_not_change_with_the_unit_of_a_later_target(void **state)
{
	struct testing_people people;
	struct work *w = testing_desk(&people);
	struct handle h;
	struct ticket t;

	(void)state;
	two_units(w);
	h = begin(w, &people);
	testing_clock(w, "2026-03-03T15:00:00Z");
	assert_int_equal(handle_resolve(w, &h, "Filled.", &t), DONE);
	assert_false(clock_named(w, &h, "resolution", 0).met);
	assert_int_equal(handle_priority(w, &h, 4, "It is small.", &t), DONE);
	assert_false(clock_named(w, &h, "resolution", 0).met);
	assert_checked(w, &h);
}

static void
a_cancelled_ticket_that_is_reopened_has_its_promises_again(void **state)
{
	struct testing_people people;
	struct work *w = testing_desk(&people);
	struct handle h = begin(w, &people);
	struct promise p;
	struct ticket t;

	(void)state;
	testing_clock(w, "2026-03-03T11:00:00Z");
	assert_int_equal(handle_cancel(w, &h, "Not ours.", &t), DONE);
	testing_clock(w, "2026-03-04T10:00:00Z");
	assert_int_equal(handle_reopen(w, &h, "It is ours.", &t), DONE);
	p = clock_named(w, &h, "resolution", 0);
	assert_string_equal(p.state, "running");
	assert_int_equal(p.due, instant("2026-03-06T17:00:00Z"));
	assert_checked(w, &h);
}

static void
a_promise_that_comes_with_a_later_priority_is_kept_too(void **state)
{
	static struct table_row rows[] = {
		{ANY, .resolution = 4 * HOUR, .response = HOUR},
	};
	struct testing_people people;
	struct work *w = testing_desk(&people);
	struct handle h;
	struct promise p;
	struct ticket t;

	(void)state;
	rows[0].priority = 1;
	rulebook_publish(w, SOUTHMERE, "target", rows, 1);
	h = begin(w, &people);
	assert_string_equal(clock_named(w, &h, "resolution", 0).state, "absent");
	testing_clock(w, "2026-03-03T11:00:00Z");
	assert_int_equal(handle_priority(w, &h, 1, "Somebody fell.", &t), DONE);
	p = clock_named(w, &h, "resolution", 0);
	assert_string_equal(p.state, "running");
	assert_int_equal(p.due, instant("2026-03-03T15:00:00Z"));
	assert_checked(w, &h);
}

static void
what_was_handed_over_when_done_runs_for_its_team_once_it_is_reopened(void **state)
{
	struct testing_people people;
	struct work *w = testing_desk(&people);
	struct handle h;
	struct ticket t;

	(void)state;
	legs(w, &people);
	h = begin(w, &people);
	testing_clock(w, "2026-03-03T11:00:00Z");
	assert_int_equal(handle_resolve(w, &h, "Filled.", &t), DONE);
	assert_int_equal(handle_assign(w, &h, people.waste, 0, &t), DONE);
	testing_clock(w, "2026-03-03T12:00:00Z");
	testing_act_as(w, SOUTHMERE, people.leader);
	assert_int_equal(handle_reopen(w, &h, "Not done.", &t), DONE);
	testing_clock(w, "2026-03-03T13:00:00Z");
	assert_int_equal(clock_named(w, &h, "team", people.waste).spent, HOUR);
	assert_int_equal(clock_named(w, &h, "team", people.highways).spent, HOUR);
	assert_checked(w, &h);
}

static void
who_need_not_wait_is_reminded_and_goes_on_as_others(void **state)
{
	static const struct table_row rows[] = {
		{ANY, .resolution = 20, .unit = CLOCK_WORKING_DAYS, .no_pause = true},
	};
	struct testing_people people;
	struct work *w = testing_desk(&people);
	struct wait_reason r = {.org = SOUTHMERE,
		.code = "customer",
		.words = "",
		.proof = WAIT_QUESTION,
		.chase_days = 1,
		.chase_limit = 1};
	struct handle h;
	struct ticket t;

	(void)state;
	rulebook_publish(w, SOUTHMERE, "target", rows, 1);
	wait_reason_save(w, &r, 1);
	h = begin(w, &people);
	assert_int_equal(handle_wait(w, &h, "customer", "Which road?", &t), DONE);
	assert_string_equal(clock_named(w, &h, "resolution", 0).state, "running");
	testing_clock(w, "2026-03-04T09:00:00Z");
	assert_int_equal(escalate_due(w, 10), 1);
	assert_true(event_of(w, &h, "reminded") > 0);
	assert_int_equal(testing_ticket(w, h.reference).status, TICKET_WAITING);
	testing_clock(w, "2026-03-05T09:00:00Z");
	assert_int_equal(escalate_due(w, 10), 1);
	assert_int_equal(testing_ticket(w, h.reference).status, TICKET_OPEN);
	assert_int_equal(escalate_due(w, 10), 0);
	assert_checked(w, &h);
}

static void
a_message_to_what_had_been_cancelled_is_answered_in_time_again(void **state)
{
	struct testing_people people;
	struct work *w = testing_desk(&people);
	struct handle h = begin(w, &people);
	struct contact c = {
		.org = SOUTHMERE,
		.channel = CHANNEL_EMAIL,
		.key = "once more",
		.reference = h.reference,
		.service = "HW-POTHOLE",
		.words = "It is still there.",
		.from = {.name = "Ann Fisher", .email = "ann@example.org"},
	};
	struct receipt got;
	struct ticket t;

	(void)state;
	assert_int_equal(handle_cancel(w, &h, "Not ours.", &t), DONE);
	testing_clock(w, "2026-03-04T09:30:00Z");
	assert_int_equal(handle_reopen(w, &h, "It is ours.", &t), DONE);
	assert_string_equal(clock_named(w, &h, "response", 0).state, "cancelled");
	testing_clock(w, "2026-03-04T10:00:00Z");
	assert_int_equal(intake(w, &c, &got), DONE);
	assert_true(got.joined);
	assert_int_equal(
		clock_named(w, &h, "response", 0).due, instant("2026-03-04T14:00:00Z"));
	assert_string_equal(clock_named(w, &h, "resolution", 0).state, "running");
	assert_checked(w, &h);
}

static void
a_promise_of_an_answer_that_comes_after_it_waits_for_the_next_message(void **state)
{
	static struct table_row rows[] = {
		{ANY, .resolution = 4 * HOUR, .response = HOUR},
	};
	struct testing_people people;
	struct work *w = testing_desk(&people);
	struct handle h;
	struct contact c = {
		.org = SOUTHMERE,
		.channel = CHANNEL_EMAIL,
		.key = "once more",
		.service = "HW-POTHOLE",
		.words = "It is still there.",
		.from = {.name = "Ann Fisher", .email = "ann@example.org"},
	};
	struct receipt got;
	struct ticket t;

	(void)state;
	rows[0].priority = 1;
	rulebook_publish(w, SOUTHMERE, "target", rows, 1);
	h = begin(w, &people);
	assert_int_equal(handle_wait(w, &h, "customer", "Which side?", &t), DONE);
	testing_clock(w, "2026-03-03T11:00:00Z");
	assert_int_equal(handle_priority(w, &h, 1, "Somebody fell.", &t), DONE);
	assert_string_equal(clock_named(w, &h, "response", 0).state, "absent");
	assert_string_equal(clock_named(w, &h, "resolution", 0).state, "paused");
	assert_checked(w, &h);
	testing_clock(w, "2026-03-03T12:00:00Z");
	c.reference = h.reference;
	assert_int_equal(intake(w, &c, &got), DONE);
	assert_int_equal(
		clock_named(w, &h, "response", 0).due, instant("2026-03-03T13:00:00Z"));
	assert_int_equal(
		clock_named(w, &h, "resolution", 0).due, instant("2026-03-03T16:00:00Z"));
	assert_checked(w, &h);
}

/* "response 1 0|response 2 1": kind, cycle, met. */
static const char *
verdicts(struct work *w, const char *kind)
{
	struct buffer b = buffer_in(w->arena, 80);
	struct rows r = db_query(w->db,
		"select cycle, met from verdict where org = $1 and kind = $2"
		" order by cycle",
		SOUTHMERE, kind);

	while (rows_next(&r))
		buffer_text_add(&b,
			arena_printf(w->arena, "%s%d %s", b.len ? "|" : "",
				(int)row_int(&r, 0), row_int(&r, 1) ? "met" : "missed"));
	return buffer_text(&b);
}

static void
a_late_answer_stays_late_when_the_next_is_in_time(void **state)
{
	struct testing_people people;
	struct work *w = testing_desk(&people);
	struct handle h = begin(w, &people);
	struct contact c = {
		.org = SOUTHMERE,
		.channel = CHANNEL_EMAIL,
		.key = "once more",
		.reference = h.reference,
		.service = "HW-POTHOLE",
		.words = "It is still there.",
		.from = {.name = "Ann Fisher", .email = "ann@example.org"},
	};
	struct amendment rang = {.reason = "I rang them from the road."};
	struct receipt got;
	struct ticket t;

	(void)state;
	testing_clock(w, "2026-03-03T15:00:00Z");
	assert_int_equal(
		undertake_call(w, &h, &(struct call){.words = "We spoke."}, &t), DONE);
	assert_string_equal(verdicts(w, "response"), "1 missed");
	testing_clock(w, "2026-03-03T15:30:00Z");
	assert_int_equal(intake(w, &c, &got), DONE);
	testing_act_as(w, SOUTHMERE, people.leader);
	assert_string_equal(verdicts(w, "response"), "1 missed");
	testing_clock(w, "2026-03-03T16:00:00Z");
	assert_int_equal(handle_reply(w, &h, "It is ordered.", &t), DONE);
	assert_string_equal(verdicts(w, "response"), "1 missed|2 met");
	assert_checked(w, &h);

	rang.seq = event_of(w, &h, "called");
	rang.at = instant("2026-03-03T13:00:00Z");
	assert_int_equal(amend_event(w, &h, &rang, &t), DONE);
	assert_string_equal(verdicts(w, "response"), "1 met|2 met");
	assert_checked(w, &h);
}

static void
a_missed_promise_stays_in_its_month_when_the_work_begins_anew(void **state)
{
	struct testing_people people;
	struct work *w = testing_desk(&people);
	struct figures_period march = {
		instant("2026-03-01T00:00:00Z"), instant("2026-04-01T00:00:00Z")};
	struct scope all = access_house(SOUTHMERE);
	struct handle h = begin(w, &people);
	struct truth_promises figures;
	struct ticket t;

	(void)state;
	testing_clock(w, "2026-03-06T10:00:00Z");
	assert_int_equal(handle_resolve(w, &h, "Filled.", &t), DONE);
	assert_string_equal(verdicts(w, "resolution"), "1 missed");
	/* Within ten working days it goes on: one promise, not decided yet. */
	testing_clock(w, "2026-03-09T10:00:00Z");
	assert_int_equal(handle_reopen(w, &h, "Not done.", &t), DONE);
	assert_string_equal(verdicts(w, "resolution"), "");
	assert_int_equal(handle_resolve(w, &h, "Filled.", &t), DONE);
	/* After that it is another. */
	testing_clock(w, "2026-04-01T10:00:00Z");
	assert_int_equal(handle_reopen(w, &h, "Again.", &t), DONE);
	assert_string_equal(verdicts(w, "resolution"), "2 missed");
	assert_int_equal(handle_resolve(w, &h, "Filled.", &t), DONE);
	assert_string_equal(verdicts(w, "resolution"), "2 missed|3 met");
	truth_promises(w, &all, &march, &figures);
	assert_int_equal(figures.stopped, 1);
	assert_int_equal(figures.met, 0);
	assert_checked(w, &h);
}

/* The day of the report is declared closed, for a ticket that there is and one that there
 * is not: so for none. */
static void
refused_closure(
	struct work *w, const struct testing_people *people, const char *reference)
{
	const char *references[] = {reference, "ZZZ-ZZZ-ZZZ"};
	const struct closure c = {
		.org = SOUTHMERE,
		.calendar = 1,
		.date = {2026, 3, 3},
		.reason = "Snow.",
		.approver = people->leader,
		.references = references,
		.count = 2,
	};

	account_grant(w, SOUTHMERE, people->analyst, ROLE_LEADER);
	db_savepoint(w->db);
	testing_act_as(w, SOUTHMERE, people->analyst);
	assert_int_equal(amend_closure(w, &c), INVALID);
	assert_string_equal(w->problems.at[0].field, "references");
	w->problems.count = 0;
	db_savepoint_undo(w->db);
}

static void
what_was_undone_is_not_taken_for_the_next_version(void **state)
{
	struct testing_people people;
	struct work *w = testing_desk(&people);
	struct handle h = begin(w, &people);
	struct work other = *w;
	const struct calendar *c;
	int64_t version;

	(void)state;
	other.own_shelf = NULL;
	testing_clock(w, "2026-03-04T10:00:00Z");
	refused_closure(w, &people, h.reference);
	/* Somebody else makes the version of that number. */
	db_run(w->db,
		"insert into calendar (org, id, version, name, definition, valid_from,"
		" holidays, author, made) select org, id, version + 1, name,"
		" 'zone=Europe/London week=2/28800-64800', 0, holidays, author, made"
		" from calendar where org = $1 and id = 1",
		SOUTHMERE);
	c = shelf_calendar(&other, SOUTHMERE, 1, w->now, &version);
	assert_int_equal(version, 2);
	assert_int_equal(calendar_elapsed(c, instant("2026-03-03T00:00:00Z"),
				 instant("2026-03-04T00:00:00Z")),
		10 * HOUR);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			work_that_comes_back_while_the_customer_is_waited_for_waits_once_more),
		cmocka_unit_test(
			a_wait_that_is_over_ends_also_when_something_else_happened_first),
		cmocka_unit_test(
			a_wait_on_a_calendar_that_closes_at_midnight_ends_on_its_own_day),
		cmocka_unit_test(
			an_amendment_may_not_leave_a_clock_otherwise_than_the_ticket),
		cmocka_unit_test(
			a_broken_promise_stays_broken_under_a_target_in_another_unit),
		cmocka_unit_test(
			a_verdict_does_not_change_with_the_unit_of_a_later_target),
		cmocka_unit_test(
			a_cancelled_ticket_that_is_reopened_has_its_promises_again),
		cmocka_unit_test(a_promise_that_comes_with_a_later_priority_is_kept_too),
		cmocka_unit_test(
			what_was_handed_over_when_done_runs_for_its_team_once_it_is_reopened),
		cmocka_unit_test(
			a_promise_cannot_be_said_to_have_been_made_after_it_was_due),
		cmocka_unit_test(
			a_promise_made_after_it_was_due_is_broken_and_breaks_nothing_else),
		cmocka_unit_test(who_need_not_wait_is_reminded_and_goes_on_as_others),
		cmocka_unit_test(
			a_message_to_what_had_been_cancelled_is_answered_in_time_again),
		cmocka_unit_test(
			a_promise_of_an_answer_that_comes_after_it_waits_for_the_next_message),
		cmocka_unit_test(a_late_answer_stays_late_when_the_next_is_in_time),
		cmocka_unit_test(
			a_missed_promise_stays_in_its_month_when_the_work_begins_anew),
		cmocka_unit_test(what_was_undone_is_not_taken_for_the_next_version),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
