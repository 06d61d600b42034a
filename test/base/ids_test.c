/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "base/ids.h"

#include "testing.h"

static const int64_t noon_2016 = 1464782400000; /* 2016-06-01T12:00:00Z */

static void
an_id_of_the_past_carries_its_instant(void **state)
{
	(void)state;
	assert_int_equal(id_instant(id_of(noon_2016, 255, 7)), noon_2016);
	assert_true(id_of(noon_2016, 255, 7) < id_of(noon_2016 + 1, 0, 0));
	assert_true(id_of(noon_2016, 0, 0) < id_of(noon_2016, 255, 7));
}

static void
a_source_begins_behind_what_was_made_before_it(void **state)
{
	struct id_source first = id_source_at(3, noon_2016);
	struct id_source second = id_source_at(3, noon_2016 + 200);
	int64_t last = 0;

	(void)state;
	/* Both ask by whole seconds, as work does. */
	for (int i = 0; i < 1000; i++)
		last = id_next(&first, noon_2016);
	assert_true(id_next(&second, noon_2016) > last);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_id_of_the_past_carries_its_instant),
		cmocka_unit_test(a_source_begins_behind_what_was_made_before_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
