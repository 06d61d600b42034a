/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef DESK_CALENDARS_H
#define DESK_CALENDARS_H

/* Calendars as administrators change them: each change is a new version, valid from now
 * or later; a clock goes on under the version it runs under (clock.md section 1). Needs
 * RIGHT_ADMIN: DENIED; INVALID with problems. */

#include "store/calendar_row.h"

/* *id: the calendar; 0 makes a new one. */
enum outcome calendars_save(
	struct work *w, const struct calendar_edit *e, int64_t *id) must_check;

/* Whose bank holidays the organisation keeps. */
enum outcome calendars_division(
	struct work *w, int64_t org, const char *division) must_check;

#endif
