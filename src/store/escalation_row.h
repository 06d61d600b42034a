/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef STORE_ESCALATION_ROW_H
#define STORE_ESCALATION_ROW_H

/* Which steps of a clock have fired: once for (clock, cycle, step), by primary key,
 * however many nodes see at the same instant that it is due. Who is told is found here
 * too. */

#include "rule/promise.h"
#include "store/ticket.h"

struct escalation_row {
	const char *step; /* "percent 75", "offset -1800", "breach", "chase SEQ N" */
	int64_t due;
	bool late;
	int64_t seq; /* of the event that will say so */
};

/* True when this is the first to say so. */
bool escalation_row_insert(struct work *w, const struct ticket *t,
	const struct promise_state *s, const struct escalation_row *e);

/* Somebody of staff who is told. */
struct escalation_person {
	int64_t person;
	const char *name, *email, *language;
	int64_t calendar; /* of a team of theirs; 0: the organisation's */
};

struct escalation_people {
	struct escalation_person *at;
	int count;
};

/* A person of the organisation, or nobody. */
void escalation_row_person(
	struct work *w, int64_t org, int64_t person, struct escalation_people *people);

/* One person, or nobody. */
void escalation_row_assignee(
	struct work *w, const struct ticket *t, struct escalation_people *people);

/* Those with a role ("leader", "service-owner") who work in the ticket's team; when there
 * is none and `anywhere`, those of the organisation. */
void escalation_row_with_role(struct work *w, const struct ticket *t, const char *role,
	bool anywhere, struct escalation_people *people);

#endif
