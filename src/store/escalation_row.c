/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "store/escalation_row.h"

enum { MOST_PEOPLE = 50 };

bool
escalation_row_insert(struct work *w, const struct ticket *t,
	const struct promise_state *s, const struct escalation_row *e)
{
	return db_run(w->db,
		       "insert into escalation (org, ticket, clock, subject, cycle, step,"
		       " due, at, late, seq)"
		       " values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
		       " on conflict do nothing",
		       t->org, t->id, promise_kind_name(s->kind), s->subject,
		       s->clock.cycle, e->step, e->due, w->now, e->late, e->seq) == 1;
}

static void
read(struct work *w, struct rows *r, struct escalation_people *people)
{
	*people = (struct escalation_people){
		.at = arena_array(w->arena, MOST_PEOPLE, sizeof *people->at),
	};
	while (people->count < MOST_PEOPLE && rows_next(r))
		people->at[people->count++] = (struct escalation_person){
			.person = row_int(r, 0),
			.name = row_copy(r, 1, w->arena),
			.email = row_copy(r, 2, w->arena),
			.language = row_copy(r, 3, w->arena),
			.calendar = row_int(r, 4),
		};
	rows_end(r);
}

/* A person may work in several teams; the calendar is that of the ticket's team when it
 * is one of theirs. */
#define PERSON                                                                       \
	"select p.id, p.name, coalesce(a.email, p.email, ''), p.language,"           \
	" coalesce((select g.calendar from member m join team g on g.org = m.org"    \
	" and g.id = m.team where m.org = $1 and m.person = p.id and g.calendar > 0" \
	" order by case when m.team = $2 then 0 else 1 end, m.team limit 1), 0)"     \
	" from person p left join account a on a.org = p.org and a.person = p.id"

void
escalation_row_person(
	struct work *w, int64_t org, int64_t person, struct escalation_people *people)
{
	struct rows r = db_query(
		w->db, PERSON " where p.org = $1 and p.id = $3", org, 0, person);

	read(w, &r, people);
}

void
escalation_row_assignee(
	struct work *w, const struct ticket *t, struct escalation_people *people)
{
	struct rows r = db_query(w->db, PERSON " where p.org = $1 and p.id = $3", t->org,
		t->team, t->assignee);

	read(w, &r, people);
}

void
escalation_row_with_role(struct work *w, const struct ticket *t, const char *role,
	bool anywhere, struct escalation_people *people)
{
	struct rows r = db_query(w->db,
		PERSON
		" join role_grant n on n.org = $1 and n.person = p.id and n.role = $3"
		" join member m on m.org = $1 and m.person = p.id and m.team = $2"
		" where p.org = $1 order by p.id limit $4",
		t->org, t->team, role, MOST_PEOPLE);

	read(w, &r, people);
	if (people->count > 0 || !anywhere)
		return;
	r = db_query(w->db,
		PERSON
		" join role_grant n on n.org = $1 and n.person = p.id and n.role = $3"
		" where p.org = $1 order by p.id limit $4",
		t->org, t->team, role, MOST_PEOPLE);
	read(w, &r, people);
}
