/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "desk/intake.h"

#include "desk/handle.h"
#include "desk/promises.h"
#include "store/outbox.h"
#include "store/service.h"
#include "testing.h"
#include "testing_desk.h"

#include <string.h>

static struct contact
follow_up(const char *key, const char *reference, const char *email)
{
	return (struct contact){
		.org = SOUTHMERE,
		.channel = CHANNEL_EMAIL,
		.key = key,
		.reference = reference,
		.service = "HW-POTHOLE",
		.words = "It is deeper now.",
		.from = {.name = "Ann Fisher", .email = email},
	};
}

static void
a_report_becomes_a_ticket_with_its_team_and_due_time(void **state)
{
	struct testing_people people;
	struct work *w = testing_desk(&people);
	struct ticket t = testing_ticket(
		w, testing_report(w, "a", "A deep hole in Elm Road."));
	struct promise_list promises;

	(void)state;
	assert_int_equal(t.team, people.highways);
	assert_int_equal(t.status, TICKET_NEW);
	assert_int_equal(t.priority, 3);
	assert_int_equal(t.customer, people.ann);
	assert_string_equal(t.subject, "Report a pothole: A deep hole in Elm Road.");
	promises_read(w, &t, &promises);
	assert_int_equal(promises.count, 2);
	assert_string_equal(
		times_iso(w->arena, promises.at[0].due), "2026-03-02T13:00:00Z");
	assert_string_equal(
		times_iso(w->arena, promises.at[1].due), "2026-03-04T17:00:00Z");
	assert_int_equal(t.due, promises.at[0].due);
	assert_int_equal(outbox_waiting(w), 1);
	assert_true(promises_check(w, &t));
}

static int64_t
urgency_of(struct work *w, const char *key, const char *answer, int64_t level)
{
	struct contact c = {
		.org = SOUTHMERE,
		.channel = CHANNEL_WEB,
		.key = key,
		.service = "HW-POTHOLE",
		.words = "A hole.",
		.urgency = level,
		.from = {.name = "Ann Fisher", .email = "ann@example.org"},
	};
	struct receipt got;

	pairs_add(w->arena, &c.fields, "urgency", answer);
	assert_int_equal(intake(w, &c, &got), DONE);
	return testing_ticket(w, got.reference).urgency;
}

static void
the_customer_may_say_how_urgent_it_is(void **state)
{
	struct work *w = testing_desk(NULL);
	struct service s;

	(void)state;
	assert_int_equal(service_find(w, SOUTHMERE, "HW-POTHOLE", &s), DONE);
	s.fields = "urgency:choice(now;soon;this week;this month;some day)";
	service_save(w, &s, "asked");
	assert_int_equal(urgency_of(w, "1", "soon", 0), 2);
	assert_int_equal(urgency_of(w, "2", "some day", 0), 4);
	assert_int_equal(urgency_of(w, "3", "soon", 1), 1); /* the channel said */
	assert_int_equal(urgency_of(w, "4", "whenever", 0), 0);
}

static void
a_retry_gives_the_receipt_of_the_first_time(void **state)
{
	struct work *w = testing_desk(NULL);
	const char *first = testing_report(w, "same", "A hole.");

	(void)state;
	assert_string_equal(testing_report(w, "same", "A hole."), first);
	assert_int_equal(outbox_waiting(w), 1);
	assert_int_equal(db_int(w->db, 0, "select count(*) from ticket"), 1);
}

static void
the_same_key_with_other_words_is_a_conflict(void **state)
{
	struct work *w = testing_desk(NULL);
	struct contact c = follow_up("same", NULL, "ann@example.org");
	struct receipt got;

	(void)state;
	c.channel = CHANNEL_WEB;
	testing_report(w, "same", "A hole.");
	assert_int_equal(intake(w, &c, &got), CONFLICT);
}

static void
the_customers_follow_up_joins_the_ticket(void **state)
{
	struct work *w = testing_desk(NULL);
	const char *reference = testing_report(w, "a", "A hole.");
	struct contact c = follow_up("b", reference, "ann@example.org");
	struct receipt got;

	(void)state;
	assert_int_equal(intake(w, &c, &got), DONE);
	assert_true(got.joined);
	assert_string_equal(got.reference, reference);
	assert_int_equal(testing_ticket(w, reference).events, 3);
}

static void
a_strangers_follow_up_makes_a_ticket_of_its_own(void **state)
{
	struct work *w = testing_desk(NULL);
	const char *reference = testing_report(w, "a", "A hole.");
	struct contact c = follow_up("b", reference, "mallory@example.org");
	struct receipt got;

	(void)state;
	assert_int_equal(intake(w, &c, &got), DONE);
	assert_false(got.joined);
	assert_string_not_equal(got.reference, reference);
}

static void
an_unknown_service_is_a_problem_and_nothing_is_kept(void **state)
{
	struct work *w = testing_desk(NULL);
	struct contact c = follow_up("b", NULL, "ann@example.org");
	struct receipt got;

	(void)state;
	c.service = "XX-NONE";
	assert_int_equal(intake(w, &c, &got), INVALID);
	assert_string_equal(w->problems.at[0].key, "problem.service.unknown");
	assert_int_equal(db_int(w->db, 0, "select count(*) from contact"), 0);
}

static void
the_whole_job_from_report_to_solution(void **state)
{
	struct testing_people people;
	struct work *w = testing_desk(&people);
	const char *reference = testing_report(w, "a", "A hole.");
	struct handle h = {.org = SOUTHMERE, .reference = reference};
	struct promise_list promises;
	struct ticket t;

	(void)state;
	testing_clock(w, "2026-03-02T10:00:00Z");
	testing_act_as(w, SOUTHMERE, people.analyst);
	assert_int_equal(handle_claim(w, &h, &t), DONE);
	assert_int_equal(handle_reply(w, &h, "We are looking at it.", &t), DONE);
	assert_int_equal(handle_wait(w, &h, "customer", "Which side?", &t), DONE);
	testing_clock(w, "2026-03-03T10:00:00Z");
	struct contact c = follow_up("b", reference, "ann@example.org");
	struct receipt got;
	assert_int_equal(intake(w, &c, &got), DONE);
	assert_int_equal(testing_ticket(w, reference).status, TICKET_OPEN);
	testing_clock(w, "2026-03-03T11:00:00Z");
	assert_int_equal(handle_resolve(w, &h, "Filled.", &t), DONE);
	promises_read(w, &t, &promises);
	assert_true(promises.at[0].met);
	assert_true(promises.at[1].met);
	assert_int_equal(t.status, TICKET_RESOLVED);
	assert_true(promises_check(w, &t));
	/* acknowledged, reply, question, resolved */
	assert_int_equal(outbox_waiting(w), 4);
	testing_clock(w, "2026-03-04T11:00:00Z");
	c = follow_up("c", reference, "ann@example.org");
	assert_int_equal(intake(w, &c, &got), DONE);
	t = testing_ticket(w, reference);
	assert_int_equal(t.status, TICKET_OPEN);
	assert_int_equal(t.reopened, 1);
	assert_true(promises_check(w, &t));
}

static void
the_second_to_claim_hears_who_was_first(void **state)
{
	struct testing_people people;
	struct work *w = testing_desk(&people);
	struct handle h = {SOUTHMERE, testing_report(w, "a", "A hole."), 0};
	struct ticket t;

	(void)state;
	testing_act_as(w, SOUTHMERE, people.analyst);
	assert_int_equal(handle_claim(w, &h, &t), DONE);
	testing_act_as(w, SOUTHMERE, people.leader);
	assert_int_equal(handle_claim(w, &h, &t), CONFLICT);
	assert_string_equal(t.assignee_name, "amy");
}

static void
another_organisations_analyst_finds_nothing(void **state)
{
	struct testing_people people;
	struct work *w = testing_desk(&people);
	struct handle h = {SOUTHMERE, testing_report(w, "a", "A hole."), 0};
	struct ticket t;

	(void)state;
	testing_act_as(w, ICT_DESK, people.engineer);
	assert_int_equal(handle_claim(w, &h, &t), MISSING);
}

static void
an_old_version_is_a_conflict_and_changes_nothing(void **state)
{
	struct testing_people people;
	struct work *w = testing_desk(&people);
	struct handle h = {SOUTHMERE, testing_report(w, "a", "A hole."), 0};
	struct ticket t;

	(void)state;
	testing_act_as(w, SOUTHMERE, people.analyst);
	assert_int_equal(handle_note(w, &h, "First.", &t), DONE);
	h.version = t.version - 1;
	assert_int_equal(handle_note(w, &h, "Second.", &t), CONFLICT);
	assert_int_equal(testing_ticket(w, h.reference).events, 3);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_customer_may_say_how_urgent_it_is),
		cmocka_unit_test(a_report_becomes_a_ticket_with_its_team_and_due_time),
		cmocka_unit_test(a_retry_gives_the_receipt_of_the_first_time),
		cmocka_unit_test(the_same_key_with_other_words_is_a_conflict),
		cmocka_unit_test(the_customers_follow_up_joins_the_ticket),
		cmocka_unit_test(a_strangers_follow_up_makes_a_ticket_of_its_own),
		cmocka_unit_test(an_unknown_service_is_a_problem_and_nothing_is_kept),
		cmocka_unit_test(the_whole_job_from_report_to_solution),
		cmocka_unit_test(the_second_to_claim_hears_who_was_first),
		cmocka_unit_test(another_organisations_analyst_finds_nothing),
		cmocka_unit_test(an_old_version_is_a_conflict_and_changes_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
