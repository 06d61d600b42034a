/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

/*
 * Memory with one end: allocate from the arena of the work, free nothing.
 *
 * An arena belongs to one thread at a time. Running out of memory ends the
 * process with a line in the log (the write in flight was not acknowledged); a
 * door bounds what it accepts long before that. Unused space is poisoned under
 * AddressSanitizer, so a read past an allocation is found although no free
 * happens.
 */

#include <stdarg.h>
#include <stddef.h>

struct arena;

struct arena *arena_new(void);

/* Gives back everything at once. NULL is allowed. */
void arena_free(struct arena *a);

/* Forgets everything but keeps the largest block that is not huge, so that the next
 * request of the same kind allocates nothing from the system. */
void arena_reset(struct arena *a);

/* n zeroed bytes, aligned for any type. n == 0 gives a valid pointer. */
void *arena_alloc(struct arena *a, size_t n);

/* An array of n elements of `size` bytes, zeroed; overflow ends the process. */
void *arena_array(struct arena *a, size_t n, size_t size);

/* A NUL-terminated copy of len bytes. */
char *arena_text(struct arena *a, const void *at, size_t len);

/* A copy of a text; NULL stays NULL. */
char *arena_copy(struct arena *a, const char *text);

/* printf into the arena. */
char *arena_printf(struct arena *a, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
char *arena_vprintf(struct arena *a, const char *format, va_list args)
	__attribute__((format(printf, 2, 0)));

/* Bytes handed out since the last reset: for budgets and figures. */
size_t arena_used(const struct arena *a);

/* For a process that serves, once at its start: memory that comes and goes with every
 * request stays with the process (up to some MiB a thread), instead of being given back
 * to the system and faulted in again each time. */
void arena_settle(void);

#endif
