/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "base/arena.h"

#include "base/log.h"

#include <malloc.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#if defined(__SANITIZE_ADDRESS__)
#define POISONING 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define POISONING 1
#endif
#endif

#ifdef POISONING
#include <sanitizer/asan_interface.h>
#else
#define ASAN_POISON_MEMORY_REGION(at, n) ((void)(at), (void)(n))
#define ASAN_UNPOISON_MEMORY_REGION(at, n) ((void)(at), (void)(n))
#endif

enum { FIRST_BLOCK = 8 * 1024, MOST_KEPT = 128 * 1024, ALIGNMENT = 16, RED_ZONE = 16 };

struct block {
	struct block *next;
	size_t size;
	size_t used;
	size_t pad;
	unsigned char at[];
};

struct arena {
	struct block *newest;
	size_t used;
};

static struct block *
block_new(size_t size, struct block *next)
{
	struct block *b = malloc(sizeof *b + size);

	if (!b)
		log_fatal("out of memory");
	*b = (struct block){.next = next, .size = size};
	ASAN_POISON_MEMORY_REGION(b->at, size);
	return b;
}

static void
block_free(struct block *b)
{
	ASAN_UNPOISON_MEMORY_REGION(b->at, b->size);
	free(b);
}

static size_t
rounded(size_t n)
{
	return (n + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
}

struct arena *
arena_new(void)
{
	struct arena *a = malloc(sizeof *a);

	if (!a)
		log_fatal("out of memory");
	*a = (struct arena){.newest = block_new(FIRST_BLOCK, NULL)};
	return a;
}

void
arena_free(struct arena *a)
{
	if (!a)
		return;
	for (struct block *b = a->newest; b;) {
		struct block *next = b->next;
		block_free(b);
		b = next;
	}
	free(a);
}

void
arena_reset(struct arena *a)
{
	struct block *kept = a->newest;

	/* Newer blocks are larger: the first that is not too large to keep. */
	while (kept->size > MOST_KEPT && kept->next) {
		struct block *next = kept->next;
		block_free(kept);
		kept = next;
	}
	for (struct block *b = kept->next; b;) {
		struct block *next = b->next;
		block_free(b);
		b = next;
	}
	kept->next = NULL;
	kept->used = 0;
	a->newest = kept;
	a->used = 0;
	ASAN_POISON_MEMORY_REGION(kept->at, kept->size);
}

void *
arena_alloc(struct arena *a, size_t n)
{
	size_t take;
	void *at;

	if (n > SIZE_MAX / 4)
		log_fatal("an allocation of %zu bytes", n);
#ifdef POISONING
	take = rounded(n + RED_ZONE);
#else
	take = rounded(n ? n : 1);
#endif
	if (a->newest->size - a->newest->used < take) {
		size_t size = a->newest->size * 2;
		a->newest = block_new(size > take ? size : take, a->newest);
	}
	at = a->newest->at + a->newest->used;
	a->newest->used += take;
	a->used += take;
	ASAN_UNPOISON_MEMORY_REGION(at, n);
	memset(at, 0, n);
	return at;
}

void *
arena_array(struct arena *a, size_t n, size_t size)
{
	if (size && n > SIZE_MAX / size)
		log_fatal("an array of %zu elements of %zu bytes", n, size);
	return arena_alloc(a, n * size);
}

char *
arena_text(struct arena *a, const void *at, size_t len)
{
	char *copy = arena_alloc(a, len + 1);

	if (len)
		memcpy(copy, at, len);
	return copy;
}

char *
arena_copy(struct arena *a, const char *text)
{
	return text ? arena_text(a, text, strlen(text)) : NULL;
}

char *
arena_vprintf(struct arena *a, const char *format, va_list args)
{
	va_list again;
	int n;
	char *out;

	va_copy(again, args);
	n = vsnprintf(NULL, 0, format, again);
	va_end(again);
	if (n < 0)
		log_fatal("a text that cannot be formatted");
	out = arena_alloc(a, (size_t)n + 1);
	vsnprintf(out, (size_t)n + 1, format, args);
	return out;
}

char *
arena_printf(struct arena *a, const char *format, ...)
{
	va_list args;
	char *out;

	va_start(args, format);
	out = arena_vprintf(a, format, args);
	va_end(args);
	return out;
}

size_t
arena_used(const struct arena *a)
{
	return a->used;
}

void
arena_settle(void)
{
	enum { KEPT = 4 << 20, STEP = 256 << 10 };

	mallopt(M_TRIM_THRESHOLD, KEPT);
	mallopt(M_TOP_PAD, STEP);
	mallopt(M_MMAP_THRESHOLD, KEPT);
}
