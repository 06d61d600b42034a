/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "testing.h"
#include "testing_desk.h"

#include "desk/handle.h"
#include "desk/promises.h"
#include "desk/reapply.h"
#include "desk/rulemaking.h"
#include "rule/table_shape.h"
#include "store/account.h"
#include "store/decision.h"
#include "store/rulebook.h"
#include "store/shelf.h"

#include <string.h>

static struct work *
desk(struct testing_people *people)
{
	struct work *w = testing_desk(people);

	account_grant(w, SOUTHMERE, people->leader, ROLE_ADMINISTRATOR);
	testing_act_as(w, SOUTHMERE, people->leader);
	return w;
}

/* Publishes a table of one row, for open tickets too. */
static void
publish(struct work *w, const char *table, const struct table_row *row)
{
	struct rulemaking m = {SOUTHMERE, table, 1};
	const struct rulemaking_reason why = {
		.reason = "Because", .untried = true, .open_ones = true};
	int64_t id = 0, version;
	struct rule_draft d;

	assert_int_equal(rulemaking_begin(w, SOUTHMERE, table), DONE);
	assert_int_equal(rulemaking_save(w, &m, 1, row, &id), DONE);
	assert_int_equal(rule_draft_get(w, SOUTHMERE, table, &d), DONE);
	m.revision = d.revision;
	assert_int_equal(rulemaking_publish(w, &m, &why, &version), DONE);
}

static struct table_row
hole_row(void)
{
	struct table_row row = table_shape_blank();

	row.words = "hole";
	row.set_priority = 1;
	return row;
}

/* As the job does, to the end. */
static void
run(struct work *w)
{
	const struct actor *who = w->actor;
	struct actor *house = arena_alloc(w->arena, sizeof *house);
	bool more = true;

	*house = work_house_actor(0);
	w->actor = house;
	while (more)
		assert_int_equal(reapply_batch(w, &more), DONE);
	w->actor = who;
}

static struct promise
resolution(struct work *w, const struct ticket *t)
{
	struct promise_list list;

	promises_read(w, t, &list);
	for (int i = 0; i < list.count; i++)
		if (strcmp(list.at[i].kind, "resolution") == 0)
			return list.at[i];
	fail_msg("no resolution");
	return list.at[0];
}

static void
open_tickets_keep_what_they_have_unless_asked(void **state)
{
	struct testing_people people;
	struct work *w = desk(&people);
	const char *reference = testing_report(w, "a", "A hole.");
	struct table_row row = hole_row();

	(void)state;
	rulebook_publish(w, SOUTHMERE, "priority", &row, 1);
	assert_false(reapply_waits(w));
	assert_int_equal(testing_ticket(w, reference).priority, 3);
}

static void
a_table_moves_no_more_than_it_decides(void **state)
{
	struct testing_people people;
	struct work *w = desk(&people);
	const char *reference = testing_report(w, "a", "A hole.");
	struct table_row row = hole_row(), terms = table_shape_blank();
	struct ticket t;

	(void)state;
	/* Not for open tickets, this one; the next is, and says nothing of priorities. */
	rulebook_publish(w, SOUTHMERE, "priority", &row, 1);
	terms.resolution = 7 * 3600;
	terms.calendar = 1;
	publish(w, "target", &terms);
	run(w);
	t = testing_ticket(w, reference);
	assert_int_equal(t.priority, 3);
	assert_int_equal(resolution(w, &t).target, 7 * 3600);
	assert_true(promises_check(w, &t));
}

static void
a_new_priority_brings_its_terms_and_counts_what_was_spent(void **state)
{
	struct testing_people people;
	struct work *w = desk(&people);
	const char *reference = testing_report(w, "a", "A hole.");
	const char *other = testing_report(w, "b", "A crack.");
	struct table_row row = hole_row();
	struct rule_apply a;
	struct promise p;
	struct ticket t;

	(void)state;
	testing_clock(w, "2026-03-02T10:00:00Z");
	publish(w, "priority", &row);
	assert_true(reapply_waits(w));
	run(w);
	assert_false(reapply_waits(w));
	t = testing_ticket(w, reference);
	assert_int_equal(t.priority, 1);
	p = resolution(w, &t);
	assert_int_equal(p.unit, CLOCK_SECONDS);
	assert_int_equal(p.target, 4 * 3600);
	assert_int_equal(p.spent, 3600);
	assert_true(promises_check(w, &t));
	assert_string_equal(db_text(w->db, w->arena,
				    "select body from event where ticket = $1"
				    " and kind = 'priority'",
				    t.id),
		"Version 1 of the table “Priority” was published for open tickets too.");
	assert_int_equal(testing_ticket(w, other).priority, 3);
	assert_int_equal(rule_apply_get(w, SOUTHMERE, "priority", 1, &a), DONE);
	assert_int_equal(a.looked, 2);
	assert_int_equal(a.changed, 1);
	assert_int_not_equal(a.ended, 0);
}

static void
the_same_version_acts_once(void **state)
{
	struct testing_people people;
	struct work *w = desk(&people);
	const char *reference = testing_report(w, "a", "A hole.");
	struct table_row row = hole_row();
	int64_t events;

	(void)state;
	publish(w, "priority", &row);
	run(w);
	events = testing_ticket(w, reference).events;
	db_run(w->db, "update rule_apply set ended = null, reached = 0 where org = $1",
		SOUTHMERE);
	run(w);
	assert_int_equal(testing_ticket(w, reference).events, events);
}

static void
what_a_person_set_stays_unless_the_row_stands_over_hands(void **state)
{
	struct testing_people people;
	struct work *w = desk(&people);
	const char *reference = testing_report(w, "a", "A hole.");
	struct handle h = {SOUTHMERE, reference, 0};
	struct table_row row = hole_row();
	struct rule_apply a;
	struct ticket t;

	(void)state;
	assert_int_equal(handle_priority(w, &h, 4, "It is in a lay-by", &t), DONE);
	publish(w, "priority", &row);
	run(w);
	assert_int_equal(testing_ticket(w, reference).priority, 4);
	assert_int_equal(rule_apply_get(w, SOUTHMERE, "priority", 1, &a), DONE);
	assert_int_equal(a.changed, 0);
	assert_int_equal(a.kept, 1);

	row.over_hand = true;
	row.set_priority = 2;
	publish(w, "priority", &row);
	run(w);
	assert_int_equal(testing_ticket(w, reference).priority, 2);
}

static void
a_new_target_reaches_the_clocks(void **state)
{
	struct testing_people people;
	struct work *w = desk(&people);
	const char *reference = testing_report(w, "a", "A hole.");
	struct table_row row = table_shape_blank();
	struct promise p;
	struct ticket t;

	(void)state;
	row.service = "HW-POTHOLE";
	row.resolution = 5;
	row.unit = CLOCK_WORKING_DAYS;
	row.calendar = 1;
	publish(w, "target", &row);
	run(w);
	t = testing_ticket(w, reference);
	assert_int_equal(t.priority, 3);
	p = resolution(w, &t);
	assert_int_equal(p.target, 5);
	assert_string_equal(times_iso(w->arena, p.due), "2026-03-09T17:00:00Z");
	assert_true(promises_check(w, &t));
}

/* Two working days as before, but to midnight; then without any pause. */
static void
every_part_of_a_promise_reaches_the_clocks(void **state)
{
	struct testing_people people;
	struct work *w = desk(&people);
	const char *reference = testing_report(w, "a", "A hole.");
	struct handle h = {SOUTHMERE, reference, 0};
	struct table_row row = table_shape_blank();
	struct ticket t = testing_ticket(w, reference);
	struct promise was = resolution(w, &t), is;

	(void)state;
	assert_int_equal(was.unit, CLOCK_WORKING_DAYS);
	assert_string_equal(times_iso(w->arena, was.due), "2026-03-04T17:00:00Z");
	row.resolution = was.target;
	row.unit = was.unit;
	row.calendar = was.calendar_id;
	row.midnight = true;
	publish(w, "target", &row);
	run(w);
	t = testing_ticket(w, reference);
	is = resolution(w, &t);
	assert_int_equal(is.target, was.target);
	assert_string_equal(times_iso(w->arena, is.due), "2026-03-05T00:00:00Z");
	assert_true(promises_check(w, &t));

	row.no_pause = true;
	testing_clock(w, "2026-03-02T10:00:00Z");
	publish(w, "target", &row);
	run(w);
	assert_int_equal(handle_wait(w, &h, "customer", "Which end?", &t), DONE);
	t = testing_ticket(w, reference);
	assert_string_equal(resolution(w, &t).state, "running");
	assert_true(promises_check(w, &t));
}

/* Back from midnight after the closing of the last day: it was in time until now, so it
 * is not late at once, but when the desk opens. */
static void
days_that_end_sooner_break_nothing_that_was_in_time(void **state)
{
	struct testing_people people;
	struct work *w = desk(&people);
	struct table_row row = table_shape_blank();
	const char *reference;
	struct promise p;
	struct ticket t;

	(void)state;
	row.resolution = 2;
	row.unit = CLOCK_WORKING_DAYS;
	row.calendar = 1;
	row.midnight = true;
	rulebook_publish(w, SOUTHMERE, "target", &row, 1);
	reference = testing_report(w, "a", "A hole.");
	testing_clock(w, "2026-03-04T20:00:00Z");
	row.midnight = false;
	publish(w, "target", &row);
	run(w);
	t = testing_ticket(w, reference);
	p = resolution(w, &t);
	assert_int_equal(p.breach, TIMES_NONE);
	assert_string_equal(times_iso(w->arena, p.due), "2026-03-05T09:00:00Z");
	assert_true(promises_check(w, &t));
}

/* Whoever was told of a longer time keeps one, also when the table gives another. */
static void
a_longer_time_that_was_told_is_not_taken_back(void **state)
{
	struct testing_people people;
	struct work *w = desk(&people);
	struct table_row row = table_shape_blank();
	struct handle h = {.org = SOUTHMERE, .extend = true};
	struct ticket t;

	(void)state;
	row.resolution = 1;
	row.extended = 3;
	row.unit = CLOCK_MONTHS;
	row.calendar = 1;
	rulebook_publish(w, SOUTHMERE, "target", &row, 1);
	h.reference = testing_report(w, "a", "A hole.");
	assert_int_equal(handle_reply(w, &h, "There are forty files.", &t), DONE);
	t = testing_ticket(w, h.reference);
	assert_int_equal(resolution(w, &t).target, 3);
	row.extended = 4;
	publish(w, "target", &row);
	run(w);
	t = testing_ticket(w, h.reference);
	assert_int_equal(resolution(w, &t).target, 4);
	assert_true(promises_check(w, &t));
}

static void
tickets_move_to_their_new_team_unless_somebody_works_on_them(void **state)
{
	struct testing_people people;
	struct work *w = desk(&people);
	const char *waiting = testing_report(w, "a", "A hole.");
	const char *taken = testing_report(w, "b", "A hole.");
	struct handle h = {SOUTHMERE, taken, 0};
	struct table_row row = table_shape_blank();
	struct decision_list list;
	struct ticket t;

	(void)state;
	assert_int_equal(handle_claim(w, &h, &t), DONE);
	row.set_team = people.waste;
	publish(w, "route", &row);
	run(w);
	t = testing_ticket(w, waiting);
	assert_int_equal(t.team, people.waste);
	decision_read(w, &t, &list);
	assert_int_equal(list.at[list.count - 1].version, 1);
	assert_int_equal(testing_ticket(w, taken).team, people.highways);
}

static void
a_newer_version_ends_the_older_one(void **state)
{
	struct testing_people people;
	struct work *w = desk(&people);
	const char *reference = testing_report(w, "a", "A hole.");
	struct table_row row = hole_row();

	(void)state;
	publish(w, "priority", &row);
	row.set_priority = 2;
	rulebook_publish(w, SOUTHMERE, "priority", &row, 1);
	run(w);
	assert_int_equal(testing_ticket(w, reference).priority, 3);
}

/* Rather than to publish it and change nothing. */
static void
other_tables_are_not_published_for_open_tickets(void **state)
{
	static const char *const names[] = {"leg", "escalation", "status", "field"};
	const struct rulemaking_reason why = {
		.reason = "Because", .untried = true, .open_ones = true};
	struct testing_people people;
	struct work *w = desk(&people);
	struct table_row row = table_shape_blank();
	int64_t version;

	(void)state;
	row.resolution = 3600;
	row.calendar = 1;
	rulebook_publish(w, SOUTHMERE, "leg", &row, 1);
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		struct rulemaking m = {SOUTHMERE, names[i], 1};
		struct rule_draft d;

		assert_false(reapply_reaches(names[i]));
		w->problems.count = 0;
		assert_int_equal(rulemaking_begin(w, SOUTHMERE, names[i]), DONE);
		assert_int_equal(rule_draft_get(w, SOUTHMERE, names[i], &d), DONE);
		m.revision = d.revision;
		assert_int_equal(rulemaking_publish(w, &m, &why, &version), INVALID);
		assert_string_equal(w->problems.at[0].field, "open_tickets");
	}
	w->problems.count = 0;
	assert_int_equal(rulemaking_restore(w, &(struct rulemaking){SOUTHMERE, "leg", 1},
				 &why, &version),
		INVALID);
	assert_string_equal(w->problems.at[0].field, "open_tickets");
	assert_false(reapply_waits(w));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_table_moves_no_more_than_it_decides),
		cmocka_unit_test(open_tickets_keep_what_they_have_unless_asked),
		cmocka_unit_test(
			a_new_priority_brings_its_terms_and_counts_what_was_spent),
		cmocka_unit_test(the_same_version_acts_once),
		cmocka_unit_test(
			what_a_person_set_stays_unless_the_row_stands_over_hands),
		cmocka_unit_test(a_new_target_reaches_the_clocks),
		cmocka_unit_test(every_part_of_a_promise_reaches_the_clocks),
		cmocka_unit_test(days_that_end_sooner_break_nothing_that_was_in_time),
		cmocka_unit_test(a_longer_time_that_was_told_is_not_taken_back),
		cmocka_unit_test(
			tickets_move_to_their_new_team_unless_somebody_works_on_them),
		cmocka_unit_test(a_newer_version_ends_the_older_one),
		cmocka_unit_test(other_tables_are_not_published_for_open_tickets),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
