/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "store/demand.h"

#include "store/skill.h"

enum { MOST_NEEDS = 20, MOST_ROWS = 2000, LARGEST = 100 };

void
demand_of(struct work *w, int64_t org, const char *service, struct demand *d)
{
	struct assignment_skill *at = arena_array(w->arena, MOST_NEEDS, sizeof *at);
	struct rows r = db_query(w->db,
		"select s.size, s.category, n.skill, n.level from service s"
		" left join service_skill n on n.org = s.org and n.service = s.code"
		" where s.org = $1 and s.code = $2 order by n.skill limit $3",
		org, service, MOST_NEEDS);

	*d = (struct demand){.size = 1, .category = "", .needs.at = at};
	while (rows_next(&r)) {
		d->size = row_int(&r, 0);
		d->category = row_copy(&r, 1, w->arena);
		if (!row_null(&r, 2))
			at[d->needs.count++] = (struct assignment_skill){
				row_int(&r, 2), row_int(&r, 3)};
	}
}

static bool
is_service(struct work *w, int64_t org, const char *service)
{
	return db_int(w->db, 0, "select 1 from service where org = $1 and code = $2", org,
		       service) == 1;
}

enum outcome
demand_skill(
	struct work *w, int64_t org, const char *service, int64_t skill, int64_t level)
{
	if (!is_service(w, org, service))
		return work_problem(w, "service", "problem.service.unknown");
	if (db_int(w->db, 0, "select 1 from skill where org = $1 and id = $2", org,
		    skill) != 1)
		return work_problem(w, "skill", "problem.skill.unknown");
	if (level < 0 || level > SKILL_LEVELS)
		return work_problem(w, "level", "problem.skill.level");
	if (level == 0)
		db_run(w->db,
			"delete from service_skill where org = $1 and service = $2"
			" and skill = $3",
			org, service, skill);
	else
		db_run(w->db,
			"insert into service_skill (org, service, skill, level)"
			" values ($1, $2, $3, $4)"
			" on conflict (org, service, skill) do update set level = $4",
			org, service, skill, level);
	return DONE;
}

enum outcome
demand_size(struct work *w, int64_t org, const char *service, int64_t size)
{
	if (size < 1 || size > LARGEST)
		return work_problem(w, "size", "problem.size.range");
	if (db_run(w->db, "update service set size = $3 where org = $1 and code = $2",
		    org, service, size) != 1)
		return work_problem(w, "service", "problem.service.unknown");
	return DONE;
}

void
demand_list(struct work *w, int64_t org, struct demand_list *list)
{
	struct rows r = db_query(w->db,
		"select s.code, s.name, s.size, coalesce(k.name, ''),"
		" coalesce(n.skill, 0), coalesce(n.level, 0) from service s"
		" left join service_skill n on n.org = s.org and n.service = s.code"
		" left join skill k on k.org = n.org and k.id = n.skill"
		" where s.org = $1 and s.state = 'live'"
		" and (n.skill is not null or s.size > 1)"
		" order by s.name, s.code, 4 limit $2",
		org, MOST_ROWS);

	*list = (struct demand_list){
		.at = arena_array(w->arena, MOST_ROWS, sizeof *list->at),
	};
	while (rows_next(&r))
		list->at[list->count++] = (struct demand_row){
			.service = row_copy(&r, 0, w->arena),
			.service_name = row_copy(&r, 1, w->arena),
			.size = row_int(&r, 2),
			.skill_name = row_copy(&r, 3, w->arena),
			.skill = row_int(&r, 4),
			.level = row_int(&r, 5),
		};
}
