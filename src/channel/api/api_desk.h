/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef CHANNEL_API_DESK_H
#define CHANNEL_API_DESK_H

/* The handlers of /api/v1 for what stands beside tickets: files, drafts, scores, teams,
 * queues, figures, one person, what is public. */

#include "http/reply.h"
#include "store/work.h"

enum outcome api_desk_files(struct work *w, const struct request *q, struct reply *r);
enum outcome api_desk_file(struct work *w, const struct request *q, struct reply *r);
enum outcome api_desk_add_files(struct work *w, const struct request *q, struct reply *r);
enum outcome api_desk_draft(struct work *w, const struct request *q, struct reply *r);
enum outcome api_desk_save_draft(
	struct work *w, const struct request *q, struct reply *r);
enum outcome api_desk_score(struct work *w, const struct request *q, struct reply *r);
enum outcome api_desk_publication(
	struct work *w, const struct request *q, struct reply *r);
enum outcome api_desk_publish(struct work *w, const struct request *q, struct reply *r);
enum outcome api_desk_teams(struct work *w, const struct request *q, struct reply *r);
enum outcome api_desk_queues(struct work *w, const struct request *q, struct reply *r);
enum outcome api_desk_figures(struct work *w, const struct request *q, struct reply *r);
enum outcome api_desk_person(struct work *w, const struct request *q, struct reply *r);
enum outcome api_desk_offer(struct work *w, const struct request *q, struct reply *r);
enum outcome api_desk_save_offer(
	struct work *w, const struct request *q, struct reply *r);

#endif
