/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef STORE_EMAIL_LINK_H
#define STORE_EMAIL_LINK_H

/* Links sent by letter: only their hash is kept; each opens once, soon, and only in the
 * browser session that asked for it. */

#include "store/work.h"

enum { EMAIL_LINK_LIFETIME = 600 };

struct email_link {
	const char *purpose; /* "sign-in", "sign-up" */
	int64_t org;
	const char *email, *name, *next;
	bool here; /* it is this browser that asked */
};

/* Keeps a link for the session of the work. */
void email_link_put(struct work *w, const char *token, const struct email_link *l);

/* DONE or MISSING. Exact match only. */
enum outcome email_link_find(
	struct work *w, const char *token, struct email_link *l) must_check;

/* Takes it: true once. */
bool email_link_use(struct work *w, const char *token);

#endif
