/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef CHANNEL_API_DRAFTS_H
#define CHANNEL_API_DRAFTS_H

/* The handlers of /api/v1/rules/TABLE/draft: changing a table row by row, trying it on
 * the tickets of last month, publishing it. A change names in If-Match the revision of
 * the draft that it is based on, which every answer says as its ETag. */

#include "http/reply.h"
#include "store/work.h"

enum outcome api_drafts_show(struct work *w, const struct request *q, struct reply *r);
enum outcome api_drafts_begin(struct work *w, const struct request *q, struct reply *r);
enum outcome api_drafts_drop(struct work *w, const struct request *q, struct reply *r);
enum outcome api_drafts_changes(struct work *w, const struct request *q, struct reply *r);
enum outcome api_drafts_add(struct work *w, const struct request *q, struct reply *r);
enum outcome api_drafts_put(struct work *w, const struct request *q, struct reply *r);
enum outcome api_drafts_remove(struct work *w, const struct request *q, struct reply *r);
enum outcome api_drafts_move(struct work *w, const struct request *q, struct reply *r);
enum outcome api_drafts_back(struct work *w, const struct request *q, struct reply *r);
enum outcome api_drafts_seen(struct work *w, const struct request *q, struct reply *r);
enum outcome api_drafts_publish(struct work *w, const struct request *q, struct reply *r);

#endif
