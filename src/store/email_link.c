/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "store/email_link.h"

#include "store/secret.h"

#include <string.h>

void
email_link_put(struct work *w, const char *token, const struct email_link *l)
{
	db_run(w->db,
		"insert into email_link (hash, session, purpose, org, email, name, next,"
		" created, expires) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
		secret_hash(w->arena, token), w->session->hash, l->purpose, l->org,
		l->email, l->name, l->next, w->now, w->now + EMAIL_LINK_LIFETIME);
}

enum outcome
email_link_find(struct work *w, const char *token, struct email_link *l)
{
	struct rows r = db_query(w->db,
		"select purpose, org, email, name, next, session from email_link"
		" where hash = $1 and expires > $2",
		secret_hash(w->arena, token), w->now);

	if (!rows_next(&r))
		return MISSING;
	*l = (struct email_link){
		.purpose = row_copy(&r, 0, w->arena),
		.org = row_int(&r, 1),
		.email = row_copy(&r, 2, w->arena),
		.name = row_copy(&r, 3, w->arena),
		.next = row_copy(&r, 4, w->arena),
		.here = w->session && strcmp(w->session->hash, row_text(&r, 5)) == 0,
	};
	rows_end(&r);
	return DONE;
}

bool
email_link_use(struct work *w, const char *token)
{
	return w->session &&
	       db_run(w->db,
		       "delete from email_link where hash = $1 and session = $2"
		       " and expires > $3",
		       secret_hash(w->arena, token), w->session->hash, w->now) == 1;
}
