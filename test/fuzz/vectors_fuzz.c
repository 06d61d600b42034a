/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "fuzz.h"

#include "rule/vectors.h"

/* Every zone is London by the footer of its file. */
static const struct zone *
london(struct arena *a, const char *name, const char **problem)
{
	static const unsigned char file[] =
		"TZif2\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
		"\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\1\0\0\0\4"
		"\0\0\0\0\0\0GMT\0"
		"TZif2\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
		"\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\1\0\0\0\4"
		"\0\0\0\0\0\0GMT\0"
		"\nGMT0BST,M3.5.0/1,M10.5.0\n";

	return zone_parse(a, name, (struct bytes){file, sizeof file - 1}, problem);
}

/* Any table gets an answer for each of its lines, or is refused with a reason. */
void
fuzz_one(struct arena *a, struct bytes in)
{
	struct vectors_report r;
	const char *problem;

	if (vectors_check(a, in, london, &r, &problem) != DONE) {
		fuzz_require(problem != NULL);
		return;
	}
	fuzz_require(r.n > 0 && r.wrong <= r.n);
	for (size_t i = 0; i < r.n; i++)
		fuzz_require(r.rows[i].computed && r.rows[i].expected);
}
