/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "web/admin/admin_shifts.h"

#include "desk/staffing.h"

#include "format/words.h"
#include "store/shift.h"
#include "store/team.h"
#include "web/admin/sheet.h"
#include "web/moment.h"
#include "web/say.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *
number_text(struct work *w, int64_t n)
{
	return arena_printf(w->arena, "%" PRId64, n);
}

static const char *
today(struct work *w)
{
	struct date d = moment_date(moment_zone(w, w->actor->org), w->now);

	return arena_printf(w->arena, "%04d-%02d-%02d", d.year, d.month, d.day);
}

/* A date as it is read: "2 March 2026". */
static const char *
date_text(struct work *w, const char *iso)
{
	struct date d;

	if (!times_parse_date(bytes_of(iso), &d))
		return iso;
	return words_date(w->arena, w->words, d, DATE_LONG);
}

/* "Highways: everybody", "Highways: Priya Shah": each team with its people. */
static struct part_choices
places(struct sheet *s)
{
	struct work *w = s->w;
	struct team_member_list all;
	struct team_list teams;
	struct part_choice *at;
	int count = 0;

	team_list(w, w->actor->org, &teams);
	team_everybody(w, w->actor->org, &all);
	at = sheet_choices(s, teams.count + all.count);
	for (int i = 0; i < teams.count; i++) {
		const struct team *t = &teams.at[i];

		at[count++] = (struct part_choice){
			.value = arena_printf(w->arena, "%" PRId64 ".0", t->id),
			.label = words_text(w->arena, w->words, WORD_shift_everybody,
				words_values(word_value("team", t->name))),
		};
		for (int k = 0; k < all.count; k++)
			if (all.at[k].team == t->id && all.at[k].name)
				at[count++] = (struct part_choice){
					.value = arena_printf(w->arena,
						"%" PRId64 ".%" PRId64, t->id,
						all.at[k].person),
					.label = arena_printf(w->arena, "%s: %s", t->name,
						all.at[k].name),
				};
	}
	return (struct part_choices){at, count};
}

static struct part_choices
hours(struct sheet *s)
{
	struct shift_hours_list list;
	struct part_choice *at;

	shift_hours(s->w, s->w->actor->org, &list);
	at = sheet_choices(s, list.count);
	for (int i = 0; i < list.count; i++)
		at[i] = (struct part_choice){
			.value = number_text(s->w, list.at[i].calendar),
			.label = list.at[i].name,
		};
	return (struct part_choices){at, list.count};
}

static void
shifts_section(struct sheet *s)
{
	static const struct admin_column heads[] = {{WORD_queue_team, false},
		{WORD_report_name, false}, {WORD_shift_hours, false}};
	static const struct admin_columns columns = {heads, 3};
	struct work *w = s->w;
	struct shift_list list;

	shift_list(w, w->actor->org, &list);
	sheet_section(s, WORD_shift_shifts, &columns, list.count)->note = say(
		w, WORD_shift_note);
	sheet_form(s, "/admin/shifts", WORD_sheet_save);
	for (int i = 0; i < list.count; i++) {
		const struct shift *h = &list.at[i];
		const char *texts[] = {h->team_name,
			h->person ? h->person_name : say(w, WORD_shift_all),
			h->calendar_name};
		const struct sheet_field gone[] = {
			{"place", arena_printf(w->arena, "%" PRId64 ".%" PRId64, h->team,
					  h->person)},
			{"calendar", "0"}};

		sheet_row(s, texts, sheet_fields(w, gone, 2));
	}
	sheet_select(s, "place", WORD_shift_who, places(s));
	sheet_select(s, "calendar", WORD_shift_hours, hours(s));
}

static void
hours_section(struct sheet *s)
{
	static const struct admin_columns none = {NULL, 0};
	struct work *w = s->w;
	struct part_choice *days = sheet_choices(s, 3);
	struct sheet_section *section = sheet_section(s, WORD_shift_new_hours, &none, 0);

	section->note = say(w, WORD_shift_new_hours_note);
	section->bare = true;
	days[0] = (struct part_choice){
		.value = "1-5", .label = say(w, WORD_shift_weekdays)};
	days[1] = (struct part_choice){
		.value = "6-7", .label = say(w, WORD_shift_weekend)};
	days[2] = (struct part_choice){
		.value = "1-7", .label = say(w, WORD_shift_every_day)};
	sheet_form(s, "/admin/shifts/hours", WORD_shift_make);
	sheet_text(s, "name", WORD_report_name, "");
	sheet_select(s, "days", WORD_shift_days, (struct part_choices){days, 3});
	sheet_text(s, "from", WORD_shift_from, "07:00");
	sheet_text(s, "to", WORD_shift_to, "15:00");
}

static void
absence_section(struct sheet *s)
{
	static const struct admin_column heads[] = {{WORD_report_name, false},
		{WORD_shift_first, false}, {WORD_shift_last, false},
		{WORD_admin_note, false}};
	static const struct admin_columns columns = {heads, 4};
	struct work *w = s->w;
	struct shift_absence_list list;

	shift_absences(w, w->actor->org, today(w), &list);
	sheet_section(s, WORD_shift_absence, &columns, list.count);
	sheet_form(s, "/admin/shifts/absence", WORD_sheet_save);
	for (int i = 0; i < list.count; i++) {
		const struct shift_absence *a = &list.at[i];
		const char *texts[] = {
			a->name, date_text(w, a->first), date_text(w, a->last), a->note};
		const struct sheet_field gone[] = {{"person", number_text(w, a->person)},
			{"first", a->first}, {"gone", "1"}};

		sheet_row(s, texts, sheet_fields(w, gone, 3));
	}
	sheet_select(s, "person", WORD_report_name, sheet_people(s));
	sheet_date(s, "first", WORD_shift_first, today(w));
	sheet_date(s, "last", WORD_shift_last, today(w));
	sheet_text(s, "note", WORD_admin_note, "");
}

static void
licence_section(struct sheet *s)
{
	static const struct admin_column heads[] = {{WORD_report_name, false},
		{WORD_shift_trained, false}, {WORD_shift_valid, false},
		{WORD_shift_scope, false}};
	static const struct admin_columns columns = {heads, 4};
	struct work *w = s->w;
	struct shift_licence_list list;

	shift_licences(w, w->actor->org, &list);
	sheet_section(s, WORD_shift_licences, &columns, list.count)->note = say(
		w, WORD_shift_licences_note);
	sheet_form(s, "/admin/shifts/licence", WORD_sheet_save);
	for (int i = 0; i < list.count; i++) {
		const struct shift_licence *l = &list.at[i];
		const char *texts[] = {l->name, date_text(w, l->trained),
			date_text(w, l->valid_until),
			*l->services ? l->services : say(w, WORD_shift_every_service)};
		const struct sheet_field gone[] = {
			{"person", number_text(w, l->person)}, {"gone", "1"}};

		sheet_row(s, texts, sheet_fields(w, gone, 2));
	}
	sheet_select(s, "person", WORD_report_name, sheet_people(s));
	sheet_date(s, "trained", WORD_shift_trained, today(w));
	sheet_date(s, "valid_until", WORD_shift_valid, "");
	sheet_text(s, "services", WORD_shift_scope, "");
}

enum outcome
admin_shifts_show(struct work *w, const struct request *q, struct reply *r)
{
	struct sheet *s = sheet_begin(w, q, WORD_shift_title);

	shifts_section(s);
	hours_section(s);
	absence_section(s);
	licence_section(s);
	return sheet_print(s, r);
}

static enum outcome
end_of(struct work *w, const struct request *q, enum outcome end, struct reply *r)
{
	return sheet_end(w, q, end, "shifts", admin_shifts_show, r);
}

enum outcome
admin_shifts_save(struct work *w, const struct request *q, struct reply *r)
{
	int64_t team = 0, person = 0;

	if (sscanf(form_text(q, "place"), "%" SCNd64 ".%" SCNd64, &team, &person) != 2)
		return end_of(w, q, work_problem(w, "place", "problem.team.unknown"), r);
	return end_of(w, q,
		staffing_shift(w, w->actor->org, team, person, form_int(q, "calendar")),
		r);
}

/* Seconds of the day of "07:30"; false when it is no such time. */
static bool
read_time(const char *text, int *second)
{
	int hour, minute;
	char end;

	if (sscanf(text, "%2d:%2d%c", &hour, &minute, &end) != 2 || hour < 0 ||
		hour > 23 || minute < 0 || minute > 59)
		return false;
	*second = hour * 3600 + minute * 60;
	return true;
}

enum outcome
admin_shifts_hours(struct work *w, const struct request *q, struct reply *r)
{
	struct bytes name = bytes_trim(bytes_of(form_text(q, "name")));
	struct shift_plan p = {
		.name = arena_text(w->arena, name.at, name.len),
		.first_day = 1,
		.last_day = 7,
	};

	if (strcmp(form_text(q, "days"), "1-5") == 0)
		p.last_day = 5;
	if (strcmp(form_text(q, "days"), "6-7") == 0)
		p.first_day = 6;
	if (!read_time(form_text(q, "from"), &p.from))
		return end_of(w, q, work_problem(w, "from", "problem.shift.time"), r);
	if (!read_time(form_text(q, "to"), &p.to))
		return end_of(w, q, work_problem(w, "to", "problem.shift.time"), r);
	return end_of(w, q, staffing_hours(w, w->actor->org, &p), r);
}

enum outcome
admin_shifts_absence(struct work *w, const struct request *q, struct reply *r)
{
	const char *last = *form_text(q, "gone") ? NULL : form_text(q, "last");

	return end_of(w, q,
		staffing_absence(w, w->actor->org, form_int(q, "person"),
			form_text(q, "first"), last, form_text(q, "note")),
		r);
}

enum outcome
admin_shifts_licence(struct work *w, const struct request *q, struct reply *r)
{
	struct shift_licence l = {
		.org = w->actor->org,
		.person = form_int(q, "person"),
		.trained = form_text(q, "trained"),
		.valid_until = form_text(q, "valid_until"),
		.services = form_text(q, "services"),
	};

	if (*form_text(q, "gone")) {
		staffing_licence_end(w, l.org, l.person);
		return end_of(w, q, DONE, r);
	}
	return end_of(w, q, staffing_licence(w, &l), r);
}
