/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef DESK_SIGN_IN_H
#define DESK_SIGN_IN_H

/*
 * Who is at the door. A password costs the same work whether the account exists, is
 * disabled, has no password or is there with another one; and the answer is the same.
 * How often one may be wrong is desk/throttle's.
 */

#include "store/account.h"

/* One try at a door. */
struct sign_in {
	const char *email;  /* as typed */
	const char *peer;   /* the client's address */
	const char *agent;  /* what the browser calls itself, or NULL */
	const char *device; /* the cookie of a browser that signed in before, or NULL */
	const char *way;    /* "password", "link", "passkey", "break-glass", ... */
};

/* May this browser try this account now? Reads only. */
bool sign_in_may_try(struct work *w, const struct sign_in *s);

/* The slow half, before a write enters its lane: reads the account and verifies the
 * password (Argon2id). DONE with *a, or DENIED. */
enum outcome sign_in_verify(struct work *w, const char *email, const char *password,
	struct account *a) must_check;

/* The quick half, in the lane: DONE when the try was `right`; else it is counted and
 * audited: DENIED. LIMITED when there were too many, right or not. */
enum outcome sign_in_judge(
	struct work *w, const struct sign_in *s, bool right) must_check;

/* Makes the session of somebody who has proved all that is asked; the one of the work
 * ends and what it had begun goes on. Staff who must have a second factor and have none
 * get a session that can do nothing but set one up. *device, when not NULL, is the new
 * cookie by which the browser is known from now on. */
struct sign_in_pass {
	const char *cookie, *device;
	int64_t org; /* where they work; 0 when they have no role beyond customer */
	bool must_enrol;
};
void sign_in_admit(struct work *w, const struct sign_in *s, const struct account *a,
	struct sign_in_pass *pass);

/* May somebody get in by a letter to their address? Customers may; who has a role, or is
 * behind glass, needs more. */
bool sign_in_may_link(struct work *w, const struct account *a);

/* A row of the audit in the name of an account, whoever is at the door. */
void sign_in_audit(
	struct work *w, const struct account *a, const char *action, const char *detail);

/* The stored form of a new password, or NULL with a problem ("password"): 10 to 200
 * characters, none of those everybody uses, not the e-mail address; nothing is asked of
 * its composition. `email` may be NULL. */
const char *sign_in_password(struct work *w, const char *password, const char *email);

#endif
