/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "store/attachment.h"

#include "base/buffer.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

enum { MOST_FILES = 200, PART = 256 * 1024 };

static const char *
digest_of(struct arena *a, struct bytes data)
{
	unsigned char hash[32];
	char *hex = arena_alloc(a, sizeof hash * 2 + 1);

	crypto_generichash(hash, sizeof hash, data.at, data.len, NULL, 0);
	return sodium_bin2hex(hex, sizeof hash * 2 + 1, hash, sizeof hash);
}

void
attachment_insert(
	struct work *w, const struct ticket *t, int64_t seq, const struct contact_file *f)
{
	int64_t id = work_id(w);
	int part = 0;

	db_run(w->db,
		"insert into attachment (org, id, ticket, seq, filename, type, size, "
		"digest, public)"
		" values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
		t->org, id, t->id, seq, f->filename, f->type, (int64_t)f->data.len,
		digest_of(w->arena, f->data), !f->internal);
	for (size_t at = 0; at < f->data.len; at += PART, part++) {
		size_t n = f->data.len - at < PART ? f->data.len - at : PART;
		struct bytes bytes = {f->data.at + at, n};

		db_run(w->db,
			"insert into attachment_part (org, attachment, part, data)"
			" values ($1, $2, $3, $4)",
			t->org, id, part, bytes);
	}
}

void
attachment_read(struct work *w, const struct ticket *t, struct attachment_list *list)
{
	struct rows r = db_query(w->db,
		"select id, seq, size, filename, type, public from attachment"
		" where org = $1 and ticket = $2 and scanned <> 2 and $4 = 1"
		" and (public = 1 or $5 = 1) and (public = 0 or $6 = 1)"
		" order by id limit $3",
		t->org, t->id, MOST_FILES, ticket_shows(t, DETAIL_FILES),
		ticket_shows(t, DETAIL_INTERNAL), ticket_shows(t, DETAIL_PUBLIC));

	*list = (struct attachment_list){
		.at = arena_array(w->arena, MOST_FILES, sizeof *list->at),
	};
	while (rows_next(&r))
		list->at[list->count++] = (struct attachment){
			.id = row_int(&r, 0),
			.seq = row_int(&r, 1),
			.size = row_int(&r, 2),
			.filename = row_copy(&r, 3, w->arena),
			.type = row_copy(&r, 4, w->arena),
			.public = row_int(&r, 5),
		};
}

static struct bytes
bytes_of_file(struct work *w, int64_t org, int64_t id, int64_t size)
{
	struct buffer b = buffer_in(w->arena, (size_t)size);
	struct rows r = db_query(w->db,
		"select data from attachment_part where org = $1 and attachment = $2"
		" order by part",
		org, id);

	while (rows_next(&r)) {
		struct bytes part = row_bytes(&r, 0);

		buffer_add(&b, part.at, part.len);
	}
	return buffer_bytes(&b);
}

enum outcome
attachment_get(struct work *w, const struct ticket *t, int64_t id,
	struct attachment *found, struct bytes *data)
{
	struct attachment_list all;

	*found = (struct attachment){0};
	attachment_read(w, t, &all);
	for (int i = 0; i < all.count; i++)
		if (all.at[i].id == id)
			*found = all.at[i];
	if (found->id == 0)
		return MISSING;
	*data = bytes_of_file(w, t->org, id, found->size);
	return DONE;
}

enum outcome
attachment_unscanned(struct work *w, struct attachment_waiting *f, struct bytes *data)
{
	struct rows r = db_query(w->db,
		"select org, id, ticket, filename, size from attachment"
		" where scanned = 0 order by id limit 1");
	int64_t size;

	if (!rows_next(&r))
		return MISSING;
	*f = (struct attachment_waiting){
		.org = row_int(&r, 0),
		.id = row_int(&r, 1),
		.ticket = row_int(&r, 2),
		.filename = row_copy(&r, 3, w->arena),
	};
	size = row_int(&r, 4);
	rows_end(&r);
	*data = bytes_of_file(w, f->org, f->id, size);
	return DONE;
}

bool
attachment_scanned(struct work *w, const struct attachment_waiting *f, bool clean)
{
	if (db_run(w->db,
		    "update attachment set scanned = $3 where org = $1 and id = $2"
		    " and scanned = 0",
		    f->org, f->id, clean ? 1 : 2) != 1)
		return false;
	if (!clean)
		db_run(w->db,
			"delete from attachment_part where org = $1 and attachment = $2",
			f->org, f->id);
	return true;
}

/* One attachment being read part by part. */
struct verifying {
	crypto_generichash_state hash;
	int64_t id, size, seen;
	char digest[65];
};

static bool
is_right(struct verifying *v)
{
	unsigned char hash[32];
	char hex[65];

	crypto_generichash_final(&v->hash, hash, sizeof hash);
	sodium_bin2hex(hex, sizeof hex, hash, sizeof hash);
	return v->seen == v->size && strcmp(hex, v->digest) == 0;
}

static void
begin_verifying(struct verifying *v, const struct rows *r)
{
	*v = (struct verifying){.id = row_int(r, 0), .size = row_int(r, 1)};
	snprintf(v->digest, sizeof v->digest, "%s", row_text(r, 2));
	crypto_generichash_init(&v->hash, NULL, 0, 32);
}

int64_t
attachment_verify(struct work *w, const struct scope *s, int64_t *count, int64_t *first)
{
	struct rows r = db_query(w->db,
		"select a.id, a.size, a.digest, p.data from attachment a"
		" left join attachment_part p on p.org = a.org and p.attachment = a.id"
		" where a.org = $1 and $2 = 1 and a.scanned <> 2"
		" order by a.id, p.part",
		s->org, s->all && s->restricted);
	struct verifying v = {.id = 0};
	int64_t wrong = 0;
	bool more = true;

	*count = *first = 0;
	while (more) {
		more = rows_next(&r);
		if (v.id != 0 && (!more || row_int(&r, 0) != v.id)) {
			bool right = is_right(&v);

			(*count)++;
			if (!right && wrong++ == 0)
				*first = v.id;
		}
		if (!more)
			break;
		if (row_int(&r, 0) != v.id)
			begin_verifying(&v, &r);
		if (!row_null(&r, 3)) {
			struct bytes part = row_bytes(&r, 3);

			crypto_generichash_update(&v.hash, part.at, part.len);
			v.seen += (int64_t)part.len;
		}
	}
	return wrong;
}
