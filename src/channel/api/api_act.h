/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef CHANNEL_API_ACT_H
#define CHANNEL_API_ACT_H

/* The handlers of /api/v1 for what is done with a ticket beside changing it: calls,
 * promises of news, refusals, ends of waiting, amendments and closures; why it was
 * decided as it was; and the reasons for which an organisation waits. If-Match is
 * optional. */

#include "http/reply.h"
#include "store/work.h"

enum outcome api_act_call(struct work *w, const struct request *q, struct reply *r);
enum outcome api_act_promise(struct work *w, const struct request *q, struct reply *r);
enum outcome api_act_refuse(struct work *w, const struct request *q, struct reply *r);
enum outcome api_act_resume(struct work *w, const struct request *q, struct reply *r);
enum outcome api_act_amend(struct work *w, const struct request *q, struct reply *r);
enum outcome api_act_close(struct work *w, const struct request *q, struct reply *r);
enum outcome api_act_decisions(struct work *w, const struct request *q, struct reply *r);

#endif
