/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "store/publication.h"

#include "store/kept_clock.h"

#include <string.h>

enum { MOST_OFFERS = 2000, MOST_UPDATES_OF_ONE = 500, MOST_PHOTOS = 200 };

static const char *
text(const struct rows *r, int column, struct arena *a)
{
	const char *copy = row_copy(r, column, a);

	return copy ? copy : "";
}

/* A list with twice the room. Lists are made for each of a thousand requests, and most
 * are short. */
static void *
more(struct arena *a, const void *old, int *room, size_t size)
{
	int wider = *room ? *room * 2 : 4;
	void *at = arena_array(a, (size_t)wider, size);

	if (*room)
		memcpy(at, old, (size_t)*room * size);
	*room = wider;
	return at;
}

/* --- services ----------------------------------------------------------------------- */

#define OFFERS                                                                           \
	"select s.code, s.name, s.note, s.category, s.state, s.geo, f.version, o.type,"  \
	" o.keywords, o.words, o.moderate, o.stopper, o.photos from service s"           \
	" left join open311_service o on o.org = s.org and o.service = s.code"           \
	" left join form f on f.org = s.org and f.service = s.code and f.state = 'live'" \
	" where s.org = $1 and s.open311 = 1 and s.restricted = 0 and s.state <> "       \
	"'draft'"

static void
read_offer(struct arena *a, const struct rows *r, struct offer *o)
{
	const char *type = row_copy(r, 7, a);

	*o = (struct offer){
		.code = text(r, 0, a),
		.name = text(r, 1, a),
		.description = text(r, 2, a),
		.category = text(r, 3, a),
		.state = text(r, 4, a),
		.geo = text(r, 5, a),
		.form_version = row_int(r, 6),
		.type = type ? type : "realtime",
		.keywords = text(r, 8, a),
		.words = row_int(r, 9),
		.moderate = row_int(r, 10),
		.stopper = text(r, 11, a),
		.photos = row_int(r, 12),
	};
}

void
publication_offers(struct work *w, int64_t org, struct offer_list *list)
{
	struct rows r = db_query(
		w->db, OFFERS " order by s.code limit $2", org, MOST_OFFERS);

	*list = (struct offer_list){
		.at = arena_array(w->arena, MOST_OFFERS, sizeof *list->at),
	};
	while (list->count < MOST_OFFERS && rows_next(&r))
		read_offer(w->arena, &r, &list->at[list->count++]);
	rows_end(&r);
}

enum outcome
publication_offer(struct work *w, int64_t org, const char *code, struct offer *o)
{
	struct rows r = db_query(w->db, OFFERS " and s.code = $2", org, code);

	if (!rows_next(&r))
		return MISSING;
	read_offer(w->arena, &r, o);
	rows_end(&r);
	return DONE;
}

enum outcome
publication_save_offer(struct work *w, int64_t org, const struct offer *o)
{
	struct offer old;

	if (publication_offer(w, org, o->code, &old) != DONE)
		return MISSING;
	db_run(w->db,
		"insert into open311_service (org, service, type, keywords, words, "
		"moderate,"
		" stopper, photos) values ($1, $2, $3, $4, $5, $6, $7, $8)"
		" on conflict (org, service) do update set type = $3, keywords = $4,"
		" words = $5, moderate = $6, stopper = $7, photos = $8",
		org, o->code, o->type, o->keywords, o->words, o->moderate, o->stopper,
		o->photos);
	return DONE;
}

void
publication_mark(struct work *w, int64_t org, const char *code, bool offered)
{
	db_run(w->db, "update service set open311 = $3 where org = $1 and code = $2", org,
		code, offered);
}

int64_t
publication_changed(struct work *w, int64_t org)
{
	return db_int(w->db, 0, "select max(created) from form where org = $1", org);
}

/* --- tickets ------------------------------------------------------------------------ */

void
publication_insert(struct work *w, const struct ticket *t, const char *words, bool photos,
	const char *token)
{
	db_run(w->db,
		"insert into publication (org, ticket, service, requested, updated, "
		"status,"
		" words, photos, token) values ($1, $2, $3, $4, $4, 'open', $5, $6, $7)"
		" on conflict do nothing",
		t->org, t->id, t->service, w->now, words, photos, token);
}

const char *
publication_told(struct work *w, const struct ticket *t)
{
	return db_text(w->db, w->arena,
		"select status from publication where org = $1 and ticket = $2", t->org,
		t->id);
}

void
publication_tell(struct work *w, const struct ticket *t, int64_t seq, const char *status,
	const char *then)
{
	db_run(w->db,
		"insert into publication_update (org, id, ticket, seq, at, status)"
		" values ($1, $2, $3, $4, $5, $6)",
		t->org, work_id(w), t->id, seq, w->now, status);
	db_run(w->db,
		"update publication set updated = $3, status = $4"
		" where org = $1 and ticket = $2",
		t->org, t->id, w->now, then);
}

enum outcome
publication_change(struct work *w, const struct ticket *t, bool hidden, const char *words)
{
	if (db_run(w->db,
		    "update publication set hidden = $3, words = coalesce($4, words),"
		    " updated = $5 where org = $1 and ticket = $2",
		    t->org, t->id, hidden, words, w->now) == 1)
		return DONE;
	return MISSING;
}

enum outcome
publication_now(struct work *w, const struct ticket *t, struct publication_state_now *now)
{
	struct rows r = db_query(w->db,
		"select hidden, photos, words from publication"
		" where org = $1 and ticket = $2",
		t->org, t->id);

	if (!rows_next(&r))
		return MISSING;
	*now = (struct publication_state_now){
		.hidden = row_int(&r, 0),
		.photos = row_int(&r, 1),
		.words = text(&r, 2, w->arena),
	};
	rows_end(&r);
	return DONE;
}

/* --- photographs ---------------------------------------------------------------------
 */

/* A picture that can be made bare and that the customer may see. */
#define PICTURE                                                                       \
	" a.public = 1 and a.scanned <> 2 and a.type in ('image/jpeg', 'image/png', " \
	"'image/gif',"                                                                \
	" 'image/webp')"

/* Somebody decided so; else those of the report (its first event) follow the ticket. */
#define SHOWN " coalesce(x.shown, case when p.photos = 1 and a.seq = 1 then 1 else 0 end)"

void
publication_photos(
	struct work *w, int64_t org, int64_t ticket, struct publication_photo_list *list)
{
	struct rows r = db_query(w->db,
		"select a.id, a.seq, a.type," SHOWN
		" from attachment a join publication p on p.org = a.org"
		" and p.ticket = a.ticket left join publication_photo x"
		" on x.org = a.org and x.attachment = a.id"
		" where a.org = $1 and a.ticket = $2 and" PICTURE
		" order by a.id limit $3",
		org, ticket, MOST_PHOTOS);

	*list = (struct publication_photo_list){.count = 0};
	for (int room = 0; list->count < MOST_PHOTOS && rows_next(&r);) {
		if (list->count == room)
			list->at = more(w->arena, list->at, &room, sizeof *list->at);
		list->at[list->count++] = (struct publication_photo){
			.id = row_int(&r, 0),
			.seq = row_int(&r, 1),
			.type = text(&r, 2, w->arena),
			.shown = row_int(&r, 3),
		};
	}
	rows_end(&r);
}

void
publication_show_photo(
	struct work *w, const struct ticket *t, int64_t attachment, bool shown)
{
	db_run(w->db,
		"insert into publication_photo (org, ticket, attachment, shown)"
		" values ($1, $2, $3, $4)"
		" on conflict (org, attachment) do update set shown = $4",
		t->org, t->id, attachment, shown);
}

/* The one condition under which a ticket may be read by everybody. */
#define PUBLISHED                                                                        \
	"select p.org, p.ticket, t.reference, p.service, s.name, t.status, m.name,"      \
	" p.status, p.words, t.place, t.channel, s.geo, t.open, p.requested, p.updated," \
	" t.clocks, t.solved, (select min(a.id) from attachment a"                       \
	" left join publication_photo x on x.org = a.org and x.attachment = a.id"        \
	" where a.org = p.org and a.ticket = p.ticket and" PICTURE " and" SHOWN " = 1)"  \
	" from publication p"                                                            \
	" join ticket t on t.org = p.org and t.id = p.ticket and t.restricted = 0"       \
	" join service s on s.org = p.org and s.code = t.service and s.open311 = 1"      \
	" and s.restricted = 0"                                                          \
	" left join team m on m.org = t.org and m.id = t.team"                           \
	" where p.org = $1 and p.hidden = 0"

static void
read_publication(struct work *w, const struct rows *r, struct publication *p)
{
	struct arena *a = w->arena;
	int64_t solved = row_int(r, 16);

	*p = (struct publication){
		.org = row_int(r, 0),
		.ticket = row_int(r, 1),
		.reference = text(r, 2, a),
		.service = text(r, 3, a),
		.service_name = text(r, 4, a),
		.status = text(r, 5, a),
		.agency = text(r, 6, a),
		.told = text(r, 7, a),
		.words = text(r, 8, a),
		.place = text(r, 9, a),
		.channel = text(r, 10, a),
		.geo = text(r, 11, a),
		.open = row_int(r, 12),
		.requested = row_int(r, 13),
		.updated = row_int(r, 14),
		.due = kept_clock_expected(w, row_int(r, 0), row_text(r, 15)),
		.photo = row_int(r, 17),
	};
	if (!p->open && solved > p->requested)
		p->updated = solved;
}

static enum outcome
only_one(struct work *w, struct rows *r, struct publication *p)
{
	if (!rows_next(r))
		return MISSING;
	read_publication(w, r, p);
	rows_end(r);
	return DONE;
}

enum outcome
publication_find(
	struct work *w, int64_t org, const char *reference, struct publication *p)
{
	struct rows r = db_query(
		w->db, PUBLISHED " and t.reference = $2", org, reference);

	return only_one(w, &r, p);
}

enum outcome
publication_by_token(
	struct work *w, int64_t org, const char *token, struct publication *p)
{
	struct rows r = db_query(w->db, PUBLISHED " and p.token = $2", org, token);

	return only_one(w, &r, p);
}

void
publication_query(
	struct work *w, const struct publication_query *q, struct publication_list *list)
{
	struct rows r = db_query(w->db,
		PUBLISHED
		" and p.requested >= $2 and p.requested <= $3"
		" and ($4 = 0 or ($4 = 1 and t.open = 1) or ($4 = 2 and t.open = 0))"
		" and ($5 = '' or t.service = $5)"
		" and ($8 = '' or replace($8, ',' || t.service || ',', '') <> $8)"
		" order by p.requested desc, p.ticket desc limit $6 offset $7",
		q->org, q->from, q->to, (int64_t)q->state, q->service ? q->service : "",
		q->limit, q->skip, q->services ? q->services : "");

	*list = (struct publication_list){
		.at = arena_array(w->arena, (size_t)q->limit, sizeof *list->at),
	};
	while (list->count < q->limit && rows_next(&r))
		read_publication(w, &r, &list->at[list->count++]);
	rows_end(&r);
}

/* --- updates ------------------------------------------------------------------------ */

#define UPDATES                                                                          \
	"select u.id, u.at, t.reference, u.status, e.kind, e.body,"                      \
	" (select min(a.id) from attachment a join publication_photo x"                  \
	" on x.org = a.org and x.attachment = a.id and x.shown = 1"                      \
	" where a.org = u.org and a.ticket = u.ticket and a.seq = u.seq and" PICTURE ")" \
	" from publication_update u"                                                     \
	" join publication p on p.org = u.org and p.ticket = u.ticket and p.hidden = 0"  \
	" join ticket t on t.org = u.org and t.id = u.ticket and t.restricted = 0"       \
	" join service s on s.org = t.org and s.code = t.service and s.open311 = 1"      \
	" and s.restricted = 0"                                                          \
	" left join event e on e.org = u.org and e.ticket = u.ticket and e.seq = u.seq"  \
	" and e.public = 1"                                                              \
	" where u.org = $1"

static void
read_updates(struct work *w, struct rows *r, int limit, struct publication_update_list *l)
{
	*l = (struct publication_update_list){.count = 0};
	for (int room = 0; l->count < limit && rows_next(r);) {
		if (l->count == room)
			l->at = more(w->arena, l->at, &room, sizeof *l->at);
		l->at[l->count++] = (struct publication_update){
			.id = row_int(r, 0),
			.at = row_int(r, 1),
			.reference = text(r, 2, w->arena),
			.status = text(r, 3, w->arena),
			.kind = text(r, 4, w->arena),
			.body = text(r, 5, w->arena),
			.photo = row_int(r, 6),
		};
	}
	rows_end(r);
}

void
publication_updates(struct work *w, int64_t org, int64_t from, int64_t to, int limit,
	struct publication_update_list *list)
{
	struct rows r = db_query(w->db,
		UPDATES " and u.at >= $2 and u.at <= $3 order by u.at, u.id limit $4",
		org, from, to, limit);

	read_updates(w, &r, limit, list);
}

void
publication_updates_of(
	struct work *w, const struct publication *p, struct publication_update_list *list)
{
	struct rows r = db_query(w->db,
		UPDATES " and u.ticket = $2 order by u.id limit $3", p->org, p->ticket,
		MOST_UPDATES_OF_ONE);

	read_updates(w, &r, MOST_UPDATES_OF_ONE, list);
}

const char *
publication_answered(struct work *w, const char *update_id)
{
	return db_text(w->db, w->arena,
		"select answer from open311_update where caller = $1 and update_id = $2",
		w->caller->hash, update_id);
}

enum outcome
publication_answer(
	struct work *w, const struct ticket *t, const char *update_id, const char *answer)
{
	if (db_run(w->db,
		    "insert into open311_update (caller, update_id, org, ticket, answer, "
		    "at)"
		    " values ($1, $2, $3, $4, $5, $6) on conflict do nothing",
		    w->caller->hash, update_id, t->org, t->id, answer, w->now) == 1)
		return DONE;
	return CONFLICT;
}

const char *
publication_recent(struct work *w, int64_t org, const char *what, int64_t since)
{
	if (db_run(w->db,
		    "insert into open311_post (org, what, ticket, at) values ($1, $2, 0, "
		    "$3)"
		    " on conflict (org, what) do update set ticket = 0, at = $3"
		    " where open311_post.at <= $4",
		    org, what, w->now, since) == 1)
		return NULL;
	return db_text(w->db, w->arena,
		"select t.reference from open311_post o"
		" join ticket t on t.org = o.org and t.id = o.ticket"
		" where o.org = $1 and o.what = $2",
		org, what);
}

void
publication_made(struct work *w, int64_t org, const char *what, int64_t ticket)
{
	db_run(w->db, "update open311_post set ticket = $3 where org = $1 and what = $2",
		org, what, ticket);
}

void
publication_sweep(struct work *w, int64_t before)
{
	db_run(w->db, "delete from open311_post where at <= $1", before);
}
