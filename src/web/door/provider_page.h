/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef WEB_PROVIDER_PAGE_H
#define WEB_PROVIDER_PAGE_H

/* Signing in with an identity provider (OpenID Connect, code flow with PKCE, state and
 * nonce). The way there is a page and not a redirect, because forms may lead nowhere
 * else; the way back is a form too, because a GET changes nothing. */

#include "http/reply.h"
#include "store/work.h"
#include "web/door_view.h"

/* POST /sign-in/with/:org/:id {door, next} */
enum outcome provider_page_prepare(struct work *w, struct request *q, struct reply *r);
enum outcome provider_page_go(struct work *w, const struct request *q, struct reply *r);

/* GET /sign-in/return?code&state&iss, POST the same */
enum outcome provider_page_back(struct work *w, const struct request *q, struct reply *r);
enum outcome provider_page_exchange(struct work *w, struct request *q, struct reply *r);
enum outcome provider_page_enter(
	struct work *w, const struct request *q, struct reply *r);

/* The buttons of a door: live OpenID Connect providers of the organisation for
 * "residents", of all organisations for "staff". */
struct door_providers provider_page_buttons(
	struct work *w, const struct page *page, const char *audience, const char *next);

#endif
