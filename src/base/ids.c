/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "base/ids.h"

enum { COUNT_BITS = 14, NODE_BITS = 8 };

static const int64_t EPOCH_MS = 946684800000; /* 2000-01-01T00:00:00Z */
static const int64_t COUNT_MASK = (1 << COUNT_BITS) - 1;

static int64_t
since_epoch(int64_t ms)
{
	return ms > EPOCH_MS ? ms - EPOCH_MS : 0;
}

int64_t
id_of(int64_t at_ms, int64_t node, int64_t count)
{
	return since_epoch(at_ms) << (COUNT_BITS + NODE_BITS) |
	       (node & 0xFF) << COUNT_BITS | (count & COUNT_MASK);
}

struct id_source
id_source_at(int64_t node, int64_t now_ms)
{
	return (struct id_source){
		.last = since_epoch(now_ms) << COUNT_BITS, .node = node};
}

int64_t
id_next(struct id_source *s, int64_t now_ms)
{
	int64_t floor = since_epoch(now_ms) << COUNT_BITS;
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
