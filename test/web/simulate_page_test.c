/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "testing.h"
#include "testing_desk.h"
#include "testing_page.h"

#include "store/account.h"

#include <string.h>

static void
act_as_administrator(struct work *w, const struct testing_people *people)
{
	account_grant(w, SOUTHMERE, people->leader, ROLE_ADMINISTRATOR);
	testing_act_as(w, SOUTHMERE, people->leader);
}

static void
the_lists_are_those_of_the_other(void **state)
{
	struct testing_people people;
	struct work *w = testing_desk(&people);
	const char *pothole = testing_report(w, "1", "A secret of Ann.");
	struct visit v;

	(void)state;
	act_as_administrator(w, &people);
	w->glances = NULL;
	v = testing_get(w, "/staff/simulate?who=amy@southmere.example.org&view=team");
	assert_int_equal(v.end, DONE);
	testing_is_page(&v);
	assert_true(testing_says(&v, pothole));
	assert_false(testing_says(&v, "A secret"));
	assert_true(testing_says(&v, "the audit says that you looked"));
	assert_non_null(w->glances);
	assert_true(w->glances->first);
	assert_string_equal(w->glances->action, "simulate");
	assert_string_equal(w->glances->subject, "account amy@southmere.example.org");

	/* What Amy has not taken is not in her own list. */
	v = testing_get(w, "/staff/simulate?who=amy@southmere.example.org&view=mine");
	assert_false(testing_says(&v, pothole));
}

static void
who_does_not_work_here_has_no_lists_here(void **state)
{
	struct testing_people people;
	struct work *w = testing_desk(&people);
	struct visit v;

	(void)state;
	testing_report(w, "1", "First.");
	act_as_administrator(w, &people);
	w->glances = NULL;
	v = testing_get(w, "/staff/simulate?who=eve@ict.example.org");
	testing_is_page(&v);
	assert_true(testing_says(&v, "Nobody signs in with that e-mail."));
	assert_null(w->glances);
	v = testing_get(w, "/staff/simulate");
	testing_is_page(&v);
	assert_null(w->glances);
}

/* Who administers another organisation and works here as something less. */
static void
the_right_is_asked_for_here(void **state)
{
	struct testing_people people;
	struct work *w = testing_desk(&people);
	const char *pothole = testing_report(w, "1", "First.");
	struct visit v;

	(void)state;
	account_grant(w, ICT_DESK, people.binman, ROLE_ADMINISTRATOR);
	testing_act_as(w, SOUTHMERE, people.binman);
	v = testing_get(w, "/staff/simulate?who=amy@southmere.example.org&view=team");
	assert_int_equal(v.end, DENIED);
	assert_false(testing_says(&v, pothole));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_lists_are_those_of_the_other),
		cmocka_unit_test(who_does_not_work_here_has_no_lists_here),
		cmocka_unit_test(the_right_is_asked_for_here),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
