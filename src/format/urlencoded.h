/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FORMAT_URLENCODED_H
#define FORMAT_URLENCODED_H

/*
 * application/x-www-form-urlencoded, query strings and percent-encoding (WHATWG URL,
 * RFC 3986). Reading is forgiving as browsers are: a '%' that two hex digits do not
 * follow stays as it is, a field without '=' has the value "", empty fields are
 * skipped. What is not text after decoding (ill-formed UTF-8, NUL) is refused.
 */

#include "base/buffer.h"
#include "format/pairs.h"

enum {
	URLENCODED_FIELDS = 1000,
	URLENCODED_NAME = 256,		/* bytes of a name, decoded */
	URLENCODED_VALUE = 1024 * 1024, /* bytes of a value, decoded */
};

/* The fields of a body or query, in order, repeats kept; '+' is a space. False when
 * some name or value is not text or a limit above is passed; *out is then empty. */
bool urlencoded_parse(struct arena *a, struct bytes in, struct pairs *out);

/* One percent-decoded text, for paths: '+' stays. NULL when it is not text. */
const char *urlencoded_decode(struct arena *a, struct bytes in);

/* Adds the text percent-encoded so that it may stand as a path segment, a query name
 * or a query value: letters, digits and "-._~" stay, each other byte becomes %XX. */
void urlencoded_add(struct buffer *b, const char *text);

/* The same as a text of its own. */
const char *urlencoded_encode(struct arena *a, const char *text);

/* Pairs as one text, and back: how the house keeps short lists of facts in a column.
 * Only what reading would misread is escaped, so the text is short and can be read by
 * eye; it is not for addresses. Reading gives no pairs for NULL, "" and what is not such
 * a text. */
const char *urlencoded_write(struct arena *a, const struct pairs *p);
struct pairs urlencoded_read(struct arena *a, const char *text);

#endif
