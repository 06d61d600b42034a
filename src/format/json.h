/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FORMAT_JSON_H
#define FORMAT_JSON_H

/*
 * JSON from outside (RFC 8259), read whole into the arena. jansson does the grammar;
 * what it would let through or hide is refused here: nesting deeper than JSON_DEPTH,
 * more than JSON_VALUES values, a name twice in an object, U+0000 in a text. Numbers
 * are whole (int64) or real; a whole number that does not fit is refused.
 */

#include "base/arena.h"
#include "base/bytes.h"

enum {
	JSON_DEPTH = 32,
	JSON_VALUES = 100000,
};

enum json_kind {
	JSON_KIND_NULL,
	JSON_KIND_TRUTH,
	JSON_KIND_WHOLE,
	JSON_KIND_REAL,
	JSON_KIND_TEXT,
	JSON_KIND_LIST,
	JSON_KIND_RECORD,
};

struct json_member;

struct json {
	enum json_kind kind;
	bool truth;
	int64_t whole;
	double real;
	const char *text;
	const struct json *items;	   /* of a list, `count` of them */
	const struct json_member *members; /* of a record, in the order they came */
	int count;
};

struct json_member {
	const char *name;
	struct json value;
};

/* Reads one value that is the whole of `in`. NULL when it is refused; *problem is then
 * a sentence for the sender: "line 1, column 9: ...". */
const struct json *json_read(struct arena *a, struct bytes in, const char **problem);

/* The member of that name; NULL when there is none or v is no record. v may be NULL, so
 * that questions can be nested. */
const struct json *json_get(const struct json *v, const char *name);

/* The text of a text, otherwise NULL. v may be NULL. */
const char *json_words(const struct json *v);

/* False when v is not a whole number. v may be NULL. */
bool json_number(const struct json *v, int64_t *out);

/* True when there is no value: absent or null. */
bool json_none(const struct json *v);

#endif
