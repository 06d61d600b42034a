/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FORMAT_CBOR_H
#define FORMAT_CBOR_H

/*
 * The part of CBOR (RFC 8949) that authenticators speak (CTAP2 canonical form): whole
 * numbers, bytes, texts, lists, maps, truth and null. Strict: shortest lengths, nothing
 * of indefinite length, no tags or fractions, texts are UTF-8, no key twice. Bounded by
 * CBOR_DEPTH and CBOR_VALUES. Bytes point into the input; the rest is the arena's.
 */

#include "base/arena.h"
#include "base/bytes.h"

enum { CBOR_DEPTH = 6, CBOR_VALUES = 200 };

enum cbor_kind {
	CBOR_WHOLE,
	CBOR_BYTES,
	CBOR_TEXT,
	CBOR_LIST,
	CBOR_MAP,
	CBOR_TRUTH,
	CBOR_NULL,
};

struct cbor {
	enum cbor_kind kind;
	int64_t whole;		  /* also 0 or 1 of a truth */
	struct bytes bytes;	  /* of bytes and of a text, without a NUL */
	const struct cbor *items; /* of a list; of a map keys and values in turn */
	int count;		  /* of items: a map's is even */
};

/* Takes one value off the front of *in. NULL when it is refused; *in is then anywhere. */
const struct cbor *cbor_read(struct arena *a, struct bytes *in);

/* The value of a key of a map, by number or by name; NULL when there is none or it is no
 * map. `v` may be NULL. */
const struct cbor *cbor_numbered(const struct cbor *v, int64_t key);
const struct cbor *cbor_named(const struct cbor *v, const char *key);

/* Their contents when they are of that kind, else no bytes or `otherwise`. */
struct bytes cbor_bytes(const struct cbor *v);
int64_t cbor_whole(const struct cbor *v, int64_t otherwise);

#endif
