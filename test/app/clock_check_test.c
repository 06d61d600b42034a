/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "testing.h"

#include "app/clock_check.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* What a run of the command left: its status and the two streams. */
struct run {
	int status;
	const char *out, *err;
};

static const char *
contents(FILE *f)
{
	static const size_t room = 256 * 1024;
	char *text = arena_alloc(testing_arena(), room);

	rewind(f);
	assert_true(fread(text, 1, room - 1, f) < room - 1);
	fclose(f);
	return text;
}

/* Runs the command with a stream of its own in place of each of the program's. */
static struct run
run(const char *path)
{
	char *argv[] = {(char[]){"clock"}, arena_copy(testing_arena(), path), NULL};
	FILE *out = tmpfile(), *err = tmpfile();
	int kept_out = dup(STDOUT_FILENO), kept_err = dup(STDERR_FILENO);
	struct run r;

	fflush(stdout);
	dup2(fileno(out), STDOUT_FILENO);
	dup2(fileno(err), STDERR_FILENO);
	r.status = clock_check_command(path ? 2 : 1, argv);
	fflush(stdout);
	dup2(kept_out, STDOUT_FILENO);
	dup2(kept_err, STDERR_FILENO);
	close(kept_out);
	close(kept_err);
	r.out = contents(out);
	r.err = contents(err);
	return r;
}

/* A file with a text, gone when the program ends. */
static const char *
file_of(const char *text, size_t n)
{
	const char *path = arena_printf(
		testing_arena(), "/proc/self/fd/%d", fileno(tmpfile()));
	FILE *f = fopen(path, "w");

	assert_int_equal(fwrite(text, 1, n, f), n);
	fclose(f);
	return path;
}

static void
the_reference_table_is_right_line_by_line(void **state)
{
	struct run r = run(testing_path("rule/clock-vectors.tsv"));
	struct bytes rest = bytes_of(r.out);
	int lines = 0;

	(void)state;
	assert_int_equal(r.status, 0);
	assert_string_equal(r.err, "clock: 100 lines, 0 wrong\n");
	assert_non_null(strstr(r.out,
		"D01\tdue=2026-06-02T13:00:00Z local=2026-06-02T14:00:00+01:00\t"
		"due=2026-06-02T13:00:00Z local=2026-06-02T14:00:00+01:00\tok\n"));
	assert_non_null(strstr(r.out, "CAL-C\ta calendar\ta calendar\tok\n"));
	for (; rest.len > 0; lines++) {
		struct bytes line = bytes_cut(&rest, '\n');

		assert_true(
			line.len > 3 && memcmp(line.at + line.len - 3, "\tok", 3) == 0);
	}
	assert_int_equal(lines, 100);
}

static void
a_wrong_line_is_shown_and_fails(void **state)
{
	struct bytes table = testing_file("rule/clock-vectors.tsv");
	char *wrong = arena_text(testing_arena(), table.at, table.len);

	(void)state;
	memcpy(strstr(wrong, "\t217800\t"), "\t301800\t", 8);

	struct run r = run(file_of(wrong, table.len));

	assert_int_equal(r.status, 1);
	assert_string_equal(r.err, "clock: 100 lines, 1 wrong\n");
	assert_non_null(strstr(r.out, "E02\telapsed=217800\telapsed=301800\twrong\n"));
}

static void
a_file_that_cannot_be_used_is_named_with_the_reason(void **state)
{
	struct run r = run("/nowhere/vectors.tsv");

	(void)state;
	assert_int_equal(r.status, 2);
	assert_string_equal(r.out, "");
	assert_string_equal(
		r.err, "clock: /nowhere/vectors.tsv: No such file or directory\n");

	r = run("/");
	assert_int_equal(r.status, 2);
	assert_string_equal(r.err, "clock: /: Is a directory\n");

	r = run(testing_path("testing.h"));
	assert_int_equal(r.status, 2);
	assert_non_null(strstr(r.err, "the first line does not name the column id\n"));

	r = run(file_of("\0\xFF", 2));
	assert_int_equal(r.status, 2);
	assert_non_null(strstr(r.err, "the file is not text\n"));

	r = run(NULL);
	assert_int_equal(r.status, 2);
	assert_string_equal(r.err, "usage: portreeve clock FILE\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_reference_table_is_right_line_by_line),
		cmocka_unit_test(a_wrong_line_is_shown_and_fails),
		cmocka_unit_test(a_file_that_cannot_be_used_is_named_with_the_reason),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
