/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef WEB_ADMIN_SKILLS_H
#define WEB_ADMIN_SKILLS_H

/* Skills, who has them, and which services ask for them. All for WHO_ADMIN. */

#include "http/reply.h"
#include "store/work.h"

/* GET /admin/skills, POST /admin/skills, /admin/skills/person, service, size */
enum outcome admin_skills_show(struct work *w, const struct request *q, struct reply *r);
enum outcome admin_skills_add(struct work *w, const struct request *q, struct reply *r);
enum outcome admin_skills_person(
	struct work *w, const struct request *q, struct reply *r);
enum outcome admin_skills_service(
	struct work *w, const struct request *q, struct reply *r);
enum outcome admin_skills_size(struct work *w, const struct request *q, struct reply *r);

#endif
