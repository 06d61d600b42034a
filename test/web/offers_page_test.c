/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "store/publication.h"
#include "store/stopper_row.h"
#include "testing.h"
#include "testing_desk.h"
#include "testing_page.h"

/* As an administrator. */
static struct work *
desk(struct testing_people *people)
{
	struct work *w = testing_desk(people);
	struct actor *a = arena_alloc(w->arena, sizeof *a);
	struct grant *grant = arena_alloc(w->arena, sizeof *grant);

	testing_act_as(w, SOUTHMERE, people->leader);
	*a = *w->actor;
	*grant = w->actor->grants[0];
	grant->rights |= RIGHT_BIT(RIGHT_ADMIN);
	a->grants = grant;
	a->grant_count = 1;
	w->actor = a;
	return w;
}

static const char here[] = "/admin/open311/HW-POTHOLE";

static void
a_service_is_offered_and_withdrawn(void **state)
{
	struct testing_people people;
	struct work *w = desk(&people);
	struct offer o;
	struct visit v;

	(void)state;
	v = testing_get(w, "/admin/open311");
	testing_is_page(&v);
	assert_true(testing_says(&v, "HW-POTHOLE"));
	v = testing_get(w, here);
	testing_is_page(&v);
	assert_int_equal(publication_offer(w, SOUTHMERE, "HW-POTHOLE", &o), MISSING);
	v = testing_post(w, here,
		"offered=yes&type=batch&keywords=road&words=yes&photos=yes&moderate=no"
		"&stopper=Snow");
	assert_int_equal(v.status, 303);
	assert_string_equal(v.location, "/admin/open311/HW-POTHOLE?done=1");
	assert_int_equal(publication_offer(w, SOUTHMERE, "HW-POTHOLE", &o), DONE);
	assert_string_equal(o.type, "batch");
	assert_string_equal(o.stopper, "Snow");
	assert_true(o.words && o.photos && !o.moderate);
	v = testing_get(w, v.location);
	testing_is_page(&v);
	assert_true(testing_says(&v, "Snow"));
	v = testing_post(w, here, "offered=no&type=batch");
	assert_int_equal(v.status, 303);
	assert_int_equal(publication_offer(w, SOUTHMERE, "HW-POTHOLE", &o), MISSING);
	/* What is refused changes nothing, not even the mark. */
	v = testing_post(w, here, "offered=yes&type=hourly");
	assert_int_equal(v.status, 422);
	testing_is_page(&v);
	assert_int_equal(publication_offer(w, SOUTHMERE, "HW-POTHOLE", &o), MISSING);
	assert_int_equal(testing_get(w, "/admin/open311/NONE").end, MISSING);
}

static void
stoppers_are_added_and_removed(void **state)
{
	struct testing_people people;
	struct work *w = desk(&people);
	const char *to = "/admin/open311/HW-POTHOLE/stoppers";
	struct stopper_list list;
	struct visit v;

	(void)state;
	testing_post(w, here, "offered=yes&type=realtime");
	v = testing_post(w, to,
		"kind=answer&field=size&value=dinner+plate"
		"&words=Ring+%3Cus%3E.&until=2026-04-01");
	assert_int_equal(v.status, 303);
	v = testing_post(w, to, "kind=inside&area=51,0&words=No.");
	assert_int_equal(v.status, 422);
	testing_is_page(&v);
	assert_true(testing_says(&v, "Give at least three corners"));
	w->problems.count = 0;
	v = testing_post(w, to, "kind=answer&field=&words=");
	assert_int_equal(v.status, 422);
	w->problems.count = 0;
	stopper_row_list(w, SOUTHMERE, "HW-POTHOLE", &list);
	assert_int_equal(list.count, 1);
	v = testing_get(w, here);
	testing_is_page(&v);
	assert_true(testing_says(&v, "Ring <us>."));
	v = testing_post(
		w, to, arena_printf(w->arena, "end=%lld", (long long)list.at[0].id));
	assert_int_equal(v.status, 303);
	stopper_row_list(w, SOUTHMERE, "HW-POTHOLE", &list);
	assert_int_equal(list.count, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_service_is_offered_and_withdrawn),
		cmocka_unit_test(stoppers_are_added_and_removed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
