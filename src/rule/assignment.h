/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef RULE_ASSIGNMENT_H
#define RULE_ASSIGNMENT_H

/*
 * Who gets a ticket when the desk assigns (clock.md section 8). Eligible is who is on
 * shift, present, licensed for the organisation, has every skill asked for at its level,
 * and carries less than their cap. Of these the one with the least load for their
 * capacity is chosen, then the one who has had no new work for longest, then the lowest
 * id. The same input gives the same answer, in whatever order the candidates stand.
 */

#include "base/bytes.h"

/* Why somebody cannot take it: bits, for there may be several reasons. */
enum assignment_bar {
	ASSIGNMENT_OFF_SHIFT = 1,
	ASSIGNMENT_NOT_PRESENT = 2,
	ASSIGNMENT_NOT_LICENSED = 4,
	ASSIGNMENT_NOT_SKILLED = 8,
	ASSIGNMENT_FULL = 16,
};
enum { ASSIGNMENT_BARS = 5 };

/* "shift", "presence", "licence", "skill", "load": the nth reason, from 0. */
const char *assignment_bar_name(int nth);

/* A skill at a level (1 to 3): had, or asked for. */
struct assignment_skill {
	int64_t skill, level;
};

struct assignment_skills {
	const struct assignment_skill *at;
	int count;
};

struct assignment_candidate {
	int64_t person;
	bool on_shift, present, licensed;
	struct assignment_skills has;
	int64_t load;	  /* sizes of the open tickets they hold; 0 .. 2^31 */
	int64_t cap;	  /* no more is given from this load on */
	int64_t capacity; /* how much they can work, 100: full time; 1 .. 2^31 */
	int64_t given;	  /* when they were last given work, UTC seconds; 0: never */
	int bars;	  /* out: reasons against them, 0: eligible */
};

struct assignment_question {
	struct assignment_skills needs;
	int64_t last; /* who handled it before it was reopened, preferred if eligible; 0
		       */
};

/* Sets the bars of every candidate; the index of the one who gets it, or -1. */
int assignment_choose(const struct assignment_question *q,
	struct assignment_candidate *candidates, int count);

#endif
