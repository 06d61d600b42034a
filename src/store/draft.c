/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "store/draft.h"

#include "format/urlencoded.h"
#include "store/secret.h"

#include <string.h>

enum outcome
draft_find(struct work *w, int64_t org, const char *service, struct draft *d)
{
	struct rows r;

	if (!w->session || !w->session->hash)
		return MISSING;
	r = db_query(w->db,
		"select version, once, answers, sent from draft"
		" where session = $1 and org = $2 and service = $3",
		w->session->hash, org, service);
	if (!rows_next(&r))
		return MISSING;
	*d = (struct draft){
		.session = w->session->hash,
		.org = org,
		.service = service,
		.version = row_int(&r, 0),
		.once = row_copy(&r, 1, w->arena),
		.answers = urlencoded_read(w->arena, row_text(&r, 2)),
		.sent = row_copy(&r, 3, w->arena),
	};
	rows_end(&r);
	return DONE;
}

enum outcome
draft_hold(struct work *w, int64_t org, const char *service, struct draft *d)
{
	if (!w->session || !w->session->hash)
		return MISSING;
	db_run(w->db,
		"update draft set updated = $4"
		" where session = $1 and org = $2 and service = $3",
		w->session->hash, org, service, w->now);
	return draft_find(w, org, service, d);
}

void
draft_start(struct work *w, int64_t org, const char *service, int64_t version,
	struct draft *d)
{
	if (draft_find(w, org, service, d) == DONE && !*d->sent) {
		d->version = version;
		draft_save(w, d);
		return;
	}
	*d = (struct draft){
		.session = w->session->hash,
		.org = org,
		.service = service,
		.version = version,
		.once = secret_token(w->arena),
		.sent = "",
	};
	db_run(w->db,
		"delete from draft_file where session = $1 and org = $2 and service = $3",
		d->session, org, service);
	db_run(w->db,
		"insert into draft (session, org, service, version, once, updated)"
		" values ($1, $2, $3, $4, $5, $6)"
		" on conflict (session, org, service) do update set version = $4,"
		" once = $5, answers = '', sent = '', updated = $6",
		d->session, org, service, version, d->once, w->now);
}

void
draft_save(struct work *w, const struct draft *d)
{
	db_run(w->db,
		"update draft set answers = $4, updated = $5, version = $6"
		" where session = $1 and org = $2 and service = $3",
		d->session, d->org, d->service, urlencoded_write(w->arena, &d->answers),
		w->now, d->version);
}

void
draft_forget(struct work *w, const struct draft *d)
{
	db_run(w->db,
		"delete from draft_file where session = $1 and org = $2 and service = $3",
		d->session, d->org, d->service);
	db_run(w->db,
		"delete from draft where session = $1 and org = $2 and service = $3",
		d->session, d->org, d->service);
}

void
draft_add_file(struct work *w, const struct draft *d, const char *field,
	const struct contact_file *file)
{
	db_run(w->db,
		"insert into draft_file (session, org, service, field, position,"
		" filename, type, data) select $1, $2, $3, $4,"
		" coalesce(max(f.position), 0) + 1, $5, $6, $7 from draft_file f"
		" where f.session = $1 and f.org = $2 and f.service = $3 and f.field = "
		"$4",
		d->session, d->org, d->service, field, file->filename, file->type,
		file->data);
}

void
draft_remove_file(
	struct work *w, const struct draft *d, const char *field, int64_t position)
{
	db_run(w->db,
		"delete from draft_file where session = $1 and org = $2 and service = $3"
		" and field = $4 and position = $5",
		d->session, d->org, d->service, field, position);
}

static struct bytes
bytes_copy(struct arena *a, struct bytes b)
{
	return (struct bytes){(unsigned char *)arena_text(a, b.at, b.len), b.len};
}

void
draft_files(struct work *w, const struct draft *d, enum draft_bytes how,
	struct draft_file_list *list)
{
	struct rows r = db_query(w->db,
		"select field, position, filename, type, length(data),"
		" case when $4 = 1 then data end"
		" from draft_file where session = $1 and org = $2 and service = $3"
		" order by field, position limit $5",
		d->session, d->org, d->service, how == DRAFT_BYTES, DRAFT_FILES);

	*list = (struct draft_file_list){
		.at = arena_array(w->arena, DRAFT_FILES, sizeof *list->at),
		.field = arena_array(w->arena, DRAFT_FILES, sizeof *list->field),
		.position = arena_array(w->arena, DRAFT_FILES, sizeof *list->position),
	};
	while (rows_next(&r)) {
		list->field[list->count] = row_copy(&r, 0, w->arena);
		list->position[list->count] = row_int(&r, 1);
		list->at[list->count] = (struct contact_file){
			.filename = row_copy(&r, 2, w->arena),
			.type = row_copy(&r, 3, w->arena),
			.data = {.len = (size_t)row_int(&r, 4)},
		};
		if (how == DRAFT_BYTES)
			list->at[list->count].data = bytes_copy(
				w->arena, row_bytes(&r, 5));
		list->count++;
	}
}

void
draft_follow(struct work *w, const char *from, const char *to)
{
	db_run(w->db, "update draft set session = $2 where session = $1", from, to);
	db_run(w->db, "update draft_file set session = $2 where session = $1", from, to);
}

void
draft_sent(struct work *w, const struct draft *d, const char *reference)
{
	db_run(w->db,
		"update draft set sent = $4, answers = '', updated = $5"
		" where session = $1 and org = $2 and service = $3",
		d->session, d->org, d->service, reference, w->now);
	db_run(w->db,
		"delete from draft_file where session = $1 and org = $2 and service = $3",
		d->session, d->org, d->service);
}
