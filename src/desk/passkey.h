/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef DESK_PASSKEY_H
#define DESK_PASSKEY_H

/*
 * Passkeys (W3C Web Authentication Level 2, sections 7.1 and 7.2). The site is that of
 * the configured base address, never of a Host header. Challenges are the session's and
 * taken once; a signature count that does not rise means that there may be a copy, and
 * nobody gets in by it.
 */

#include "desk/sign_in.h"
#include "store/passkey_row.h"

/* The base address as browsers know it. */
struct passkey_site {
	const char *origin; /* "https://desk.example.org:8443" */
	const char *id;	    /* "desk.example.org" */
};
struct passkey_site passkey_site(struct work *w);

/* How an account is known to authenticators: says nothing of the person. */
const char *passkey_handle(struct work *w, int64_t person);

/* What the browser sent, each in base64url. */
struct passkey_said {
	const char *id;
	const char *client;    /* clientDataJSON */
	const char *data;      /* attestationObject or authenticatorData */
	const char *signature; /* not when registering */
	const char *handle;    /* "" when none was sent */
};

/* Adds a passkey for the account, with the name given to it. DONE, or INVALID with a
 * problem (passkey). */
enum outcome passkey_register(struct work *w, const struct account *a,
	const struct passkey_said *said, const char *name) must_check;

/* Whose passkey has signed the challenge for `purpose`: "sign-in" wants the user
 * verified by the authenticator, "second" a person who has proved the first factor, given
 * in `only`. DONE with *a; DENIED. */
enum outcome passkey_enter(struct work *w, const char *purpose,
	const struct passkey_said *said, int64_t only, struct account *a) must_check;

#endif
