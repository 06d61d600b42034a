/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "store/put_aside.h"

enum { FIRST_WAIT = 30, LONGEST_WAIT = 3600 };

/* Still true of the ticket; $1 is now. */
#define WANTED                                                      \
	" from put_aside p cross join ticket t where t.org = p.org" \
	" and t.id = p.ticket and t.next_at <= $1"

static void
sweep(struct work *w)
{
	db_run(w->db,
		"delete from put_aside where not exists (select 1 from ticket t"
		" where t.org = put_aside.org and t.id = put_aside.ticket"
		" and t.next_at <= $1)",
		w->now);
}

bool
put_aside_add(struct work *w, int64_t org, int64_t ticket)
{
	sweep(w);
	return db_run(w->db,
		       "insert into put_aside (org, ticket, since, attempts, retry_at)"
		       " values ($1, $2, $3, 1, $3 + $4)"
		       " on conflict (org, ticket) do update set"
		       " attempts = put_aside.attempts + 1,"
		       " retry_at = $3 + case when put_aside.attempts > 6 then $5"
		       " else $4 * (1 << cast(put_aside.attempts as integer)) end"
		       " where put_aside.retry_at <= $3",
		       org, ticket, w->now, FIRST_WAIT, LONGEST_WAIT) == 1;
}

void
put_aside_remove(struct work *w, int64_t org, int64_t ticket)
{
	db_run(w->db, "delete from put_aside where org = $1 and ticket = $2", org,
		ticket);
}

int
put_aside_due(struct work *w, int limit, struct kept_clock_due *due)
{
	struct rows r = db_query(w->db,
		"select p.org, p.ticket, t.next_at" WANTED
		" and p.retry_at <= $1 order by p.retry_at, p.ticket limit $2",
		w->now, limit);
	int n = 0;

	while (rows_next(&r))
		due[n++] = (struct kept_clock_due){
			row_int(&r, 0), row_int(&r, 1), row_int(&r, 2)};
	return n;
}

void
put_aside_read(struct work *w, int64_t org, int most, struct put_aside_list *list)
{
	struct rows r = db_query(w->db,
		"select t.reference, p.since, p.attempts, p.retry_at" WANTED
		" and p.org = $2 order by p.since, p.ticket limit $3",
		w->now, org, most);

	*list = (struct put_aside_list){
		.at = arena_array(w->arena, (size_t)most, sizeof *list->at),
	};
	while (rows_next(&r))
		list->at[list->count++] = (struct put_aside){
			.reference = row_copy(&r, 0, w->arena),
			.since = row_int(&r, 1),
			.attempts = row_int(&r, 2),
			.retry_at = row_int(&r, 3),
		};
}

int64_t
put_aside_count(struct work *w)
{
	return db_int(w->db, 0, "select count(*)" WANTED, w->now);
}
