/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "desk/throttle.h"

#include "store/account.h"
#include "store/secret.h"

#include <arpa/inet.h>
#include <string.h>

enum { WINDOW = 900, PAIR = 10, PEER = 100, NETWORK = 8 };

const char *
throttle_network(struct work *w, const char *peer)
{
	struct in6_addr v6;
	char text[INET6_ADDRSTRLEN];

	if (inet_pton(AF_INET6, peer, &v6) != 1)
		return peer;
	memset(v6.s6_addr + NETWORK, 0, sizeof v6.s6_addr - NETWORK);
	return arena_copy(w->arena, inet_ntop(AF_INET6, &v6, text, sizeof text));
}

static const char *
device_key(struct work *w, const struct throttle *t)
{
	return arena_printf(w->arena, "%s:device:%s", t->door,
		secret_hash(
			w->arena, arena_printf(w->arena, "%s %s", t->device, t->about)));
}

static const char *
pair_key(struct work *w, const struct throttle *t)
{
	return arena_printf(w->arena, "%s:pair:%s:%s", t->door,
		secret_hash(w->arena, t->about), throttle_network(w, t->peer));
}

static const char *
peer_key(struct work *w, const struct throttle *t)
{
	return arena_printf(
		w->arena, "%s:peer:%s", t->door, throttle_network(w, t->peer));
}

bool
throttle_open(struct work *w, const struct throttle *t)
{
	if (t->device)
		return account_attempts_left(w, device_key(w, t), WINDOW, PAIR);
	return account_attempts_left(w, pair_key(w, t), WINDOW, PAIR) &&
	       account_attempts_left(w, peer_key(w, t), WINDOW, PEER);
}

void
throttle_wrong(struct work *w, const struct throttle *t)
{
	if (t->device) {
		(void)account_attempt(w, device_key(w, t), WINDOW, PAIR);
		return;
	}
	(void)account_attempt(w, pair_key(w, t), WINDOW, PAIR);
	(void)account_attempt(w, peer_key(w, t), WINDOW, PEER);
}
