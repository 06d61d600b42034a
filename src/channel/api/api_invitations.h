/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef CHANNEL_API_INVITATIONS_H
#define CHANNEL_API_INVITATIONS_H

/* /api/v1/invitations: asking somebody in to work here (desk/invite). */

#include "http/reply.h"
#include "store/work.h"

enum outcome api_invitations_list(
	struct work *w, const struct request *q, struct reply *r);
enum outcome api_invitations_show(
	struct work *w, const struct request *q, struct reply *r);

/* POST {name, email, roles, teams, way, reason}: 201 */
enum outcome api_invitations_make(
	struct work *w, const struct request *q, struct reply *r);

/* POST /:id/again, /:id/withdraw {reason} */
enum outcome api_invitations_again(
	struct work *w, const struct request *q, struct reply *r);
enum outcome api_invitations_withdraw(
	struct work *w, const struct request *q, struct reply *r);

#endif
