/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef BASE_IDS_H
#define BASE_IDS_H

/*
 * Row ids made by the program: 63 bits, rising with time, unique over nodes without
 * asking anybody. 41 bits of milliseconds since 2024-01-01 UTC (to 2093), 8 bits of
 * node, 14 bits of count. They are not secret and never shown to the public; what
 * the public sees is a reference (rule/reference).
 */

#include <stdatomic.h>
#include <stdint.h>

struct id_source {
	_Atomic int64_t last; /* milliseconds << 14 | count, of the newest id */
	int64_t node;	      /* 0..255, one for each running process */
};

/* The next id at `now_ms` (UTC milliseconds). Safe from several threads. When the
 * clock stands still or goes back, ids go on from the last one. */
int64_t id_next(struct id_source *s, int64_t now_ms);

/* The instant (UTC milliseconds) an id was made at, for debugging and paging. */
int64_t id_instant(int64_t id);

#endif
