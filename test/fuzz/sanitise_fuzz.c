/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "fuzz.h"

#include "format/sanitise.h"
#include "testing_inert.h"

#include <string.h>

/* Whatever goes in, what comes out is inert and is its own sanitised form. */
void
fuzz_one(struct arena *a, struct bytes in)
{
	struct sanitised s, again;

	if (!sanitise(a, in, &s))
		return;
	fuzz_require(testing_inert(s.html));
	fuzz_require(sanitise(a, bytes_of(s.html), &again));
	fuzz_require(strcmp(again.html, s.html) == 0);
}
