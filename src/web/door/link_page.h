/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef WEB_LINK_PAGE_H
#define WEB_LINK_PAGE_H

/* Signing in and signing up by a link in a letter. Opening the link alone does nothing,
 * for programs open links too: a button does. */

#include "http/reply.h"
#include "store/work.h"

/* GET and POST /account/link {email, next} */
enum outcome link_page_ask(struct work *w, const struct request *q, struct reply *r);
enum outcome link_page_send(struct work *w, const struct request *q, struct reply *r);

/* GET and POST /account/sign-up {name, email} */
enum outcome link_page_sign_up(struct work *w, const struct request *q, struct reply *r);
enum outcome link_page_send_sign_up(
	struct work *w, const struct request *q, struct reply *r);

/* GET and POST /account/link/:token {password, when signing up} */
enum outcome link_page_open(struct work *w, const struct request *q, struct reply *r);
enum outcome link_page_prepare(struct work *w, struct request *q, struct reply *r);
enum outcome link_page_enter(struct work *w, const struct request *q, struct reply *r);

/* GET and POST /staff/break-glass {secret} */
enum outcome link_page_glass(struct work *w, const struct request *q, struct reply *r);
enum outcome link_page_break_glass(
	struct work *w, const struct request *q, struct reply *r);

#endif
