/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "channel/api/api_calendars.h"

#include "channel/api/api_body.h"
#include "channel/api/api_door.h"
#include "desk/calendar_typed.h"
#include "desk/calendars.h"
#include "rule/lengths.h"
#include "rule/workdays.h"
#include "store/shelf.h"

#include <string.h>

enum { DAYS_AHEAD = 14 };

static void
show_about(struct jsonout *j, const struct calendar_row *c)
{
	jsonout_member_id(j, "id", c->id);
	jsonout_member_whole(j, "version", c->version);
	jsonout_member(j, "name", c->name);
	jsonout_member(j, "holidays", *c->holidays ? c->holidays : "none");
	jsonout_member_instant(
		j, "valid_from", c->valid_from ? c->valid_from : TIMES_NONE);
	jsonout_member(j, "by", c->made ? c->author_name : NULL);
}

enum outcome
api_calendars_list(struct work *w, const struct request *q, struct reply *r)
{
	struct calendar_row_list list;
	struct jsonout j;
	enum outcome end = api_door_right(w, r, RIGHT_ADMIN);

	(void)q;
	if (end != DONE)
		return end;
	calendar_row_list(w, w->actor->org, &list);
	j = api_door_answer(r, 200);
	jsonout_record(&j);
	api_door_open_list(&j, "calendars");
	for (int i = 0; i < list.count; i++) {
		jsonout_record(&j);
		show_about(&j, &list.at[i]);
		jsonout_end(&j);
	}
	jsonout_end(&j);
	jsonout_end(&j);
	return DONE;
}

/* --- one calendar ------------------------------------------------------------------- */

/* The version asked for; the one valid now; behind these the newest, planned one. */
static const struct calendar_row *
chosen(struct work *w, int64_t version, const struct calendar_row_list *list)
{
	for (int i = 0; i < list->count; i++)
		if (version ? list->at[i].version == version
			    : list->at[i].valid_from <= w->now)
			return &list->at[i];
	return version || list->count == 0 ? NULL : &list->at[0];
}

static void
lines(struct work *w, struct jsonout *j, const char *name, const char *text)
{
	struct bytes rest = bytes_of(text);

	api_door_open_list(j, name);
	while (rest.len > 0) {
		struct bytes one = bytes_trim(bytes_cut(&rest, '\n'));

		if (one.len > 0)
			jsonout_text(j, arena_text(w->arena, one.at, one.len));
	}
	jsonout_end(j);
}

static void
show_typed(struct work *w, struct jsonout *j, const struct calendar_row *c)
{
	struct calendar_typed t;

	if (!calendar_typed_of(w, c, &t))
		t = (struct calendar_typed){.zone = "", .yearly = "", .dates = ""};
	jsonout_member(j, "zone", t.zone);
	api_door_open_list(j, "week");
	for (int i = 0; i < CALENDAR_TYPED_WEEK; i++)
		jsonout_text(j, t.week[i] ? t.week[i] : "");
	jsonout_end(j);
	lines(w, j, "yearly", t.yearly);
	lines(w, j, "dates", t.dates);
}

static void
show_days(struct work *w, struct jsonout *j, const struct calendar_row *c)
{
	const struct calendar *calendar = shelf_calendar_version(
		w, w->actor->org, c->id, c->version);
	const struct hours *h = calendar ? calendar_hours(calendar) : NULL;
	int64_t today = h ? zone_day_at(calendar_zone(calendar), w->now) : 0;

	api_door_open_list(j, "next_days");
	for (int i = 0; h && i < DAYS_AHEAD; i++) {
		struct date d = times_date(today + i);
		struct hours_day day = hours_on(h, today + i);

		jsonout_record(j);
		jsonout_member(j, "date",
			arena_printf(w->arena, "%04d-%02d-%02d", d.year, d.month, d.day));
		api_door_open_list(j, "open");
		for (size_t k = 0; k < day.n; k++) {
			jsonout_record(j);
			jsonout_member_whole(j, "from", day.at[k].from);
			jsonout_member_whole(j, "to", day.at[k].to);
			jsonout_end(j);
		}
		jsonout_end(j);
		jsonout_member(j, "holiday",
			calendar_row_holiday_name(
				w, w->actor->org, c->holidays, today + i));
		jsonout_end(j);
	}
	jsonout_end(j);
}

static enum outcome
answer(struct work *w, int64_t id, int64_t version, int status, struct reply *r)
{
	struct calendar_row_list list;
	const struct calendar_row *c;
	struct jsonout j;

	calendar_row_versions(w, w->actor->org, id, &list);
	c = chosen(w, version, &list);
	if (!c)
		return api_door_refuse(w, r, MISSING);
	j = api_door_answer(r, status);
	jsonout_record(&j);
	show_about(&j, c);
	show_typed(w, &j, c);
	show_days(w, &j, c);
	api_door_open_list(&j, "versions");
	for (int i = 0; i < list.count; i++) {
		jsonout_record(&j);
		show_about(&j, &list.at[i]);
		jsonout_end(&j);
	}
	jsonout_end(&j);
	jsonout_end(&j);
	return DONE;
}

enum outcome
api_calendars_show(struct work *w, const struct request *q, struct reply *r)
{
	enum outcome end = api_door_right(w, r, RIGHT_ADMIN);

	if (end != DONE)
		return end;
	return answer(w, api_body_part(q, "id"), query_int(q, "version", 1, INT32_MAX, 0),
		200, r);
}

/* --- changing it -------------------------------------------------------------------- */

/* A list of texts as lines; NULL when it is none. */
static const char *
lines_in(struct work *w, const struct json *body, const char *name)
{
	const struct json *list = json_get(body, name);
	struct buffer b = buffer_in(w->arena, 64);

	if (json_none(list))
		return "";
	for (int i = 0; list->kind == JSON_KIND_LIST && i < list->count; i++) {
		const char *line = json_words(&list->items[i]);

		if (!line)
			return NULL;
		buffer_printf(&b, "%s\n", line);
	}
	return list->kind == JSON_KIND_LIST ? buffer_text(&b) : NULL;
}

static bool
read_typed(struct work *w, const struct json *body, struct calendar_typed *t)
{
	const struct json *week = json_get(body, "week");

	t->zone = api_body_text(body, "zone");
	t->yearly = lines_in(w, body, "yearly");
	t->dates = lines_in(w, body, "dates");
	if (!t->yearly || !t->dates || !week || week->kind != JSON_KIND_LIST ||
		week->count != CALENDAR_TYPED_WEEK)
		return false;
	for (int i = 0; i < CALENDAR_TYPED_WEEK; i++) {
		t->week[i] = json_words(&week->items[i]);
		if (!t->week[i])
			return false;
	}
	return true;
}

static enum outcome
save(struct work *w, const struct json *body, int64_t id, struct reply *r)
{
	const char *holidays = api_body_text(body, "holidays");
	int status = id ? 200 : 201;
	struct calendar_edit e = {
		.org = w->actor->org,
		.name = api_body_text(body, "name"),
		.holidays = strcmp(holidays, "none") == 0 ? "" : holidays,
	};
	struct calendar_typed t;
	enum outcome end = INVALID;

	if (!read_typed(w, body, &t))
		return api_door_problem(r, 422, INVALID,
			"week is a list of seven texts, Monday first; yearly and dates "
			"are lists of texts");
	if (*e.holidays && strcmp(e.holidays, "uk") != 0 &&
		strcmp(e.holidays, "division") != 0)
		(void)!work_problem(w, "holidays", "problem.calendar.holidays");
	if (!api_body_instant(body, "valid_from", &e.valid_from))
		(void)!work_problem(w, "valid_from", "problem.calendar.date");
	e.definition = calendar_typed_definition(w, &t);
	if (w->problems.count == 0)
		end = calendars_save(w, &e, &id);
	return end == DONE ? answer(w, id, 0, status, r) : api_door_refuse(w, r, end);
}

enum outcome
api_calendars_make(struct work *w, const struct request *q, struct reply *r)
{
	const struct json *body = api_door_body(q, r);
	enum outcome end = body ? api_door_right(w, r, RIGHT_ADMIN) : INVALID;

	return end == DONE ? save(w, body, 0, r) : end;
}

enum outcome
api_calendars_change(struct work *w, const struct request *q, struct reply *r)
{
	const struct json *body = api_door_body(q, r);
	int64_t id = api_body_part(q, "id");
	enum outcome end = body ? api_door_right(w, r, RIGHT_ADMIN) : INVALID;

	if (end != DONE)
		return end;
	if (!*calendar_row_name(w, w->actor->org, id))
		return api_door_refuse(w, r, MISSING);
	return save(w, body, id, r);
}

/* --- asking it ---------------------------------------------------------------------- */

enum outcome
api_calendars_due(struct work *w, const struct request *q, struct reply *r)
{
	const char *said = query_text(q, "from");
	int64_t seconds = query_int(q, "seconds", 1, LENGTHS_MOST_HOURS * 3600, 0);
	int64_t days = query_int(q, "working_days", 1, LENGTHS_MOST_DAYS, 0);
	int64_t from = w->now, version, due = TIMES_NONE;
	const struct workdays_target target = {.days = days, .end = WORKDAYS_CLOSING};
	struct workdays_deadline deadline;
	const struct calendar *c;
	struct jsonout j;
	enum outcome end = api_door_right(w, r, RIGHT_ADMIN);

	if (end != DONE)
		return end;
	if ((*said && !times_parse_iso(bytes_of(said), &from)) ||
		(seconds == 0) == (days == 0))
		return api_door_problem(r, 400, INVALID,
			"from is an instant, and either seconds or working_days is "
			"asked");
	c = shelf_calendar(w, w->actor->org, api_body_part(q, "id"), from, &version);
	if (!c)
		return api_door_refuse(w, r, MISSING);
	if (seconds && !calendar_due(c, from, seconds, &due))
		due = TIMES_NONE;
	if (days && workdays_due(c, times_date(zone_day_at(calendar_zone(c), from)),
			    target, &deadline))
		due = deadline.due;
	j = api_door_answer(r, 200);
	jsonout_record(&j);
	jsonout_member_whole(&j, "version", version);
	jsonout_member_instant(&j, "from", from);
	jsonout_member_instant(&j, "due", due);
	jsonout_end(&j);
	return DONE;
}

/* --- bank holidays ------------------------------------------------------------------ */

static enum outcome
answer_division(struct work *w, struct reply *r)
{
	struct jsonout j = api_door_answer(r, 200);

	jsonout_record(&j);
	jsonout_member(&j, "division", calendar_row_division(w, w->actor->org));
	jsonout_end(&j);
	return DONE;
}

enum outcome
api_calendars_holidays(struct work *w, const struct request *q, struct reply *r)
{
	enum outcome end = api_door_right(w, r, RIGHT_ADMIN);

	(void)q;
	return end == DONE ? answer_division(w, r) : end;
}

enum outcome
api_calendars_division(struct work *w, const struct request *q, struct reply *r)
{
	const struct json *body = api_door_body(q, r);
	enum outcome end;

	if (!body)
		return INVALID;
	end = calendars_division(w, w->actor->org, api_body_text(body, "division"));
	return end == DONE ? answer_division(w, r) : api_door_refuse(w, r, end);
}
