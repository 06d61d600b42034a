/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "store/body.h"
#include "testing.h"
#include "testing_desk.h"
#include "testing_page.h"

#include <string.h>

/* As an administrator. */
static struct work *
desk(struct testing_people *people)
{
	struct work *w = testing_desk(people);
	struct actor *a = arena_alloc(w->arena, sizeof *a);
	struct grant *grant;

	testing_act_as(w, SOUTHMERE, people->leader);
	*a = *w->actor;
	grant = arena_alloc(w->arena, sizeof *grant);
	*grant = w->actor->grants[0];
	grant->rights |= RIGHT_BIT(RIGHT_ADMIN);
	a->grants = grant;
	a->grant_count = 1;
	w->actor = a;
	return w;
}

static const char *
form(struct work *w, const struct testing_people *people, const char *more)
{
	return arena_printf(w->arena,
		"name=Northmere&url=https://open311.example.org/v2&api_key=secret"
		"&jurisdiction=northmere&team=%lld&requests=no&active=yes%s",
		(long long)people->waste, more);
}

static void
a_body_is_added_changed_and_removed(void **state)
{
	struct testing_people people;
	struct work *w = desk(&people);
	struct body_list list;
	struct body b;
	struct visit v;

	(void)state;
	v = testing_get(w, "/admin/bodies");
	testing_is_page(&v);
	assert_true(testing_says(&v, "No other body is known."));
	v = testing_get(w, "/admin/bodies/new");
	testing_is_page(&v);
	v = testing_post(w, "/admin/bodies/new",
		form(w, &people,
			"&services=WA-MISSED+%3D+BIN1%0D%0AHW-POTHOLE%3DPOT&statuses="
			"fixed+%3D+resolve&area=51.5,0.7%0D%0A51.6,0.7%0D%0A51.6,0.8"));
	assert_int_equal(v.status, 303);
	body_list(w, SOUTHMERE, &list);
	assert_int_equal(list.count, 1);
	assert_int_equal(body_get(w, SOUTHMERE, list.at[0].id, &b), DONE);
	assert_string_equal(b.url, "https://open311.example.org/v2/");
	assert_string_equal(b.key, "secret");
	assert_string_equal(pairs_get(&b.services, "HW-POTHOLE"), "POT");
	assert_string_equal(pairs_get(&b.statuses, "fixed"), "resolve");
	assert_false(b.updates);

	v = testing_get(w, v.location);
	assert_int_equal(v.status, 200);
	testing_is_page(&v);
	assert_false(testing_says(&v, "secret")); /* never shown again */
	assert_true(testing_says(&v, "WA-MISSED = BIN1\nHW-POTHOLE = POT"));

	/* Without a key the old one stays. */
	v = testing_post(w, arena_printf(w->arena, "/admin/bodies/%lld", (long long)b.id),
		arena_printf(w->arena,
			"name=South&url=https://open311.example.org/v2/"
			"&api_key=&team=%lld"
			"&services=&statuses=&requests=yes&updates=yes&area="
			"&active=no",
			(long long)people.waste));
	assert_int_equal(v.status, 303);
	assert_int_equal(body_get(w, SOUTHMERE, b.id, &b), DONE);
	assert_string_equal(b.key, "secret");
	assert_string_equal(b.name, "South");
	assert_int_equal(b.services.count, 0);
	assert_true(b.requests);
	assert_true(b.updates);
	assert_false(b.active);

	v = testing_post(w,
		arena_printf(w->arena, "/admin/bodies/%lld/do", (long long)b.id),
		"deed=again");
	assert_int_equal(v.status, 303);
	v = testing_post(w,
		arena_printf(w->arena, "/admin/bodies/%lld/do", (long long)b.id),
		"deed=end");
	assert_int_equal(v.status, 303);
	assert_int_equal(body_get(w, SOUTHMERE, b.id, &b), MISSING);
}

static void
what_is_wrong_is_named_and_what_was_typed_stays(void **state)
{
	static const struct {
		const char *more, *says;
	} cases[] = {
		{"&services=NONE+%3D+x", "NONE is no service of ours"},
		{"&services=HW-POTHOLE", "HW-POTHOLE is no service of ours"},
		{"&statuses=fixed+%3D+burn", "fixed = burn: this is no status"},
		{"&statuses=glad+%3D+note", "glad = note: this is no status"},
		{"&area=51.5,0.7+51.6,0.7", "Give at least three corners"},
	};
	struct testing_people people;
	struct work *w = desk(&people);
	struct body_list list;

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct visit v = testing_post(
			w, "/admin/bodies/new", form(w, &people, cases[i].more));

		assert_int_equal(v.status, 422);
		testing_is_page(&v);
		if (!testing_says(&v, cases[i].says))
			fail_msg("%s is not said", cases[i].says);
		assert_true(testing_says(&v, "Northmere"));
		w->problems.count = 0;
	}
	body_list(w, SOUTHMERE, &list);
	assert_int_equal(list.count, 0);
}

static void
how_it_stands_with_them_is_shown(void **state)
{
	struct testing_people people;
	struct work *w = desk(&people);
	struct body b = {
		.org = SOUTHMERE,
		.name = "<Northmere>",
		.url = "https://open311.example.org/",
		.key = "k",
		.jurisdiction = "",
		.team = people.waste,
		.area = "",
		.active = true,
	};
	struct ticket t = testing_ticket(w, testing_report(w, "sent", "A hole."));
	struct body_update stray = {
		.id = "1",
		.theirs = "999",
		.status = "fixed",
		.words = "<b>done</b>",
		.at = w->now,
	};
	struct visit v;

	(void)state;
	body_insert(w, &b);
	body_send(w, &b, &t);
	body_exchanged(w, &b, "services", NULL);
	body_exchanged(w, &b, "services", "HTTP 503");
	body_exchanged(w, &b, "services", "HTTP 503");
	assert_true(body_note(w, &b, &stray, 0));
	assert_true(body_bring(w, &b, "r5"));
	body_brought(w, &b, "r5", 0, "area");
	b.alarm = "services: HTTP 503";
	b.format = "json";
	b.skew = -7500;
	b.looked = b.pulled = w->now;
	b.next_pull = w->now + 600;
	b.failures = 2;
	body_pulled(w, &b);

	v = testing_get(w, arena_printf(w->arena, "/admin/bodies/%lld", (long long)b.id));
	testing_is_page(&v);
	assert_true(testing_says(&v, "<Northmere>"));
	assert_true(testing_says(&v, "services: HTTP 503"));
	assert_true(testing_says(&v, "125 minutes behind ours"));
	assert_true(testing_says(&v, t.reference));
	assert_true(testing_says(&v, "On its way"));
	assert_true(testing_says(&v, "Ignored: it lies outside our area"));
	assert_true(testing_says(&v, "<b>done</b>"));
	v = testing_get(w, "/admin/bodies");
	testing_is_page(&v);
	assert_true(testing_says(&v, "Alarm since"));
	testing_act_as(w, ICT_DESK, people.engineer);
	assert_int_equal(testing_get(w, arena_printf(w->arena, "/admin/bodies/%lld",
						(long long)b.id))
				 .end,
		MISSING);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_body_is_added_changed_and_removed),
		cmocka_unit_test(what_is_wrong_is_named_and_what_was_typed_stays),
		cmocka_unit_test(how_it_stands_with_them_is_shown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
