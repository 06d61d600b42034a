/* SPDX-License-Identifier: AGPL-3.0-or-later */

/* Nothing acts on itself for ever (clock.md section 8): not a rule, not a letter, not
 * another system. */

#include "base/times.h"
#include "desk/escalate.h"
#include "desk/handle.h"
#include "desk/intake.h"
#include "desk/loop.h"
#include "rule/table_shape.h"
#include "store/body.h"
#include "store/rulebook.h"
#include "store/webhook.h"
#include "testing.h"
#include "testing_desk.h"

#include <string.h>

static struct testing_people people;

static int64_t
letters(struct work *w, const char *kind)
{
	return db_int(w->db, -1, "select count(*) from outbox where kind = $1", kind);
}

static int64_t
events(struct work *w, const char *kind)
{
	return db_int(w->db, -1, "select count(*) from event where kind = $1", kind);
}

/* As the API writes when it is told of an event. */
static void
machine_notes(struct work *w, const char *reference)
{
	const struct actor as_was = *w->actor;
	struct actor machine = as_was;
	const struct handle h = {.org = SOUTHMERE, .reference = reference};
	const struct actor *was = w->actor;
	struct ticket t;

	machine.kind = ACTOR_API;
	w->actor = &machine;
	assert_int_equal(handle_note(w, &h, "Seen.", &t), DONE);
	w->actor = was;
}

static void
a_system_that_answers_what_it_is_told_is_told_twenty_times(void **state)
{
	struct work *w = testing_desk(&people);
	struct webhook hook = {.org = SOUTHMERE,
		.name = "Echo",
		.url = "https://echo.example.org/in",
		.events = "",
		.services = "",
		.reason = "",
		.active = true};
	const char *reference = testing_report(w, "1", "A hole.");
	const struct handle h = {.org = SOUTHMERE, .reference = reference};
	struct ticket t;
	int64_t before;

	(void)state;
	assert_int_equal(webhook_insert(w, &hook), DONE);
	testing_act_as(w, SOUTHMERE, people.leader);
	assert_int_equal(handle_note(w, &h, "Begun.", &t), DONE);
	before = letters(w, "webhook");
	for (int i = 0; i < 40; i++) {
		w->now += 2;
		machine_notes(w, reference);
	}
	assert_int_equal(letters(w, "webhook") - before, LOOP_MOST);
	assert_int_equal(events(w, "looped"), 1);
	assert_int_equal(db_int(w->db, -1,
				 "select count(*) from outbox where kind = 'email'"
				 " and recipient = 'lee@southmere.example.org'"
				 " and subject like '%machines act%'"),
		1);

	/* A person acts: it is heard of again. */
	assert_int_equal(handle_note(w, &h, "I look at it.", &t), DONE);
	assert_int_equal(letters(w, "webhook") - before, LOOP_MOST + 1);
	machine_notes(w, reference);
	assert_int_equal(letters(w, "webhook") - before, LOOP_MOST + 2);
}

static void
machines_that_take_their_time_are_no_loop(void **state)
{
	struct work *w = testing_desk(&people);
	const char *reference = testing_report(w, "1", "A hole.");

	(void)state;
	testing_act_as(w, SOUTHMERE, people.leader);
	for (int i = 0; i < 40; i++) {
		w->now += LOOP_SECONDS / 10;
		machine_notes(w, reference);
	}
	assert_int_equal(events(w, "looped"), 0);
}

static void
two_bodies_do_not_send_to_and_fro_for_ever(void **state)
{
	struct work *w = testing_desk(&people);
	struct body b = {.org = SOUTHMERE,
		.name = "Northmere",
		.url = "https://northmere.example.org/",
		.key = "k",
		.jurisdiction = "",
		.team = people.highways,
		.area = "",
		.active = true};

	(void)state;
	pairs_add(w->arena, &b.services, "HW-POTHOLE", "HOLE");
	body_insert(w, &b);
	for (int i = 0; i < 30; i++)
		testing_report(w, arena_printf(w->arena, "%d", i), "The same hole.");
	assert_int_equal(letters(w, "open311"), LOOP_MOST);
	assert_int_equal(events(w, "looped"), 10);
	testing_report(w, "other", "Another hole.");
	assert_int_equal(letters(w, "open311"), LOOP_MOST + 1);
}

static void
a_machine_is_never_answered(void **state)
{
	struct work *w = testing_desk(&people);
	struct contact c = {
		.org = SOUTHMERE,
		.channel = CHANNEL_EMAIL,
		.key = "out-of-office",
		.service = "HW-POTHOLE",
		.words = "I am away.",
		.from = {.name = "Ann Fisher", .email = "ann@example.org"},
		.automatic = true,
	};
	struct receipt got;

	(void)state;
	assert_int_equal(intake(w, &c, &got), DONE);
	assert_int_equal(letters(w, "email"), 0);
	c.key = "again";
	c.reference = got.reference;
	assert_int_equal(intake(w, &c, &got), DONE);
	assert_true(got.joined);
	assert_int_equal(letters(w, "email"), 0);
}

/* Steps tell people. They hand nothing over, so they cannot set off another step. */
static void
escalation_changes_nothing_and_so_begins_no_chain(void **state)
{
	struct work *w = testing_desk(&people);
	struct table_row steps[5];
	const char *reference = testing_report(w, "1", "A hole.");
	struct ticket was = testing_ticket(w, reference), is;
	int64_t fired;

	(void)state;
	for (int i = 0; i < 5; i++) {
		steps[i] = table_shape_blank();
		steps[i].amount = 50 * (i + 1);
		steps[i].notify = TABLE_NOTIFY_LEADER | TABLE_NOTIFY_OWNER;
	}
	rulebook_publish(w, SOUTHMERE, "escalation", steps, 5);
	testing_clock(w, "2026-04-20T12:00:00Z");
	assert_int_equal(escalate_ticket(w, SOUTHMERE, was.id), DONE);
	fired = events(w, "escalated") + events(w, "breached");
	assert_true(fired >= 5);
	for (int i = 0; i < 3; i++)
		assert_int_equal(escalate_ticket(w, SOUTHMERE, was.id), DONE);
	is = testing_ticket(w, reference);
	assert_int_equal(events(w, "escalated") + events(w, "breached"), fired);
	assert_int_equal(is.events, was.events + fired);
	assert_int_equal(is.handovers, 0);
	assert_int_equal(is.team, was.team);
	assert_int_equal(is.assignee, was.assignee);
	assert_int_equal(is.status, was.status);
	assert_int_equal(is.priority, was.priority);
}

/* A table is folded once for an event: rows that would undo each other do not. */
static void
tables_decide_once_for_an_event(void **state)
{
	struct work *w = testing_desk(&people);
	struct table_row up = table_shape_blank(), to_waste = table_shape_blank();
	struct table_row to_highways = table_shape_blank();
	struct table_row routes[2];
	const char *reference;

	(void)state;
	up.set_priority = 1;
	rulebook_publish(w, SOUTHMERE, "priority", &up, 1);
	to_waste.priority = 1;
	to_waste.set_team = people.waste;
	to_highways.set_team = people.highways;
	routes[0] = to_waste;
	routes[1] = to_highways;
	rulebook_publish(w, SOUTHMERE, "route", routes, 2);
	reference = testing_report(w, "1", "A hole.");
	assert_int_equal(testing_ticket(w, reference).team, people.waste);
	assert_int_equal(events(w, "moved"), 0);
	assert_int_equal(db_int(w->db, -1,
				 "select max(n) from (select count(*) as n from decision"
				 " group by ticket, seq, name) x"),
		1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			a_system_that_answers_what_it_is_told_is_told_twenty_times),
		cmocka_unit_test(machines_that_take_their_time_are_no_loop),
		cmocka_unit_test(two_bodies_do_not_send_to_and_fro_for_ever),
		cmocka_unit_test(a_machine_is_never_answered),
		cmocka_unit_test(escalation_changes_nothing_and_so_begins_no_chain),
		cmocka_unit_test(tables_decide_once_for_an_event),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
