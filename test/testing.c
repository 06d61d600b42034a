/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "testing.h"

#include "base/buffer.h"

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

struct bytes
testing_data(const char *path)
{
	const char *folder = getenv("PORTREEVE_DATA");
	struct buffer b = buffer_in(testing_arena(), 0);
	FILE *file;
	size_t n;

	if (!folder)
		folder = TESTING_ROOT "/../shared/data";
	path = arena_printf(testing_arena(), "%s/%s", folder, path);
	file = fopen(path, "rb");
	if (!file) {
		print_message("absent, so not tested with: %s\n", path);
		skip();
	}
	while ((n = fread(buffer_room(&b, 65536), 1, 65536, file)) > 0)
		b.len += n;
	fclose(file);
	return buffer_bytes(&b);
}
