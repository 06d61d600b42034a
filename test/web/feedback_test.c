/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "web/resident/feedback.h"

#include "desk/promises.h"
#include "format/words.h"
#include "store/event.h"
#include "store/score.h"
#include "testing.h"
#include "testing_desk.h"
#include "testing_page.h"

#include <string.h>

static const struct actor nobody = {.kind = ACTOR_NOBODY, .org = SOUTHMERE, .name = ""};

/* A question about a request; the address that the letter leads to. */
static const char *
asked(struct work **w, struct ticket *t)
{
	*w = testing_desk(NULL);
	*t = testing_ticket(*w, testing_report(*w, "a", "A hole."));
	(*w)->actor = &nobody;
	return arena_printf((*w)->arena, "/feedback/%s", score_ask(*w, t));
}

static void
opening_the_link_chooses_but_changes_nothing(void **state)
{
	struct work *w;
	struct ticket t;
	const char *at = asked(&w, &t);
	struct visit v = testing_get(w, arena_printf(w->arena, "%s?score=4", at));
	struct score s;

	(void)state;
	testing_is_page(&v);
	assert_non_null(strstr(v.body, "value=\"4\" checked"));
	assert_non_null(strstr(v.body, "data-at-once"));
	assert_int_equal(score_of(w, &t, &s), DONE);
	assert_int_equal(s.score, 0);
	assert_int_equal(testing_ticket(w, t.reference).events, t.events);
	v = testing_get(w, at);
	assert_null(strstr(v.body, "data-at-once"));
	assert_null(strstr(v.body, " checked"));
}

static void
a_score_is_kept_with_the_request(void **state)
{
	struct work *w;
	struct ticket t;
	const char *at = asked(&w, &t);
	struct visit v = testing_post(w, at, "score=5&comment=Quick%21");
	struct event_list events;
	struct score s;

	(void)state;
	assert_string_equal(v.location, arena_printf(w->arena, "%s?thanks=1", at));
	assert_int_equal(score_of(w, &t, &s), DONE);
	assert_int_equal(s.score, 5);
	assert_string_equal(s.comment, "Quick!");
	t = testing_ticket(w, t.reference);
	event_read(w, &t, EVENT_FOR_STAFF, 0, 10, &events);
	assert_string_equal(events.at[events.count - 1].kind, "scored");
	assert_string_equal(pairs_get(&events.at[events.count - 1].data, "score"), "5");
	assert_true(promises_check(w, &t));
	v = testing_get(w, v.location);
	testing_is_page(&v);
	assert_true(testing_says(&v, "Thank you"));
	assert_true(testing_says(&v, "Quick!"));
}

static void
the_same_again_is_one_event_and_another_mind_counts(void **state)
{
	struct work *w;
	struct ticket t;
	const char *at = asked(&w, &t);
	struct score s;

	(void)state;
	testing_post(w, at, "score=5&comment=");
	testing_post(w, at, "score=5&comment=");
	assert_int_equal(testing_ticket(w, t.reference).events, t.events + 1);
	testing_post(w, at, "score=2&comment=It+is+back");
	assert_int_equal(testing_ticket(w, t.reference).events, t.events + 2);
	assert_int_equal(score_of(w, &t, &s), DONE);
	assert_int_equal(s.score, 2);
}

static void
only_one_to_five_counts(void **state)
{
	static const char *const wrong[] = {
		"score=", "score=0", "score=6", "score=55", "comment=Good", "score=x"};
	struct work *w;
	struct ticket t;
	const char *at = asked(&w, &t);
	struct score s;

	(void)state;
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		struct visit v = testing_post(w, at, wrong[i]);

		assert_int_equal(v.status, 422);
		testing_is_page(&v);
		assert_true(testing_says(&v, "Select how satisfied you are"));
	}
	assert_int_equal(score_of(w, &t, &s), DONE);
	assert_int_equal(s.answered, 0);
}

static void
a_token_that_is_none_leads_nowhere(void **state)
{
	struct work *w = testing_desk(NULL);

	(void)state;
	w->actor = &nobody;
	assert_int_equal(testing_get(w, "/feedback/ABCDEFGH").end, MISSING);
	assert_int_equal(testing_post(w, "/feedback/ABCDEFGH", "score=5").end, MISSING);
}

static void
the_survey_is_asked_in_welsh(void **state)
{
	struct work *w;
	struct ticket t;
	const char *at = asked(&w, &t);
	struct visit v;

	(void)state;
	w->words = words_of("cy");
	v = testing_get(w, at);
	testing_is_page(&v);
	assert_true(testing_says(&v, "Sut y gwnaethom?"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(opening_the_link_chooses_but_changes_nothing),
		cmocka_unit_test(a_score_is_kept_with_the_request),
		cmocka_unit_test(the_same_again_is_one_event_and_another_mind_counts),
		cmocka_unit_test(only_one_to_five_counts),
		cmocka_unit_test(a_token_that_is_none_leads_nowhere),
		cmocka_unit_test(the_survey_is_asked_in_welsh),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
