/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "testing.h"
#include "testing_desk.h"

#include "desk/handle.h"
#include "rule/table_shape.h"
#include "store/decision.h"
#include "store/rulebook.h"

#include <stdlib.h>
#include <string.h>

/* A routing row as an administrator would publish it. */
static void
route(struct work *w, const char *words, int64_t team)
{
	struct table_row row = table_shape_blank();

	row.service = "HW-POTHOLE";
	row.words = words;
	row.set_team = team;
	rulebook_publish(w, SOUTHMERE, "route", &row, 1);
}

static struct decision
newest(struct work *w, const struct ticket *t, const char *name)
{
	struct decision_list list;
	struct decision found = {.name = NULL};

	decision_read(w, t, &list);
	for (int i = 0; i < list.count; i++)
		if (strcmp(list.at[i].name, name) == 0)
			found = list.at[i];
	assert_non_null(found.name);
	return found;
}

static void
specialist_work_goes_past_the_desk(void **state)
{
	struct testing_people people;
	struct work *w = testing_desk(&people);
	struct ticket t;
	struct decision d;

	(void)state;
	route(w, "hazardous waste", people.waste);
	t = testing_ticket(w, testing_report(w, "a", "Hazardous waste in the hole."));
	assert_int_equal(t.team, people.waste);
	assert_int_equal(t.handovers, 0);
	d = newest(w, &t, "route");
	assert_int_equal(d.version, 1);
	assert_int_equal(d.position, 1);
	assert_string_equal(pairs_get(&d.saw, "words"), "hazardous waste");

	t = testing_ticket(w, testing_report(w, "b", "A plain hole."));
	assert_int_equal(t.team, people.highways);
	assert_int_equal(newest(w, &t, "route").position, 0);
}

static void
a_ticket_keeps_the_version_that_decided(void **state)
{
	struct testing_people people;
	struct work *w = testing_desk(&people);
	const char *reference;
	struct ticket t;

	(void)state;
	route(w, "fly tipping", people.waste);
	reference = testing_report(w, "a", "Fly tipping in the hole.");
	route(w, "never", people.waste);
	t = testing_ticket(w, reference);
	assert_int_equal(t.team, people.waste);
	assert_int_equal(newest(w, &t, "route").version, 1);
	t = testing_ticket(w, testing_report(w, "b", "Fly tipping again."));
	assert_int_equal(t.team, people.highways);
	assert_int_equal(newest(w, &t, "route").version, 2);
}

static void
what_a_person_sets_is_kept_as_set_by_hand(void **state)
{
	struct testing_people people;
	struct work *w = testing_desk(&people);
	const char *reference = testing_report(w, "a", "A hole.");
	struct handle h = {SOUTHMERE, reference, 0};
	struct decision d;
	struct ticket t;

	(void)state;
	testing_act_as(w, SOUTHMERE, people.leader);
	assert_int_equal(handle_priority(w, &h, 1, "A school", &t), DONE);
	d = newest(w, &t, "priority");
	assert_int_equal(d.position, 0);
	assert_string_equal(pairs_get(&d.gave, "priority"), "1");
	assert_int_equal(strtoll(pairs_get(&d.gave, "hand"), NULL, 10), people.leader);
	assert_int_equal(handle_assign(w, &h, people.waste, 0, &t), DONE);
	d = newest(w, &t, "route");
	assert_non_null(pairs_get(&d.gave, "hand"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(specialist_work_goes_past_the_desk),
		cmocka_unit_test(a_ticket_keeps_the_version_that_decided),
		cmocka_unit_test(what_a_person_sets_is_kept_as_set_by_hand),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
