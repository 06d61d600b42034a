/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "testing.h"
#include "testing_desk.h"
#include "testing_page.h"

#include "desk/handle.h"
#include "store/account.h"
#include "store/service.h"
#include "store/wait_reason.h"

#include <string.h>

static struct work *
admin_desk(struct testing_people *people)
{
	struct work *w = testing_desk(people);

	account_grant(w, SOUTHMERE, people->leader, ROLE_ADMINISTRATOR);
	testing_act_as(w, SOUTHMERE, people->leader);
	return w;
}

static struct wait_reason_list
reasons(struct work *w)
{
	struct wait_reason_list list;

	wait_reason_list(w, SOUTHMERE, &list);
	return list;
}

static struct visit
save(struct work *w, const char *form)
{
	return testing_post(w, "/admin/waiting", form);
}

static void
a_reason_is_added_changed_and_ended(void **state)
{
	struct testing_people people;
	struct work *w = admin_desk(&people);
	struct visit v;

	(void)state;
	assert_int_equal(save(w, "reason=&words=Keys+at+the+office&whom=customer"
				 "&proof=evidence&chase_days=0&chase_limit=0"
				 "&review_days=15")
				 .status,
		303);
	assert_int_equal(reasons(w).count, 2);
	assert_string_equal(reasons(w).at[0].code, "customer");
	assert_string_equal(reasons(w).at[1].code, "keys_at_the_office");
	v = testing_get(w, "/admin/waiting?reason=keys_at_the_office");
	testing_is_page(&v);
	assert_true(testing_says(&v, "after 15 working days at the latest"));
	assert_non_null(strstr(v.body, "value=\"Keys at the office\""));
	assert_int_equal(save(w, "reason=keys_at_the_office&words=Keys&whom=customer"
				 "&proof=question&chase_days=3&chase_limit=2"
				 "&review_days=")
				 .status,
		303);
	assert_int_equal(reasons(w).count, 2);
	assert_int_equal(reasons(w).at[1].chase_days, 3);
	assert_int_equal(reasons(w).at[1].review_days, 0);
	assert_int_equal(save(w, "reason=keys_at_the_office&ended=1").status, 303);
	assert_int_equal(reasons(w).count, 1);
	assert_int_equal(db_int(w->db, 0,
				 "select count(*) from audit where action like"
				 " 'waiting.%'"),
		3);
}

static void
nothing_stops_a_clock_for_us_or_for_ever(void **state)
{
	static const struct {
		const char *form, *says;
	} cases[] = {
		{"words=Parts&whom=supplier&proof=evidence&review_days=5",
			"The customer’s clock never pauses for a team or a supplier"},
		{"words=Parts&whom=team&proof=evidence&review_days=5",
			"Hand the work over to them instead"},
		{"words=Parts&proof=evidence&review_days=5", "never pauses for a team"},
		{"words=Parts&whom=customer&proof=question", "A wait must end by itself"},
		{"words=Parts&whom=customer&proof=question&chase_days=5",
			"A wait must end by itself"},
		{"words=Parts&whom=customer&proof=evidence&chase_days=5&chase_limit=1",
			"without one there is nothing to repeat"},
		{"words=+&whom=customer&proof=question&review_days=5",
			"what is waited for"},
		{"words=Parts&whom=customer&proof=question&review_days=soon",
			"a number from 0 to 365"},
	};
	struct testing_people people;
	struct work *w = admin_desk(&people);

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct visit v = save(w, cases[i].form);

		assert_int_equal(v.status, 422);
		testing_is_page(&v);
		assert_true(testing_says(&v, cases[i].says));
		w->problems.count = 0;
	}
	assert_int_equal(db_int(w->db, -1, "select count(*) from wait_reason"), 0);
}

static void
the_table_itself_takes_no_reason_of_a_supplier(void **state)
{
	struct testing_people people;
	struct work *w = admin_desk(&people);

	(void)state;
	db_run(w->db, "insert into wait_reason (org, code, position, words, side, proof)"
		      " values (1, 'parts', 1, 'Parts', 'supplier', 'evidence')");
	assert_true(db_failed(w->db));
}

static void
a_service_says_how_long_a_clock_resumes(void **state)
{
	struct testing_people people;
	struct work *w = admin_desk(&people);
	struct visit v;

	(void)state;
	assert_int_equal(
		testing_post(w, "/admin/waiting/reopen", "service=HW-POTHOLE&days=3")
			.status,
		303);
	assert_int_equal(service_reopen_days(w, SOUTHMERE, "HW-POTHOLE"), 3);
	v = testing_post(w, "/admin/waiting/reopen", "service=HW-POTHOLE&days=x");
	assert_int_equal(v.status, 422);
	testing_is_page(&v);
	assert_int_equal(service_reopen_days(w, SOUTHMERE, "HW-POTHOLE"), 3);
}

static void
who_administers_nothing_changes_nothing(void **state)
{
	struct testing_people people;
	struct work *w = testing_desk(&people);

	(void)state;
	testing_act_as(w, SOUTHMERE, people.analyst);
	assert_int_equal(
		save(w, "words=A&whom=customer&proof=question&review_days=5").end,
		DENIED);
	assert_int_equal(save(w, "reason=customer&ended=1").end, DENIED);
	assert_int_equal(
		testing_post(w, "/admin/waiting/reopen", "service=HW-POTHOLE&days=3").end,
		DENIED);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_reason_is_added_changed_and_ended),
		cmocka_unit_test(nothing_stops_a_clock_for_us_or_for_ever),
		cmocka_unit_test(the_table_itself_takes_no_reason_of_a_supplier),
		cmocka_unit_test(a_service_says_how_long_a_clock_resumes),
		cmocka_unit_test(who_administers_nothing_changes_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
