/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "desk/weak_password.h"
#include "store/team.h"
#include "testing.h"
#include "testing_desk.h"

static struct work *
desk(void)
{
	struct testing_people people;

	return testing_desk(&people);
}

static void
what_many_people_use_is_weak(void **state)
{
	static const char *const weak[] = {"qwertyuiop", "1q2w3e4r5t", "1QAZ2wsx3edc",
		"basketball", "Password123", "iloveyou12", "liverpool1", "!Sunshine2026!",
		"26-dragon-1", "passwordpassword", "ChelseaChelsea99", "0123456789",
		"0987654321", "abcdefghijkl", "zzzzzzzzzzzz"};
	struct work *w = desk();

	(void)state;
	for (size_t i = 0; i < sizeof weak / sizeof *weak; i++)
		if (!weak_password(w, weak[i]))
			fail_msg("%s is taken", weak[i]);
}

static void
words_of_the_desk_are_weak(void **state)
{
	static const char *const weak[] = {"portreeve1", "Council2026!", "southmere2026",
		"SouthmereCouncil", "southmere-council-9", "welcomeadmin",
		"Servicedesk#2026", "portreeve portreeve"};
	struct organisation o = {.id = 77,
		.code = "elsewhere-ict",
		.name = "Ambleforth Borough",
		.kind = "council",
		.language = "en",
		.email = "",
		.phone = ""};
	struct work *w = desk();

	(void)state;
	for (size_t i = 0; i < sizeof weak / sizeof *weak; i++)
		if (!weak_password(w, weak[i]))
			fail_msg("%s is taken", weak[i]);
	assert_false(weak_password(w, "ambleforth1999"));
	team_save_organisation(w, &o, false);
	assert_true(weak_password(w, "ambleforth1999"));
	assert_true(weak_password(w, "Elsewhere-2026"));
}

static void
others_are_taken_whatever_they_are_made_of(void **state)
{
	static const char *const good[] = {"correct horse", "rather good words",
		"three blind mice", "monkey92837465019", "southmere has a lovely pier",
		"\xE3\x81\x82\xE3\x81\x84\xE3\x81\x86\xE3\x81\x88\xE3\x81\x8A",
		"7351908246113", "aqueducts of rome", "PORTSIDE-VELVET-11"};
	struct work *w = desk();

	(void)state;
	for (size_t i = 0; i < sizeof good / sizeof *good; i++)
		if (weak_password(w, good[i]))
			fail_msg("%s is refused", good[i]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_many_people_use_is_weak),
		cmocka_unit_test(words_of_the_desk_are_weak),
		cmocka_unit_test(others_are_taken_whatever_they_are_made_of),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
