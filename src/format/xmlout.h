/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FORMAT_XMLOUT_H
#define FORMAT_XMLOUT_H

/*
 * XML being written: elements and text, no attributes, no namespaces (open311.md O4).
 * What XML 1.0 cannot hold (control characters, U+FFFE) is left out; a carriage return is
 * written as a reference, so that it survives the reader.
 *
 *     struct xmlout x = xmlout_to(&reply->body);
 *     xmlout_begin(&x, "services");
 *     xmlout_text(&x, "name", "Fish & chips");
 *     xmlout_end(&x);
 *
 * That the calls make one well-formed document is asserted.
 */

#include "base/buffer.h"

enum { XMLOUT_DEPTH = 16 };

struct xmlout {
	struct buffer *to;
	const char *open[XMLOUT_DEPTH];
	int depth;
};

/* Begins with the declaration: UTF-8. */
struct xmlout xmlout_to(struct buffer *b);

void xmlout_begin(struct xmlout *x, const char *name);

/* Closes the element opened last. */
void xmlout_end(struct xmlout *x);

/* An element with this text; NULL is an empty one. */
void xmlout_text(struct xmlout *x, const char *name, const char *text);

#endif
