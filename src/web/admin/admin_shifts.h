/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef WEB_ADMIN_SHIFTS_H
#define WEB_ADMIN_SHIFTS_H

/* Who works when, days off, and licences to support. All for WHO_ADMIN. */

#include "http/reply.h"
#include "store/work.h"

/* GET /admin/shifts, POST /admin/shifts, /admin/shifts/absence, hours, licence */
enum outcome admin_shifts_show(struct work *w, const struct request *q, struct reply *r);
enum outcome admin_shifts_save(struct work *w, const struct request *q, struct reply *r);
enum outcome admin_shifts_absence(
	struct work *w, const struct request *q, struct reply *r);
enum outcome admin_shifts_hours(struct work *w, const struct request *q, struct reply *r);
enum outcome admin_shifts_licence(
	struct work *w, const struct request *q, struct reply *r);

#endif
