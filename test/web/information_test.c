/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "web/resident/information.h"

#include "format/words.h"
#include "testing.h"
#include "testing_desk.h"
#include "testing_page.h"

static const char *const pages[] = {"/help", "/accessibility", "/privacy", "/cookies"};

static void
each_page_stands_in_both_languages(void **state)
{
	struct work *w = testing_desk(NULL);

	(void)state;
	for (int language = 0; language < 2; language++) {
		w->words = words_nth(language);
		for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
			struct visit v = testing_get(w, pages[i]);

			assert_int_equal(v.end, DONE);
			assert_int_equal(v.status, 200);
			testing_is_page(&v);
		}
	}
}

static void
help_says_how_to_reach_the_organisation(void **state)
{
	struct work *w = testing_desk(NULL);
	struct visit v = testing_get(w, "/help");

	(void)state;
	assert_true(testing_says(&v, "desk@southmere.example.org"));
	assert_true(testing_says(&v, "01632 960000"));
}

static void
privacy_says_how_long_each_service_keeps_its_requests(void **state)
{
	struct work *w = testing_desk(NULL);
	struct visit v = testing_get(w, "/privacy");

	(void)state;
	assert_true(testing_says(&v, "Report a pothole"));
	assert_true(testing_says(&v, "2 years"));
	w->words = words_of("cy");
	v = testing_get(w, "/privacy");
	assert_true(testing_says(&v, "2 flynedd"));
}

static void
the_statement_has_the_parts_that_the_law_requires(void **state)
{
	struct work *w = testing_desk(NULL);
	struct visit v = testing_get(w, "/accessibility");

	(void)state;
	assert_true(testing_says(&v, "Compliance status"));
	assert_true(testing_says(&v, "partially compliant"));
	assert_true(
		testing_says(&v, "Non-compliance with the accessibility regulations"));
	assert_true(testing_says(&v, "Disproportionate burden"));
	assert_true(testing_says(&v, "not within the scope"));
	assert_true(testing_says(&v, "Feedback and contact"));
	assert_true(testing_says(&v, "Enforcement procedure"));
	assert_true(testing_says(&v, "prepared on 21 November 2026"));
	assert_true(testing_says(&v, "axe-core"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_page_stands_in_both_languages),
		cmocka_unit_test(help_says_how_to_reach_the_organisation),
		cmocka_unit_test(privacy_says_how_long_each_service_keeps_its_requests),
		cmocka_unit_test(the_statement_has_the_parts_that_the_law_requires),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
