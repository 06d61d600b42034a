/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FORMAT_JSONOUT_H
#define FORMAT_JSONOUT_H

/*
 * JSON being written. Commas and colons come by themselves; ids are written as texts,
 * because many readers keep numbers in 53 bits. '<', '>' and '&' and the line
 * separators are escaped, so that what is written may stand inside HTML.
 *
 *     struct jsonout j = jsonout_to(&reply->body);
 *     jsonout_record(&j);
 *     jsonout_name(&j, "reference");
 *     jsonout_text(&j, ticket.reference);
 *     jsonout_end(&j);
 *
 * That the calls make a well-formed value is asserted.
 */

#include "base/buffer.h"

enum { JSONOUT_DEPTH = 32 };

struct jsonout {
	struct buffer *to;
	int depth;
	char open[JSONOUT_DEPTH]; /* what closes each level: '}' or ']' */
	bool comma;		  /* something stands before on this level */
	bool named;		  /* a name waits for its value */
};

struct jsonout jsonout_to(struct buffer *b);

void jsonout_record(struct jsonout *j);
void jsonout_list(struct jsonout *j);

/* Closes the record or list opened last. */
void jsonout_end(struct jsonout *j);

/* The name of the next value of a record. */
void jsonout_name(struct jsonout *j, const char *name);

/* NULL is null. */
void jsonout_text(struct jsonout *j, const char *text);
void jsonout_id(struct jsonout *j, int64_t id);
void jsonout_whole(struct jsonout *j, int64_t n);
void jsonout_truth(struct jsonout *j, bool truth);
void jsonout_null(struct jsonout *j);

/* A number with decimals, in the shortest of up to 17 digits that reads back the same;
 * one that is not finite is null. */
void jsonout_real(struct jsonout *j, double n);

/* An instant as "2026-03-02T09:00:00Z"; TIMES_NONE is null. */
void jsonout_instant(struct jsonout *j, int64_t instant);

/* A member whole: name and value. */
void jsonout_member(struct jsonout *j, const char *name, const char *text);
void jsonout_member_id(struct jsonout *j, const char *name, int64_t id);
void jsonout_member_whole(struct jsonout *j, const char *name, int64_t n);
void jsonout_member_truth(struct jsonout *j, const char *name, bool truth);
void jsonout_member_instant(struct jsonout *j, const char *name, int64_t instant);

#endif
