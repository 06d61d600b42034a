/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef STORE_PUBLICATION_H
#define STORE_PUBLICATION_H

/*
 * What everybody may know of: tickets of services marked for Open311, and what was told
 * about them. No scope is needed to read these, for here stands nothing of a person:
 * restricted tickets, other services and withdrawn ones are MISSING. Times are those of
 * publication (open311.md O33): a reader who asks for adjoining periods misses nothing.
 */

#include "store/ticket.h"

/* How a service is offered. */
struct offer {
	const char *code, *name, *description, *category, *keywords, *type, *stopper;
	int64_t form_version;
	const char *state; /* live ended */
	const char *geo;
	bool words, photos, moderate;
};

struct offer_list {
	struct offer *at;
	int count;
};

/* Services marked for Open311 by code: live ones, and those that have ended. */
void publication_offers(struct work *w, int64_t org, struct offer_list *list);
enum outcome publication_offer(
	struct work *w, int64_t org, const char *code, struct offer *o) must_check;

/* Changes how a service is offered. MISSING when it is not marked for Open311. */
enum outcome publication_save_offer(
	struct work *w, int64_t org, const struct offer *o) must_check;

/* Marks a live service for Open311, or no longer. */
void publication_mark(struct work *w, int64_t org, const char *code, bool offered);

/* When the services changed last; 0: never. */
int64_t publication_changed(struct work *w, int64_t org);

struct publication {
	int64_t org, ticket;
	const char *reference, *service, *service_name, *status; /* ours: "new", ... */
	const char *agency;					 /* the team */
	const char *told; /* the Open311 status told last */
	const char *words, *place, *channel, *geo;
	int64_t photo; /* the first one that may be seen; 0: none */
	bool open;
	int64_t requested, updated, due; /* due 0: none */
};

struct publication_list {
	struct publication *at;
	int count;
};

/* Publishes a ticket from now on; `photos`: with the photographs of the report. `token`
 * may be NULL. */
void publication_insert(struct work *w, const struct ticket *t, const char *words,
	bool photos, const char *token);

/* The status told last, or NULL when the ticket is not published. */
const char *publication_told(struct work *w, const struct ticket *t);

/* Tells something about a published ticket: `status` is what the update says, `then` what
 * it is from now on. */
void publication_tell(struct work *w, const struct ticket *t, int64_t seq,
	const char *status, const char *then);

/* How a ticket is published, for who may change that. DONE or MISSING. */
struct publication_state_now {
	bool hidden, photos;
	const char *words;
};
enum outcome publication_now(struct work *w, const struct ticket *t,
	struct publication_state_now *now) must_check;

/* A photograph that everybody may see: JPEG, PNG, GIF or WebP, and one the customer may
 * see too. It is given out bare (format/picture). */
struct publication_photo {
	int64_t id, seq; /* of the attachment, and of the event it came with */
	const char *type;
	bool shown;
};

struct publication_photo_list {
	struct publication_photo *at;
	int count;
};

/* All that could be shown of a ticket, and whether they are; at most 200. */
void publication_photos(
	struct work *w, int64_t org, int64_t ticket, struct publication_photo_list *list);

/* Shows one or no longer does. */
void publication_show_photo(
	struct work *w, const struct ticket *t, int64_t attachment, bool shown);

/* Withdraws or shows again, and says which words may be read; NULL: as they are. MISSING
 * when it was never published. */
enum outcome publication_change(struct work *w, const struct ticket *t, bool hidden,
	const char *words) must_check;

/* DONE or MISSING. */
enum outcome publication_find(struct work *w, int64_t org, const char *reference,
	struct publication *p) must_check;
enum outcome publication_by_token(
	struct work *w, int64_t org, const char *token, struct publication *p) must_check;

enum publication_state { PUBLICATION_ANY, PUBLICATION_OPEN, PUBLICATION_CLOSED };

struct publication_query {
	int64_t org, from, to; /* both inclusive */
	enum publication_state state;
	const char *service;  /* NULL: any */
	const char *services; /* ",A,B,": any of these; NULL: any */
	int skip, limit;
};

/* By the time of publication, newest first, then by id. */
void publication_query(
	struct work *w, const struct publication_query *q, struct publication_list *list);

struct publication_update {
	int64_t id, at;
	const char *reference, *status;
	const char *kind, *body; /* of the event: for who may read it */
	int64_t photo;		 /* a shown one that came with it; 0: none */
};

struct publication_update_list {
	struct publication_update *at;
	int count;
};

/* In a period, both ends inclusive, by time; at most `limit`. */
void publication_updates(struct work *w, int64_t org, int64_t from, int64_t to, int limit,
	struct publication_update_list *list);

/* Of one published ticket. */
void publication_updates_of(struct work *w, const struct publication *p,
	struct publication_update_list *list);

/* An update that a client posted. The answer given the first time, or NULL; and noting a
 * new one: CONFLICT when it is there. The caller is that of the work. */
const char *publication_answered(struct work *w, const char *update_id);
enum outcome publication_answer(struct work *w, const struct ticket *t,
	const char *update_id, const char *answer) must_check;

/* The same report may come twice without a key. `what` is a digest of it: the reference
 * of the ticket it made after `since`, or NULL: then it is this transaction's to make one
 * and to say which. Whoever brings the same meanwhile waits for the end of it. */
const char *publication_recent(
	struct work *w, int64_t org, const char *what, int64_t since);
void publication_made(struct work *w, int64_t org, const char *what, int64_t ticket);

/* Forgets reports that came before. */
void publication_sweep(struct work *w, int64_t before);

#endif
