/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef STORE_INVITATION_H
#define STORE_INVITATION_H

/*
 * Somebody who is to work in an organisation and has not come yet: what they will be
 * given. One for an address in an organisation. Of the link only its hash is kept.
 */

#include "store/work.h"

struct invitation {
	int64_t org, id;
	const char *email, *name; /* the address in its normal form */
	const char *roles;	  /* names, with blanks between */
	const char *teams;	  /* ids, with blanks between */
	bool letter;		  /* by a link; else an identity provider vouches */
	int64_t giver;		  /* the person who asks them in */
	int64_t created, sent, expires;
};

struct invitation_list {
	struct invitation *at;
	int count;
};

/* Writes a new one and sets its id; `token` is the link's, NULL without a letter. False
 * when the organisation has asked that address in already. */
bool invitation_insert(struct work *w, struct invitation *i, const char *token);

/* Those of an organisation by name, also those that are over; at most 500. */
void invitation_list(struct work *w, int64_t org, struct invitation_list *list);

/* DONE or MISSING. */
enum outcome invitation_get(
	struct work *w, int64_t org, int64_t id, struct invitation *i) must_check;

/* The one that a link opens now. DONE or MISSING. */
enum outcome invitation_find(
	struct work *w, const char *token, struct invitation *i) must_check;

/* The one that awaits this address there now. DONE or MISSING. */
enum outcome invitation_awaits(
	struct work *w, int64_t org, const char *email, struct invitation *i) must_check;

/* A new link, or another term, in the place of the old: i->sent and i->expires. */
void invitation_renew(struct work *w, const struct invitation *i, const char *token);

/* Takes it away: true once. */
bool invitation_take(struct work *w, const struct invitation *i);

/* The same, if that link still opens it. */
bool invitation_use(struct work *w, const struct invitation *i, const char *token);

#endif
