/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/config.h"

#include "testing.h"

static void
near_and_far_are_told_apart(void **state)
{
	static const char *const near[] = {"postgresql:///desk", "postgresql://u@/desk",
		"postgresql:///desk?host=/run/postgresql",
		"postgresql://%2Frun%2Fpostgresql/desk", "postgres://u:p@localhost/desk",
		"postgres://127.0.0.1:5433/desk", "postgres://[::1]/desk",
		"smtp://localhost", "smtp://127.0.0.1:25"};
	static const char *const far[] = {"postgresql://db.example.org/desk",
		"postgresql://localhost@db.example.org/desk",
		"postgresql:///desk?host=db.example.org",
		"postgres://localhost.example.org/desk", "postgres://10.0.0.1/desk",
		"smtp://mail.example.org:587", "smtp://localhosts"};

	(void)state;
	for (size_t i = 0; i < sizeof near / sizeof *near; i++)
		if (!config_is_near(near[i]))
			fail_msg("%s is near", near[i]);
	for (size_t i = 0; i < sizeof far / sizeof *far; i++)
		if (config_is_near(far[i]))
			fail_msg("%s is far", far[i]);
}

static bool
takes(const char *db)
{
	char *argv[] = {(char *)(uintptr_t) "--db", (char *)(uintptr_t)db};
	struct config c;

	return config_read(testing_arena(), 2, argv, &c);
}

/* ASVS 12.3.1. */
static void
a_database_elsewhere_is_spoken_to_over_tls_or_not_at_all(void **state)
{
	(void)state;
	assert_true(takes("postgresql:///desk"));
	assert_true(takes("postgresql://db.example.org/desk?sslmode=verify-full"));
	assert_true(takes("postgresql://db.example.org/desk?sslmode=require"));
	assert_false(takes("postgresql://db.example.org/desk"));
	assert_false(takes("postgresql://db.example.org/desk?sslmode=prefer"));
	assert_false(takes("postgresql://db.example.org/desk?sslmode=disable"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(near_and_far_are_told_apart),
		cmocka_unit_test(
			a_database_elsewhere_is_spoken_to_over_tls_or_not_at_all),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
