/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef WEB_ENTRANCE_H
#define WEB_ENTRANCE_H

/*
 * What all ways of signing in have in common: reading the try from the request, verifying
 * a password aside, asking for a second factor, and letting in with a new session.
 */

#include "desk/provider_entry.h"
#include "desk/sign_in.h"
#include "http/reply.h"
#include "http/request.h"

/* The cookie by which a browser is known that has signed in before. */
#define ENTRANCE_DEVICE_COOKIE "portreeve-device"

/* Where somebody came in: it decides where they go. */
#define ENTRANCE_STAFF "staff"
#define ENTRANCE_CUSTOMER "customer"

struct sign_in entrance_try(
	struct work *w, const struct request *q, const char *email, const char *way);

/* What verifying a password found, for the handler that follows. */
struct entrance_verdict {
	bool right;
	struct account account;
	const char *way; /* "password", "ldap" */
	/* Who a directory says they are: the handler lets provider_entry decide. */
	struct provider provider;
	struct provider_says says;
};

/* For `prepare` of a form with the fields email and password: our own accounts first,
 * then the live directories, whether there is such an account or not; a directory of
 * another organisation than the account's never sees the password. Puts an
 * entrance_verdict into w->prepared. Always DONE. */
enum outcome entrance_prepare(struct work *w, struct request *q, struct reply *r);

/* Who has proved something. */
struct entrance {
	const struct account *account;
	const char *way;
	const char *door; /* ENTRANCE_STAFF or ENTRANCE_CUSTOMER */
	const char *next; /* where they wanted to go, as it came */
	bool strong;	  /* nothing more is asked: a passkey with its user verified */
};

/* The handler of such a form: DONE, and the reply leads on; or DENIED or LIMITED, with
 * the status of the reply set: the form is to be shown again, saying so, and that is DONE
 * too, for counted tries are kept. */
enum outcome entrance_enter(
	struct work *w, const struct request *q, const char *door, struct reply *r);

/* Lets in, or asks for the second factor: the reply leads on. Always DONE. */
enum outcome entrance_pass(struct work *w, const struct request *q,
	const struct entrance *e, struct reply *r);

#endif
