/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rule/area.h"

#include "testing.h"

static bool
has(const char *corners, const char *point)
{
	struct area area;
	struct point p;

	assert_true(area_read(testing_arena(), corners, &area));
	assert_int_equal(point_read(testing_arena(), point, &p), POINT_READ);
	return area_has(&area, p);
}

static void
a_point_lies_in_it_or_not(void **state)
{
	static const char square[] = "51,0 51,1 52,1\r\n52,0";
	static const char hook[] = "51,0; 53,0; 53,1; 52.9,1; 52.9,0.1; 51,0.1";

	(void)state;
	assert_true(has(square, "51.5,0.5"));
	assert_true(has(square, "51,0")); /* a corner */
	assert_false(has(square, "52.5,0.5"));
	assert_false(has(square, "51.5,1.5"));
	assert_false(has(square, "51.5,-0.5"));
	assert_false(has(square, "50.5,0.5"));
	assert_true(has(hook, "52,0.05"));
	assert_true(has(hook, "52.95,0.9"));
	assert_false(has(hook, "52,0.5")); /* in its bend */
}

static void
what_is_no_ring_is_refused(void **state)
{
	struct area area;

	(void)state;
	assert_false(area_read(testing_arena(), "", &area));
	assert_false(area_read(testing_arena(), "51,0 52,0", &area));
	assert_false(area_read(testing_arena(), "51,0 52,0 here", &area));
	assert_false(area_read(testing_arena(), "51,0 52,0 40,-74", &area));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_point_lies_in_it_or_not),
		cmocka_unit_test(what_is_no_ring_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
