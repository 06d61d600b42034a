/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef STORE_CALENDAR_ROW_H
#define STORE_CALENDAR_ROW_H

/* Calendar versions and the bank holidays they are made with. Reading them back, parsed,
 * is the shelf's. */

#include "store/work.h"

/* A new version of a calendar, valid from now; the same definition again makes none.
 * INVALID (problem: definition) when it cannot be read or never opens. */
enum outcome calendar_row_save(struct work *w, int64_t org, int64_t id, const char *name,
	const char *definition) must_check;

/* Its name, as the newest version has it; "" when there is none. */
const char *calendar_row_name(struct work *w, int64_t org, int64_t id);

/* Adds or renames a bank holiday; true when it was not known. */
bool calendar_row_holiday(
	struct work *w, const char *division, const char *day, const char *title);

/* Which bank holidays close a calendar: none (""), those of the organisation's division
 * ("division"), or any in the United Kingdom ("uk"), as statutory time wants it. */
enum { CALENDAR_MOST_HOLIDAYS = 3000 };

/* Their dates (days since 1970-01-01), at most CALENDAR_MOST_HOLIDAYS; how many. */
size_t calendar_row_holidays(
	struct work *w, int64_t org, const char *which, int64_t *days);

/* The name of a bank holiday that closes a calendar on that date, or NULL. */
const char *calendar_row_holiday_name(
	struct work *w, int64_t org, const char *which, int64_t day);

/* "england-and-wales", "scotland", "northern-ireland". */
const char *calendar_row_division(struct work *w, int64_t org);

/* Makes new versions of the calendars of an organisation that the bank holidays known by
 * now close otherwise; one that is open day and night stays so. Versions that are to be
 * valid later stay so too. */
void calendar_row_close_holidays(struct work *w, int64_t org);

/* The same with the bank holidays of another division from now on. */
void calendar_row_set_division(struct work *w, int64_t org, const char *division);

struct calendar_row {
	int64_t id, version;
	const char *name, *definition, *holidays;
	int64_t valid_from;
	int64_t made; /* 0: with the set-up */
	const char *author_name;
};

struct calendar_row_list {
	struct calendar_row *at;
	int count;
};

/* The calendars of an organisation, each in the version that is valid now, by name. */
void calendar_row_list(struct work *w, int64_t org, struct calendar_row_list *list);

/* All versions of one, newest first, at most 200. */
void calendar_row_versions(
	struct work *w, int64_t org, int64_t id, struct calendar_row_list *list);

/* A new version, without the bank holidays in its definition; they are added. id 0: a new
 * calendar. INVALID (definition, valid_from) as calendar_row_save, or when it is to be
 * valid from the past. What is the same already makes no version. *id is the calendar. */
struct calendar_edit {
	int64_t org;
	const char *name, *definition, *holidays;
	int64_t valid_from; /* 0: now */
};
enum outcome calendar_row_edit(
	struct work *w, const struct calendar_edit *e, int64_t *id) must_check;

#endif
