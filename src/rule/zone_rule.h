/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef RULE_ZONE_RULE_H
#define RULE_ZONE_RULE_H

/*
 * The rule in the footer of a TZif file: how clocks are changed in every year after the
 * last change the file lists. It is the TZ text of POSIX with the extension of RFC 9636
 * (hours from -167 to 167): "GMT0BST,M3.5.0/1,M10.5.0".
 */

#include "rule/zone.h"

enum { ZONE_RULE_NAME = 16 };

struct zone_rule_day {
	enum {
		ZONE_RULE_WEEKDAY, /* Mm.w.d: w-th weekday d of month m; w = 5: the last
				    */
		ZONE_RULE_JULIAN,  /* Jn: day 1..365, 29 February never counted */
		ZONE_RULE_ORDINAL, /* n: day 0..365, 29 February counted */
	} form;
	int month, week, day; /* weekday 0 Sunday .. 6 Saturday */
	int32_t time;	      /* seconds of wall time after that day's midnight */
};

struct zone_rule {
	char name[ZONE_RULE_NAME];
	int32_t offset; /* of standard time, seconds east of UTC */
	bool changes;	/* false: standard time all the year; the rest is unused */
	char summer_name[ZONE_RULE_NAME];
	int32_t summer_offset;
	struct zone_rule_day begins, ends; /* of summer time */
};

/* Reads a rule; false when the text is not one. */
bool zone_rule_parse(struct bytes text, struct zone_rule *r) must_check;

/* The span by this rule that holds an instant before the year 10000. Its name is the
 * rule's own memory. */
struct zone_span zone_rule_span(const struct zone_rule *r, int64_t instant);

#endif
