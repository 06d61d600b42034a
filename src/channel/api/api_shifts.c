/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "channel/api/api_shifts.h"

#include "desk/staffing.h"

#include "channel/api/api_body.h"
#include "channel/api/api_door.h"
#include "rule/hours_typed.h"
#include "store/shift.h"

/* --- shifts ------------------------------------------------------------------------- */

enum outcome
api_shifts_list(struct work *w, const struct request *q, struct reply *r)
{
	struct shift_list list;
	struct jsonout j;
	enum outcome end = api_door_right(w, r, RIGHT_ADMIN);

	(void)q;
	if (end != DONE)
		return end;
	shift_list(w, w->actor->org, &list);
	j = api_door_answer(r, 200);
	jsonout_record(&j);
	api_door_open_list(&j, "shifts");
	for (int i = 0; i < list.count; i++) {
		const struct shift *s = &list.at[i];

		jsonout_record(&j);
		jsonout_member_id(&j, "team", s->team);
		jsonout_member(&j, "team_name", s->team_name);
		jsonout_name(&j, "person");
		if (s->person)
			jsonout_id(&j, s->person);
		else
			jsonout_null(&j);
		jsonout_member(&j, "person_name", s->person ? s->person_name : NULL);
		jsonout_member_id(&j, "hours", s->calendar);
		jsonout_member(&j, "hours_name", s->calendar_name);
		jsonout_end(&j);
	}
	jsonout_end(&j);
	jsonout_end(&j);
	return DONE;
}

/* Of a team, or of one person in it; hours null takes it away. */
enum outcome
api_shifts_save(struct work *w, const struct request *q, struct reply *r)
{
	const struct json *body = api_door_body(q, r);
	int64_t hours = api_body_id(body, "hours");
	enum outcome end = body ? api_door_right(w, r, RIGHT_ADMIN) : INVALID;

	if (end != DONE)
		return end;
	if (hours == 0 && !json_none(json_get(body, "hours"))) {
		(void)!work_problem(w, "hours", "problem.shift.hours");
		return api_door_refuse(w, r, INVALID);
	}
	return api_door_nothing(w, r,
		staffing_shift(w, w->actor->org, api_body_id(body, "team"),
			api_body_id(body, "person"), hours));
}

static enum outcome
answer_hours(struct work *w, int status, struct reply *r)
{
	struct shift_hours_list list;
	struct jsonout j = api_door_answer(r, status);

	shift_hours(w, w->actor->org, &list);
	jsonout_record(&j);
	api_door_open_list(&j, "hours");
	for (int i = 0; i < list.count; i++) {
		jsonout_record(&j);
		jsonout_member_id(&j, "id", list.at[i].calendar);
		jsonout_member(&j, "name", list.at[i].name);
		jsonout_end(&j);
	}
	jsonout_end(&j);
	jsonout_end(&j);
	return DONE;
}

enum outcome
api_shifts_hours(struct work *w, const struct request *q, struct reply *r)
{
	enum outcome end = api_door_right(w, r, RIGHT_ADMIN);

	(void)q;
	return end == DONE ? answer_hours(w, 200, r) : end;
}

enum outcome
api_shifts_make(struct work *w, const struct request *q, struct reply *r)
{
	const struct json *body = api_door_body(q, r);
	struct bytes name = bytes_trim(bytes_of(api_body_text(body, "name")));
	int64_t first = api_body_whole(body, "first_day");
	int64_t last = api_body_whole(body, "last_day");
	struct shift_plan p = {.name = arena_text(w->arena, name.at, name.len)};
	enum outcome end = body ? api_door_right(w, r, RIGHT_ADMIN) : INVALID;

	if (end != DONE)
		return end;
	if (first < 1 || last > 7 || first > last)
		return api_door_problem(r, 422, INVALID,
			"first_day and last_day are 1 (Monday) to 7, in this order");
	p.first_day = (int)first;
	p.last_day = (int)last;
	if (!hours_typed_time(api_body_text(body, "from"), &p.from))
		(void)!work_problem(w, "from", "problem.shift.time");
	if (!hours_typed_time(api_body_text(body, "to"), &p.to))
		(void)!work_problem(w, "to", "problem.shift.time");
	end = w->problems.count ? INVALID : staffing_hours(w, w->actor->org, &p);
	return end == DONE ? answer_hours(w, 201, r) : api_door_refuse(w, r, end);
}

/* --- days off ----------------------------------------------------------------------- */

/* Those that have not ended on a day; by UTC where the caller names none. */
enum outcome
api_shifts_absences(struct work *w, const struct request *q, struct reply *r)
{
	const char *since = query_text(q, "since");
	struct date d = times_date(times_day(w->now));
	struct shift_absence_list list;
	struct jsonout j;
	enum outcome end = api_door_right(w, r, RIGHT_ADMIN);

	if (end != DONE)
		return end;
	if (*since && !times_parse_date(bytes_of(since), &d))
		return api_door_problem(r, 400, INVALID, "since is a date");
	shift_absences(w, w->actor->org,
		arena_printf(w->arena, "%04d-%02d-%02d", d.year, d.month, d.day), &list);
	j = api_door_answer(r, 200);
	jsonout_record(&j);
	api_door_open_list(&j, "absences");
	for (int i = 0; i < list.count; i++) {
		const struct shift_absence *a = &list.at[i];

		jsonout_record(&j);
		jsonout_member_id(&j, "person", a->person);
		jsonout_member(&j, "name", a->name);
		jsonout_member(&j, "first", a->first);
		jsonout_member(&j, "last", a->last);
		jsonout_member(&j, "note", a->note);
		jsonout_end(&j);
	}
	jsonout_end(&j);
	jsonout_end(&j);
	return DONE;
}

enum outcome
api_shifts_add_absence(struct work *w, const struct request *q, struct reply *r)
{
	const struct json *body = api_door_body(q, r);
	enum outcome end = body ? api_door_right(w, r, RIGHT_ADMIN) : INVALID;

	if (end != DONE)
		return end;
	return api_door_nothing(w, r,
		staffing_absence(w, w->actor->org, api_body_id(body, "person"),
			api_body_text(body, "first"), api_body_text(body, "last"),
			api_body_text(body, "note")));
}

enum outcome
api_shifts_end_absence(struct work *w, const struct request *q, struct reply *r)
{
	enum outcome end = api_door_right(w, r, RIGHT_ADMIN);

	if (end != DONE)
		return end;
	return api_door_nothing(w, r,
		staffing_absence(w, w->actor->org, api_body_part(q, "person"),
			path_part(q, "first"), NULL, ""));
}

/* --- licences ----------------------------------------------------------------------- */

enum outcome
api_shifts_licences(struct work *w, const struct request *q, struct reply *r)
{
	struct shift_licence_list list;
	struct jsonout j;
	enum outcome end = api_door_right(w, r, RIGHT_ADMIN);

	(void)q;
	if (end != DONE)
		return end;
	shift_licences(w, w->actor->org, &list);
	j = api_door_answer(r, 200);
	jsonout_record(&j);
	api_door_open_list(&j, "licences");
	for (int i = 0; i < list.count; i++) {
		const struct shift_licence *l = &list.at[i];

		jsonout_record(&j);
		jsonout_member_id(&j, "person", l->person);
		jsonout_member(&j, "name", l->name);
		jsonout_member(&j, "trained", l->trained);
		jsonout_member(&j, "valid_until", l->valid_until);
		jsonout_member(&j, "services", l->services);
		jsonout_end(&j);
	}
	jsonout_end(&j);
	jsonout_end(&j);
	return DONE;
}

enum outcome
api_shifts_license(struct work *w, const struct request *q, struct reply *r)
{
	const struct json *body = api_door_body(q, r);
	const struct shift_licence l = {
		.org = w->actor->org,
		.person = api_body_part(q, "person"),
		.trained = api_body_text(body, "trained"),
		.valid_until = api_body_text(body, "valid_until"),
		.services = api_body_text(body, "services"),
	};
	enum outcome end = body ? api_door_right(w, r, RIGHT_ADMIN) : INVALID;

	return end == DONE ? api_door_nothing(w, r, staffing_licence(w, &l)) : end;
}

enum outcome
api_shifts_end_licence(struct work *w, const struct request *q, struct reply *r)
{
	enum outcome end = api_door_right(w, r, RIGHT_ADMIN);

	if (end == DONE)
		staffing_licence_end(w, w->actor->org, api_body_part(q, "person"));
	return end == DONE ? api_door_nothing(w, r, DONE) : end;
}
