/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef APP_DEMO_CAST_H
#define APP_DEMO_CAST_H

/* Who plays in the demonstration: seed/staff.csv. */

#include "app/errand.h"

enum { DEMO_SOUTHMERE = 1, DEMO_ICT = 2 };

struct demo_member {
	int64_t org;
	const char *key; /* "analyst", "priya": unique in the organisation */
	const char *name, *email, *body, *phone;
	const char *teams; /* names joined by ';' */
	enum role role;
	bool account, vip;
	int64_t person; /* set by demo_cast_write */
};

struct demo_cast {
	struct demo_member *at;
	int count;
};

/* Reads the seed file; false when it is not right. */
bool demo_cast_read(struct arena *a, struct demo_cast *cast);

/* People, roles and teams, where they are not there yet. */
void demo_cast_write(struct work *w, struct demo_cast *cast);

/* NULL when there is nobody of that key. */
const struct demo_member *demo_cast_find(
	const struct demo_cast *cast, int64_t org, const char *key);

/* 1 or 2 for "southmere" and "ict"; 0 for anything else. */
int64_t demo_cast_org(const char *code);

#endif
