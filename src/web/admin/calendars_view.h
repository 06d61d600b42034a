/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef WEB_CALENDARS_VIEW_H
#define WEB_CALENDARS_VIEW_H

#include "web/page.h"
#include "web/parts.h"

struct calendars_row {
	const char *name, *href;
	const char *week, *holidays, *version;
};

struct calendars_view {
	struct page page;
	struct page_links ways;
	struct part_problems problems;
	struct part_input division;
	struct {
		const struct calendars_row *at;
		int count;
	} calendars;
};

/* A date and what is open on it. */
struct calendars_day {
	const char *date, *hours, *why;
};

struct calendars_days {
	const struct calendars_day *at;
	int count;
};

struct calendars_version {
	const char *version, *href, *from, *by;
	bool shown;
};

struct calendars_line {
	const char *text;
};

struct calendars_lines {
	const struct calendars_line *at;
	int count;
};

struct calendar_view {
	struct page page;
	struct page_links ways;
	struct part_problems problems;
	const char *name, *version, *from, *zone, *edit;
	const char *holidays;
	struct calendars_days week, next;
	const char *yearly, *dates; /* lines, as they are typed; "" */
	const char *action;	    /* of the preview */
	struct part_inputs asked;
	struct calendars_lines answers; /* "A promise of 4 hours ... is due ..." */
	struct {
		const struct calendars_version *at;
		int count;
	} versions;
};

struct calendar_edit_view {
	struct page page;
	struct page_links ways;
	struct part_problems problems;
	const char *title, *action, *cancel;
	struct part_input name, zone, yearly, dates, holidays, valid_date, valid_time;
	struct part_inputs week;
	const char *taken; /* how the typed hour was understood, or NULL */
};

#endif
