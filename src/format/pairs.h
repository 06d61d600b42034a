/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FORMAT_PAIRS_H
#define FORMAT_PAIRS_H

/*
 * Names with values in the order they came, repeats kept: the fields of a form, a
 * query, cookies, headers. Both are text and live in the arena of whoever made them.
 */

struct pair {
	const char *name;
	const char *value;
};

struct pairs {
	struct pair *at;
	int count;
};

struct arena;

/* The first value of that name, or NULL. */
const char *pairs_get(const struct pairs *p, const char *name);

/* Adds one behind the others; grows in the arena. The texts are not copied. */
void pairs_add(struct arena *a, struct pairs *p, const char *name, const char *value);
void pairs_add_int(struct arena *a, struct pairs *p, const char *name, long long value);

#endif
