/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/clock_check.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "rule/vectors.h"
#include "store/zone_file.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

enum { READ_SIZE = 64 * 1024, LARGEST = 64 * 1024 * 1024 };

static bool
read_file(struct buffer *b, const char *path, const char **problem)
{
	FILE *f = fopen(path, "rbe");
	size_t n;

	*problem = "it is larger than 64 MiB";
	if (f) {
		while ((n = fread(buffer_room(b, READ_SIZE), 1, READ_SIZE, f)) > 0 &&
			b->len + n <= LARGEST)
			b->len += n;
		if (n == 0)
			*problem = ferror(f) ? strerror(errno) : NULL;
		fclose(f);
	} else {
		*problem = strerror(errno);
	}
	return !*problem;
}

static int
check(struct arena *a, const char *path)
{
	struct buffer table = buffer_in(a, READ_SIZE);
	struct vectors_report report;
	const char *problem;

	if (!read_file(&table, path, &problem) ||
		vectors_check(a, buffer_bytes(&table), zone_file_load, &report,
			&problem) != DONE) {
		fprintf(stderr, "clock: %s: %s\n", path, problem);
		return 2;
	}
	for (size_t i = 0; i < report.n; i++)
		printf("%s\t%s\t%s\t%s\n", report.rows[i].id, report.rows[i].computed,
			report.rows[i].expected, report.rows[i].right ? "ok" : "wrong");
	fflush(stdout);
	fprintf(stderr, "clock: %zu lines, %zu wrong\n", report.n, report.wrong);
	return report.wrong > 0 ? 1 : 0;
}

int
clock_check_command(int argc, char **argv)
{
	struct arena *a;
	int status;

	if (argc != 2) {
		fprintf(stderr, "usage: portreeve %s FILE\n", argv[0]);
		return 2;
	}
	a = arena_new();
	status = check(a, argv[1]);
	arena_free(a);
	return status;
}
