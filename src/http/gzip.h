/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HTTP_GZIP_H
#define HTTP_GZIP_H

/*
 * gzip for answers made on the fly. A compressor weighs a quarter of a megabyte, so the
 * pool keeps as many as ever ran at once and uses them again. Safe from several threads.
 */

#include "base/arena.h"
#include "base/bytes.h"

struct gzip_pool;

struct gzip_pool *gzip_pool_new(void);
void gzip_pool_free(struct gzip_pool *p);

/* The bytes compressed, in the arena. False when that would save nothing. */
bool gzip_pack(struct gzip_pool *p, struct arena *a, struct bytes in, struct bytes *out);

#endif
