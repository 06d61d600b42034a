/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef STORE_OUTBOX_H
#define STORE_OUTBOX_H

/* Letters that must leave, written in the transaction of their cause and sent after it
 * by app/post. One cause has one Message-ID: sending twice is seen by the receiver. */

#include "store/work.h"

struct letter {
	int64_t org, id;
	const char *kind; /* email text letter; webhook open311 open311-update: below */
	int64_t ticket;	  /* 0: about none */
	const char *recipient, *sender, *subject, *body;
	const char *message_id, *in_reply_to; /* without the angle brackets */
	bool automatic; /* no person wrote it: says so, and is never answered */
	const char
		*about; /* what it depends on, for desk/outdated; NULL or "": nothing */
	int64_t attempts, created;
	int64_t not_before; /* when it may leave; 0: at once. Counts as created then */
};

/* Writes a letter; sets id, created, and message_id when it is NULL. A second letter with
 * the same message_id is not written. */
void outbox_insert(struct work *w, struct letter *l);

struct letter_list {
	struct letter *at;
	int count;
};

/* Takes up to `limit` letters that are due and hides them from other takers for
 * `lease` seconds; when no verdict follows they are due again. */
void outbox_take(struct work *w, int limit, int64_t lease, struct letter_list *list);

/* The same for messages to other systems: kind webhook or open311. Their recipient is an
 * id, their body JSON. */
void outbox_take_messages(struct work *w, const char *kind, int limit, int64_t lease,
	struct letter_list *list);
bool outbox_message_due(struct work *w, const char *kind);

/* The same in order: of those to one recipient about one ticket only the oldest that has
 * not left, and none while one of the kind `first` about it has not. */
void outbox_take_ordered(struct work *w, const char *kind, const char *first, int limit,
	int64_t lease, struct letter_list *list);
bool outbox_ordered_due(struct work *w, const char *kind, const char *first);

/* Does it go to somebody who works here? */
bool outbox_to_staff(struct work *w, const struct letter *l);

void outbox_sent(struct work *w, const struct letter *l);

/* A failure that may pass: tried again after a growing delay, for two days. */
void outbox_failed(struct work *w, const struct letter *l, const char *error);

/* A refusal that will not pass: kept as failed, shown on the ticket. */
void outbox_refused(struct work *w, const struct letter *l, const char *error);

/* It need not leave any more: kept, with why. */
void outbox_dropped(struct work *w, const struct letter *l, const char *why);

/* Is there a letter that is due? Cheap: asked before taking. */
bool outbox_due(struct work *w);

/* For who runs the desk: how many letters of an organisation wait and how many were given
 * up, and the newest of the latter, with why. */
struct outbox_failure {
	int64_t id, created, attempts;
	const char *recipient, *error;
};

struct outbox_state {
	int64_t waiting, failed;
	struct outbox_failure *at;
	int count;
};

void outbox_state(struct work *w, int64_t org, int limit, struct outbox_state *state);

/* Sends a letter that was given up once more, from the beginning. DONE, or MISSING when
 * no such letter of the organisation was given up. */
enum outcome outbox_retry(struct work *w, int64_t org, int64_t id) must_check;

/* What waits for a ticket counts as sent when it was written: for the demonstration,
 * whose story is told and not mailed. */
void outbox_settle(struct work *w, int64_t org, int64_t ticket);

/* For /metrics and `check`. */
int64_t outbox_waiting(struct work *w);

#endif
