/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/meter.h"

#include "base/arena.h"
#include "base/random.h"

#include <pthread.h>
#include <sodium.h>
#include <string.h>

enum { SETS = 512, WAYS = 8, LOCKS = 16, SECOND = 1000000, WINDOW = 10 };

struct bucket {
	struct meter_key key;
	int64_t full_at; /* ticks; 0: never used */
	int64_t token, used, noted;
	int rate;
};

struct meter {
	struct arena *arena;
	int rate;
	unsigned char secret[crypto_shorthash_KEYBYTES];
	pthread_mutex_t locks[LOCKS];
	struct bucket buckets[SETS][WAYS];
};

struct meter *
meter_new(int rate)
{
	struct arena *a = arena_new();
	struct meter *m = arena_alloc(a, sizeof *m);

	m->arena = a;
	m->rate = rate;
	random_bytes(m->secret, sizeof m->secret);
	for (int i = 0; i < LOCKS; i++)
		pthread_mutex_init(&m->locks[i], NULL);
	return m;
}

void
meter_free(struct meter *m)
{
	for (int i = 0; i < LOCKS; i++)
		pthread_mutex_destroy(&m->locks[i]);
	arena_free(m->arena);
}

static struct meter_key
key_of(const char *text, const char *kind)
{
	struct meter_key k;

	crypto_generichash(k.at, sizeof k.at, (const unsigned char *)text, strlen(text),
		(const unsigned char *)kind, strlen(kind));
	return k;
}

struct meter_key
meter_token(const char *token)
{
	return key_of(token, "the key of a token");
}

struct meter_key
meter_address(const char *address)
{
	return key_of(address, "the key of an address");
}

static unsigned
set_of(const struct meter *m, const struct meter_key *k)
{
	unsigned char hash[crypto_shorthash_BYTES];
	unsigned n;

	crypto_shorthash(hash, k->at, sizeof k->at, m->secret);
	memcpy(&n, hash, sizeof n);
	return n % SETS;
}

/* Made in the place of whoever was quiet longest. */
static struct bucket *
bucket_of(struct meter *m, struct bucket *set, const struct meter_key *k)
{
	struct bucket *oldest = set;

	for (int i = 0; i < WAYS; i++) {
		if (set[i].full_at && memcmp(&set[i].key, k, sizeof *k) == 0)
			return &set[i];
		if (set[i].full_at < oldest->full_at)
			oldest = &set[i];
	}
	*oldest = (struct bucket){.key = *k, .rate = m->rate};
	return oldest;
}

/* How far the bucket is from full, in ticks; never negative. */
static int64_t
missing(const struct bucket *b, int64_t now)
{
	return b->full_at > now ? b->full_at - now : 0;
}

static struct meter_reading
read_off(const struct bucket *b, int64_t now)
{
	int64_t cost = SECOND / b->rate, room = (int64_t)WINDOW * SECOND;
	int64_t gone = missing(b, now);

	return (struct meter_reading){
		.limit = b->rate * WINDOW,
		.window = WINDOW,
		.left = gone >= room ? 0 : (int)((room - gone) / cost),
		.full = (gone + SECOND - 1) / SECOND,
	};
}

struct meter_reading
meter_admit(struct meter *m, const struct meter_key *k, int64_t now)
{
	unsigned set = set_of(m, k);
	struct meter_reading got = {.admitted = true};
	struct bucket *b;

	pthread_mutex_lock(&m->locks[set % LOCKS]);
	b = bucket_of(m, m->buckets[set], k);
	if (m->rate == 0) {
		b->full_at = now;
	} else {
		int64_t cost = SECOND / b->rate;
		bool admitted = read_off(b, now).left > 0;

		if (admitted)
			b->full_at = now + missing(b, now) + cost;
		got = read_off(b, now);
		got.admitted = admitted;
		got.wait = admitted ? 0 : (cost + SECOND - 1) / SECOND;
	}
	pthread_mutex_unlock(&m->locks[set % LOCKS]);
	return got;
}

bool
meter_open(struct meter *m, const struct meter_key *k, int64_t now)
{
	unsigned set = set_of(m, k);
	bool open = true;

	if (m->rate == 0)
		return true;
	pthread_mutex_lock(&m->locks[set % LOCKS]);
	for (int i = 0; i < WAYS; i++) {
		const struct bucket *b = &m->buckets[set][i];

		if (b->full_at && memcmp(&b->key, k, sizeof *k) == 0)
			open = read_off(b, now).left > 0;
	}
	pthread_mutex_unlock(&m->locks[set % LOCKS]);
	return open;
}

void
meter_used(
	struct meter *m, const struct meter_key *k, int64_t token, int rate, int64_t now)
{
	unsigned set = set_of(m, k);

	pthread_mutex_lock(&m->locks[set % LOCKS]);
	for (int i = 0; i < WAYS; i++) {
		struct bucket *b = &m->buckets[set][i];

		if (!b->full_at || memcmp(&b->key, k, sizeof *k) != 0)
			continue;
		b->token = token;
		b->used = now;
		b->rate = rate > 0 && rate <= SECOND ? rate : m->rate;
	}
	pthread_mutex_unlock(&m->locks[set % LOCKS]);
}

int
meter_take_notes(struct meter *m, struct meter_note *notes, int most)
{
	int count = 0;

	for (int set = 0; set < SETS; set++) {
		pthread_mutex_lock(&m->locks[set % LOCKS]);
		for (int i = 0; i < WAYS && count < most; i++) {
			struct bucket *b = &m->buckets[set][i];

			if (b->token == 0 || b->used <= b->noted)
				continue;
			notes[count++] = (struct meter_note){b->token, b->used};
			b->noted = b->used;
		}
		pthread_mutex_unlock(&m->locks[set % LOCKS]);
	}
	return count;
}
