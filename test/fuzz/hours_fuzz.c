/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "fuzz.h"

#include "rule/hours.h"

#include <string.h>

/* What is read as hours is written in one spelling, which says the same again. */
void
fuzz_one(struct arena *a, struct bytes in)
{
	const char *definition = bytes_text(a, in), *text;
	struct hours_problem problem;
	const struct hours *h, *again;

	if (!definition)
		return;
	h = hours_parse(a, definition, &problem);
	fuzz_require(!h == !!problem.what);
	if (!h)
		return;
	text = hours_text(a, h);
	again = hours_parse(a, text, &problem);
	fuzz_require(again != NULL);
	fuzz_require(strcmp(hours_text(a, again), text) == 0);
	for (int64_t date = 20000; date < 20400; date++)
		fuzz_require(hours_on(h, date).n == hours_on(again, date).n);
}
