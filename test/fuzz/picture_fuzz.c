/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "fuzz.h"

#include "format/picture.h"

#include <string.h>

enum { MOST_MORE = 36 };

void
fuzz_one(struct arena *a, struct bytes in)
{
	struct bytes out = picture_bare(a, in), again;

	fuzz_require(out.len <= in.len + MOST_MORE);
	if (out.len == 0)
		return;
	again = picture_bare(a, out);
	fuzz_require(again.len == out.len && memcmp(again.at, out.at, out.len) == 0);
}
