/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "desk/intake.h"
#include "store/account.h"
#include "store/person.h"
#include "testing.h"
#include "testing_desk.h"
#include "testing_page.h"

#include <string.h>

static struct visit
search(struct work *w, const char *text)
{
	return testing_get(w, arena_printf(w->arena, "/staff/search?q=%s", text));
}

static void
a_reference_leads_straight_to_its_ticket(void **state)
{
	struct testing_people people;
	struct work *w = testing_desk(&people);
	const char *reference = testing_report(w, "a", "A hole.");
	char typed[32] = {0};
	struct visit v;
	int n = 0;

	(void)state;
	for (const char *c = reference; *c; c++)
		if (*c != '-')
			typed[n++] = *c >= 'A' ? (char)(*c + 32) : *c;
	testing_act_as(w, SOUTHMERE, people.analyst);
	v = search(w, typed);
	assert_int_equal(v.status, 303);
	assert_string_equal(
		v.location, arena_printf(w->arena, "/staff/tickets/%s", reference));
	testing_act_as(w, ICT_DESK, people.engineer);
	v = search(w, typed);
	testing_is_page(&v);
	assert_true(testing_says(&v, "No ticket that you may see has the reference"));
}

static void
people_are_found_with_their_newest_tickets(void **state)
{
	static const char *const texts[] = {"ann%40example.org", "Ann", "ann+f",
		"%20ann%20%20fisher", "01632+960+001", "%2B441632960001"};
	struct testing_people people;
	struct work *w = testing_desk(&people);
	const char *reference = testing_report(w, "a", "A hole.");
	struct scope all = access_house(SOUTHMERE);
	struct person ann;
	struct visit v;

	(void)state;
	assert_int_equal(person_get(w, &all, people.ann, &ann), DONE);
	person_add_address(w, &ann, "phone", "+441632960001");
	testing_act_as(w, SOUTHMERE, people.analyst);
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		v = search(w, texts[i]);
		testing_is_page(&v);
		assert_true(testing_says(&v, "Ann Fisher"));
		assert_true(testing_says(&v, "ann@example.org"));
		assert_true(testing_says(&v, reference));
	}
	v = search(w, "Zoe");
	testing_is_page(&v);
	assert_true(testing_says(&v, "Nobody and nothing was found for “Zoe”."));
	v = search(w, "");
	testing_is_page(&v);
	assert_true(testing_says(&v, "Words inside tickets are not searched."));
}

static void
who_may_not_look_people_up_finds_nobody(void **state)
{
	struct testing_people people;
	struct work *w = testing_desk(&people);
	struct grant grant = access_grant(SOUTHMERE, ROLE_SUPPLIER);
	struct actor a = {
		.kind = ACTOR_STAFF,
		.org = SOUTHMERE,
		.person = people.analyst,
		.name = "amy",
		.grants = &grant,
		.grant_count = 1,
	};
	struct visit v;

	(void)state;
	testing_report(w, "a", "A hole.");
	w->actor = &a;
	v = search(w, "Ann");
	testing_is_page(&v);
	assert_false(testing_says(&v, "ann@example.org"));
	assert_true(testing_says(&v, "Your role does not look people up."));
	v = testing_get(
		w, arena_printf(w->arena, "/staff/people/%lld", (long long)people.ann));
	assert_int_equal(v.end, DENIED);
}

static void
a_person_has_a_page_with_all_their_tickets(void **state)
{
	struct testing_people people;
	struct work *w = testing_desk(&people);
	struct visit v;
	const char *address;

	(void)state;
	for (int i = 0; i < 60; i++)
		testing_report(w, arena_printf(w->arena, "%d", i), "Here.");
	testing_act_as(w, SOUTHMERE, people.analyst);
	address = arena_printf(w->arena, "/staff/people/%lld", (long long)people.ann);
	v = testing_get(w, address);
	testing_is_page(&v);
	assert_true(testing_says(&v, "Ann Fisher"));
	assert_true(testing_says(&v, "Older"));
	assert_true(testing_says(&v, "/staff/new?person="));
	testing_act_as(w, ICT_DESK, people.engineer);
	assert_int_equal(testing_get(w, address).end, MISSING);
	assert_int_equal(testing_get(w, "/staff/people/x").end, MISSING);
}

static void
hostile_searches_stay_text(void **state)
{
	struct testing_people people;
	struct work *w = testing_desk(&people);
	struct visit v;

	(void)state;
	testing_act_as(w, SOUTHMERE, people.analyst);
	v = search(w, "%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E");
	testing_is_page(&v);
	assert_null(strstr(v.body, "<script>alert"));
	assert_true(testing_says(&v, "<script>alert(1)</script>"));
	v = search(w, "'%20or%201%3D1%20--");
	assert_false(testing_says(&v, "Ann Fisher"));
	v = search(w, "%25%25%25");
	assert_false(testing_says(&v, "Ann Fisher"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_reference_leads_straight_to_its_ticket),
		cmocka_unit_test(people_are_found_with_their_newest_tickets),
		cmocka_unit_test(who_may_not_look_people_up_finds_nobody),
		cmocka_unit_test(a_person_has_a_page_with_all_their_tickets),
		cmocka_unit_test(hostile_searches_stay_text),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
