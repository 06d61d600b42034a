/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef WEB_ADMIN_WORK_H
#define WEB_ADMIN_WORK_H

/* Who can take what, when: how teams get their work, what people can carry, skills,
 * shifts, days off, licences. All for WHO_ADMIN. */

#include "http/reply.h"
#include "store/work.h"

/* GET /admin/work, POST /admin/work/team, person */
enum outcome admin_work_show(struct work *w, const struct request *q, struct reply *r);
enum outcome admin_work_team(struct work *w, const struct request *q, struct reply *r);
enum outcome admin_work_person(struct work *w, const struct request *q, struct reply *r);

#endif
