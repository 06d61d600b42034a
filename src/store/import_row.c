/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "store/import_row.h"

#include "format/urlencoded.h"

#include <sodium.h>

enum outcome
import_row_find(struct work *w, int64_t org, const char *source, const char *key,
	struct import_row *row)
{
	struct rows r = db_query(w->db,
		"select digest, ticket, extra from import_row"
		" where org = $1 and source = $2 and key = $3",
		org, source, key);

	if (!rows_next(&r))
		return MISSING;
	*row = (struct import_row){
		.org = org,
		.source = source,
		.key = key,
		.digest = row_copy(&r, 0, w->arena),
		.ticket = row_int(&r, 1),
		.extra = urlencoded_read(w->arena, row_text(&r, 2)),
	};
	rows_end(&r);
	return DONE;
}

bool
import_row_insert(struct work *w, const struct import_row *row)
{
	return db_run(w->db,
		       "insert into import_row (org, source, key, digest, ticket, extra)"
		       " values ($1, $2, $3, $4, $5, $6) on conflict do nothing",
		       row->org, row->source, row->key, row->digest ? row->digest : "",
		       row->ticket, urlencoded_write(w->arena, &row->extra)) == 1;
}

void
import_row_update(struct work *w, const struct import_row *row)
{
	db_run(w->db,
		"update import_row set digest = $4, ticket = $5, extra = $6"
		" where org = $1 and source = $2 and key = $3",
		row->org, row->source, row->key, row->digest ? row->digest : "",
		row->ticket, urlencoded_write(w->arena, &row->extra));
}

const char *
import_row_digest(struct arena *a, const struct bytes *fields, int count)
{
	crypto_generichash_state h;
	unsigned char hash[16];
	char *hex = arena_alloc(a, sizeof hash * 2 + 1);

	crypto_generichash_init(&h, NULL, 0, sizeof hash);
	for (int i = 0; i < count; i++) {
		uint64_t length = fields[i].len;

		crypto_generichash_update(
			&h, (const unsigned char *)&length, sizeof length);
		crypto_generichash_update(&h, fields[i].at, fields[i].len);
	}
	crypto_generichash_final(&h, hash, sizeof hash);
	return sodium_bin2hex(hex, sizeof hash * 2 + 1, hash, sizeof hash);
}
