/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef STORE_SESSION_H
#define STORE_SESSION_H

/* Sessions in the database, by the hash of their cookie: they survive a restart and any
 * node knows them. A session is anonymous until somebody signs in; signing in makes a
 * new one (no fixation). */

#include "store/work.h"

enum {
	SESSION_ANONYMOUS = 30 * 86400,
	SESSION_SIGNED_IN = 12 * 3600,
	SESSION_IDLE = 3600, /* without a request who is signed in signs in again */
	SESSION_DEVICE = 365 * 86400, /* how long a browser is remembered */
	SESSION_FRESH = 15 *
			60, /* so long who signed in need not say again who they are */
};

/* Makes a session and returns the cookie's value. `person` 0: nobody. */
const char *session_start(struct work *w, int64_t org, int64_t person, int64_t lifetime,
	const char *peer, struct session *s);

/* What a sign-in knows. */
struct session_entry {
	int64_t org, person, lifetime;
	const char *peer, *agent; /* of the browser, as it says itself */
	const char *way;	  /* "password", "passkey", ... */
	bool must_enrol;
};

/* The same for somebody who signs in. */
const char *session_enter(
	struct work *w, const struct session_entry *e, struct session *s);

/* A new cookie for the same session: at every rise of what it may do. The old one opens
 * nothing any more. */
const char *session_renew(struct work *w, const struct session *old, struct session *s);

/* What one session had begun (forms, opened requests) goes on in another. */
void session_follow(struct work *w, const char *from, const char *to);

/* By cookie; MISSING when there is none, it has ended or its person was idle too long. */
enum outcome session_find(
	struct work *w, const char *cookie, struct session *s) must_check;

void session_end(struct work *w, const char *hash);

/* All of a person's, at a change of password. */
void session_end_all(struct work *w, int64_t person);

/* The person's sessions, the one seen last first. `handle` names one without opening it.
 */
struct session_row {
	const char *handle;
	const char *peer, *agent, *way;
	int64_t created, seen;
	bool here; /* the one of the work */
};

struct session_list {
	struct session_row *at;
	int count;
};

void session_list(struct work *w, int64_t person, struct session_list *list);

/* Ends one by its handle; false when the person has none of that name. */
bool session_end_one(struct work *w, int64_t person, const char *handle);

/* Ends all but the one of the work; returns how many. */
int64_t session_end_others(struct work *w, int64_t person);

/* Notes when a session was last used. */
void session_saw(struct work *w, const char *hash, int64_t at);

/* Where a person with several organisations works now. */
void session_set_org(struct work *w, const char *hash, int64_t org);

/* Removes what has ended. */
void session_sweep(struct work *w);

#endif
