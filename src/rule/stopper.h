/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef RULE_STOPPER_H
#define RULE_STOPPER_H

/*
 * Why a report is not taken: because of an answer that was given, or of the place (see
 * resident.md section 5). Several are looked at in their order, the first that fits
 * counts.
 */

#include "rule/area.h"

enum stopper_kind {
	STOPPER_ANSWER,	 /* the answer to `field` is or holds `value` */
	STOPPER_INSIDE,	 /* the place lies in `area` */
	STOPPER_OUTSIDE, /* it lies elsewhere */
	STOPPER_KINDS
};

struct stopper {
	int64_t id;
	enum stopper_kind kind;
	const char *field, *value; /* of an answer; value "" : any */
	const char *area;	   /* as rule/area reads it */
	const char *words;	   /* what the sender is told */
	int64_t until;		   /* it ends then; 0: never */
};

/* "answer", "inside", "outside"; and back, STOPPER_KINDS when there is none. */
const char *stopper_kind_name(enum stopper_kind k);
enum stopper_kind stopper_kind_named(const char *name);

/* What somebody typed can be used: an answer has its field, an area can be read. */
bool stopper_is_whole(struct arena *a, const struct stopper *s);

/* `answer` is that to its field in its stored writing ("deep;wide"), NULL: none was
 * given; `place` is NULL where it is not a point. */
bool stopper_fits(struct arena *a, const struct stopper *s, const char *answer,
	const struct point *place, int64_t now);

#endif
