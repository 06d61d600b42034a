/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef BASE_IDS_H
#define BASE_IDS_H

/*
 * Row ids made by the program: 63 bits, rising with time, unique over nodes without
 * asking anybody. 41 bits of milliseconds since 2000-01-01 UTC (to 2069), 8 bits of
 * node, 14 bits of count. They are not secret and never shown to the public; what
 * the public sees is a reference (rule/reference).
 */

#include <stdatomic.h>
#include <stdint.h>

struct id_source {
	_Atomic int64_t last; /* milliseconds << 14 | count, of the newest id */
	int64_t node;	      /* 0..255, one for each running process */
};

/* A source that begins at `now_ms`, by the machine's clock: what the process before it on
 * this node made lies behind, even where ids are asked for by whole seconds. */
struct id_source id_source_at(int64_t node, int64_t now_ms);

/* The next id at `now_ms` (UTC milliseconds). Safe from several threads. When the
 * clock stands still or goes back, ids go on from the last one. */
int64_t id_next(struct id_source *s, int64_t now_ms);

/* The id with these parts, for what happened before the program knew of it (imported
 * history): node 255 is kept for that, and the caller sees to it that the id is free.
 * Instants before 2000 count as its beginning. With node and count 0 it is a bound: less
 * than every id made at or after that millisecond. */
int64_t id_of(int64_t at_ms, int64_t node, int64_t count);

/* The instant (UTC milliseconds) an id was made at, for debugging and paging. */
int64_t id_instant(int64_t id);

#endif
