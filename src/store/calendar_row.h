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

/* Makes new versions of all calendars of an organisation with the known holidays of a
 * division closed ("england-and-wales"); one that is open day and night stays so. */
void calendar_row_close_holidays(struct work *w, int64_t org, const char *division);

struct calendar_row {
	int64_t id, version;
	const char *name, *definition;
	int64_t valid_from;
};

struct calendar_row_list {
	struct calendar_row *at;
	int count;
};

/* The calendars of an organisation, each in the version that is valid now, by name. */
void calendar_row_list(struct work *w, int64_t org, struct calendar_row_list *list);

#endif
