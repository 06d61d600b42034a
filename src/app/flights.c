/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/flights.h"

#include "base/arena.h"

#include <pthread.h>
#include <sodium.h>
#include <string.h>

enum { FLIGHTS = 1024 };

struct flights {
	struct arena *arena;
	pthread_mutex_t lock;
	struct flight *at[FLIGHTS];
};

struct flights *
flights_new(void)
{
	struct arena *a = arena_new();
	struct flights *f = arena_alloc(a, sizeof *f);

	f->arena = a;
	pthread_mutex_init(&f->lock, NULL);
	return f;
}

void
flights_free(struct flights *f)
{
	pthread_mutex_destroy(&f->lock);
	arena_free(f->arena);
}

static struct flight **
place_of(struct flights *all, const struct flight *one)
{
	unsigned n;

	memcpy(&n, one->at, sizeof n);
	return &all->at[n % FLIGHTS];
}

bool
flights_begin(
	struct flights *all, struct flight *one, const char *secret, const char *key)
{
	crypto_generichash_state h;
	struct flight **place;
	bool found = false;

	crypto_generichash_init(&h, NULL, 0, sizeof one->at);
	if (secret)
		crypto_generichash_update(
			&h, (const unsigned char *)secret, strlen(secret));
	crypto_generichash_update(&h, (const unsigned char *)"", 1);
	crypto_generichash_update(&h, (const unsigned char *)key, strlen(key));
	crypto_generichash_final(&h, one->at, sizeof one->at);
	place = place_of(all, one);
	pthread_mutex_lock(&all->lock);
	for (const struct flight *f = *place; f; f = f->next)
		if (memcmp(f->at, one->at, sizeof one->at) == 0)
			found = true;
	if (!found) {
		one->next = *place;
		*place = one;
	}
	pthread_mutex_unlock(&all->lock);
	return !found;
}

void
flights_end(struct flights *all, struct flight *one)
{
	struct flight **place = place_of(all, one);

	pthread_mutex_lock(&all->lock);
	while (*place && *place != one)
		place = &(*place)->next;
	if (*place)
		*place = one->next;
	pthread_mutex_unlock(&all->lock);
}
