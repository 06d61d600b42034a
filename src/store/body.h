/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef STORE_BODY_H
#define STORE_BODY_H

/* Other bodies that speak Open311 (open311.md section 5): what stands with a team of ours
 * that stands for them is sent there, their updates are pulled, and, where that is
 * wanted, their requests too. */

#include "format/pairs.h"
#include "store/outbox.h"
#include "store/ticket.h"

struct body {
	int64_t org, id;
	const char *name, *url; /* url ends with '/' */
	const char *key;	/* NULL where it is not said to be read */
	const char *jurisdiction;
	int64_t team;
	struct pairs services; /* our code, theirs */
	struct pairs statuses; /* theirs, in small letters; note resolve reopen ignore */
	bool requests;	       /* theirs become tickets of ours */
	bool updates;	       /* they hear what we do about requests that they know */
	const char *area;      /* rule/area: where; "" anywhere */
	bool active;
	const char *format; /* "xml", "json"; "" : not known yet */
	int64_t skew;	    /* seconds that their clock is before ours */
	int64_t looked, pulled, next_pull, failures, listed;
	const char *alarm; /* "" : all is well */
	int64_t alarm_since;
};

struct body_list {
	struct body *at;
	int count;
};

enum { BODY_MOST = 100 };

/* Sets id. */
void body_insert(struct work *w, struct body *b);

/* What people decide about it; the key only when it is not NULL. With another address it
 * is looked at anew. */
void body_save(struct work *w, const struct body *b);

/* With what waits for it and all that was noted, but for what was sent. */
void body_delete(struct work *w, const struct body *b);

/* All of an organisation, without keys. */
void body_list(struct work *w, int64_t org, struct body_list *list);

/* With its key. DONE or MISSING. */
enum outcome body_get(struct work *w, int64_t org, int64_t id, struct body *b) must_check;

/* How many of an organisation have an alarm. */
int64_t body_alarms(struct work *w, int64_t org);

/* The one that a team stands for and that takes a service. DONE or MISSING. */
enum outcome body_of_team(
	struct work *w, const struct ticket *t, struct body *b) must_check;

/* --- tickets of ours ---------------------------------------------------------------- */

/* Puts the ticket into the outbox for it, once for ever. */
void body_send(struct work *w, const struct body *b, const struct ticket *t);

/* What they answered: their id, or a token to ask for it with. False when the id was
 * known before. */
bool body_sent(struct work *w, const struct body *b, int64_t ticket, const char *theirs,
	const char *token);

struct body_waiting {
	int64_t ticket;
	const char *token;
};

struct body_waiting_list {
	struct body_waiting *at;
	int count;
};

/* Tickets of which only a token is known; at most BODY_MOST. */
void body_waiting(struct work *w, const struct body *b, struct body_waiting_list *list);

/* The ticket that was sent under an id of theirs; 0: none. */
int64_t body_ticket(struct work *w, const struct body *b, const char *theirs);

/* What is on its way or was given up: for a page. The newest, at most BODY_MOST. */
struct body_parcel {
	int64_t id; /* in the outbox */
	int64_t ticket;
	bool update; /* what we did about it; else the request itself */
	const char *reference, *state, *error;
	const char *status; /* of an update; else "" */
	const char *theirs; /* "" : not known */
	int64_t created, attempts;
};

struct body_parcel_list {
	struct body_parcel *at;
	int count;
};

void body_parcels(struct work *w, const struct body *b, struct body_parcel_list *list);

/* Its time is now, and what was given up leaves once more. */
void body_again(struct work *w, const struct body *b);

/* --- their updates ------------------------------------------------------------------ */

struct body_update {
	const char *id, *theirs, *status, *words;
	int64_t at, ticket; /* ticket 0: about an id that we do not know */
};

struct body_update_list {
	struct body_update *at;
	int count;
};

/* Notes an update; false when it is known. */
bool body_note(struct work *w, const struct body *b, const struct body_update *u,
	int64_t ticket);

/* The time of the newest noted update about an id of theirs; 0: none. */
int64_t body_latest(struct work *w, const struct body *b, const char *theirs);

/* Updates that came before we knew the id: they belong to the ticket from now on. */
void body_claim(struct work *w, const struct body *b, const char *theirs, int64_t ticket,
	struct body_update_list *list);

/* The newest about ids that we do not know, at most BODY_MOST. */
void body_strays(struct work *w, const struct body *b, struct body_update_list *list);

/* --- their requests ----------------------------------------------------------------- */

/* Notes one of theirs for the first time; false when it is known. */
bool body_bring(struct work *w, const struct body *b, const char *theirs);

/* It became this ticket; or with 0 none, why: incomplete service area ours closed
 * refused. */
void body_brought(struct work *w, const struct body *b, const char *theirs,
	int64_t ticket, const char *ignored);

/* Did they bring us this ticket themselves? */
bool body_is_theirs(struct work *w, const struct body *b, const struct ticket *t);

struct body_request {
	const char *theirs, *reference, *ignored; /* reference "" : ignored */
	int64_t at;
};

struct body_request_list {
	struct body_request *at;
	int count;
};

void body_requests(struct work *w, const struct body *b, struct body_request_list *list);

/* --- rounds ------------------------------------------------------------------------- */

/* Takes those whose time it is, with their keys, and hides them from other takers for
 * `lease` seconds. */
void body_take(struct work *w, int limit, int64_t lease, struct body_list *list);

/* Is there one? */
bool body_due(struct work *w);

/* After a round: format, skew, looked, listed, pulled, next_pull, failures, alarm. */
void body_pulled(struct work *w, const struct body *b);

/* One exchange has ended, well when `problem` is NULL. */
void body_exchanged(
	struct work *w, const struct body *b, const char *what, const char *problem);

struct body_exchange {
	const char *what, *problem;
	int64_t at, good, failures;
};

struct body_exchange_list {
	struct body_exchange *at;
	int count;
};

void body_exchanges(
	struct work *w, const struct body *b, struct body_exchange_list *list);

/* What they ask about a service of theirs: codes with blanks between. */
void body_define(
	struct work *w, const struct body *b, const char *code, const char *attributes);

/* The same, "" for a service that asks nothing; NULL: not known. */
const char *body_definition(struct work *w, const struct body *b, const char *code);

#endif
