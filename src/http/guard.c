/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "http/guard.h"

#include "base/log.h"
#include "base/random.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <pthread.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

enum { SETS = 512, WAYS = 8, LOCKS = 16, SECOND = 1000000, BURST_SECONDS = 10 };

struct entry {
	struct guard_peer peer;
	int64_t full_at; /* when the bucket is full again; 0: never used */
	int connections;
};

struct guard {
	struct guard_limits limits;
	int64_t interval; /* microseconds a request costs */
	unsigned char key[crypto_shorthash_KEYBYTES];
	pthread_mutex_t locks[LOCKS];
	struct entry entries[SETS][WAYS];
};

struct guard *
guard_new(const struct guard_limits *limits)
{
	struct guard *g = calloc(1, sizeof *g);

	if (!g)
		log_fatal("out of memory");
	g->limits = *limits;
	if (g->limits.rate > 0)
		g->interval = SECOND / g->limits.rate;
	if (g->limits.burst == 0)
		g->limits.burst = g->limits.rate * BURST_SECONDS;
	random_bytes(g->key, sizeof g->key);
	for (int i = 0; i < LOCKS; i++)
		pthread_mutex_init(&g->locks[i], NULL);
	return g;
}

void
guard_free(struct guard *g)
{
	if (!g)
		return;
	for (int i = 0; i < LOCKS; i++)
		pthread_mutex_destroy(&g->locks[i]);
	free(g);
}

static struct guard_peer
peer_of_ipv4(const void *address)
{
	struct guard_peer p = {.at = {[10] = 0xFF, [11] = 0xFF}};

	memcpy(p.at + 12, address, 4);
	return p;
}

static struct guard_peer
peer_of_ipv6(const struct in6_addr *address)
{
	struct guard_peer p = {0};

	if (IN6_IS_ADDR_V4MAPPED(address))
		return peer_of_ipv4(address->s6_addr + 12);
	memcpy(p.at, address->s6_addr, 8);
	return p;
}

struct guard_peer
guard_peer_of(const struct sockaddr *address)
{
	struct sockaddr_in v4;
	struct sockaddr_in6 v6;

	switch (address->sa_family) {
	case AF_INET: memcpy(&v4, address, sizeof v4); return peer_of_ipv4(&v4.sin_addr);
	case AF_INET6:
		memcpy(&v6, address, sizeof v6);
		return peer_of_ipv6(&v6.sin6_addr);
	default: return (struct guard_peer){0};
	}
}

struct guard_peer
guard_peer_named(const char *address)
{
	struct in_addr v4;
	struct in6_addr v6;

	if (inet_pton(AF_INET, address, &v4) == 1)
		return peer_of_ipv4(&v4);
	if (inet_pton(AF_INET6, address, &v6) == 1)
		return peer_of_ipv6(&v6);
	return (struct guard_peer){0};
}

static unsigned
set_of(const struct guard *g, const struct guard_peer *peer)
{
	unsigned char hash[crypto_shorthash_BYTES];
	unsigned n;

	crypto_shorthash(hash, peer->at, sizeof peer->at, g->key);
	memcpy(&n, hash, sizeof n);
	return n % SETS;
}

static struct entry *
find(struct entry *set, const struct guard_peer *peer)
{
	for (int i = 0; i < WAYS; i++) {
		bool used = set[i].full_at || set[i].connections;

		if (used && memcmp(&set[i].peer, peer, sizeof *peer) == 0)
			return &set[i];
	}
	return NULL;
}

/* The entry of that peer, made in the place of whoever was quiet longest. NULL when
 * everybody in the set has a connection: then the newcomer goes uncounted. */
static struct entry *
find_or_make(struct entry *set, const struct guard_peer *peer)
{
	struct entry *e = find(set, peer);

	if (e)
		return e;
	for (int i = 0; i < WAYS; i++)
		if (set[i].connections == 0 && (!e || set[i].full_at < e->full_at))
			e = &set[i];
	if (e)
		*e = (struct entry){.peer = *peer};
	return e;
}

bool
guard_connect(struct guard *g, const struct guard_peer *peer)
{
	unsigned n = set_of(g, peer);
	struct entry *e;
	bool may = true;

	if (g->limits.connections == 0)
		return true;
	pthread_mutex_lock(&g->locks[n % LOCKS]);
	e = find_or_make(g->entries[n], peer);
	if (e && e->connections >= g->limits.connections)
		may = false;
	else if (e)
		e->connections++;
	pthread_mutex_unlock(&g->locks[n % LOCKS]);
	return may;
}

void
guard_disconnect(struct guard *g, const struct guard_peer *peer)
{
	unsigned n = set_of(g, peer);
	struct entry *e;

	if (g->limits.connections == 0)
		return;
	pthread_mutex_lock(&g->locks[n % LOCKS]);
	e = find(g->entries[n], peer);
	if (e && e->connections > 0)
		e->connections--;
	pthread_mutex_unlock(&g->locks[n % LOCKS]);
}

int
guard_admit(struct guard *g, const struct guard_peer *peer, int64_t now)
{
	unsigned n = set_of(g, peer);
	struct entry *e;
	int64_t wait = 0;

	if (g->limits.rate == 0)
		return 0;
	pthread_mutex_lock(&g->locks[n % LOCKS]);
	e = find_or_make(g->entries[n], peer);
	if (e) {
		int64_t from = e->full_at > now ? e->full_at : now;

		wait = from + g->interval - now - g->interval * g->limits.burst;
		if (wait <= 0)
			e->full_at = from + g->interval;
	}
	pthread_mutex_unlock(&g->locks[n % LOCKS]);
	return wait <= 0 ? 0 : (int)((wait + SECOND - 1) / SECOND);
}
