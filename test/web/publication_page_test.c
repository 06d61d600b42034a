/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "desk/intake.h"
#include "store/attachment.h"
#include "store/publication.h"
#include "store/service.h"
#include "testing.h"
#include "testing_desk.h"
#include "testing_page.h"

#include <string.h>

static const char *
report(struct work *w, const struct testing_people *people)
{
	struct service s = testing_offer(SOUTHMERE, "TREE", people->highways);
	struct contact_file photo = {.filename = "a <b>.jpg",
		.type = "image/jpeg",
		.data = bytes_of("\xFF\xD8\xFF")};
	struct contact c = {
		.org = SOUTHMERE,
		.channel = CHANNEL_WEB,
		.key = "published",
		.service = "TREE",
		.words = "It fell on <my> car, AB12 CDE.",
		.files = &photo,
		.file_count = 1,
	};
	struct receipt got;

	s.name = "Report a tree";
	s.open311 = true;
	service_save(w, &s, "TREE");
	assert_int_equal(intake(w, &c, &got), DONE);
	return got.reference;
}

static void
words_and_photographs_are_decided_in_a_page(void **state)
{
	struct testing_people people;
	struct work *w = testing_desk(&people);
	const char *reference = report(w, &people);
	const char *path = arena_printf(
		w->arena, "/staff/tickets/%s/publication", reference);
	struct publication_photo_list photos;
	struct publication p;
	struct ticket t = testing_ticket(w, reference);
	struct visit v;

	(void)state;
	testing_act_as(w, SOUTHMERE, people.analyst);
	v = testing_get(w, path);
	assert_int_equal(v.status, 200);
	testing_is_page(&v);
	assert_true(testing_says(&v, "They wrote: “It fell on <my> car, AB12 CDE.”"));
	assert_true(testing_says(&v, "a <b>.jpg"));

	publication_photos(w, SOUTHMERE, t.id, &photos);
	assert_int_equal(photos.count, 1);
	assert_false(photos.at[0].shown);
	v = testing_post(w, path,
		arena_printf(w->arena, "shown=yes&words=It+fell+on+a+car.&photos=%lld",
			(long long)photos.at[0].id));
	assert_int_equal(v.status, 303);
	assert_int_equal(publication_find(w, SOUTHMERE, reference, &p), DONE);
	assert_string_equal(p.words, "It fell on a car.");
	assert_int_equal(p.photo, photos.at[0].id);

	v = testing_post(w, path, "shown=yes&words=x&photos=17");
	assert_int_equal(v.status, 422);
	testing_is_page(&v);
	v = testing_post(w, path, "shown=no&words=");
	assert_int_equal(v.status, 303);
	assert_int_equal(publication_find(w, SOUTHMERE, reference, &p), MISSING);
}

static void
who_may_not_see_it_decides_nothing(void **state)
{
	struct testing_people people;
	struct work *w = testing_desk(&people);
	const char *reference = report(w, &people);
	const char *path = arena_printf(
		w->arena, "/staff/tickets/%s/publication", reference);
	struct publication p;

	(void)state;
	testing_act_as(w, ICT_DESK, people.engineer);
	assert_int_equal(testing_get(w, path).end, MISSING);
	assert_int_equal(testing_post(w, path, "shown=no&words=").end, MISSING);
	assert_int_equal(publication_find(w, SOUTHMERE, reference, &p), DONE);
}

static void
what_is_not_published_says_so(void **state)
{
	struct testing_people people;
	struct work *w = testing_desk(&people);
	const char *reference = testing_report(w, "private", "A hole.");
	const char *path = arena_printf(
		w->arena, "/staff/tickets/%s/publication", reference);
	struct visit v;

	(void)state;
	testing_act_as(w, SOUTHMERE, people.analyst);
	v = testing_get(w, path);
	assert_true(testing_says(&v, "Nobody outside can read this request."));
	testing_is_page(&v);
	assert_int_equal(testing_post(w, path, "shown=yes&words=x").end, MISSING);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_and_photographs_are_decided_in_a_page),
		cmocka_unit_test(who_may_not_see_it_decides_nothing),
		cmocka_unit_test(what_is_not_published_says_so),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
