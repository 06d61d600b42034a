/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "desk/assign.h"

#include "desk/handle.h"
#include "desk/intake.h"
#include "rule/table_shape.h"
#include "store/account.h"
#include "store/calendar_row.h"
#include "store/demand.h"
#include "store/outbox.h"
#include "store/person.h"
#include "store/rulebook.h"
#include "store/session.h"
#include "store/shift.h"
#include "store/skill.h"
#include "store/team.h"
#include "store/unplaced.h"
#include "store/worker.h"
#include "testing.h"
#include "testing_desk.h"

#include <stdlib.h>
#include <string.h>

static struct testing_people people;

static void
here(struct work *w, int64_t person)
{
	presence_set(w, person, PRESENCE_HERE, w->now + 8 * 3600, PRESENCE_FOR_THEM);
}

/* Southmere with Highways in push mode, and nobody there yet. */
static struct work *
push_desk(void)
{
	struct work *w = testing_desk(&people);

	assert_int_equal(team_set_push(w, SOUTHMERE, people.highways, true), DONE);
	return w;
}

static struct decision
decision_of(struct work *w, const struct ticket *t)
{
	struct decision_list list;
	struct decision found = {.name = NULL};

	decision_read(w, t, &list);
	for (int i = 0; i < list.count; i++)
		if (strcmp(list.at[i].name, "person") == 0)
			found = list.at[i];
	assert_non_null(found.name);
	return found;
}

static int
bars_of(struct work *w, const struct ticket *t, int64_t person)
{
	struct decision d = decision_of(w, t);
	struct assign_seen seen;

	for (int i = 0; i < d.saw.count; i++)
		if (strcmp(d.saw.at[i].name, "candidate") == 0) {
			assert_true(assign_seen_read(d.saw.at[i].value, &seen));
			if (seen.person == person)
				return seen.bars;
		}
	fail_msg("the person was not seen");
	return -1;
}

static int
count_events(struct work *w, const struct ticket *t, const char *kind)
{
	struct event_list list;
	int n = 0;

	event_read(w, t, EVENT_FOR_STAFF, 0, 100, &list);
	for (int i = 0; i < list.count; i++)
		n += strcmp(list.at[i].kind, kind) == 0;
	return n;
}

static void
a_team_that_claims_is_asked_nothing(void **state)
{
	struct work *w = testing_desk(&people);
	struct ticket t;
	int64_t before;

	(void)state;
	t = testing_ticket(w, testing_report(w, "1", "A hole."));
	assert_int_equal(t.assignee, 0);
	before = db_asked(w->db);
	assign_arrived(w, &t);
	assign_reopened(w, &t);
	assign_taken(w, &t);
	assert_int_equal(db_asked(w->db), before);
	assert_int_equal(count_events(w, &t, "unplaced"), 0);
}

static void
the_desk_gives_to_the_least_loaded_and_keeps_why(void **state)
{
	struct work *w = push_desk();
	struct ticket first, second;
	struct decision d;

	(void)state;
	here(w, people.analyst);
	here(w, people.leader);
	first = testing_ticket(w, testing_report(w, "1", "A hole."));
	assert_int_equal(first.assignee, people.analyst); /* equal: the lower id */
	assert_int_equal(first.status, TICKET_NEW);
	second = testing_ticket(w, testing_report(w, "2", "Another."));
	assert_int_equal(second.assignee, people.leader);
	assert_int_equal(count_events(w, &second, "assigned"), 1);
	d = decision_of(w, &second);
	assert_int_equal(strtoll(pairs_get(&d.gave, "person"), NULL, 10), people.leader);
	assert_int_equal(bars_of(w, &second, people.analyst), 0);
}

static void
shift_presence_skill_and_load_are_asked_for(void **state)
{
	struct work *w = push_desk();
	struct ticket t;
	int64_t skill;

	(void)state;
	assert_int_equal(skill_ensure(w, SOUTHMERE, "Inspection", &skill), DONE);
	assert_int_equal(demand_skill(w, SOUTHMERE, "HW-POTHOLE", skill, 2), DONE);
	assert_int_equal(skill_give(w, SOUTHMERE, people.analyst, skill, 1), DONE);
	assert_int_equal(skill_give(w, SOUTHMERE, people.leader, skill, 3), DONE);
	assert_int_equal(worker_save(w, SOUTHMERE, people.leader, 100, 2), DONE);
	assert_int_equal(demand_size(w, SOUTHMERE, "HW-POTHOLE", 2), DONE);
	here(w, people.analyst);
	here(w, people.leader);
	t = testing_ticket(w, testing_report(w, "1", "A hole."));
	assert_int_equal(t.assignee, people.leader);
	assert_int_equal(bars_of(w, &t, people.analyst), ASSIGNMENT_NOT_SKILLED);
	t = testing_ticket(w, testing_report(w, "2", "Another."));
	assert_int_equal(t.assignee, 0);
	assert_int_equal(bars_of(w, &t, people.leader), ASSIGNMENT_FULL);
	presence_set(w, people.leader, PRESENCE_BUSY, w->now + 60, PRESENCE_FOR_THEM);
	testing_clock(w, "2026-03-02T20:00:00Z"); /* after hours */
	t = testing_ticket(w, testing_report(w, "3", "A third."));
	assert_int_equal(bars_of(w, &t, people.leader),
		ASSIGNMENT_OFF_SHIFT | ASSIGNMENT_NOT_PRESENT | ASSIGNMENT_FULL);
}

static void
a_shift_of_ones_own_and_days_off_count(void **state)
{
	struct work *w = push_desk();
	struct ticket t;

	(void)state;
	assert_int_equal(calendar_row_save(w, SOUTHMERE, 70, "Late",
				 "zone=Europe/London week=1/50400-79200"),
		DONE);
	assert_int_equal(
		shift_save(w, SOUTHMERE, people.highways, people.analyst, 70), DONE);
	assert_int_equal(shift_absence(w, SOUTHMERE, people.leader, "2026-03-01",
				 "2026-03-02", "leave"),
		DONE);
	here(w, people.analyst);
	here(w, people.leader);
	t = testing_ticket(w, testing_report(w, "1", "A hole."));
	assert_int_equal(t.assignee, 0);
	assert_int_equal(bars_of(w, &t, people.analyst), ASSIGNMENT_OFF_SHIFT);
	assert_int_equal(bars_of(w, &t, people.leader), ASSIGNMENT_OFF_SHIFT);
	testing_clock(w, "2026-03-02T15:00:00Z");
	t = testing_ticket(w, testing_report(w, "2", "Another."));
	assert_int_equal(t.assignee, people.analyst);
}

static void
who_works_elsewhere_needs_a_licence_for_the_service(void **state)
{
	struct work *w = push_desk();
	struct ticket t;

	(void)state;
	team_join(w, SOUTHMERE, people.highways, people.engineer);
	here(w, people.engineer);
	t = testing_ticket(w, testing_report(w, "1", "A hole."));
	assert_int_equal(bars_of(w, &t, people.engineer), ASSIGNMENT_NOT_LICENSED);
	assert_int_equal(
		shift_licence(w, &(struct shift_licence){SOUTHMERE, people.engineer,
					 "2026-01-10", "2026-03-01", ""}),
		DONE);
	t = testing_ticket(w, testing_report(w, "2", "Another."));
	assert_int_equal(bars_of(w, &t, people.engineer), ASSIGNMENT_NOT_LICENSED);
	assert_int_equal(
		shift_licence(w, &(struct shift_licence){SOUTHMERE, people.engineer,
					 "2026-01-10", "2026-12-31", "Waste;WA-MISSED"}),
		DONE);
	t = testing_ticket(w, testing_report(w, "3", "A third."));
	assert_int_equal(bars_of(w, &t, people.engineer), ASSIGNMENT_NOT_LICENSED);
	assert_int_equal(
		shift_licence(w, &(struct shift_licence){SOUTHMERE, people.engineer,
					 "2026-01-10", "2026-12-31", "Waste;Roads"}),
		DONE);
	t = testing_ticket(w, testing_report(w, "4", "A fourth."));
	assert_int_equal(t.assignee, people.engineer);
}

/* How many letters about a ticket could leave now to the leader. */
static int
letters_to_leader(struct work *w, const char *reference)
{
	struct letter_list letters;
	int count = 0;

	outbox_take(w, 20, 60, &letters);
	for (int i = 0; i < letters.count; i++)
		count += strstr(letters.at[i].recipient, "lee@") &&
			 strstr(letters.at[i].body, reference);
	return count;
}

static void
the_alarm_waits_for_the_leaders_hours_unless_it_is_urgent(void **state)
{
	struct work *w = push_desk();
	struct table_row urgent = table_shape_blank();
	const char *first, *second;

	(void)state;
	testing_clock(w, "2026-03-07T22:00:00Z"); /* a Saturday */
	first = testing_report(w, "1", "A hole.");
	assert_int_equal(letters_to_leader(w, first), 0);
	urgent.set_priority = 1;
	rulebook_publish(w, SOUTHMERE, "priority", &urgent, 1);
	w->now += 60; /* within the hour, and yet */
	second = testing_report(w, "2", "A hole that cars fall into.");
	assert_int_equal(letters_to_leader(w, second), 1);
	testing_clock(w, "2026-03-09T08:59:00Z");
	assert_int_equal(letters_to_leader(w, first), 0);
	testing_clock(w, "2026-03-09T09:00:00Z");
	assert_int_equal(letters_to_leader(w, first), 1);
}

static void
nobody_eligible_raises_an_alarm_and_the_next_who_comes_gets_it(void **state)
{
	struct work *w = push_desk();
	struct ticket late, soon;
	struct handle h = {.org = SOUTHMERE};
	struct letter_list letters;
	struct unplaced_tickets waiting;
	struct scope all = access_house(SOUTHMERE);
	int to_leader = 0;

	(void)state;
	late = testing_ticket(w, testing_report(w, "1", "A hole."));
	w->now += 60;
	soon = testing_ticket(w, testing_report(w, "2", "Another."));
	assert_int_equal(count_events(w, &late, "unplaced"), 1);
	outbox_take(w, 20, 60, &letters);
	for (int i = 0; i < letters.count; i++)
		if (strstr(letters.at[i].recipient, "lee@")) {
			assert_non_null(strstr(letters.at[i].body, late.reference));
			to_leader++;
		}
	assert_int_equal(to_leader, 1); /* one an hour */
	unplaced_read(w, &all, 10, &waiting);
	assert_int_equal(waiting.count, 2);
	h.reference = soon.reference;
	testing_act_as(w, SOUTHMERE, people.leader);
	assert_int_equal(handle_priority(w, &h, 1, "Deep.", &soon), DONE);
	assert_true(soon.due < late.due);
	assert_int_equal(worker_save(w, SOUTHMERE, people.analyst, 100, 1), DONE);
	here(w, people.analyst);
	assert_false(assign_catch_up(w, SOUTHMERE, people.highways));
	soon = testing_ticket(w, soon.reference);
	late = testing_ticket(w, late.reference);
	assert_int_equal(soon.assignee, people.analyst); /* in order of due */
	assert_int_equal(late.assignee, 0);
	assert_int_equal(unplaced_count(w, &all), 1);
	assert_int_equal(worker_save(w, SOUTHMERE, people.analyst, 100, 2), DONE);
	assign_catch_up(w, SOUTHMERE, people.highways);
	assert_int_equal(unplaced_count(w, &all), 0);
}

static void
a_claim_wins_over_the_desk_and_ends_the_alarm(void **state)
{
	struct work *w = push_desk();
	struct ticket t = testing_ticket(w, testing_report(w, "1", "A hole."));
	struct handle h = {.org = SOUTHMERE, .reference = t.reference};
	struct scope all = access_house(SOUTHMERE);

	(void)state;
	testing_act_as(w, SOUTHMERE, people.leader);
	assert_int_equal(handle_claim(w, &h, &t), DONE);
	here(w, people.analyst);
	assert_int_equal(unplaced_count(w, &all), 0);
	assign_catch_up(w, SOUTHMERE, people.highways);
	assert_int_equal(testing_ticket(w, t.reference).assignee, people.leader);
	testing_act_as(w, SOUTHMERE, people.analyst);
	assert_int_equal(handle_claim(w, &h, &t), CONFLICT);
	assert_int_equal(t.assignee, people.leader);
	assert_string_equal(t.assignee_name, "lee");
}

static void
reopened_it_goes_to_who_handled_it_if_they_can_take_it(void **state)
{
	struct work *w = push_desk();
	struct ticket t;
	struct handle h = {.org = SOUTHMERE};

	(void)state;
	here(w, people.leader);
	h.reference = testing_report(w, "1", "A hole.");
	testing_act_as(w, SOUTHMERE, people.leader);
	assert_int_equal(handle_resolve(w, &h, "Filled.", &t), DONE);
	assert_int_equal(t.assignee, people.leader);
	testing_report(w, "2", "Another."); /* now the analyst would be less loaded */
	here(w, people.analyst);
	assert_int_equal(handle_reopen(w, &h, "Not filled.", &t), DONE);
	assert_int_equal(t.assignee, people.leader);
	assert_int_equal(handle_resolve(w, &h, "Filled.", &t), DONE);
	presence_set(w, people.leader, PRESENCE_AWAY, w->now + 60, PRESENCE_FOR_THEM);
	assert_int_equal(handle_reopen(w, &h, "Not filled.", &t), DONE);
	assert_int_equal(t.assignee, people.analyst);
}

static void
a_move_to_a_team_gives_and_the_hand_over_is_noted(void **state)
{
	struct work *w = push_desk();
	struct contact c = {
		.org = SOUTHMERE,
		.channel = CHANNEL_WEB,
		.key = "b",
		.service = "WA-MISSED",
		.words = "Bin.",
		.from = {.name = "Ann Fisher", .email = "ann@example.org"},
	};
	struct receipt got;
	struct ticket t;
	struct handle h = {.org = SOUTHMERE};

	(void)state;
	here(w, people.analyst);
	assert_int_equal(intake(w, &c, &got), DONE);
	h.reference = got.reference;
	testing_act_as(w, SOUTHMERE, people.leader);
	assert_int_equal(handle_assign(w, &h, people.highways, 0, &t), DONE);
	assert_int_equal(t.assignee, people.analyst);
	assert_int_equal(handle_assign(w, &h, people.waste, 0, &t), DONE);
	assert_int_equal(t.assignee, 0);
	assert_int_equal(handle_assign(w, &h, people.highways, people.leader, &t), DONE);
	assert_int_equal(t.assignee, people.leader);
	assert_int_equal(db_int(w->db, 0, "select count(*) from handover"), 3);
	assert_int_equal(
		db_int(w->db, 0, "select cast(sum(back) as bigint) from handover"), 2);
	assert_int_equal(
		db_int(w->db, 0, "select cast(sum(refused) as bigint) from handover"), 2);
}

static void
presence_ends_with_the_session_and_with_the_shift(void **state)
{
	struct work *w = push_desk();
	struct session s;

	(void)state;
	session_start(w, SOUTHMERE, people.analyst, SESSION_SIGNED_IN, "", &s);
	presence_set(
		w, people.analyst, PRESENCE_HERE, w->now + 3600, PRESENCE_IN_SESSION);
	assert_int_equal(presence_of(w, people.analyst).state, PRESENCE_HERE);
	w->now += 3600;
	assert_int_equal(presence_of(w, people.analyst).state, PRESENCE_UNKNOWN);
	presence_set(
		w, people.analyst, PRESENCE_BUSY, w->now + 3600, PRESENCE_IN_SESSION);
	assert_int_equal(presence_of(w, people.analyst).state, PRESENCE_BUSY);
	session_end(w, s.hash);
	assert_int_equal(presence_of(w, people.analyst).state, PRESENCE_UNKNOWN);
	session_start(w, SOUTHMERE, people.analyst, SESSION_SIGNED_IN, "", &s);
	w->now++;
	presence_set(
		w, people.analyst, PRESENCE_HERE, w->now + 3600, PRESENCE_IN_SESSION);
	session_end(w, s.hash);
	w->now++;
	session_start(w, SOUTHMERE, people.analyst, SESSION_SIGNED_IN, "", &s);
	/* what was said in a session before this one is not said in this one */
	assert_int_equal(presence_of(w, people.analyst).state, PRESENCE_UNKNOWN);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_team_that_claims_is_asked_nothing),
		cmocka_unit_test(the_desk_gives_to_the_least_loaded_and_keeps_why),
		cmocka_unit_test(shift_presence_skill_and_load_are_asked_for),
		cmocka_unit_test(a_shift_of_ones_own_and_days_off_count),
		cmocka_unit_test(who_works_elsewhere_needs_a_licence_for_the_service),
		cmocka_unit_test(
			the_alarm_waits_for_the_leaders_hours_unless_it_is_urgent),
		cmocka_unit_test(
			nobody_eligible_raises_an_alarm_and_the_next_who_comes_gets_it),
		cmocka_unit_test(a_claim_wins_over_the_desk_and_ends_the_alarm),
		cmocka_unit_test(reopened_it_goes_to_who_handled_it_if_they_can_take_it),
		cmocka_unit_test(a_move_to_a_team_gives_and_the_hand_over_is_noted),
		cmocka_unit_test(presence_ends_with_the_session_and_with_the_shift),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
