/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HTTP_TARGET_H
#define HTTP_TARGET_H

/*
 * The request target (RFC 9112 section 3.2): "/staff/queue?sort=due", or the same
 * behind "http://host". The path is percent-decoded exactly once; what could be read
 * in two ways is refused: "." and ".." segments, an encoded '/' or '\', control
 * characters, a '%' without two hex digits, bytes that are not UTF-8, a fragment.
 */

#include "base/arena.h"
#include "base/bytes.h"

struct target {
	const char *text;   /* path and query as sent, without scheme and host */
	const char *path;   /* decoded, begins with '/' */
	struct bytes query; /* as sent, without the '?'; lies in `text` */
};

/* False when it is refused. What *out points to is the arena's. */
bool target_parse(struct arena *a, struct bytes raw, struct target *out);

#endif
