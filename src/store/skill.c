/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "store/skill.h"

#include "store/person.h"
#include "store/worker.h"

#include <string.h>

enum { MOST_SKILLS = 500, MOST_HELD = 5000, EACH = 50, LONGEST_NAME = 80 };

void
skill_list(struct work *w, int64_t org, struct skill_list *list)
{
	struct rows r = db_query(w->db,
		"select id, name from skill where org = $1 order by name limit $2", org,
		MOST_SKILLS);

	*list = (struct skill_list){
		.at = arena_array(w->arena, MOST_SKILLS, sizeof *list->at),
	};
	while (rows_next(&r))
		list->at[list->count++] = (struct skill){
			row_int(&r, 0), row_copy(&r, 1, w->arena)};
}

enum outcome
skill_ensure(struct work *w, int64_t org, const char *name, int64_t *id)
{
	if (!*name || strlen(name) > LONGEST_NAME)
		return work_problem(w, "name", "problem.skill.name");
	db_run(w->db,
		"insert into skill (org, id, name) values ($1, $2, $3)"
		" on conflict do nothing",
		org, work_id(w), name);
	*id = db_int(
		w->db, 0, "select id from skill where org = $1 and name = $2", org, name);
	return DONE;
}

enum outcome
skill_give(struct work *w, int64_t org, int64_t person, int64_t skill, int64_t level)
{
	if (db_int(w->db, 0, "select 1 from skill where org = $1 and id = $2", org,
		    skill) != 1)
		return work_problem(w, "skill", "problem.skill.unknown");
	if (db_int(w->db, 0,
		    "select 1 from member where org = $1 and person = $2 limit 1", org,
		    person) != 1)
		return work_problem(w, "person", "problem.person.not_in_team");
	if (level < 0 || level > SKILL_LEVELS)
		return work_problem(w, "level", "problem.skill.level");
	if (level == 0)
		db_run(w->db,
			"delete from person_skill where org = $1 and person = $2"
			" and skill = $3",
			org, person, skill);
	else
		db_run(w->db,
			"insert into person_skill (org, person, skill, level)"
			" values ($1, $2, $3, $4)"
			" on conflict (org, person, skill) do update set level = $4",
			org, person, skill, level);
	return DONE;
}

void
skill_held(struct work *w, int64_t org, struct skill_held_list *list)
{
	struct rows r = db_query(w->db,
		"select h.person, h.skill, h.level, " PERSON_NAME("p",
			"h.person") ", s.name from person_skill h"
				    " join skill s on s.org = h.org and s.id = h.skill"
				    " left join person p on p.org = h.org"
				    " and p.id = h.person where h.org = $1"
				    " order by 4, 1, 5 limit $2",
		org, MOST_HELD);

	*list = (struct skill_held_list){
		.at = arena_array(w->arena, MOST_HELD, sizeof *list->at),
	};
	while (rows_next(&r)) {
		const char *name = row_copy(&r, 3, w->arena);

		list->at[list->count++] = (struct skill_held){
			.person = row_int(&r, 0),
			.skill = row_int(&r, 1),
			.level = row_int(&r, 2),
			.person_name = name ? name : "",
			.skill_name = row_copy(&r, 4, w->arena),
		};
	}
}

static void
add(struct work *w, struct worker *m, struct assignment_skill skill)
{
	if (m->skill_count == EACH)
		return;
	if (!m->skills)
		m->skills = arena_array(w->arena, EACH, sizeof *m->skills);
	m->skills[m->skill_count++] = skill;
}

void
skill_of_workers(struct work *w, int64_t org, int64_t team, struct worker_list *list)
{
	struct rows r = db_query(w->db,
		"select h.person, h.skill, h.level from member m join person_skill h"
		" on h.org = m.org and h.person = m.person"
		" where m.org = $1 and m.team = $2 limit $3",
		org, team, MOST_HELD);

	while (rows_next(&r))
		for (int i = 0; i < list->count; i++)
			if (list->at[i].person == row_int(&r, 0))
				add(w, &list->at[i],
					(struct assignment_skill){
						row_int(&r, 1), row_int(&r, 2)});
}
