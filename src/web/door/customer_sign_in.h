/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef WEB_CUSTOMER_SIGN_IN_H
#define WEB_CUSTOMER_SIGN_IN_H

/* The door for customers: residents with an account, and staff of the organisations that
 * a desk serves. What is said of a wrong password does not tell whether there is such an
 * account. */

#include "http/reply.h"
#include "store/work.h"

/* GET /account/sign-in?next=PATH */
enum outcome customer_sign_in_show(
	struct work *w, const struct request *q, struct reply *r);

/* POST /account/sign-in {email, password, next}: the password is verified in the side
 * pool, the session is made in the lane. What was typed into a form before comes along.
 */
enum outcome customer_sign_in_enter(
	struct work *w, const struct request *q, struct reply *r);

/* POST /account/sign-out */
enum outcome customer_sign_in_leave(
	struct work *w, const struct request *q, struct reply *r);

#endif
