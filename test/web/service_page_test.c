/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "web/resident/service_page.h"

#include "format/words.h"
#include "testing.h"
#include "testing_catalogue.h"
#include "testing_desk.h"
#include "testing_page.h"
#include "web/resident/find_service.h"

#include <string.h>

/* What people ask, and what must be among the first three that they are shown. */
static const struct {
	const char *language, *question, *code;
} questions[] = {
	{"en", "pothole", "HW-POTHOLE"},
	{"en", "there is a hole in the road", "HW-POTHOLE"},
	{"en", "lamp post not working", "HW-LIGHT"},
	{"en", "rubbish not collected", "WA-MISSED"},
	{"en", "missed bin", "WA-MISSED"},
	{"en", "bins", "WA-NEWBIN"},
	{"en", "sofa", "WA-BULKY"},
	{"en", "wasps", "EH-PEST"},
	{"en", "rats", "EH-PEST"},
	{"en", "dog poo", "SC-DOGFOUL"},
	{"en", "fly tipping", "SC-FLYTIP"},
	{"en", "someone dumped a mattress", "SC-FLYTIP"},
	{"en", "blue badge", "PK-BLUE"},
	{"en", "parking fine", "PK-PCN"},
	{"en", "wedding", "RG-NOTICE"},
	{"en", "register a birth", "RG-BIRTH"},
	{"en", "my father died", "RG-DEATH"},
	{"en", "loud music", "EH-NOISE"},
	{"en", "noisy neighbours", "EH-NOISE"},
	{"en", "graffitti", NULL},
	{"en", "Graffiti!", "SC-GRAFF"},
	{"en", "HW-LIGHT", "HW-LIGHT"},
	{"en", "freedom of information", "IG-FOI"},
	{"en", "council tax direct debit", "RB-CTDD"},
	{"en", "i have been evicted", "HO-HOMELESS"},
	{"en", "volunteering", "HB-VOL"},
	{"en", "the of a", NULL},
	{"cy", "twll yn y ffordd", "HW-POTHOLE"},
	{"cy", "bin", "WA-MISSED"},
	{"cy", "bathodyn", "PK-BLUE"},
};

static bool
among_first(const struct service_list *found, const char *code)
{
	for (int i = 0; i < found->count && i < 3; i++)
		if (strcmp(found->at[i].code, code) == 0)
			return true;
	return false;
}

static void
services_are_found_in_the_words_of_those_who_ask(void **state)
{
	struct work *w = testing_desk(NULL);
	struct service_list all = testing_catalogue(w);
	int missed = 0;

	(void)state;
	for (size_t i = 0; i < sizeof questions / sizeof *questions; i++) {
		struct service_list found;

		w->words = words_of(questions[i].language);
		find_service(w, &all, questions[i].question, &found);
		if (questions[i].code ? among_first(&found, questions[i].code)
				      : found.count == 0)
			continue;
		missed++;
		print_message("%s finds %d: %s %s %s\n", questions[i].question,
			found.count, found.count > 0 ? found.at[0].code : "",
			found.count > 1 ? found.at[1].code : "",
			found.count > 2 ? found.at[2].code : "");
	}
	assert_int_equal(missed, 0);
}

static void
the_catalogue_is_shown_by_subject_and_by_letter(void **state)
{
	struct work *w = testing_desk(NULL);
	struct visit v;

	(void)state;
	testing_catalogue(w);
	v = testing_get(w, "/services");
	testing_is_page(&v);
	assert_true(testing_says(&v, "Bins and recycling"));
	v = testing_get(w, "/services?sort=az");
	testing_is_page(&v);
	/* "Report a pothole" stands under P. */
	assert_true(strstr(v.body, ">P</h2>") < strstr(v.body, "/services/HW-POTHOLE"));
	v = testing_get(w, "/services?group=Street+care");
	testing_is_page(&v);
	assert_true(testing_says(&v, "Report fly-tipping"));
	assert_false(testing_says(&v, "Report a pothole"));
	assert_int_equal(testing_get(w, "/services?group=Nothing").end, MISSING);
}

static void
a_search_says_what_it_found(void **state)
{
	struct work *w = testing_desk(NULL);
	struct visit v;

	(void)state;
	testing_catalogue(w);
	v = testing_get(w, "/services?q=trolley");
	testing_is_page(&v);
	assert_true(testing_says(&v, "1 service for “trolley”"));
	v = testing_get(w, "/services?q=xyzzy");
	testing_is_page(&v);
	assert_true(testing_says(&v, "We found no service for “xyzzy”"));
	w->words = words_of("cy");
	v = testing_get(w, "/services?q=trolley");
	testing_is_page(&v);
	assert_true(testing_says(&v, "1 gwasanaeth"));
}

static void
the_first_page_leads_everywhere(void **state)
{
	struct work *w = testing_desk(NULL);
	struct visit v;

	(void)state;
	testing_catalogue(w);
	testing_report(w, "a", "A hole.");
	v = testing_get(w, "/");
	testing_is_page(&v);
	assert_non_null(strstr(v.body, "/services?group=Street%20care"));
	assert_non_null(strstr(v.body, "href=\"/track\""));
	/* Asked for most: before the subjects. */
	assert_true(strstr(v.body, "/services/HW-POTHOLE") < strstr(v.body, "?group="));
	w->words = words_of("cy");
	v = testing_get(w, "/");
	testing_is_page(&v);
	assert_true(testing_says(&v, "Beth allwn ni ei wneud i chi?"));
	/* What the council wrote is marked as English. */
	assert_non_null(strstr(v.body, "lang=\"en\">Street care"));
}

static void
a_start_page_says_what_it_costs_and_how_long_it_takes(void **state)
{
	struct work *w = testing_desk(NULL);
	struct visit v;

	(void)state;
	testing_catalogue(w);
	v = testing_get(w, "/services/HW-POTHOLE");
	testing_is_page(&v);
	assert_true(testing_says(&v, "call 101 or the emergency line"));
	assert_true(testing_says(&v, "Anyone"));
	assert_true(testing_says(&v, "It is free"));
	assert_true(testing_says(&v, "within 2 working days"));
	v = testing_get(w, "/services/PK-SUSPEND");
	assert_true(testing_says(&v, "£45.00 a day"));
	assert_true(testing_says(&v, "Businesses"));
	v = testing_get(w, "/services/WA-NEWBIN");
	assert_true(testing_says(&v, "£0 or £35.00"));
	v = testing_get(w, "/services/LI-TAXI");
	assert_true(testing_says(&v, "You will need these"));
	assert_true(testing_says(&v, "DBS certificate"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(services_are_found_in_the_words_of_those_who_ask),
		cmocka_unit_test(the_catalogue_is_shown_by_subject_and_by_letter),
		cmocka_unit_test(a_search_says_what_it_found),
		cmocka_unit_test(the_first_page_leads_everywhere),
		cmocka_unit_test(a_start_page_says_what_it_costs_and_how_long_it_takes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
