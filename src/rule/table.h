/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef RULE_TABLE_H
#define RULE_TABLE_H

/*
 * Ordered first-match tables: priority, route and target (clock.md section 8). A row
 * matches when every condition it states holds; the first that matches decides. The
 * order settles overlap, never a name.
 */

#include "base/bytes.h"

enum { TABLE_ANY = -1 };

struct table_row {
	int64_t position; /* from 1 */

	/* Conditions: NULL or TABLE_ANY match anything. */
	const char *service, *category, *channel;
	const char *words; /* a word or phrase, without regard to case */
	int64_t priority, impact, urgency, vip, vulnerable;

	/* What it gives; which are read depends on the table. */
	int64_t set_priority; /* table priority */
	int64_t set_team;     /* table route: team id */
	int64_t response;     /* table target: seconds; 0: no such clock */
	int64_t resolution;   /* table target: seconds or working days; 0: none */
	bool working_days;    /* the unit of resolution */
	int64_t calendar;     /* table target: calendar id */
	const char *note;     /* why, in the words of who wrote it */
};

struct table {
	int64_t version;
	const struct table_row *rows;
	int count;
};

/* What a decision saw. */
struct table_facts {
	const char *service, *category, *channel;
	const char *text;		   /* subject and words together */
	int64_t priority, impact, urgency; /* 0: not said */
	bool vip, vulnerable;
};

/* The first row that matches, or NULL. */
const struct table_row *table_match(const struct table *t, const struct table_facts *f);

/* Does the phrase stand in the text as whole words, without regard to ASCII case? */
bool table_has_words(const char *text, const char *phrase);

#endif
