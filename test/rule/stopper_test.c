/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rule/stopper.h"

#include "testing.h"

enum { NOW = 1000 };

static const char square[] = "51,0 52,0 52,1 51,1";

static void
answers_and_places_stop(void **state)
{
	static const struct {
		struct stopper s;
		const char *answer;
		struct point at;
		bool fits;
	} cases[] = {
		{{.kind = STOPPER_ANSWER, .value = "wires"}, "wires", {0, 0}, true},
		{{.kind = STOPPER_ANSWER, .value = "wires"}, "pole;wires", {0, 0}, true},
		{{.kind = STOPPER_ANSWER, .value = "wires"}, "wires showing", {0, 0},
			false},
		{{.kind = STOPPER_ANSWER, .value = "wires"}, NULL, {0, 0}, false},
		{{.kind = STOPPER_ANSWER, .value = ""}, "anything", {0, 0}, true},
		{{.kind = STOPPER_ANSWER, .value = ""}, "", {0, 0}, false},
		{{.kind = STOPPER_ANSWER, .value = "x", .until = NOW}, "x", {0, 0},
			false},
		{{.kind = STOPPER_ANSWER, .value = "x", .until = NOW + 1}, "x", {0, 0},
			true},
		{{.kind = STOPPER_INSIDE, .area = square}, NULL, {51500000, 500000},
			true},
		{{.kind = STOPPER_INSIDE, .area = square}, NULL, {53000000, 500000},
			false},
		{{.kind = STOPPER_OUTSIDE, .area = square}, NULL, {53000000, 500000},
			true},
		{{.kind = STOPPER_OUTSIDE, .area = square}, NULL, {51500000, 500000},
			false},
		{{.kind = STOPPER_OUTSIDE, .area = "ill"}, NULL, {51500000, 500000},
			false},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		if (stopper_fits(testing_arena(), &cases[i].s, cases[i].answer,
			    &cases[i].at, NOW) != cases[i].fits)
			fail_msg("case %zu", i);
	assert_false(stopper_fits(testing_arena(),
		&(struct stopper){.kind = STOPPER_OUTSIDE, .area = square}, NULL, NULL,
		NOW));
}

static void
what_is_not_whole_is_refused(void **state)
{
	(void)state;
	assert_true(stopper_is_whole(testing_arena(),
		&(struct stopper){.kind = STOPPER_ANSWER, .field = "depth"}));
	assert_false(stopper_is_whole(
		testing_arena(), &(struct stopper){.kind = STOPPER_ANSWER, .field = ""}));
	assert_true(stopper_is_whole(testing_arena(),
		&(struct stopper){.kind = STOPPER_INSIDE, .area = square}));
	assert_false(stopper_is_whole(testing_arena(),
		&(struct stopper){.kind = STOPPER_INSIDE, .area = "51,0 52,0"}));
	assert_false(stopper_is_whole(
		testing_arena(), &(struct stopper){.kind = STOPPER_KINDS}));
	assert_int_equal(
		stopper_kind_named(stopper_kind_name(STOPPER_OUTSIDE)), STOPPER_OUTSIDE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(answers_and_places_stop),
		cmocka_unit_test(what_is_not_whole_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
