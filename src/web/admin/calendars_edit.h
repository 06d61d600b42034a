/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef WEB_CALENDARS_EDIT_H
#define WEB_CALENDARS_EDIT_H

/* A calendar as a form; saving makes a new version. For WHO_ADMIN. */

#include "http/reply.h"
#include "store/work.h"

/* GET and POST /admin/calendars/:id/edit; the id "new" makes another calendar. */
enum outcome calendars_edit_show(
	struct work *w, const struct request *q, struct reply *r);
enum outcome calendars_edit_save(
	struct work *w, const struct request *q, struct reply *r);

#endif
