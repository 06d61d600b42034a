/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "fuzz.h"

#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const unsigned char *at, size_t len);

int
LLVMFuzzerTestOneInput(const unsigned char *at, size_t len)
{
	static struct arena *arena;

	if (!arena)
		arena = arena_new();
	fuzz_one(arena, (struct bytes){at, len});
	arena_reset(arena);
	return 0;
}

int
fuzz_take(struct bytes *in, int most)
{
	return in->len > 0 ? in->at[--in->len] % (most + 1) : 0;
}

struct bytes
fuzz_chunk(struct arena *a, struct bytes *in, unsigned *dice)
{
	struct bytes chunk;
	size_t n;

	/* Small sizes are likely, so that every seam is tried. */
	*dice = *dice * 1103515245u + 12345u;
	n = 1 + (*dice >> 16) % (1u << (*dice >> 28) % 8);
	n = n < in->len ? n : in->len;
	chunk = (struct bytes){(unsigned char *)arena_text(a, in->at, n), n};
	in->at += n;
	in->len -= n;
	return chunk;
}

void
fuzz_broken(const char *condition, const char *file, int line)
{
	fprintf(stderr, "%s:%d: not so: %s\n", file, line, condition);
	abort();
}
