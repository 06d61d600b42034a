/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "store/person.h"

#include "rule/typed.h"
#include "store/ticket.h"

#include <string.h>

enum { SHORTEST_NAME = 2 };

#define COLUMNS                                                                        \
	"select p.org, p.id, p.name, p.email, p.phone, p.body, p.address, p.postcode," \
	" p.uprn, p.adjustments, p.language, p.vip, p.vulnerable, p.created"

static const char *
text(const struct rows *r, int column, struct arena *a)
{
	const char *copy = row_copy(r, column, a);

	return copy ? copy : "";
}

static void
person_read(struct work *w, const struct rows *r, struct person *p)
{
	struct arena *a = w->arena;

	*p = (struct person){
		.org = row_int(r, 0),
		.id = row_int(r, 1),
		.name = text(r, 2, a),
		.email = text(r, 3, a),
		.phone = text(r, 4, a),
		.body = text(r, 5, a),
		.address = text(r, 6, a),
		.postcode = text(r, 7, a),
		.uprn = text(r, 8, a),
		.adjustments = text(r, 9, a),
		.language = text(r, 10, a),
		.vip = row_int(r, 11),
		.vulnerable = row_int(r, 12),
		.created = row_int(r, 13),
	};
}

enum outcome
person_get(struct work *w, const struct scope *s, int64_t id, struct person *p)
{
	struct rows r = db_query(w->db,
		COLUMNS " from person p where p.org = $1 and p.id = $2"
			" and ($3 = 1 or p.id = $4)",
		s->org, id, s->all, s->person);

	if (!rows_next(&r))
		return MISSING;
	person_read(w, &r, p);
	rows_end(&r);
	return DONE;
}

enum outcome
person_by_address(struct work *w, int64_t org, const char *kind, const char *value,
	struct person *p)
{
	struct rows r = db_query(w->db,
		COLUMNS " from person_address a join person p on p.org = a.org"
			" and p.id = a.person"
			" where a.org = $1 and a.kind = $2 and a.value = $3 limit 2",
		org, kind, value);

	if (!rows_next(&r))
		return MISSING;
	person_read(w, &r, p);
	if (rows_next(&r)) {
		rows_end(&r);
		return MISSING;
	}
	return DONE;
}

enum outcome
person_of_ticket(struct work *w, const struct ticket *t, struct person *p)
{
	struct scope look = access_people(w->actor, t->org);
	struct scope house = access_house(t->org);

	if (t->customer == 0 || !ticket_shows(t, DETAIL_CONTACT) ||
		!ticket_shows(t, DETAIL_NAME))
		return MISSING;
	if (look.all)
		return person_get(w, &look, t->customer, p);
	return t->agreement ? person_get(w, &house, t->customer, p) : MISSING;
}

void
person_insert(struct work *w, struct person *p)
{
	p->id = work_id(w);
	p->created = w->now;
	db_run(w->db,
		"insert into person (org, id, name, email, phone, body, address, "
		"postcode,"
		" uprn, adjustments, language, vip, vulnerable, created)"
		" values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
		p->org, p->id, p->name, p->email, p->phone, p->body, p->address,
		p->postcode, p->uprn, p->adjustments, p->language ? p->language : "en",
		p->vip, p->vulnerable, p->created);
	person_add_address(w, p, "email", p->email);
	person_add_address(w, p, "phone", p->phone);
}

void
person_update(struct work *w, const struct person *p)
{
	db_run(w->db,
		"update person set name = $3, email = $4, phone = $5, body = $6,"
		" address = $7, postcode = $8, uprn = $9, adjustments = $10,"
		" language = $11, vip = $12, vulnerable = $13"
		" where org = $1 and id = $2",
		p->org, p->id, p->name, p->email, p->phone, p->body, p->address,
		p->postcode, p->uprn, p->adjustments, p->language, p->vip, p->vulnerable);
	person_add_address(w, p, "email", p->email);
	person_add_address(w, p, "phone", p->phone);
}

void
person_add_address(
	struct work *w, const struct person *p, const char *kind, const char *value)
{
	if (!value || !*value)
		return;
	db_run(w->db,
		"insert into person_address (org, kind, value, person)"
		" values ($1, $2, $3, $4) on conflict do nothing",
		p->org, kind, value, p->id);
}

/* The first text that sorts after every text beginning with `prefix`. */
static const char *
prefix_end(struct arena *a, const char *prefix)
{
	return arena_printf(a, "%s\xF4\x8F\xBF\xBD", prefix);
}

void
person_search(struct work *w, int64_t org, const char *search, int limit,
	struct person_list *list)
{
	struct scope s = access_people(w->actor, org);
	const char *name = typed_length(search) >= SHORTEST_NAME ? search : NULL;
	struct rows r;

	*list = (struct person_list){
		.at = arena_array(w->arena, (size_t)limit, sizeof(struct person)),
	};
	if (!s.all)
		return;
	/* The name's half is cut before it is sorted with the other: a common beginning
	 * must not read everybody who has it. */
	r = db_query(w->db,
		COLUMNS " from person p where p.org = $1 and p.id in"
			" (select a.person from person_address a where a.org = $1"
			" and a.kind in ('email', 'phone') and a.value = lower($2)"
			" union select named.id from (select n.id from person n"
			" where n.org = $1 and lower(n.name) >= lower($3)"
			" and lower(n.name) < lower($4)"
			" order by lower(n.name) limit $5) named)"
			" order by lower(p.name), p.id limit $5",
		org, search, name, name ? prefix_end(w->arena, name) : NULL, limit);
	while (rows_next(&r))
		person_read(w, &r, &list->at[list->count++]);
}
