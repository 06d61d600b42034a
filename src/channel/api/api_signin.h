/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef CHANNEL_API_SIGNIN_H
#define CHANNEL_API_SIGNIN_H

/* The handlers of /api/v1/sign-in: how people of the organisation sign in. Secrets go in
 * and never come out. */

#include "http/reply.h"
#include "store/work.h"

enum outcome api_signin_show(struct work *w, const struct request *q, struct reply *r);
enum outcome api_signin_rule(struct work *w, const struct request *q, struct reply *r);
enum outcome api_signin_add(struct work *w, const struct request *q, struct reply *r);
enum outcome api_signin_change(struct work *w, const struct request *q, struct reply *r);

#endif
