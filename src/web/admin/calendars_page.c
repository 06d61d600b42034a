/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "web/admin/calendars_page.h"

#include "desk/calendars.h"
#include "rule/hours_typed.h"
#include "rule/lengths.h"
#include "rule/workdays.h"
#include "store/shelf.h"
#include "views.h"
#include "web/admin/admin_frame.h"
#include "web/admin/admin_page.h"
#include "web/admin/calendars_view.h"
#include "web/frame.h"
#include "web/moment.h"
#include "web/problemlist.h"
#include "web/say.h"
#include "web/staff/staff_words.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { DAYS_AHEAD = 14, ASKED = 4, ANSWERS = 4, WEEK = 7 };

static const enum word weekdays[WEEK] = {WORD_calendars_monday, WORD_calendars_tuesday,
	WORD_calendars_wednesday, WORD_calendars_thursday, WORD_calendars_friday,
	WORD_calendars_saturday, WORD_calendars_sunday};

static const char *
holidays_text(struct work *w, const char *which)
{
	if (!*which)
		return say(w, WORD_calendars_holidays_none);
	return say(w, strcmp(which, "uk") == 0 ? WORD_calendars_holidays_uk
					       : WORD_calendars_holidays_division);
}

static const char *
version_text(struct work *w, int64_t n)
{
	return words_text(w->arena, w->words, WORD_tables_version,
		words_values(word_value("n", n)));
}

static const char *
day_text(struct work *w, struct hours_day day)
{
	return day.n ? hours_typed_day_text(w->arena, day)
		     : say(w, WORD_calendars_closed);
}

/* --- the list ----------------------------------------------------------------------- */

/* "Monday 09:00 to 17:00; Tuesday ...", the days that are alike together. */
static const char *
week_text(struct work *w, const struct hours *h)
{
	struct buffer b = buffer_in(w->arena, 128);

	for (int i = 0, k; i < WEEK; i = k) {
		const char *text = hours_typed_day_text(w->arena, h->week[i]);

		for (k = i + 1; k < WEEK; k++)
			if (strcmp(hours_typed_day_text(w->arena, h->week[k]), text) != 0)
				break;
		if (!*text)
			continue;
		if (b.len > 0)
			buffer_text_add(&b, "; ");
		words_say(&b, w->words, weekdays[i], NULL);
		if (k - i > 1) {
			buffer_text_add(&b, " – ");
			words_say(&b, w->words, weekdays[k - 1], NULL);
		}
		buffer_printf(&b, " %s", text);
	}
	return buffer_text(&b);
}

static struct part_input
division_input(struct work *w, const char *chosen)
{
	static const struct {
		const char *value;
		enum word word;
	} all[] = {
		{"england-and-wales", WORD_calendars_england_and_wales},
		{"scotland", WORD_calendars_scotland},
		{"northern-ireland", WORD_calendars_northern_ireland},
	};
	enum { DIVISIONS = sizeof all / sizeof *all };
	struct part_choice *at = arena_array(w->arena, DIVISIONS, sizeof *at);

	for (int i = 0; i < DIVISIONS; i++)
		at[i] = (struct part_choice){.value = all[i].value,
			.label = say(w, all[i].word),
			.chosen = strcmp(all[i].value, chosen) == 0};
	return (struct part_input){
		.kind = PART_SELECT,
		.id = "division",
		.label = say(w, WORD_calendars_division),
		.error = frame_problem(w, "division"),
		.choices = {at, DIVISIONS},
	};
}

enum outcome
calendars_page_list(struct work *w, const struct request *q, struct reply *r)
{
	struct calendars_view v = {.problems = problemlist_of(w)};
	struct calendar_row_list list;
	struct calendars_row *at;

	frame_page(w, q, &v.page, WORD_calendars_title, SECTION_ADMIN);
	v.ways = admin_page_ways(w, WORD_calendars_title);
	v.division = division_input(w, calendar_row_division(w, w->actor->org));
	calendar_row_list(w, w->actor->org, &list);
	at = arena_array(w->arena, (size_t)list.count, sizeof *at);
	for (int i = 0; i < list.count; i++) {
		struct hours_problem problem;
		const struct hours *h = hours_parse(
			w->arena, list.at[i].definition, &problem);

		at[i] = (struct calendars_row){
			.name = list.at[i].name,
			.href = arena_printf(
				w->arena, "/admin/calendars/%" PRId64, list.at[i].id),
			.week = h ? week_text(w, h) : "",
			.holidays = holidays_text(w, list.at[i].holidays),
			.version = version_text(w, list.at[i].version),
		};
	}
	v.calendars.at = at;
	v.calendars.count = list.count;
	if (strcmp(query_text(q, "done"), "division") == 0)
		v.page.notice = (struct page_notice){
			NOTICE_SUCCESS, say(w, WORD_calendars_done_division), NULL};
	view_calendars(&r->body, w->words, &v);
	return DONE;
}

enum outcome
calendars_page_division(struct work *w, const struct request *q, struct reply *r)
{
	enum outcome end = calendars_division(w, w->actor->org, form_text(q, "division"));

	if (end == DONE)
		return reply_see_other(r, "/admin/calendars?done=division");
	if (end != INVALID)
		return end;
	r->status = 422;
	return calendars_page_list(w, q, r);
}

/* --- one calendar ------------------------------------------------------------------- */

static struct calendars_days
week_days(struct work *w, const struct hours *h)
{
	struct calendars_day *at = arena_array(w->arena, WEEK, sizeof *at);

	for (int i = 0; i < WEEK; i++)
		at[i] = (struct calendars_day){
			.date = say(w, weekdays[i]),
			.hours = day_text(w, h->week[i]),
		};
	return (struct calendars_days){at, WEEK};
}

/* Why a date is not as its weekday is. */
static const char *
why(struct work *w, const struct calendar_row *c, const struct hours *h, int64_t day)
{
	struct date d = times_date(day);

	for (size_t i = 0; i < h->n_open; i++)
		if (h->open[i].date == day)
			return say(w, WORD_calendars_why_hours);
	for (size_t i = 0; i < h->n_closed; i++)
		if (h->closed[i] == day) {
			const char *name = calendar_row_holiday_name(
				w, w->actor->org, c->holidays, day);

			return name ? name : say(w, WORD_calendars_why_closed);
		}
	for (size_t i = 0; i < h->n_yearly; i++)
		if (h->yearly[i] == d.month * 100 + d.day)
			return say(w, WORD_calendars_why_yearly);
	return NULL;
}

static struct calendars_days
next_days(struct work *w, const struct calendar_row *c, const struct calendar *calendar)
{
	const struct hours *h = calendar_hours(calendar);
	int64_t today = zone_day_at(calendar_zone(calendar), w->now);
	struct calendars_day *at = arena_array(w->arena, DAYS_AHEAD, sizeof *at);

	for (int i = 0; i < DAYS_AHEAD; i++)
		at[i] = (struct calendars_day){
			.date = words_date(
				w->arena, w->words, times_date(today + i), DATE_WEEKDAY),
			.hours = day_text(w, hours_on(h, today + i)),
			.why = why(w, c, h, today + i),
		};
	return (struct calendars_days){at, DAYS_AHEAD};
}

static const char *
exact(struct work *w, const struct zone *z, int64_t instant)
{
	return moment_at(w, z, instant).exact;
}

const char *
calendars_page_taken(
	struct work *w, const struct zone *z, int64_t instant, enum zone_reading reading)
{
	if (reading == ZONE_EXACT)
		return NULL;
	return words_text(w->arena, w->words,
		reading == ZONE_FIRST_OF_TWO ? WORD_calendars_taken_first
					     : WORD_calendars_taken_forward,
		words_values(word_value("time", exact(w, z, instant))));
}

static struct part_input
asked(struct work *w, const struct request *q, const char *id, enum word label)
{
	return (struct part_input){
		.kind = PART_TEXT,
		.id = id,
		.label = say(w, label),
		.value = query_text(q, id),
		.class = "govuk-input--width-10",
		.autocomplete = "off",
		.error = frame_problem(w, id),
	};
}

/* The moment that is asked about; now, where none is named. */
static int64_t
asked_moment(struct work *w, const struct request *q, const struct zone *z,
	enum zone_reading *reading)
{
	const char *date = query_text(q, "date"), *time = query_text(q, "time");
	struct date d = moment_date(z, w->now);
	int second = 9 * 3600;

	*reading = ZONE_EXACT;
	if (!*date && !*time)
		return w->now;
	if (*date && !hours_typed_date(date, &d))
		(void)!work_problem(w, "date", "problem.calendar.date");
	if (*time && !hours_typed_time(time, &second))
		(void)!work_problem(w, "time", "problem.calendar.time");
	return w->problems.count ? w->now : zone_instant(z, d, second, reading);
}

static void
answer(struct calendars_line *at, int *n, const char *text)
{
	if (text)
		at[(*n)++].text = text;
}

static const char *
due_text(
	struct work *w, const struct zone *z, const char *length, bool found, int64_t due)
{
	if (!found)
		return say(w, WORD_calendars_too_far);
	return words_text(w->arena, w->words, WORD_calendars_due,
		words_values(word_value("length", length),
			word_value("due", exact(w, z, due))));
}

static struct calendars_lines
answers(struct work *w, const struct request *q, const struct calendar *c)
{
	struct calendars_line *at = arena_array(w->arena, ANSWERS, sizeof *at);
	const struct zone *z = calendar_zone(c);
	const char *promise = query_text(q, "promise");
	int64_t days = query_int(q, "days", 1, LENGTHS_MOST_DAYS, 5), due;
	struct workdays_deadline day = {0};
	struct length l = {4 * 3600, CLOCK_SECONDS};
	enum zone_reading reading;
	int64_t from = asked_moment(w, q, z, &reading);
	bool found;
	int n = 0;

	if (*promise && (!lengths_read(promise, &l) || l.unit != CLOCK_SECONDS))
		(void)!work_problem(w, "promise", "problem.calendars.length");
	if (w->problems.count)
		return (struct calendars_lines){at, 0};
	answer(at, &n,
		words_text(w->arena, w->words, WORD_calendars_made,
			words_values(word_value("time", exact(w, z, from)))));
	answer(at, &n, calendars_page_taken(w, z, from, reading));
	found = calendar_due(c, from, l.n, &due);
	answer(at, &n, due_text(w, z, staff_words_hours(w, l.n), found, due));
	found = workdays_due(c, moment_date(z, from),
		(struct workdays_target){.days = days, .end = WORKDAYS_CLOSING}, &day);
	l = (struct length){days, CLOCK_WORKING_DAYS};
	answer(at, &n, due_text(w, z, lengths_text(w->arena, &l), found, day.due));
	return (struct calendars_lines){at, n};
}

static void
fill_versions(struct work *w, const struct calendar_row_list *list, int64_t shown,
	struct calendar_view *v)
{
	const struct zone *z = moment_zone(w, w->actor->org);
	struct calendars_version *at = arena_array(
		w->arena, (size_t)list->count, sizeof *at);

	for (int i = 0; i < list->count; i++) {
		const struct calendar_row *c = &list->at[i];

		at[i] = (struct calendars_version){
			.version = version_text(w, c->version),
			.href = arena_printf(w->arena,
				"/admin/calendars/%" PRId64 "?version=%" PRId64, c->id,
				c->version),
			.from = c->valid_from ? exact(w, z, c->valid_from)
					      : say(w, WORD_calendars_from_ever),
			.by = c->author_name ? c->author_name : say(w, WORD_tables_house),
			.shown = c->version == shown,
		};
	}
	v->versions.at = at;
	v->versions.count = list->count;
}

/* The version that is asked for, or that is valid now. */
static const struct calendar_row *
shown_version(
	struct work *w, const struct request *q, const struct calendar_row_list *list)
{
	int64_t wanted = query_int(q, "version", 1, INT32_MAX, 0);

	for (int i = 0; i < list->count; i++)
		if (wanted ? list->at[i].version == wanted
			   : list->at[i].valid_from <= w->now)
			return &list->at[i];
	return NULL;
}

enum outcome
calendars_page_show(struct work *w, const struct request *q, struct reply *r)
{
	int64_t id = path_int(q, "id");
	struct calendar_view v = {.name = NULL};
	struct part_input *in = arena_array(w->arena, ASKED, sizeof *in);
	struct calendar_row_list list;
	const struct calendar *calendar;
	const struct calendar_row *c;

	calendar_row_versions(w, w->actor->org, id, &list);
	c = shown_version(w, q, &list);
	calendar = c ? shelf_calendar_version(w, w->actor->org, id, c->version) : NULL;
	if (!calendar)
		return MISSING;
	v.answers = answers(w, q, calendar);
	frame_page(w, q, &v.page, WORD_calendars_title, SECTION_ADMIN);
	admin_frame_trail(w, &v.page, say(w, WORD_calendars_title), "/admin/calendars");
	v.page.title_text = v.name = c->name;
	v.ways = admin_page_ways(w, WORD_NONE);
	v.problems = problemlist_of(w);
	v.version = version_text(w, c->version);
	v.zone = calendar_hours(calendar)->zone;
	v.edit = arena_printf(w->arena, "/admin/calendars/%" PRId64 "/edit", id);
	v.holidays = holidays_text(w, c->holidays);
	v.week = week_days(w, calendar_hours(calendar));
	v.next = next_days(w, c, calendar);
	v.yearly = hours_typed_yearly_text(w->arena, calendar_hours(calendar));
	v.action = q->path;
	in[0] = asked(w, q, "promise", WORD_calendars_ask_promise);
	in[1] = asked(w, q, "days", WORD_calendars_ask_days);
	in[2] = asked(w, q, "date", WORD_calendars_ask_date);
	in[3] = asked(w, q, "time", WORD_calendars_ask_time);
	v.asked = (struct part_inputs){in, ASKED};
	fill_versions(w, &list, c->version, &v);
	v.from = v.versions.at[c - list.at].from;
	if (strcmp(query_text(q, "done"), "saved") == 0)
		v.page.notice = (struct page_notice){
			NOTICE_SUCCESS, say(w, WORD_calendars_done_saved), NULL};
	view_calendar(&r->body, w->words, &v);
	return DONE;
}
