/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "desk/handle.h"
#include "desk/intake.h"
#include "store/account.h"
#include "store/event.h"
#include "store/person.h"
#include "store/team.h"
#include "store/ticket_list.h"
#include "testing.h"
#include "testing_desk.h"

#include <string.h>

enum { MANY = 23 };

/* Reports for both teams by turns, at rising times; some fall due at the same instant. */
static void
report_many(struct work *w)
{
	for (int i = 0; i < MANY; i++) {
		struct contact c = {
			.org = SOUTHMERE,
			.channel = CHANNEL_WEB,
			.key = arena_printf(w->arena, "many-%d", i),
			.service = i % 2 ? "HW-POTHOLE" : "WA-MISSED",
			.words = "Here.",
			.from = {.name = "Ann Fisher", .email = "ann@example.org"},
		};
		struct receipt got;

		if (i % 3 == 0)
			w->now += 60;
		assert_int_equal(intake(w, &c, &got), DONE);
	}
}

/* Walks a view page by page and counts how often each ticket is met. */
static int
walk(struct work *w, struct ticket_query *q)
{
	struct scope see = access_scope(w->actor, SOUTHMERE, RIGHT_SEE);
	int64_t met[MANY + 1];
	int count = 0;
	struct ticket_list list;

	do {
		ticket_list_read(w, &see, q, &list);
		for (int i = 0; i < list.count; i++) {
			for (int k = 0; k < count; k++)
				assert_int_not_equal(met[k], list.at[i].id);
			assert_true(count < MANY);
			met[count++] = list.at[i].id;
			assert_true(list.at[i].due >= q->after_due);
			q->after_due = list.at[i].due;
			q->after_id = list.at[i].id;
		}
	} while (list.more);
	return count;
}

static void
the_cursor_visits_each_ticket_of_all_my_teams_once(void **state)
{
	struct testing_people people;
	struct work *w = testing_desk(&people);
	struct ticket_query q = {.view = TICKET_TEAM, .limit = 4};

	(void)state;
	report_many(w);
	team_join(w, SOUTHMERE, people.waste, people.analyst);
	testing_act_as(w, SOUTHMERE, people.analyst);
	assert_int_equal(walk(w, &q), MANY);
}

static void
one_team_and_all_are_walked_the_same_way(void **state)
{
	struct testing_people people;
	struct work *w = testing_desk(&people);
	struct ticket_query all = {.view = TICKET_ALL, .limit = 5};
	struct ticket_query team = {.view = TICKET_TEAM, .limit = 5};
	struct scope see;

	(void)state;
	report_many(w);
	testing_act_as(w, SOUTHMERE, people.analyst);
	see = access_scope(w->actor, SOUTHMERE, RIGHT_SEE);
	team.team = people.waste;
	assert_int_equal(ticket_list_count(w, &see, &team, 1000), (MANY + 1) / 2);
	assert_int_equal(walk(w, &team), (MANY + 1) / 2);
	assert_int_equal(walk(w, &all), MANY);
	team = (struct ticket_query){.view = TICKET_TEAM, .limit = 1};
	assert_int_equal(ticket_list_count(w, &see, &team, 1000), MANY / 2);
	assert_int_equal(ticket_list_count(w, &see, &team, 3), 3);
}

static void
the_newest_tickets_of_several_people_come_together(void **state)
{
	struct testing_people people;
	struct work *w = testing_desk(&people);
	struct scope see;
	struct ticket_list list;
	int64_t who[2];

	(void)state;
	report_many(w);
	testing_act_as(w, SOUTHMERE, people.analyst);
	see = access_scope(w->actor, SOUTHMERE, RIGHT_SEE);
	who[0] = people.binman;
	who[1] = people.ann;
	ticket_list_of_people(w, &see, who, 2, &list);
	assert_int_equal(list.count, TICKET_EACH);
	for (int i = 0; i < list.count; i++) {
		assert_int_equal(list.at[i].customer, people.ann);
		assert_true(i == 0 || list.at[i].id < list.at[i - 1].id);
	}
}

static void
staff_from_another_organisation_are_named(void **state)
{
	struct testing_people people;
	struct work *w = testing_desk(&people);
	const char *reference = testing_report(w, "a", "A hole.");
	struct handle h = {.org = SOUTHMERE, .reference = reference};
	struct team_member_list members;
	struct event_list events;
	struct ticket t;

	(void)state;
	account_grant(w, SOUTHMERE, people.engineer, ROLE_ANALYST);
	team_join(w, SOUTHMERE, people.highways, people.engineer);
	testing_act_as(w, SOUTHMERE, people.engineer);
	assert_int_equal(handle_claim(w, &h, &t), DONE);
	t = testing_ticket(w, reference);
	assert_string_equal(t.assignee_name, "eve");
	event_read(w, &t, EVENT_FOR_STAFF, 0, 1, &events);
	assert_string_equal(events.at[0].actor_name, "eve");
	team_members(w, SOUTHMERE, people.highways, &members);
	assert_int_equal(members.count, 3);
	assert_string_equal(members.at[1].name, "eve");
}

static void
people_are_found_by_address_and_by_the_beginning_of_their_name(void **state)
{
	static const struct {
		const char *text;
		int found;
	} searches[] = {{"ann@example.org", 1}, {"ANN@example.org", 1}, {"ann f", 1},
		{"Ann", 1}, {"a", 0}, {"fisher", 0}, {"", 0}, {"an%", 0}, {"be", 1}};
	struct testing_people people;
	struct work *w = testing_desk(&people);
	struct person_list list;

	(void)state;
	testing_act_as(w, SOUTHMERE, people.analyst);
	for (size_t i = 0; i < sizeof searches / sizeof *searches; i++) {
		person_search(w, SOUTHMERE, searches[i].text, 10, &list);
		assert_int_equal(list.count, searches[i].found);
	}
	person_search(w, ICT_DESK, "ann", 10, &list);
	assert_int_equal(list.count, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_cursor_visits_each_ticket_of_all_my_teams_once),
		cmocka_unit_test(one_team_and_all_are_walked_the_same_way),
		cmocka_unit_test(the_newest_tickets_of_several_people_come_together),
		cmocka_unit_test(staff_from_another_organisation_are_named),
		cmocka_unit_test(
			people_are_found_by_address_and_by_the_beginning_of_their_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
