/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef APP_METER_H
#define APP_METER_H

/*
 * How much one machine may ask: a token bucket for each token, else for each address,
 * in the memory of one process. It also remembers when a token was last used, so that
 * reading writes nothing: a job takes the notes and writes them, once a minute.
 *
 * The table has a fixed size; a full set forgets whoever was quiet longest. Safe from
 * several threads.
 */

#include <stdbool.h>
#include <stdint.h>

struct meter;

/* `rate` requests a second in the long run, ten seconds' worth at once; 0: no limit. */
struct meter *meter_new(int rate);
void meter_free(struct meter *m);

struct meter_key {
	unsigned char at[16];
};

/* Of a token, or of an address. */
struct meter_key meter_token(const char *token);
struct meter_key meter_address(const char *address);

struct meter_reading {
	bool admitted;
	int limit;    /* 0: there is none */
	int left;     /* requests that may come at once now */
	int64_t full; /* seconds until the bucket is full again */
	int64_t wait; /* seconds until the next may come; 0 when admitted */
	int window;   /* seconds in which an empty bucket fills */
};

/* Takes one request out of the bucket, if it is there. `now` is times_ticks(). */
struct meter_reading meter_admit(struct meter *m, const struct meter_key *k, int64_t now);

/* Is anything left? Takes nothing. */
bool meter_open(struct meter *m, const struct meter_key *k, int64_t now);

/* The key is that of the token with this id and rate (0: the meter's own), used at
 * `now` (UTC seconds). */
void meter_used(
	struct meter *m, const struct meter_key *k, int64_t token, int rate, int64_t now);

struct meter_note {
	int64_t token, used;
};

/* Hands over at most `most` notes of tokens that were used since the last time they were
 * handed over; the number. */
int meter_take_notes(struct meter *m, struct meter_note *notes, int most);

#endif
