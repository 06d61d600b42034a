/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HTTP_GUARD_H
#define HTTP_GUARD_H

/*
 * How much one peer may have: connections at once, and requests a second with a burst
 * (a token bucket, kept as the instant at which it will be full again: GCRA). The table
 * has a fixed size; a full set forgets whoever was quiet longest, so an attacker with
 * many addresses costs memory nothing. IPv6 peers count as their /64 network. Safe from
 * several threads.
 */

#include <stdbool.h>
#include <stdint.h>
#include <sys/socket.h>

struct guard;

struct guard_limits {
	int connections; /* at once; 0: no limit */
	int rate;	 /* requests a second in the long run; 0: no limit */
	int burst;	 /* requests at once after a rest; 0: ten seconds' worth */
};

struct guard_peer {
	unsigned char at[16];
};

struct guard *guard_new(const struct guard_limits *limits);
void guard_free(struct guard *g);

/* Whom to count an address as. Other families than IP count as one peer. */
struct guard_peer guard_peer_of(const struct sockaddr *address);

/* The same from text, as fields_address writes it. */
struct guard_peer guard_peer_named(const char *address);

/* True when the peer may have one more connection, which then counts until
 * guard_disconnect. */
bool guard_connect(struct guard *g, const struct guard_peer *peer);
void guard_disconnect(struct guard *g, const struct guard_peer *peer);

/* 0: the request is within the rate and counts. Else the whole seconds to wait. `now`
 * in microseconds of a clock that does not go back (times_ticks). */
int guard_admit(struct guard *g, const struct guard_peer *peer, int64_t now);

#endif
