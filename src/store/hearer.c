/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "store/hearer.h"

#include "format/urlencoded.h"

#include <stdlib.h>

void
hearer_list(struct work *w, const struct ticket *t, struct hearer_list *list)
{
	struct rows r = db_query(w->db,
		"select b.id, coalesce((select s.told from open311_sent s"
		" where s.org = $1 and s.body = b.id and s.ticket = $2), '')"
		" from open311_body b where b.org = $1 and b.active = 1 and b.updates = 1"
		" and (exists (select 1 from open311_sent s where s.org = $1"
		" and s.body = b.id and s.ticket = $2)"
		" or exists (select 1 from outbox o where o.org = $1 and o.ticket = $2"
		" and o.kind = 'open311' and o.state = 'waiting'"
		" and o.recipient = cast(b.id as text)))"
		" order by b.id limit $3",
		t->org, t->id, HEARER_MOST);

	*list = (struct hearer_list){
		.at = arena_array(w->arena, HEARER_MOST, sizeof *list->at),
	};
	while (list->count < HEARER_MOST && rows_next(&r))
		list->at[list->count++] = (struct hearer){
			row_int(&r, 0), row_copy(&r, 1, w->arena)};
	rows_end(&r);
}

void
hearer_tell(struct work *w, const struct ticket *t, int64_t body,
	const struct hearer_telling *what)
{
	struct pairs p = {.count = 0};
	struct letter l = {
		.org = t->org,
		.kind = HEARER_KIND,
		.ticket = t->id,
		.recipient = arena_printf(w->arena, "%lld", (long long)body),
		.sender = "",
		.subject = t->reference,
		.message_id = arena_printf(w->arena, "open311.%lld.%lld.%lld",
			(long long)body, (long long)t->id, (long long)what->seq),
		.automatic = true,
	};

	pairs_add_int(w->arena, &p, "seq", what->seq);
	pairs_add(w->arena, &p, "status", what->status);
	l.body = urlencoded_write(w->arena, &p);
	outbox_insert(w, &l);
	db_run(w->db,
		"update open311_sent set told = $4 where org = $1 and body = $2"
		" and ticket = $3",
		t->org, body, t->id, what->then);
}

struct hearer_telling
hearer_telling_of(struct work *w, const struct letter *l)
{
	struct pairs p = urlencoded_read(w->arena, l->body);
	const char *seq = pairs_get(&p, "seq");
	const char *status = pairs_get(&p, "status");

	return (struct hearer_telling){
		.seq = seq ? strtoll(seq, NULL, 10) : 0,
		.status = status ? status : "",
	};
}

const char *
hearer_id(struct work *w, int64_t org, int64_t body, int64_t ticket)
{
	const char *theirs = db_text(w->db, w->arena,
		"select theirs from open311_sent where org = $1 and body = $2"
		" and ticket = $3",
		org, body, ticket);

	return theirs ? theirs : "";
}
