/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef WEB_ADMIN_WAITING_H
#define WEB_ADMIN_WAITING_H

/* For what customers are waited for, and how long a reopened clock goes on. */

#include "http/reply.h"
#include "store/work.h"

/* GET /admin/waiting {reason: the one in the form} */
enum outcome admin_waiting_show(struct work *w, const struct request *q, struct reply *r);

/* POST /admin/waiting {reason, words, whom, proof, chase, review}; or {reason, ended} */
enum outcome admin_waiting_save(struct work *w, const struct request *q, struct reply *r);

/* POST /admin/waiting/reopen {service, days} */
enum outcome admin_waiting_reopen(
	struct work *w, const struct request *q, struct reply *r);

#endif
