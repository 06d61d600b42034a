/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "store/parting.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { KEPT = 86400 };

static void
add(struct work *w, int64_t person, const char *session)
{
	struct parting *p = arena_alloc(w->arena, sizeof *p);

	for (const struct parting *k = w->partings; k; k = k->next)
		if (k->person == person && strcmp(k->session, session) == 0)
			return;
	*p = (struct parting){
		work_id(w), person, arena_copy(w->arena, session), w->partings};
	w->partings = p;
	if (db_engine(w->db) == DB_POSTGRES)
		(void)db_int(w->db, 0, "select 1 from (select pg_notify($1, $2)) as told",
			PARTING_CHANNEL, parting_write(w->arena, p));
	else
		db_run(w->db,
			"insert into parting (id, person, session, at)"
			" values ($1, $2, $3, $4)",
			p->id, person, session, w->now);
}

void
parting_of_everybody(struct work *w)
{
	add(w, 0, "");
}

void
parting_of_person(struct work *w, int64_t person)
{
	if (person > 0)
		add(w, person, "");
}

void
parting_of_session(struct work *w, const char *hash)
{
	add(w, 0, hash);
}

const char *
parting_write(struct arena *a, const struct parting *p)
{
	return arena_printf(
		a, "part %" PRId64 " %" PRId64 " %s", p->id, p->person, p->session);
}

bool
parting_read(struct arena *a, const char *text, struct parting *p)
{
	char *end, *last;

	if (strncmp(text, "part ", 5) != 0)
		return false;
	*p = (struct parting){.id = strtoll(text + 5, &end, 10)};
	p->person = strtoll(end, &last, 10);
	if (last == end || *last != ' ')
		return false;
	p->session = arena_copy(a, last + 1);
	return true;
}

const struct parting *
parting_since(struct work *w, int64_t *after)
{
	const struct parting *found = NULL;
	struct rows r;

	if (*after < 0) {
		*after = db_int(w->db, 0, "select max(id) from parting");
		return NULL;
	}
	r = db_query(w->db,
		"select id, person, session from parting where id > $1 order by id",
		*after);
	while (rows_next(&r)) {
		struct parting *p = arena_alloc(w->arena, sizeof *p);

		*after = row_int(&r, 0);
		*p = (struct parting){
			*after, row_int(&r, 1), row_copy(&r, 2, w->arena), found};
		found = p;
	}
	return found;
}

void
parting_sweep(struct work *w)
{
	db_run(w->db, "delete from parting where at <= $1", w->now - KEPT);
}
