/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "web/admin/calendars_edit.h"

#include "desk/calendar_typed.h"
#include "desk/calendars.h"
#include "rule/hours_typed.h"
#include "store/zone_file.h"
#include "views.h"
#include "web/admin/admin_frame.h"
#include "web/admin/admin_page.h"
#include "web/admin/calendars_page.h"
#include "web/admin/calendars_view.h"
#include "web/frame.h"
#include "web/moment.h"
#include "web/problemlist.h"
#include "web/say.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { WEEK = CALENDAR_TYPED_WEEK, HOLIDAYS = 3 };

static const enum word weekdays[WEEK] = {WORD_calendars_monday, WORD_calendars_tuesday,
	WORD_calendars_wednesday, WORD_calendars_thursday, WORD_calendars_friday,
	WORD_calendars_saturday, WORD_calendars_sunday};
static const char *const day_ids[WEEK] = {
	"day-1", "day-2", "day-3", "day-4", "day-5", "day-6", "day-7"};

/* --- what the form shows ------------------------------------------------------------ */

static struct pairs
form_of(struct work *w, const struct calendar_row *c)
{
	struct arena *a = w->arena;
	struct pairs p = {NULL, 0};
	struct calendar_typed t;

	pairs_add(a, &p, "name", c->name);
	pairs_add(a, &p, "holidays", c->holidays);
	if (!calendar_typed_of(w, c, &t))
		return p;
	pairs_add(a, &p, "zone", t.zone);
	for (int i = 0; i < WEEK; i++)
		pairs_add(a, &p, day_ids[i], t.week[i]);
	pairs_add(a, &p, "yearly", t.yearly);
	pairs_add(a, &p, "dates", t.dates);
	return p;
}

static struct part_input
input(struct work *w, const struct pairs *typed, const char *id, enum word label)
{
	const char *value = pairs_get(typed, id);

	return (struct part_input){
		.kind = PART_TEXT,
		.id = id,
		.label = say(w, label),
		.value = value ? value : "",
		.autocomplete = "off",
		.no_spelling = true,
		.error = frame_problem(w, id),
	};
}

static struct part_input
area(struct work *w, const struct pairs *typed, const char *id, enum word label)
{
	struct part_input in = input(w, typed, id, label);

	in.kind = PART_AREA;
	in.autocomplete = NULL;
	in.rows = 4;
	return in;
}

static struct part_input
holidays_input(struct work *w, const struct pairs *typed)
{
	static const struct {
		const char *value;
		enum word word;
	} all[HOLIDAYS] = {
		{"division", WORD_calendars_holidays_division},
		{"uk", WORD_calendars_holidays_uk},
		{"", WORD_calendars_holidays_none},
	};
	struct part_input in = input(w, typed, "holidays", WORD_calendars_holidays);
	struct part_choice *at = arena_array(w->arena, HOLIDAYS, sizeof *at);

	for (int i = 0; i < HOLIDAYS; i++)
		at[i] = (struct part_choice){.value = all[i].value,
			.label = say(w, all[i].word),
			.chosen = strcmp(all[i].value, in.value) == 0};
	in.kind = PART_SELECT;
	in.choices = (struct part_choices){at, HOLIDAYS};
	return in;
}

static void
fill(struct work *w, const struct pairs *typed, struct calendar_edit_view *v)
{
	struct part_input *week = arena_array(w->arena, WEEK, sizeof *week);

	for (int i = 0; i < WEEK; i++)
		week[i] = input(w, typed, day_ids[i], weekdays[i]);
	v->week = (struct part_inputs){week, WEEK};
	v->name = input(w, typed, "name", WORD_calendars_name);
	v->zone = input(w, typed, "zone", WORD_calendars_zone);
	v->yearly = area(w, typed, "yearly", WORD_calendars_yearly);
	v->yearly.hint = say(w, WORD_calendars_yearly_hint);
	v->dates = area(w, typed, "dates", WORD_calendars_dates);
	v->dates.hint = say(w, WORD_calendars_dates_hint);
	v->holidays = holidays_input(w, typed);
	v->valid_date = input(w, typed, "valid-date", WORD_calendars_valid_date);
	v->valid_date.hint = say(w, WORD_calendars_valid_hint);
	v->valid_time = input(w, typed, "valid-time", WORD_calendars_valid_time);
}

static enum outcome
print(struct work *w, const struct request *q, const struct pairs *typed,
	const char *taken, struct reply *r)
{
	const char *id = path_part(q, "id");
	bool new = strcmp(id, "new") == 0;
	struct calendar_edit_view v = {
		.problems = problemlist_of(w),
		.title = say(w, new ? WORD_calendars_new : WORD_calendars_edit),
		.action = q->path,
		.cancel = new ? "/admin/calendars"
			      : arena_printf(w->arena, "/admin/calendars/%s", id),
		.taken = taken,
	};

	frame_page(w, q, &v.page, WORD_calendars_title, SECTION_ADMIN);
	admin_frame_trail(w, &v.page, say(w, WORD_calendars_title), "/admin/calendars");
	v.page.title_text = v.title;
	v.ways = admin_page_ways(w, WORD_NONE);
	fill(w, typed, &v);
	view_calendar_edit(&r->body, w->words, &v);
	return DONE;
}

/* The newest version: what is changed next. */
static enum outcome
newest(struct work *w, const struct request *q, struct calendar_row *c)
{
	static const struct calendar_row blank = {
		.name = "",
		.holidays = "division",
		.definition = "zone=Europe/London week=1/32400-61200,2/32400-61200,"
			      "3/32400-61200,4/32400-61200,5/32400-61200",
	};
	struct calendar_row_list list;

	*c = blank;
	if (strcmp(path_part(q, "id"), "new") == 0)
		return DONE;
	calendar_row_versions(w, w->actor->org, path_int(q, "id"), &list);
	if (list.count == 0)
		return MISSING;
	*c = list.at[0];
	return DONE;
}

enum outcome
calendars_edit_show(struct work *w, const struct request *q, struct reply *r)
{
	struct calendar_row c;
	struct pairs typed;

	if (newest(w, q, &c) != DONE)
		return MISSING;
	typed = form_of(w, &c);
	return print(w, q, &typed, NULL, r);
}

/* --- what was typed ----------------------------------------------------------------- */

static const char *
definition(struct work *w, const struct request *q)
{
	struct calendar_typed t = {
		.zone = form_text(q, "zone"),
		.yearly = form_text(q, "yearly"),
		.dates = form_text(q, "dates"),
	};

	for (int i = 0; i < WEEK; i++)
		t.week[i] = form_text(q, day_ids[i]);
	return calendar_typed_definition(w, &t);
}

/* From when the new version is valid; 0: from now. */
static int64_t
valid_from(struct work *w, const struct request *q, const char **taken)
{
	const char *date = form_text(q, "valid-date"), *time = form_text(q, "valid-time");
	const char *problem;
	const struct zone *z = zone_file_load(w->arena, form_text(q, "zone"), &problem);
	enum zone_reading reading;
	int64_t instant;
	struct date d;
	int second = 0;

	*taken = NULL;
	if (!*date && !*time)
		return 0;
	if (!hours_typed_date(date, &d))
		(void)!work_problem(w, "valid-date", "problem.calendar.date");
	if (*time && !hours_typed_time(time, &second))
		(void)!work_problem(w, "valid-time", "problem.calendar.time");
	if (w->problems.count || !z)
		return 0;
	instant = zone_instant(z, d, second, &reading);
	*taken = calendars_page_taken(w, z, instant, reading);
	return instant;
}

enum outcome
calendars_edit_save(struct work *w, const struct request *q, struct reply *r)
{
	int64_t id = path_int(q, "id");
	const char *which = form_text(q, "holidays"), *taken;
	struct calendar_edit e = {.org = w->actor->org, .name = form_text(q, "name")};
	struct calendar_row c;
	enum outcome end = INVALID;

	if (newest(w, q, &c) != DONE)
		return MISSING;
	e.definition = definition(w, q);
	e.holidays = strcmp(which, "uk") == 0 ? "uk" : *which ? "division" : "";
	e.valid_from = valid_from(w, q, &taken);
	db_savepoint(w->db);
	if (w->problems.count == 0 || !access_may(w->actor, w->actor->org, RIGHT_ADMIN))
		end = calendars_save(w, &e, &id);
	if (end == DONE) {
		db_savepoint_keep(w->db);
		return reply_see_other(r, "/admin/calendars/%ld?done=saved", id);
	}
	db_savepoint_undo(w->db);
	if (end != INVALID)
		return end;
	r->status = 422;
	return print(w, q, &q->form, taken, r);
}
