/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef WEB_AUTHENTICATOR_PAGE_H
#define WEB_AUTHENTICATOR_PAGE_H

/* Setting up an authenticator app and recovery codes, and being asked for a code. */

#include "http/reply.h"
#include "store/work.h"

/* POST /account/authenticator/start: a new key; leads to GET /account/authenticator,
 * which shows it until it is confirmed there (POST {code}). */
enum outcome authenticator_page_start(
	struct work *w, const struct request *q, struct reply *r);
enum outcome authenticator_page_show(
	struct work *w, const struct request *q, struct reply *r);
enum outcome authenticator_page_confirm(
	struct work *w, const struct request *q, struct reply *r);

/* POST /account/authenticator/remove */
enum outcome authenticator_page_remove(
	struct work *w, const struct request *q, struct reply *r);

/* POST /account/recovery-codes: new ones, shown this once. */
enum outcome authenticator_page_codes(
	struct work *w, const struct request *q, struct reply *r);

/* GET and POST /sign-in/second {code} */
enum outcome authenticator_page_second(
	struct work *w, const struct request *q, struct reply *r);
enum outcome authenticator_page_enter(
	struct work *w, const struct request *q, struct reply *r);

#endif
