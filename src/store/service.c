/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "store/service.h"

#include "store/shelf.h"

#include <string.h>

enum { MOST_SERVICES = 2000, NEWEST_TICKETS = 300 };

#define COLUMNS                                                                          \
	"select s.org, s.code, s.name, s.category, s.kind, s.team, s.priority,"          \
	" s.restricted, s.who_may_ask, s.geo, s.open311, s.charge, s.emergency, s.note," \
	" s.lgsl, s.lgil, s.retention_months, s.state, f.version, f.fields"              \
	" from service s left join form f on f.org = s.org and f.service = s.code"       \
	" and f.state = 'live'"

static const char *
text(const struct rows *r, int column, struct arena *a)
{
	const char *copy = row_copy(r, column, a);

	return copy ? copy : "";
}

static void
service_read(struct work *w, const struct rows *r, struct service *s)
{
	struct arena *a = w->arena;

	*s = (struct service){
		.org = row_int(r, 0),
		.code = text(r, 1, a),
		.name = text(r, 2, a),
		.category = text(r, 3, a),
		.kind = text(r, 4, a),
		.team = row_int(r, 5),
		.priority = row_int(r, 6),
		.restricted = row_int(r, 7),
		.who_may_ask = text(r, 8, a),
		.geo = text(r, 9, a),
		.open311 = row_int(r, 10),
		.charge = text(r, 11, a),
		.emergency = text(r, 12, a),
		.note = text(r, 13, a),
		.lgsl = text(r, 14, a),
		.lgil = text(r, 15, a),
		.retention_months = row_int(r, 16),
		.state = text(r, 17, a),
		.form_version = row_int(r, 18),
		.fields = text(r, 19, a),
	};
}

/* In whatever state. */
static bool
find(struct work *w, int64_t org, const char *code, struct service *s)
{
	struct rows r = db_query(
		w->db, COLUMNS " where s.org = $1 and s.code = $2", org, code);

	if (!rows_next(&r))
		return false;
	service_read(w, &r, s);
	rows_end(&r);
	return true;
}

enum outcome
service_find(struct work *w, int64_t org, const char *code, struct service *s)
{
	if (!find(w, org, code, s) || strcmp(s->state, "live") != 0)
		return MISSING;
	return DONE;
}

void
service_list(struct work *w, int64_t org, struct service_list *list)
{
	struct rows r = db_query(w->db,
		COLUMNS " where s.org = $1 and s.state = 'live'"
			" order by s.category, s.name, s.code limit $2",
		org, MOST_SERVICES);
	int64_t count = db_int(w->db, 0,
		"select count(*) from service where org = $1 and state = 'live'", org);

	*list = (struct service_list){
		.at = arena_array(w->arena, (size_t)count, sizeof(struct service)),
	};
	while (list->count < count && rows_next(&r))
		service_read(w, &r, &list->at[list->count++]);
	rows_end(&r);
}

void
service_popular(
	struct work *w, const struct scope *scope, int limit, struct service_list *list)
{
	struct rows r = db_query(w->db,
		COLUMNS
		" join (select n.service, count(*) as times from"
		" (select t.service from ticket t where " SCOPE_SQL(
			"t") " order by t.id desc limit $7) n group by n.service) p"
			     " on p.service = s.code"
			     " where s.org = $1 and s.state = 'live' and s.restricted = 0"
			     " order by p.times desc, s.code limit $8",
		SCOPE_VALUES(scope), NEWEST_TICKETS, limit);

	*list = (struct service_list){
		.at = arena_array(w->arena, (size_t)limit, sizeof(struct service)),
	};
	while (list->count < limit && rows_next(&r))
		service_read(w, &r, &list->at[list->count++]);
	rows_end(&r);
}

const char *
service_form(struct work *w, int64_t org, const char *code, int64_t version)
{
	return db_text(w->db, w->arena,
		"select fields from form where org = $1 and service = $2 and version = "
		"$3",
		org, code, version);
}

static void
save_form(struct work *w, const struct service *s)
{
	int64_t newest = db_int(w->db, 0,
		"select max(version) from form where org = $1 and service = $2", s->org,
		s->code);

	db_run(w->db,
		"update form set state = 'archived'"
		" where org = $1 and service = $2 and state = 'live'",
		s->org, s->code);
	db_run(w->db,
		"insert into form (org, service, version, fields, state, created)"
		" values ($1, $2, $3, $4, 'live', $5)",
		s->org, s->code, newest + 1, s->fields, w->now);
	shelf_made(w, &(struct shelf_version){.kind = SHELF_FORM,
			      .org = s->org,
			      .version = newest + 1,
			      .name = s->code});
}

enum service_saved
service_save(struct work *w, const struct service *s, const char *source)
{
	struct service old;
	bool known = find(w, s->org, s->code, &old);
	const char *state = s->state ? s->state : "live";
	bool same_form = known && strcmp(old.fields, s->fields) == 0;
	const char *was = db_text(w->db, w->arena,
		"select source from service where org = $1 and code = $2", s->org,
		s->code);

	if (same_form && was && strcmp(was, source) == 0 && strcmp(old.state, state) == 0)
		return SERVICE_SAME;
	db_run(w->db,
		"insert into service (org, code, name, category, kind, team, priority,"
		" restricted, who_may_ask, geo, open311, charge, retention_months, "
		"emergency,"
		" note, lgsl, lgil, source, state)"
		" values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, "
		"$15,"
		" $16, $17, $18, $19)"
		" on conflict (org, code) do update set name = $3, category = $4, kind = "
		"$5,"
		" team = $6, priority = $7, restricted = $8, who_may_ask = $9, geo = $10,"
		" open311 = $11, charge = $12, retention_months = $13, emergency = $14,"
		" note = $15, lgsl = $16, lgil = $17, source = $18, state = $19",
		s->org, s->code, s->name, s->category, s->kind, s->team, s->priority,
		s->restricted, s->who_may_ask, s->geo, s->open311, s->charge,
		s->retention_months, s->emergency, s->note, s->lgsl, s->lgil, source,
		state);
	if (!same_form)
		save_form(w, s);
	return known ? SERVICE_CHANGED : SERVICE_NEW;
}

int64_t
service_reopen_days(struct work *w, int64_t org, const char *code)
{
	enum { USUALLY = 10 };

	return db_int(w->db, USUALLY,
		"select reopen_days from service where org = $1 and code = $2", org,
		code);
}

void
service_reopen_list(struct work *w, int64_t org, struct service_reopen_list *list)
{
	enum { MOST = 2000 };
	struct rows r = db_query(w->db,
		"select code, name, reopen_days from service where org = $1"
		" and state = 'live' order by name, code limit $2",
		org, MOST);

	*list = (struct service_reopen_list){
		.at = arena_array(w->arena, MOST, sizeof *list->at)};
	while (rows_next(&r))
		list->at[list->count++] = (struct service_reopen){
			.code = row_copy(&r, 0, w->arena),
			.name = row_copy(&r, 1, w->arena),
			.days = row_int(&r, 2),
		};
}

enum outcome
service_reopen_set(struct work *w, int64_t org, const char *code, int64_t days)
{
	return db_run(w->db,
		       "update service set reopen_days = $3 where org = $1 and code = $2"
		       " and state = 'live'",
		       org, code, days)
		       ? DONE
		       : MISSING;
}
