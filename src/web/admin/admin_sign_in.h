/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef WEB_ADMIN_SIGN_IN_H
#define WEB_ADMIN_SIGN_IN_H

/* How the staff and customers of an organisation sign in: whether staff must have a
 * second step, which identity providers there are, and whether the sealed account is
 * sealed. */

#include "http/reply.h"
#include "store/work.h"
#include "web/door_view.h"

struct admin_provider {
	const char *href, *name, *kind, *audience;
	bool live;
};

struct admin_providers {
	const struct admin_provider *at;
	int count;
};

struct admin_sign_in_view {
	struct page page;
	bool second_factor;
	const char *glass;
	struct admin_providers providers;
	const char *redirect; /* the address that a provider must be told */
};

struct admin_provider_view {
	struct page page;
	struct part_problems problems;
	const char *id;
	struct part_inputs inputs;
};

/* GET /admin/sign-in */
enum outcome admin_sign_in_show(struct work *w, const struct request *q, struct reply *r);

/* POST /admin/sign-in/rule {second} */
enum outcome admin_sign_in_rule(struct work *w, const struct request *q, struct reply *r);

/* GET /admin/sign-in/provider?id=ID (none: a new one), POST {id, kind, ...}: an empty
 * secret keeps the old one. */
enum outcome admin_sign_in_provider(
	struct work *w, const struct request *q, struct reply *r);
enum outcome admin_sign_in_save(struct work *w, const struct request *q, struct reply *r);

#endif
