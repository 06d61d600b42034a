/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef CHANNEL_API_CALENDARS_H
#define CHANNEL_API_CALENDARS_H

/* The handlers of /api/v1/calendars and /bank-holidays. A calendar is read and written as
 * people write it (desk/calendar_typed); each change is a new version. */

#include "http/reply.h"
#include "store/work.h"

enum outcome api_calendars_list(struct work *w, const struct request *q, struct reply *r);
enum outcome api_calendars_show(struct work *w, const struct request *q, struct reply *r);
enum outcome api_calendars_make(struct work *w, const struct request *q, struct reply *r);
enum outcome api_calendars_change(
	struct work *w, const struct request *q, struct reply *r);

/* When would a promise made at an instant be due? */
enum outcome api_calendars_due(struct work *w, const struct request *q, struct reply *r);

enum outcome api_calendars_holidays(
	struct work *w, const struct request *q, struct reply *r);
enum outcome api_calendars_division(
	struct work *w, const struct request *q, struct reply *r);

#endif
