/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "testing.h"

#include "store/zone_file.h"

static void
a_zone_is_found_by_its_name(void **state)
{
	const char *problem;
	const struct zone *z = zone_file_load(
		testing_arena(), "America/Argentina/Buenos_Aires", &problem);

	(void)state;
	assert_non_null(z);
	assert_string_equal(zone_name(z), "America/Argentina/Buenos_Aires");
	assert_int_equal(zone_span_at(z, 1780300800).offset, -3 * 3600);
	assert_non_null(zone_file_load(testing_arena(), "Etc/GMT+12", &problem));
}

static void
a_name_cannot_lead_out_of_the_folder(void **state)
{
	static const char *const names[] = {"", "/", "/etc/passwd", "../../../etc/passwd",
		"Europe/../Europe/London", "Europe//London", "Europe/London/",
		"/Europe/London", ".", "zone.tab", "Europe/Lon\ndon",
		"Europe/Lond\xC3\xB6n", "Europe/London Europe/London",
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"};
	const char *problem;

	(void)state;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		assert_null(zone_file_load(testing_arena(), names[i], &problem));
		assert_string_equal(problem, "not the name of a time zone");
	}
}

static void
what_is_not_there_or_no_zone_is_said_to_be_so(void **state)
{
	static const struct {
		const char *name, *problem;
	} cases[] = {
		{"Europe/Atlantis", "there is no such time zone on this machine"},
		{"europe/london", "there is no such time zone on this machine"},
		{"Europe", "not a time zone file"},
	};
	const char *problem;

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		assert_null(zone_file_load(testing_arena(), cases[i].name, &problem));
		assert_string_equal(problem, cases[i].problem);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_zone_is_found_by_its_name),
		cmocka_unit_test(a_name_cannot_lead_out_of_the_folder),
		cmocka_unit_test(what_is_not_there_or_no_zone_is_said_to_be_so),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
