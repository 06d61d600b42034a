/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef STORE_WEBHOOK_H
#define STORE_WEBHOOK_H

/* Subscriptions of other systems to what happens to the tickets of an organisation, the
 * messages to them (in the outbox) and each try to deliver one. */

#include "store/outbox.h"
#include "store/ticket.h"

struct webhook {
	int64_t org, id;
	const char *name, *url;
	const char *secret;   /* "whsec_" and base64; only where it is said to be read */
	const char *events;   /* kinds with blanks between; "" all */
	const char *services; /* codes; "" all */
	bool restricted, active;
	const char *reason; /* why it was switched off; "" */
	int64_t failing_since, created;
};

struct webhook_list {
	struct webhook *at;
	int count;
};

enum { WEBHOOK_MOST = 100 };

/* A new one with a new secret; sets id, secret, created. LIMITED when there are
 * WEBHOOK_MOST. */
enum outcome webhook_insert(struct work *w, struct webhook *h) must_check;

/* All of an organisation by name, without their secrets. */
void webhook_list(struct work *w, int64_t org, struct webhook_list *list);

/* DONE or MISSING. `secret` is read too. */
enum outcome webhook_get(
	struct work *w, int64_t org, int64_t id, struct webhook *h) must_check;

/* Writes name, url, events, services, restricted, active; being switched on forgets past
 * failures. */
void webhook_save(struct work *w, const struct webhook *h);

/* A new secret, in h->secret. */
void webhook_new_secret(struct work *w, struct webhook *h);

/* With its messages that wait; the log stays until it is swept. */
void webhook_delete(struct work *w, const struct webhook *h);

/* Puts a message for it into the outbox; returns the message's id. */
int64_t webhook_send(struct work *w, const struct webhook *h, int64_t ticket,
	const char *event, const char *body);

struct webhook_try {
	int64_t id, message, at, status, took;
	const char *event, *message_id, *answer, *state; /* waiting sent failed */
};

struct webhook_try_list {
	struct webhook_try *at;
	int count;
};

void webhook_note(struct work *w, const struct letter *l, const struct webhook_try *t);

/* The newest tries of one, at most `limit`; those before the id `before` unless 0. */
void webhook_tries(struct work *w, const struct webhook *h, int64_t before, int limit,
	struct webhook_try_list *list);

/* Sends a message once more, whatever became of it. DONE or MISSING. */
enum outcome webhook_replay(
	struct work *w, const struct webhook *h, int64_t message) must_check;

/* After a success and after a failure. True when that was one too many and it was
 * switched off now, for that reason. */
void webhook_worked(struct work *w, const struct webhook *h);
bool webhook_failed(struct work *w, const struct webhook *h, const char *gone);

/* Forgets tries and delivered messages older than 30 days. */
void webhook_sweep(struct work *w);

#endif
