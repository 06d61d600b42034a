/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "store/remote_photo.h"

enum { FIRST_DELAY = 30, LONGEST_DELAY = 3600 };

void
remote_photo_insert(
	struct work *w, const struct ticket *t, int64_t seq, const char *address)
{
	db_run(w->db,
		"insert into remote_photo (org, id, ticket, seq, address, next_at)"
		" values ($1, $2, $3, $4, $5, $6)",
		t->org, work_id(w), t->id, seq, address, w->now);
}

bool
remote_photo_due(struct work *w)
{
	return db_int(w->db, 0,
		       "select 1 from remote_photo where state = 'waiting'"
		       " and next_at <= $1 limit 1",
		       w->now) == 1;
}

void
remote_photo_take(
	struct work *w, int limit, int64_t lease, struct remote_photo_list *list)
{
	struct rows r = db_query(w->db,
		"update remote_photo set next_at = $2, tries = tries + 1"
		" where (org, id) in (select org, id from remote_photo"
		" where state = 'waiting' and next_at <= $1"
		" order by next_at, org, id limit $3)"
		" and state = 'waiting' and next_at <= $1"
		" returning org, id, ticket, seq, tries, address",
		w->now, w->now + lease, limit);

	*list = (struct remote_photo_list){
		.at = arena_array(w->arena, (size_t)limit, sizeof *list->at),
	};
	while (list->count < limit && rows_next(&r))
		list->at[list->count++] = (struct remote_photo){
			.org = row_int(&r, 0),
			.id = row_int(&r, 1),
			.ticket = row_int(&r, 2),
			.seq = row_int(&r, 3),
			.tries = row_int(&r, 4),
			.address = row_copy(&r, 5, w->arena),
		};
	rows_end(&r);
}

/* An address may be the picture itself: it is not kept twice. */
bool
remote_photo_kept(struct work *w, const struct remote_photo *p)
{
	return db_run(w->db,
		       "update remote_photo set state = 'kept', error = '',"
		       " address = case when address like 'data:%' then 'data:'"
		       " else address end"
		       " where org = $1 and id = $2 and state = 'waiting'",
		       p->org, p->id) == 1;
}

void
remote_photo_refused(struct work *w, const struct remote_photo *p, const char *error)
{
	db_run(w->db,
		"update remote_photo set state = 'refused', error = $3"
		" where org = $1 and id = $2 and state = 'waiting'",
		p->org, p->id, error);
}

bool
remote_photo_failed(struct work *w, const struct remote_photo *p, const char *error)
{
	int64_t delay = FIRST_DELAY;

	if (p->tries >= REMOTE_PHOTO_TRIES) {
		remote_photo_refused(w, p, error);
		return true;
	}
	for (int64_t n = p->tries; n > 1 && delay < LONGEST_DELAY; n--)
		delay *= 2;
	if (delay > LONGEST_DELAY)
		delay = LONGEST_DELAY;
	db_run(w->db,
		"update remote_photo set next_at = $3, error = $4"
		" where org = $1 and id = $2 and state = 'waiting'",
		p->org, p->id, w->now + delay, error);
	return false;
}
