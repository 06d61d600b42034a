/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "channel/api/api_staffing.h"

#include "base/times.h"
#include "channel/api/api_body.h"
#include "channel/api/api_door.h"
#include "desk/assign.h"
#include "desk/attend.h"
#include "desk/staffing.h"
#include "store/demand.h"
#include "store/skill.h"
#include "store/worker.h"

#include <string.h>

enum outcome
api_staffing_team(struct work *w, const struct request *q, struct reply *r)
{
	const struct json *body = api_door_body(q, r);
	const char *mode = api_body_text(body, "mode");
	bool push = strcmp(mode, "push") == 0;
	enum outcome end = body ? api_door_right(w, r, RIGHT_ADMIN) : INVALID;

	if (end != DONE)
		return end;
	if (!push && strcmp(mode, "claim") != 0)
		return api_door_problem(r, 422, INVALID, "mode is push or claim");
	return api_door_nothing(
		w, r, assign_team(w, w->actor->org, api_body_part(q, "id"), push));
}

static void
show_worker(struct work *w, struct jsonout *j, const struct worker *m)
{
	jsonout_record(j);
	jsonout_member_id(j, "id", m->person);
	jsonout_member(j, "name", m->name);
	jsonout_member_whole(j, "capacity", m->capacity);
	jsonout_member_whole(j, "cap", m->cap);
	jsonout_member_whole(j, "load", m->load);
	jsonout_member_truth(j, "on_shift", worker_on_shift(m, w->now));
	jsonout_member_truth(j, "absent", m->absent);
	jsonout_member(j, "presence",
		m->presence.state == PRESENCE_UNKNOWN ? NULL
						      : presence_name(m->presence.state));
	jsonout_member_instant(j, "presence_until",
		m->presence.state == PRESENCE_UNKNOWN ? TIMES_NONE : m->presence.until);
	jsonout_end(j);
}

enum outcome
api_staffing_workers(struct work *w, const struct request *q, struct reply *r)
{
	int64_t team = query_int(q, "team", 1, INT64_MAX, 0);
	const struct worker_scope of = {w->actor->org, team, NULL, NULL};
	struct worker_list list;
	struct jsonout j;
	enum outcome end = api_door_right(w, r, RIGHT_ADMIN);

	if (end != DONE)
		return end;
	if (team)
		worker_of_team(w, &of, &list);
	else
		worker_everybody(w, w->actor->org, &list);
	j = api_door_answer(r, 200);
	jsonout_record(&j);
	api_door_open_list(&j, "workers");
	for (int i = 0; i < list.count; i++)
		show_worker(w, &j, &list.at[i]);
	jsonout_end(&j);
	jsonout_end(&j);
	return DONE;
}

enum outcome
api_staffing_worker(struct work *w, const struct request *q, struct reply *r)
{
	const struct json *body = api_door_body(q, r);
	enum outcome end = body ? api_door_right(w, r, RIGHT_ADMIN) : INVALID;

	if (end != DONE)
		return end;
	return api_door_nothing(w, r,
		staffing_worker(w, w->actor->org, api_body_part(q, "person"),
			api_body_whole(body, "capacity"), api_body_whole(body, "cap")));
}

enum outcome
api_staffing_presence(struct work *w, const struct request *q, struct reply *r)
{
	const struct json *body = api_door_body(q, r);
	enum presence_state state = presence_named(api_body_text(body, "state"));
	struct presence now;
	struct jsonout j;

	if (!body)
		return INVALID;
	if (w->actor->person == 0)
		return api_door_problem(r, 409, CONFLICT,
			"this token speaks for nobody who could be there");
	if (state == PRESENCE_UNKNOWN)
		return api_door_problem(
			r, 422, INVALID, "state is present, busy or away");
	attend(w, state);
	now = presence_of(w, w->actor->person);
	j = api_door_answer(r, 200);
	jsonout_record(&j);
	jsonout_member(&j, "state", presence_name(now.state));
	jsonout_member_instant(&j, "until", now.until);
	jsonout_end(&j);
	return DONE;
}

/* --- skills ------------------------------------------------------------------------- */

static void
show_held(struct work *w, struct jsonout *j)
{
	struct skill_held_list held;

	skill_held(w, w->actor->org, &held);
	api_door_open_list(j, "people");
	for (int i = 0; i < held.count; i++) {
		const struct skill_held *h = &held.at[i];

		jsonout_record(j);
		jsonout_member_id(j, "person", h->person);
		jsonout_member(j, "name", h->person_name);
		jsonout_member_id(j, "skill", h->skill);
		jsonout_member_whole(j, "level", h->level);
		jsonout_end(j);
	}
	jsonout_end(j);
}

/* A service of an unusual size that asks for no skill has a line without one. */
static void
show_asked(struct work *w, struct jsonout *j)
{
	struct demand_list asked;

	demand_list(w, w->actor->org, &asked);
	api_door_open_list(j, "services");
	for (int i = 0; i < asked.count; i++) {
		const struct demand_row *d = &asked.at[i];

		jsonout_record(j);
		jsonout_member(j, "service", d->service);
		jsonout_member(j, "name", d->service_name);
		jsonout_name(j, "skill");
		if (d->skill)
			jsonout_id(j, d->skill);
		else
			jsonout_null(j);
		jsonout_member_whole(j, "level", d->level);
		jsonout_member_whole(j, "size", d->size);
		jsonout_end(j);
	}
	jsonout_end(j);
}

static enum outcome
answer_skills(struct work *w, int status, struct reply *r)
{
	struct skill_list list;
	struct jsonout j = api_door_answer(r, status);

	skill_list(w, w->actor->org, &list);
	jsonout_record(&j);
	api_door_open_list(&j, "skills");
	for (int i = 0; i < list.count; i++) {
		jsonout_record(&j);
		jsonout_member_id(&j, "id", list.at[i].id);
		jsonout_member(&j, "name", list.at[i].name);
		jsonout_end(&j);
	}
	jsonout_end(&j);
	show_held(w, &j);
	show_asked(w, &j);
	jsonout_end(&j);
	return DONE;
}

enum outcome
api_staffing_skills(struct work *w, const struct request *q, struct reply *r)
{
	enum outcome end = api_door_right(w, r, RIGHT_ADMIN);

	(void)q;
	return end == DONE ? answer_skills(w, 200, r) : end;
}

enum outcome
api_staffing_add_skill(struct work *w, const struct request *q, struct reply *r)
{
	const struct json *body = api_door_body(q, r);
	struct bytes name = bytes_trim(bytes_of(api_body_text(body, "name")));
	int64_t id;
	enum outcome end = body ? api_door_right(w, r, RIGHT_ADMIN) : INVALID;

	if (end != DONE)
		return end;
	end = staffing_skill(
		w, w->actor->org, arena_text(w->arena, name.at, name.len), &id);
	return end == DONE ? answer_skills(w, 201, r) : api_door_refuse(w, r, end);
}

enum outcome
api_staffing_give_skill(struct work *w, const struct request *q, struct reply *r)
{
	const struct json *body = api_door_body(q, r);
	enum outcome end = body ? api_door_right(w, r, RIGHT_ADMIN) : INVALID;

	if (end != DONE)
		return end;
	return api_door_nothing(w, r,
		staffing_give(w, w->actor->org, api_body_part(q, "person"),
			api_body_part(q, "id"), api_body_whole(body, "level")));
}

enum outcome
api_staffing_ask_skill(struct work *w, const struct request *q, struct reply *r)
{
	const struct json *body = api_door_body(q, r);
	enum outcome end = body ? api_door_right(w, r, RIGHT_ADMIN) : INVALID;

	if (end != DONE)
		return end;
	return api_door_nothing(w, r,
		staffing_need(w, w->actor->org, path_part(q, "code"),
			api_body_part(q, "id"), api_body_whole(body, "level")));
}

enum outcome
api_staffing_size(struct work *w, const struct request *q, struct reply *r)
{
	const struct json *body = api_door_body(q, r);
	enum outcome end = body ? api_door_right(w, r, RIGHT_ADMIN) : INVALID;

	if (end != DONE)
		return end;
	return api_door_nothing(w, r,
		staffing_size(w, w->actor->org, path_part(q, "code"),
			api_body_whole(body, "size")));
}
