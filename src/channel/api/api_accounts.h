/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef CHANNEL_API_ACCOUNTS_H
#define CHANNEL_API_ACCOUNTS_H

/* The handlers of /api/v1 for who can sign in and what they may do: accounts, their
 * sessions, and the roles of the organisation (desk/roles). */

#include "http/reply.h"
#include "store/work.h"

enum outcome api_accounts_list(struct work *w, const struct request *q, struct reply *r);
enum outcome api_accounts_show(struct work *w, const struct request *q, struct reply *r);

/* give, take, join, leave, disable, enable, sign-out: the last word of the address. */
enum outcome api_accounts_do(struct work *w, const struct request *q, struct reply *r);

enum outcome api_accounts_sessions(
	struct work *w, const struct request *q, struct reply *r);
enum outcome api_accounts_end_session(
	struct work *w, const struct request *q, struct reply *r);

enum outcome api_accounts_roles(struct work *w, const struct request *q, struct reply *r);
enum outcome api_accounts_role(struct work *w, const struct request *q, struct reply *r);
enum outcome api_accounts_make_role(
	struct work *w, const struct request *q, struct reply *r);
enum outcome api_accounts_change_role(
	struct work *w, const struct request *q, struct reply *r);
enum outcome api_accounts_remove_role(
	struct work *w, const struct request *q, struct reply *r);

#endif
