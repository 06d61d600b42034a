/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef WEB_PASSWORD_PAGE_H
#define WEB_PASSWORD_PAGE_H

/*
 * Changing one's password, and saying again who one is. A new password ends all other
 * sessions of the person and gives this one a new cookie. The old password is asked for
 * unless there is none, or a link by e-mail has just opened this session.
 */

#include "http/reply.h"
#include "store/work.h"

/* GET /account/password */
enum outcome password_page_show(struct work *w, const struct request *q, struct reply *r);

/* POST /account/password {current, password} */
enum outcome password_page_prepare(struct work *w, struct request *q, struct reply *r);
enum outcome password_page_change(
	struct work *w, const struct request *q, struct reply *r);

/* GET /account/confirm?next=PATH, POST {password, next} */
enum outcome password_page_ask(struct work *w, const struct request *q, struct reply *r);
enum outcome password_page_ask_prepare(
	struct work *w, struct request *q, struct reply *r);
enum outcome password_page_confirm(
	struct work *w, const struct request *q, struct reply *r);

/* True when whoever is signed in has proved it so lately that they may change what
 * guards the account. When false the reply leads to /account/confirm and then back to
 * `next`. */
bool password_page_fresh(struct work *w, const char *next, struct reply *r);

#endif
