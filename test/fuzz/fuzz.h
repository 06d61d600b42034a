/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FUZZ_H
#define FUZZ_H

/*
 * A fuzz target is one file, NAME_fuzz.c, that defines fuzz_one; `make fuzz T=NAME` runs
 * it. Files in corpus/NAME, if there are any, are the seeds. Besides what the sanitizers
 * find, a target requires what must always hold: that what was read and written reads
 * back the same, that the size of the chunks makes no difference.
 */

#include "base/arena.h"
#include "base/bytes.h"

/* Called with each input, in memory of exactly its size, and an empty arena. */
void fuzz_one(struct arena *a, struct bytes in);

/* Takes a number from 0 to most (at most 255) off the end of the input. */
int fuzz_take(struct bytes *in, int most);

/* Takes a chunk off the front, whose size follows from a number that is kept from call
 * to call and began as anything. The chunk is a copy of exactly that size. */
struct bytes fuzz_chunk(struct arena *a, struct bytes *in, unsigned *dice);

/* Ends the run as a finding unless the condition holds. */
#define fuzz_require(condition) \
	((condition) ? (void)0 : fuzz_broken(#condition, __FILE__, __LINE__))

_Noreturn void fuzz_broken(const char *condition, const char *file, int line);

#endif
