/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef STORE_TICKET_H
#define STORE_TICKET_H

/*
 * What we owe someone. Every read takes a scope: what it does not cover is MISSING.
 *
 * A ticket is changed like this: ticket_hold (which raises the version and so keeps
 * others out until the commit), change the struct, add events, ticket_save.
 */

#include "store/work.h"

struct promise_set;

enum ticket_status {
	TICKET_NEW,
	TICKET_OPEN,
	TICKET_WAITING,
	TICKET_RESOLVED,
	TICKET_CLOSED,
	TICKET_CANCELLED,
	TICKET_STATUS_COUNT
};

struct ticket {
	int64_t org, id;
	const char *reference; /* as rule/reference writes it: 7KM-39Q-XAT */
	const char *kind;
	const char *service; /* code */
	int64_t form_version;
	const char *subject;
	enum ticket_status status;
	int64_t priority, impact, urgency; /* 1 highest; 0 not said */
	int64_t team, assignee, customer;  /* ids; 0: nobody */
	bool restricted;
	const char *channel;
	const char *place;
	const char *waiting_for; /* reason key while waiting, else "" */
	int64_t created, updated;
	int64_t solved, closed; /* 0: not */
	int64_t due;		/* place in a work list: see promise_sort */
	int64_t handovers, reopened;
	int64_t events; /* seq of the newest event */
	int64_t version;

	/* Its clocks, see store/kept_clock: as they are stored (NULL: not read along)
	 * and, once somebody moves them on, as they are now. */
	const char *kept;
	int64_t next_at; /* when they want attention; TIMES_NONE; 0: all of them, at once
			  */
	struct promise_set *clocks;
	bool history; /* it is being imported: nobody is told, nothing is sent */

	/* What the reader's scope hides (see store/hiding); bits of enum detail. What is
	 * hidden reads as "". */
	unsigned hidden;
	bool sealed;	   /* restricted: shown once a reason is given */
	int64_t agreement; /* the one that shows it; 0: a role does */

	/* Read along; not saved. */
	const char *service_name, *team_name, *assignee_name, *customer_name;
	bool push;	       /* the desk assigns the tickets of its team */
	const char *team_kind; /* desk resolver supplier partner */
	const char *category;  /* of its service */
};

static inline bool
ticket_shows(const struct ticket *t, enum detail d)
{
	return !(t->hidden >> d & 1);
}

/* "new", "open", ... and back; TICKET_STATUS_COUNT when there is none. */
const char *ticket_status_name(enum ticket_status s);
enum ticket_status ticket_status_named(const char *name);

/* Something is owed: new, open or waiting. */
bool ticket_is_open(enum ticket_status s);

/* By reference (as rule/reference writes it) or by id, without what the scope hides. DONE
 * or MISSING. */
enum outcome ticket_find(struct work *w, const struct scope *s, const char *reference,
	struct ticket *t) must_check;
enum outcome ticket_get(
	struct work *w, const struct scope *s, int64_t id, struct ticket *t) must_check;

/*
 * Takes the ticket for writing: over all of it the actor needs `r`. `version` is the one
 * the change was based on, or 0 to take whatever is there. DONE, MISSING (not even seen),
 * DENIED (seen, but the right is lacking, or sealed), CONFLICT (another version; *t holds
 * it). A ticket that is held is whole: show it only after another ticket_find.
 */
enum outcome ticket_hold(struct work *w, int64_t org, const char *reference, enum right r,
	int64_t version, struct ticket *t) must_check;

/* Has the actor that right over a ticket they see? */
bool ticket_may(struct work *w, const struct ticket *t, enum right r);

/* As ticket_hold, for the house itself (intake joining a follow-up, jobs). */
enum outcome ticket_hold_for_house(
	struct work *w, int64_t org, int64_t id, struct ticket *t) must_check;

/* As ticket_hold_for_house, for what changes nothing that somebody may be deciding on (a
 * notice that time is short): the version stays. */
enum outcome ticket_hold_as_it_is(
	struct work *w, int64_t org, int64_t id, struct ticket *t) must_check;

/* As ticket_hold, for somebody who has proved that the ticket is theirs (tracking). */
enum outcome ticket_hold_proved(
	struct work *w, int64_t org, int64_t id, struct ticket *t) must_check;

/* Begins a new ticket: sets version, a reference that is free and, when it is 0, id.
 * Nothing is written yet. */
void ticket_begin(struct work *w, struct ticket *t);

/* Writes a ticket that was begun, with its clocks. */
void ticket_insert(struct work *w, struct ticket *t);

/* Writes back a held ticket, and its clocks where somebody moved them on. */
void ticket_save(struct work *w, struct ticket *t);

/* The same, wherever the actor may see it: in the organisation where they work, in
 * others where they have a role, and in those that share something with it. */
enum outcome ticket_reach(
	struct work *w, const char *reference, struct ticket *t) must_check;

#endif
