/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "base/ids.h"

enum { COUNT_BITS = 14, NODE_BITS = 8 };

static const int64_t EPOCH_MS = 1704067200000; /* 2024-01-01T00:00:00Z */
static const int64_t COUNT_MASK = (1 << COUNT_BITS) - 1;

int64_t
id_next(struct id_source *s, int64_t now_ms)
{
	int64_t floor = (now_ms > EPOCH_MS ? now_ms - EPOCH_MS : 0) << COUNT_BITS;
	int64_t last = atomic_load(&s->last);
	int64_t next;

	do
		next = last + 1 > floor ? last + 1 : floor;
	while (!atomic_compare_exchange_weak(&s->last, &last, next));
	return (next >> COUNT_BITS) << (COUNT_BITS + NODE_BITS) |
	       (s->node & 0xFF) << COUNT_BITS | (next & COUNT_MASK);
}

int64_t
id_instant(int64_t id)
{
	return (id >> (COUNT_BITS + NODE_BITS)) + EPOCH_MS;
}
