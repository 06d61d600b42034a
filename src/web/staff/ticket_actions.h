/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef WEB_TICKET_ACTIONS_H
#define WEB_TICKET_ACTIONS_H

/*
 * What staff do with a ticket, by forms that work without script. Each carries the
 * version it was decided on. When it cannot be done the page comes back with what was
 * typed, which is also kept as a draft: 422 with what is wrong, 409 with what others did
 * meanwhile.
 */

#include "http/reply.h"
#include "store/work.h"

/* POST /staff/tickets/:ref/answer {words, do: reply, wait, note or resolve; by_day,
 * by_time: news by then, or review the wait then; waits: why} */
enum outcome ticket_actions_answer(
	struct work *w, const struct request *q, struct reply *r);

/* POST /staff/tickets/:ref/assign {team, person}; do=people only shows the team's people.
 */
enum outcome ticket_actions_assign(
	struct work *w, const struct request *q, struct reply *r);

/* POST /staff/tickets/:ref/call {call, call_day, call_time, reason}: a completed call. */
enum outcome ticket_actions_call(
	struct work *w, const struct request *q, struct reply *r);

/* POST /staff/tickets/:ref/refuse {refusal}: hands the work back. */
enum outcome ticket_actions_refuse(
	struct work *w, const struct request *q, struct reply *r);

/* POST /staff/tickets/:ref/resume: need not wait for the customer any longer. */
enum outcome ticket_actions_resume(
	struct work *w, const struct request *q, struct reply *r);

/* POST /staff/tickets/:ref/claim */
enum outcome ticket_actions_claim(
	struct work *w, const struct request *q, struct reply *r);

/* POST /staff/tickets/:ref/draft {words}: 204. */
enum outcome ticket_actions_draft(
	struct work *w, const struct request *q, struct reply *r);

/* POST /staff/tickets/:ref/priority {priority, reason} */
enum outcome ticket_actions_priority(
	struct work *w, const struct request *q, struct reply *r);

/* POST /staff/tickets/:ref/reopen {reason} */
enum outcome ticket_actions_reopen(
	struct work *w, const struct request *q, struct reply *r);

/* POST /staff/tickets/:ref/close */
enum outcome ticket_actions_close(
	struct work *w, const struct request *q, struct reply *r);

/* POST /staff/tickets/:ref/cancel {reason} */
enum outcome ticket_actions_cancel(
	struct work *w, const struct request *q, struct reply *r);

#endif
