/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef CHANNEL_API_SHARING_H
#define CHANNEL_API_SHARING_H

/* The handlers of /api/v1/sharing: agreements with other organisations, and which
 * organisations' tickets a token reaches by them (GET /tickets?organisation=). */

#include "http/reply.h"
#include "store/work.h"

enum outcome api_sharing_list(struct work *w, const struct request *q, struct reply *r);
enum outcome api_sharing_show(struct work *w, const struct request *q, struct reply *r);
enum outcome api_sharing_make(struct work *w, const struct request *q, struct reply *r);
enum outcome api_sharing_amend(struct work *w, const struct request *q, struct reply *r);
enum outcome api_sharing_end(struct work *w, const struct request *q, struct reply *r);
enum outcome api_sharing_givers(struct work *w, const struct request *q, struct reply *r);

#endif
