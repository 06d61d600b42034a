/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FORMAT_MULTIPART_H
#define FORMAT_MULTIPART_H

/*
 * multipart/form-data (RFC 7578, RFC 2046) as it comes off the wire: feed it chunks of
 * any size and it calls back. Time is linear in the bytes and memory is bounded by the
 * heads of the parts; data goes through as pieces of the chunks and is never held.
 *
 * It is strict where senders agree: lines end in CRLF, each part has a
 * Content-Disposition of form-data with a name, a body ends with its last boundary.
 * Anything else is refused with a sentence for the log.
 */

#include "base/arena.h"
#include "base/bytes.h"

struct multipart_part {
	const char *name;
	const char *filename; /* as the client said; NULL: a plain field; "" without
				 data: a file field in which nothing was chosen */
	const char *type;     /* as the client said; never NULL */
};

/* Each callback may refuse by returning false, which ends the reading. The part lives
 * in the arena; the bytes only during the call. */
struct multipart_sink {
	void *context;
	bool (*begin)(void *context, const struct multipart_part *part);
	bool (*data)(void *context, struct bytes piece);
	bool (*end)(void *context);
};

enum {
	MULTIPART_PARTS = 1000,
	MULTIPART_HEAD = 8192,	   /* bytes of the header lines of one part */
	MULTIPART_NAME = 256,	   /* bytes of a field's name */
	MULTIPART_FILENAME = 1024, /* bytes of a file's name */
};

struct multipart;

/* A reader for a body of this Content-Type. NULL when that is not multipart/form-data
 * with a boundary of 1 to 70 lawful characters. The sink is copied. */
struct multipart *multipart_new(
	struct arena *a, struct bytes content_type, const struct multipart_sink *sink);

/* Reads on. False for ever after something was refused. */
bool multipart_feed(struct multipart *m, struct bytes chunk);

/* No more comes: true when the last boundary was read. */
bool multipart_finish(struct multipart *m);

/* What was wrong, NULL when nothing is. In English, for the log and for developers. */
const char *multipart_problem(const struct multipart *m);

#endif
