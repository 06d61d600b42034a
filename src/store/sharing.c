/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "store/sharing.h"

#include "store/parting.h"
#include "store/person.h"
#include "weaken.h"

#include <string.h>

enum { MOST_AGREEMENTS = 500, MOST_TERMS = 2000, MOST_GIVERS = 100 };

#define COLUMNS                                                                       \
	"select s.org, s.id, s.version, s.taker, s.team, s.name, s.purpose, s.basis," \
	" s.services, s.details, s.rights, s.restricted, s.starts, s.ends,"           \
	" s.signed_for_org, s.signed_for_taker, s.note, s.made, s.author,"            \
	" o.name, k.name, g.name, " PERSON_NAME("a", "s.author")
#define FROM                                                     \
	" from sharing s join organisation o on o.id = s.org"    \
	" join organisation k on k.id = s.taker"                 \
	" left join team g on g.org = s.taker and g.id = s.team" \
	" left join person a on a.org = s.org and a.id = s.author"

uint64_t
sharing_grantable(void)
{
	return RIGHT_BIT(RIGHT_SEE) | RIGHT_BIT(RIGHT_REPLY) | RIGHT_BIT(RIGHT_NOTE) |
	       RIGHT_BIT(RIGHT_RESOLVE) | RIGHT_BIT(RIGHT_PRIORITY) |
	       RIGHT_BIT(RIGHT_EXPORT);
}

static const char *
details_text(struct arena *a, unsigned details)
{
	const char *text = "";

	for (enum detail d = 0; d < DETAIL_COUNT; d++)
		if (details >> d & 1)
			text = arena_printf(a, "%s%s%s", text, *text ? " " : "",
				access_detail_name(d));
	return text;
}

static unsigned
details_of(struct arena *a, const char *words)
{
	struct bytes rest = bytes_of(words);
	unsigned details = 0;

	while (rest.len > 0) {
		struct bytes word = bytes_cut(&rest, ' ');
		enum detail d = access_detail_named(arena_text(a, word.at, word.len));

		if (d != DETAIL_COUNT)
			details |= 1u << d;
	}
	return details;
}

static void
put_in_force(struct work *w, const struct sharing *s)
{
	struct bytes rest = bytes_of(s->services);
	int64_t ends = s->ends;

#ifdef WEAKEN_AGREEMENT_END
	ends = INT64_MAX;
#endif
	db_run(w->db, "delete from sharing_service where org = $1 and agreement = $2",
		s->org, s->id);
	while (rest.len > 0) {
		struct bytes service = bytes_cut(&rest, ' ');

		if (service.len == 0)
			continue;
		db_run(w->db,
			"insert into sharing_service (org, taker, service, agreement,"
			" team, restricted, rights, details, starts, ends)"
			" values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
			" on conflict do nothing",
			s->org, s->taker, arena_text(w->arena, service.at, service.len),
			s->id, s->team, s->restricted, (int64_t)s->rights,
			(int64_t)s->details, s->starts, ends);
	}
}

void
sharing_save(struct work *w, struct sharing *s)
{
	s->rights = (s->rights & sharing_grantable()) | RIGHT_BIT(RIGHT_SEE);
	s->details &= DETAILS_ALL;
	if (s->id == 0)
		s->id = work_id(w);
	s->version = 1 + db_int(w->db, 0,
				 "select max(version) from sharing"
				 " where org = $1 and id = $2",
				 s->org, s->id);
	s->made = w->now;
	s->author = w->actor->person;
	db_run(w->db,
		"insert into sharing (org, id, version, taker, team, name, purpose,"
		" basis, services, details, rights, restricted, starts, ends,"
		" signed_for_org, signed_for_taker, note, made, author)"
		" values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14,"
		" $15, $16, $17, $18, $19)",
		s->org, s->id, s->version, s->taker, s->team, s->name, s->purpose,
		s->basis, s->services, details_text(w->arena, s->details),
		access_rights_text(w->arena, s->rights), s->restricted, s->starts,
		s->ends, s->signed_for_org, s->signed_for_taker, s->note ? s->note : "",
		s->made, s->author);
	put_in_force(w, s);
	parting_of_everybody(w);
}

static void
read_rows(struct work *w, struct rows *r, struct sharing_list *list)
{
	struct arena *a = w->arena;

	*list = (struct sharing_list){
		.at = arena_array(a, MOST_AGREEMENTS, sizeof *list->at),
	};
	while (rows_next(r))
		list->at[list->count++] = (struct sharing){
			.org = row_int(r, 0),
			.id = row_int(r, 1),
			.version = row_int(r, 2),
			.taker = row_int(r, 3),
			.team = row_int(r, 4),
			.name = row_copy(r, 5, a),
			.purpose = row_copy(r, 6, a),
			.basis = row_copy(r, 7, a),
			.services = row_copy(r, 8, a),
			.details = details_of(a, row_text(r, 9)),
			.rights = access_rights_of(row_text(r, 10)),
			.restricted = row_int(r, 11),
			.starts = row_int(r, 12),
			.ends = row_int(r, 13),
			.signed_for_org = row_copy(r, 14, a),
			.signed_for_taker = row_copy(r, 15, a),
			.note = row_copy(r, 16, a),
			.made = row_int(r, 17),
			.author = row_int(r, 18),
			.org_name = row_copy(r, 19, a),
			.taker_name = row_copy(r, 20, a),
			.team_name = row_copy(r, 21, a),
			.author_name = row_copy(r, 22, a),
		};
}

void
sharing_read(struct work *w, int64_t org, struct sharing_list *list)
{
	struct rows r = db_query(w->db,
		COLUMNS FROM " where (s.org = $1 or s.taker = $1) and s.version ="
			     " (select max(v.version) from sharing v"
			     " where v.org = s.org and v.id = s.id)"
			     " order by s.name, s.id limit $2",
		org, MOST_AGREEMENTS);

	read_rows(w, &r, list);
}

void
sharing_versions(struct work *w, int64_t org, int64_t id, struct sharing_list *list)
{
	struct rows r = db_query(w->db,
		COLUMNS FROM " where (s.org = $1 or s.taker = $1) and s.id = $2"
			     " order by s.version desc limit $3",
		org, id, MOST_AGREEMENTS);

	read_rows(w, &r, list);
}

void
sharing_givers(struct work *w, int64_t taker, struct sharing_givers *list)
{
	struct rows r = db_query(w->db,
		"select o.id, o.code, o.name from organisation o where o.id in"
		" (select s.org from sharing_service s where s.taker = $1"
		" and s.starts <= $2 and s.ends > $2) order by o.name limit $3",
		taker, w->now, MOST_GIVERS);

	*list = (struct sharing_givers){
		.at = arena_array(w->arena, MOST_GIVERS, sizeof *list->at),
	};
	while (rows_next(&r))
		list->at[list->count++] = (struct sharing_giver){
			.org = row_int(&r, 0),
			.code = row_copy(&r, 1, w->arena),
			.name = row_copy(&r, 2, w->arena),
		};
}

void
sharing_terms(struct work *w, int64_t org, int64_t taker, int64_t person,
	struct sharing_terms *list)
{
	struct rows r = db_query(w->db,
		"select s.agreement, s.service, s.restricted, s.rights, s.details,"
		" s.starts, s.ends from sharing_service s"
		" where s.org = $1 and s.taker = $2 and s.starts <= $3 and s.ends > $3"
		" and (s.team = 0 or exists (select 1 from member m where m.org = $2"
		" and m.person = $4 and m.team = s.team))"
		" order by s.agreement, s.service limit $5",
		org, taker, w->now, person, MOST_TERMS);

	*list = (struct sharing_terms){
		.at = arena_array(w->arena, MOST_TERMS, sizeof *list->at),
	};
	while (rows_next(&r))
		list->at[list->count++] = (struct sharing_term){
			.agreement = row_int(&r, 0),
			.service = row_copy(&r, 1, w->arena),
			.restricted = row_int(&r, 2),
			.rights = (uint64_t)row_int(&r, 3),
			.details = (unsigned)row_int(&r, 4),
			.starts = row_int(&r, 5),
			.ends = row_int(&r, 6),
		};
}
