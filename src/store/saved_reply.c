/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "store/saved_reply.h"

const char *
saved_reply_get(struct work *w, const struct ticket *t)
{
	const char *body = db_text(w->db, w->arena,
		"select body from saved_reply where org = $1 and ticket = $2 and person "
		"= $3",
		t->org, t->id, w->actor->person);

	return body ? body : "";
}

void
saved_reply_put(struct work *w, const struct ticket *t, const char *body)
{
	if (*body == 0) {
		db_run(w->db,
			"delete from saved_reply"
			" where org = $1 and ticket = $2 and person = $3",
			t->org, t->id, w->actor->person);
		return;
	}
	db_run(w->db,
		"insert into saved_reply (org, ticket, person, body, updated)"
		" values ($1, $2, $3, $4, $5)"
		" on conflict (org, ticket, person) do update set body = $4, updated = "
		"$5",
		t->org, t->id, w->actor->person, body, w->now);
}
