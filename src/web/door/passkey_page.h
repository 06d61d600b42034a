/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef WEB_PASSKEY_PAGE_H
#define WEB_PASSKEY_PAGE_H

/* Passkeys in the browser: assets/passkey.js asks for options, the authenticator signs,
 * and an ordinary form brings back what it said. */

#include "http/reply.h"
#include "store/work.h"
#include "web/door_view.h"

/* POST /sign-in/passkey/options {purpose}: JSON for navigator.credentials, with a
 * challenge of the session, which is made if there is none. */
enum outcome passkey_page_options(
	struct work *w, const struct request *q, struct reply *r);

/* POST /sign-in/passkey {purpose, id, client, data, signature, handle, door, next} */
enum outcome passkey_page_enter(struct work *w, const struct request *q, struct reply *r);

/* POST /account/passkeys {name, id, client, data} */
enum outcome passkey_page_add(struct work *w, const struct request *q, struct reply *r);

/* POST /account/passkeys/remove {id} */
enum outcome passkey_page_remove(
	struct work *w, const struct request *q, struct reply *r);

/* The form that the script brings to life; hidden without it. `page` must have its
 * frame. */
struct part_passkey *passkey_page_part(
	struct work *w, const struct page *page, const char *purpose, const char *door);

#endif
