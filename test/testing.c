/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "testing.h"

#include "base/buffer.h"
#include "base/log.h"

#include <stdio.h>
#include <stdlib.h>

struct arena *
testing_arena(void)
{
	static struct arena *arena;

	if (!arena)
		arena = arena_new();
	return arena;
}

/* The whole of a file that is closed then. */
static struct bytes
read_all(FILE *file)
{
	struct buffer b = buffer_in(testing_arena(), 0);
	size_t n;

	while ((n = fread(buffer_room(&b, 65536), 1, 65536, file)) > 0)
		b.len += n;
	fclose(file);
	return buffer_bytes(&b);
}

const char *
testing_path(const char *path)
{
	return arena_printf(testing_arena(), "%s/test/%s", TESTING_ROOT, path);
}

struct bytes
testing_file(const char *path)
{
	FILE *file = fopen(testing_path(path), "rbe");

	if (!file)
		log_fatal("the tests need the file %s", testing_path(path));
	return read_all(file);
}

struct bytes
testing_data(const char *path)
{
	const char *folder = getenv("PORTREEVE_DATA");
	FILE *file;

	if (!folder)
		folder = TESTING_ROOT "/../shared/data";
	path = arena_printf(testing_arena(), "%s/%s", folder, path);
	file = fopen(path, "rbe");
	if (!file) {
		print_message("absent, so not tested with: %s\n", path);
		skip();
	}
	return read_all(file);
}
