/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef WEB_CALENDARS_PAGE_H
#define WEB_CALENDARS_PAGE_H

/* Calendars to read: their hours, what is open in the next fortnight, and when a promise
 * made at some moment would be due. All for WHO_ADMIN. */

#include "http/reply.h"
#include "rule/zone.h"
#include "store/work.h"

/* GET /admin/calendars, and POST .../division */
enum outcome calendars_page_list(
	struct work *w, const struct request *q, struct reply *r);
enum outcome calendars_page_division(
	struct work *w, const struct request *q, struct reply *r);

/* GET /admin/calendars/:id; ?version=N shows another one than what is valid now;
 * ?promise=&days=&date=&time= asks when that would be due. */
enum outcome calendars_page_show(
	struct work *w, const struct request *q, struct reply *r);

/* "10:30am on 25 October 2026 (the first of two)": how a local time was understood. */
const char *calendars_page_taken(
	struct work *w, const struct zone *z, int64_t instant, enum zone_reading reading);

#endif
