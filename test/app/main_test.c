/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "testing.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

struct ran {
	int status;
	char said[8192]; /* on both streams */
};

/* Runs the program itself with up to three words. */
static struct ran
run(const char *first, const char *second, const char *third)
{
	char *words[] = {arena_copy(testing_arena(), "portreeve"),
		arena_copy(testing_arena(), first), arena_copy(testing_arena(), second),
		arena_copy(testing_arena(), third), NULL};
	struct ran r = {0};
	int ends[2];
	size_t n = 0;
	ssize_t got;
	pid_t child;

	assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
	child = fork();
	if (child == 0) {
		dup2(ends[1], STDOUT_FILENO);
		dup2(ends[1], STDERR_FILENO);
		execv(BUILD_ROOT "/portreeve", words);
		_exit(127);
	}
	close(ends[1]);
	while (n < sizeof r.said - 1 &&
		(got = read(ends[0], r.said + n, sizeof r.said - 1 - n)) > 0)
		n += (size_t)got;
	close(ends[0]);
	assert_int_equal(waitpid(child, &r.status, 0), child);
	assert_true(WIFEXITED(r.status));
	r.status = WEXITSTATUS(r.status);
	return r;
}

static void
what_was_not_called_right_ends_with_2_and_a_reason(void **state)
{
	static const struct {
		const char *first, *second, *third, *reason;
	} cases[] = {
		{NULL, NULL, NULL, "a command is wanted"},
		{"fly", NULL, NULL, "there is no command \"fly\""},
		{"check", "--wings", NULL, "there is no option --wings"},
		{"check", "--db", NULL, "--db needs a value"},
		{"check", "--db", "mysql://x", "db: "},
		{"check", "now", NULL, "\"now\" is too much"},
		{"backup", NULL, NULL, "usage: portreeve backup FILE"},
		{"import", "birds", "x", "usage: portreeve import"},
		{"user", "add", NULL, "usage: portreeve user"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct ran r = run(cases[i].first, cases[i].second, cases[i].third);

		if (r.status != 2 || !strstr(r.said, cases[i].reason))
			fail_msg("%s: %d, %s", cases[i].first, r.status, r.said);
	}
}

static void
version_and_help_answer(void **state)
{
	static const char *const commands[] = {"serve", "demo", "migrate", "import",
		"export", "check", "backup", "restore", "user", "version", "clock"};
	struct ran r = run("version", NULL, NULL);

	(void)state;
	assert_int_equal(r.status, 0);
	assert_int_equal(strncmp(r.said, "portreeve ", 10), 0);
	r = run("help", NULL, NULL);
	assert_int_equal(r.status, 0);
	for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
		assert_non_null(strstr(r.said, commands[i]));
}

static void
what_is_not_there_yet_says_so(void **state)
{
	struct ran r = run("export", "x", NULL);

	(void)state;
	assert_int_equal(r.status, 1);
	assert_non_null(strstr(r.said, "not there yet"));
}

static void
a_database_that_is_not_there_is_said_and_not_made(void **state)
{
	struct ran r = run("check", "--db", "sqlite:/nowhere/at/all.db");

	(void)state;
	assert_int_equal(r.status, 1);
	assert_non_null(strstr(r.said, "cannot be opened"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_was_not_called_right_ends_with_2_and_a_reason),
		cmocka_unit_test(version_and_help_answer),
		cmocka_unit_test(what_is_not_there_yet_says_so),
		cmocka_unit_test(a_database_that_is_not_there_is_said_and_not_made),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
