/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "channel/api/api_waiting.h"

#include "channel/api/api_body.h"
#include "channel/api/api_door.h"
#include "desk/waiting_rules.h"
#include "store/service.h"

#include <string.h>

static void
show(struct jsonout *j, const struct wait_reason *n)
{
	jsonout_record(j);
	jsonout_member(j, "code", n->code);
	jsonout_member(j, "words", *n->words ? n->words : NULL);
	jsonout_member(j, "proof", n->proof == WAIT_QUESTION ? "question" : "evidence");
	jsonout_member_whole(j, "chase_days", n->chase_days);
	jsonout_member_whole(j, "chase_limit", n->chase_limit);
	jsonout_member_whole(j, "review_days", n->review_days);
	jsonout_end(j);
}

static enum outcome
answer(struct work *w, int status, struct reply *r)
{
	struct wait_reason_list list;
	struct jsonout j;

	wait_reason_list(w, w->actor->org, &list);
	j = api_door_answer(r, status);
	jsonout_record(&j);
	api_door_open_list(&j, "reasons");
	for (int i = 0; i < list.count; i++)
		show(&j, &list.at[i]);
	jsonout_end(&j);
	jsonout_end(&j);
	return DONE;
}

enum outcome
api_waiting_list(struct work *w, const struct request *q, struct reply *r)
{
	(void)q;
	return answer(w, 200, r);
}

static enum outcome
save(struct work *w, const struct json *body, const char *code, struct reply *r)
{
	struct bytes words = bytes_trim(bytes_of(api_body_text(body, "words")));
	const char *proof = api_body_text(body, "proof");
	const char *whom = api_body_text(body, "whom");
	struct wait_reason reason = {
		.org = w->actor->org,
		.code = code,
		.words = arena_text(w->arena, words.at, words.len),
		.proof = strcmp(proof, "evidence") == 0 ? WAIT_EVIDENCE : WAIT_QUESTION,
		.chase_days = api_body_whole(body, "chase_days"),
		.chase_limit = api_body_whole(body, "chase_limit"),
		.review_days = api_body_whole(body, "review_days"),
	};
	enum outcome end;

	if (reason.proof == WAIT_QUESTION && *proof && strcmp(proof, "question") != 0)
		return api_door_problem(r, 422, INVALID, "proof is question or evidence");
	end = waiting_rules_save(w, &reason, *whom ? whom : "customer");
	if (end != DONE)
		return api_door_refuse(w, r, end);
	return answer(w, *code ? 200 : 201, r);
}

enum outcome
api_waiting_add(struct work *w, const struct request *q, struct reply *r)
{
	const struct json *body = api_door_body(q, r);
	enum outcome end = body ? api_door_right(w, r, RIGHT_ADMIN) : INVALID;

	return end == DONE ? save(w, body, "", r) : end;
}

enum outcome
api_waiting_change(struct work *w, const struct request *q, struct reply *r)
{
	const struct json *body = api_door_body(q, r);
	const char *code = path_part(q, "code");
	struct wait_reason was;
	enum outcome end = body ? api_door_right(w, r, RIGHT_ADMIN) : INVALID;

	if (end != DONE)
		return end;
	if (wait_reason_find(w, w->actor->org, code, &was) != DONE)
		return api_door_refuse(w, r, MISSING);
	return save(w, body, code, r);
}

enum outcome
api_waiting_end(struct work *w, const struct request *q, struct reply *r)
{
	enum outcome end = api_door_right(w, r, RIGHT_ADMIN);

	if (end != DONE)
		return end;
	return api_door_nothing(
		w, r, waiting_rules_end(w, w->actor->org, path_part(q, "code")));
}

enum outcome
api_waiting_reopening(struct work *w, const struct request *q, struct reply *r)
{
	struct service_reopen_list list;
	struct jsonout j;
	enum outcome end = api_door_right(w, r, RIGHT_ADMIN);

	(void)q;
	if (end != DONE)
		return end;
	service_reopen_list(w, w->actor->org, &list);
	j = api_door_answer(r, 200);
	jsonout_record(&j);
	api_door_open_list(&j, "services");
	for (int i = 0; i < list.count; i++) {
		jsonout_record(&j);
		jsonout_member(&j, "code", list.at[i].code);
		jsonout_member(&j, "name", list.at[i].name);
		jsonout_member_whole(&j, "days", list.at[i].days);
		jsonout_end(&j);
	}
	jsonout_end(&j);
	jsonout_end(&j);
	return DONE;
}

enum outcome
api_waiting_reopen(struct work *w, const struct request *q, struct reply *r)
{
	const struct json *body = api_door_body(q, r);
	int64_t days = -1;
	enum outcome end = body ? api_door_right(w, r, RIGHT_ADMIN) : INVALID;

	if (end != DONE)
		return end;
	(void)json_number(json_get(body, "days"), &days);
	return api_door_nothing(
		w, r, waiting_rules_reopen(w, w->actor->org, path_part(q, "code"), days));
}
