/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef DESK_THROTTLE_H
#define DESK_THROTTLE_H

/*
 * How often somebody may be wrong, so that a guess is hopeless and nobody can lock out
 * anybody else. Wrong tries are counted in windows of a quarter of an hour:
 *
 *	one address on one account	10, then that pair is closed
 *	one address on all accounts	100, then that address is closed
 *	a browser that has signed in to this account before counts for itself alone:
 *	10, whatever others do from its address or elsewhere (a "device cookie")
 *
 * There is no counter of an account alone: whoever wants to lock somebody out has none to
 * fill. IPv6 peers count as their /64 network.
 */

#include "store/work.h"

struct throttle {
	const char *door;   /* "sign-in", "second", "link" */
	const char *about;  /* the account as typed; hashed before it is kept */
	const char *peer;   /* the client's address */
	const char *device; /* the cookie of a browser known to that account, or NULL */
};

/* May there be a try? Writes nothing: asked before the costly work and again before the
 * verdict. */
bool throttle_open(struct work *w, const struct throttle *t);

/* An IPv4 address as it is, of an IPv6 one its /64: what one sender has. */
const char *throttle_network(struct work *w, const char *peer);

/* Counts a wrong one. */
void throttle_wrong(struct work *w, const struct throttle *t);

#endif
