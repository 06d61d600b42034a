/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef RULE_TABLE_H
#define RULE_TABLE_H

/*
 * Ordered tables (clock.md sections 7 and 8). A row matches when every condition it
 * states holds. In priority, route, target and leg the first that matches decides: the
 * order settles overlap, never a name. In escalation every row that matches applies.
 *
 *	priority    how urgent it is
 *	route       which team gets it
 *	target      what the customer is promised: response and resolution
 *	leg         what a team (operational agreement) or a supplier (contract) promises,
 *		    from the hand-over of work to them; the condition `team` is that team
 *	escalation  who is told when so much of a clock's target is used up
 *	status      which status of a ticket may follow which: see rule/status_rule
 *	field       who may change or read which part of a ticket: see rule/field_rule
 */

#include "base/bytes.h"
#include "rule/clock_unit.h"

enum { TABLE_ANY = -1 };

struct table_row {
	int64_t position; /* from 1 */

	/* Conditions: NULL or TABLE_ANY match anything. */
	const char *service, *category, *channel;
	const char *words; /* a word or phrase, without regard to case */
	int64_t priority, impact, urgency, vip, vulnerable;
	int64_t team;	   /* leg, escalation: with whom the work is; 0 too: any */
	const char *clock; /* escalation: response resolution update team supplier */
	/* status: the ticket's kind, the status it has, and the one it shall have */
	const char *kind, *from_status, *to_status;
	/* field: what is changed or read, and by whom; from_status is what it has */
	const char *field, *role;

	/* What it gives; which are read depends on the table. */
	int64_t set_priority; /* table priority */
	int64_t set_team;     /* table route: team id */
	int64_t response;     /* table target, in its unit; 0: no such clock */
	enum clock_unit response_unit;
	int64_t resolution;   /* tables target, leg; 0: none */
	int64_t extended;     /* target: what it may be once extended to; 0: nothing */
	enum clock_unit unit; /* of both;  escalation: of the amount */
	int64_t calendar;     /* tables target, leg: calendar id */
	/* target, leg: what becomes of a clock whose target changes to this one. */
	enum table_mode { TABLE_CARRY, TABLE_FROM_START, TABLE_RESTART } mode;
	bool midnight; /* target, leg: a due working day ends at midnight, not at closing;
			* one of months or days always does */
	bool no_pause; /* target, leg: statutory; waiting does not stop it */

	/* Table escalation: a step stands at a share of the target, or so many seconds or
	 * days, as the unit says, after it (negative: before it). */
	enum table_threshold { TABLE_PERCENT, TABLE_OFFSET } threshold;
	int64_t amount;
	unsigned notify; /* TABLE_NOTIFY_... together */
	bool any_hour;	 /* the notice does not wait for working hours */

	bool over_hand; /* priority, route: also over what was set by hand */

	/* status, field: what it takes; or that it may not be at all */
	bool refused;
	const char *needs_right; /* a word of rule/access; "" or NULL: none */
	unsigned demands;	 /* TABLE_DEMANDS_... together */

	const char *note; /* why, in the words of who wrote it */
};

enum {
	TABLE_NOTIFY_ASSIGNEE = 1,
	TABLE_NOTIFY_LEADER = 2, /* of the team it is with */
	TABLE_NOTIFY_OWNER = 4,	 /* of the service */
};

/* What must be there before a status changes. */
enum {
	TABLE_DEMANDS_WORDS = 1,    /* somebody says why, or what was done */
	TABLE_DEMANDS_ASSIGNEE = 2, /* a person has it */
	TABLE_DEMANDS_CUSTOMER = 4, /* it is known whose it is */
	TABLE_DEMANDS_PLACE = 8,
};

/* "carry", "from_start", "restart"; "percent", "offset". */
const char *table_mode_name(enum table_mode m);
const char *table_threshold_name(enum table_threshold t);

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
	int64_t team;				    /* tables leg, escalation */
	const char *clock;			    /* table escalation */
	const char *kind, *from_status, *to_status; /* table status */
	const char *field, *role;		    /* table field */
};

/* The first row that matches, or NULL. */
const struct table_row *table_match(const struct table *t, const struct table_facts *f);

/* The next row that matches after `after` (NULL: from the beginning), or NULL. */
const struct table_row *table_next(const struct table *t, const struct table_facts *f,
	const struct table_row *after);

/* The same among the rows that stand over what a person set by hand. */
const struct table_row *table_match_over_hand(
	const struct table *t, const struct table_facts *f);

/* Does the phrase stand in the text as whole words, without regard to ASCII case? */
bool table_has_words(const char *text, const char *phrase);

#endif
