/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "store/audit_watch.h"

const char *
audit_watch_email(struct work *w, int64_t org)
{
	const char *email = db_text(
		w->db, w->arena, "select email from audit_watch where org = $1", org);

	return email ? email : "";
}

void
audit_watch_set(struct work *w, int64_t org, const char *email)
{
	if (*email)
		db_run(w->db,
			"insert into audit_watch (org, email) values ($1, $2)"
			" on conflict (org) do update set email = $2",
			org, email);
	else
		db_run(w->db, "delete from audit_watch where org = $1", org);
}

bool
audit_watch_due(struct work *w, int64_t day)
{
	return db_int(w->db, 0, "select 1 from audit_watch where day < $1 limit 1",
		       day) == 1;
}

const char *
audit_watch_take(struct work *w, int64_t org, int64_t day)
{
	return db_text(w->db, w->arena,
		"update audit_watch set day = $2 where org = $1 and day < $2"
		" returning email",
		org, day);
}
