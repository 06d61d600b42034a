/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef STORE_IMPORT_ROW_H
#define STORE_IMPORT_ROW_H

/*
 * What came from another system: each thing once. `source` names the kind of import
 * ("people", "incident-log"), `key` the thing in it; `digest` tells whether it has
 * changed since; `extra` is what the source says that we keep beside our own.
 */

#include "format/pairs.h"
#include "store/work.h"

struct import_row {
	int64_t org;
	const char *source, *key;
	const char *digest; /* "" when the key says it all */
	int64_t ticket;	    /* 0: none */
	struct pairs extra;
};

/* DONE or MISSING. */
enum outcome import_row_find(struct work *w, int64_t org, const char *source,
	const char *key, struct import_row *row) must_check;

/* False when (org, source, key) is there already; nothing is changed then. */
bool import_row_insert(struct work *w, const struct import_row *row);

/* Writes the digest, ticket and extra of a row that is there. */
void import_row_update(struct work *w, const struct import_row *row);

/* 32 hex digits over the fields, each with its length. */
const char *import_row_digest(struct arena *a, const struct bytes *fields, int count);

#endif
