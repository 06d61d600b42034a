/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "fuzz.h"

#include "rule/reference.h"

#include <string.h>

void
fuzz_one(struct arena *a, struct bytes in)
{
	const char *text = bytes_text(a, in);
	char out[REFERENCE_ROOM], again[REFERENCE_ROOM];
	uint64_t random = 0;

	for (size_t i = 0; i < in.len && i < sizeof random; i++)
		random = random << 8 | in.at[i];
	reference_write(random, out);
	fuzz_require(reference_read(out, again) == REFERENCE_READ);
	fuzz_require(strcmp(out, again) == 0);

	if (!text || reference_read(text, out) != REFERENCE_READ)
		return;
	fuzz_require(strlen(out) == REFERENCE_ROOM - 1);
	fuzz_require(reference_read(out, again) == REFERENCE_READ);
	fuzz_require(strcmp(out, again) == 0);
}
