/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef WEB_STAFF_SIGN_IN_H
#define WEB_STAFF_SIGN_IN_H

/* The door for staff, and where somebody with grants in several organisations works. What
 * is said of a wrong password does not tell whether there is such an account. */

#include "http/reply.h"
#include "store/work.h"

/* GET /staff/sign-in?next=PATH */
enum outcome staff_sign_in_show(struct work *w, const struct request *q, struct reply *r);

/* POST /staff/sign-in {email, password, next}: the password is verified in the side pool,
 * the session is made in the lane. */
enum outcome staff_sign_in_enter(
	struct work *w, const struct request *q, struct reply *r);

/* POST /staff/sign-out */
enum outcome staff_sign_in_leave(
	struct work *w, const struct request *q, struct reply *r);

/* GET /staff/me: who I am here, and the other organisations I work for. */
enum outcome staff_sign_in_me(struct work *w, const struct request *q, struct reply *r);

/* POST /staff/organisation {org} */
enum outcome staff_sign_in_move(struct work *w, const struct request *q, struct reply *r);

#endif
