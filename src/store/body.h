/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef STORE_BODY_H
#define STORE_BODY_H

/* Other bodies whose Open311 endpoint takes tickets of ours (open311.md section 5): what
 * stands with a team of ours that stands for them is sent there, and their updates are
 * pulled. */

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
	bool active;
	int64_t pulled, next_pull, listed;
	const char *alarm;
};

struct body_list {
	struct body *at;
	int count;
};

enum { BODY_MOST = 100 };

/* Sets id. */
void body_insert(struct work *w, struct body *b);
void body_delete(struct work *w, const struct body *b);

/* All of an organisation; org 0: of all. Without keys. */
void body_list(struct work *w, int64_t org, struct body_list *list);

/* With its key. DONE or MISSING. */
enum outcome body_get(struct work *w, int64_t org, int64_t id, struct body *b) must_check;

/* The one that a team stands for and that takes a service. DONE or MISSING. */
enum outcome body_of_team(
	struct work *w, const struct ticket *t, struct body *b) must_check;

/* Puts the ticket into the outbox for it, once for ever. */
void body_send(struct work *w, const struct body *b, const struct ticket *t);

/* What they answered: their id, or a token to ask for it with. */
void body_sent(struct work *w, const struct body *b, int64_t ticket, const char *theirs,
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

struct body_update {
	const char *id, *theirs, *status, *words;
	int64_t at;
};

/* Notes an update; false when it is known. */
bool body_note(struct work *w, const struct body *b, const struct body_update *u,
	int64_t ticket);

/* After a round: up to when updates were pulled, when to come again, how many services
 * their list had (0: not asked), what was wrong. */
void body_pulled(struct work *w, const struct body *b);

#endif
