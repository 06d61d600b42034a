/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "channel/api/api_invitations.h"

#include "channel/api/api_body.h"
#include "channel/api/api_door.h"
#include "desk/invite.h"

#include <string.h>

static void
show_one(struct work *w, struct jsonout *j, const struct invitation *i)
{
	jsonout_record(j);
	jsonout_member_id(j, "id", i->id);
	jsonout_member(j, "name", i->name);
	jsonout_member(j, "email", i->email);
	api_door_words(w, j, "roles", i->roles);
	api_door_words(w, j, "teams", i->teams);
	jsonout_member(j, "way", i->letter ? "letter" : "provider");
	jsonout_member_instant(j, "created", i->created);
	jsonout_member_instant(j, "sent", i->sent);
	jsonout_member_instant(j, "expires", i->expires);
	jsonout_end(j);
}

enum outcome
api_invitations_list(struct work *w, const struct request *q, struct reply *r)
{
	struct invitation_list list;
	struct jsonout j;
	enum outcome end = api_door_right(w, r, RIGHT_ADMIN);

	(void)q;
	if (end != DONE)
		return end;
	invitation_list(w, w->actor->org, &list);
	j = api_door_answer(r, 200);
	jsonout_record(&j);
	api_door_open_list(&j, "invitations");
	for (int i = 0; i < list.count; i++)
		show_one(w, &j, &list.at[i]);
	jsonout_end(&j);
	jsonout_end(&j);
	return DONE;
}

static enum outcome
answer(struct work *w, int64_t id, int status, struct reply *r)
{
	struct invitation i;
	struct jsonout j;

	if (invitation_get(w, w->actor->org, id, &i) != DONE)
		return api_door_refuse(w, r, MISSING);
	j = api_door_answer(r, status);
	show_one(w, &j, &i);
	return DONE;
}

enum outcome
api_invitations_show(struct work *w, const struct request *q, struct reply *r)
{
	enum outcome end = api_door_right(w, r, RIGHT_ADMIN);

	return end == DONE ? answer(w, api_body_part(q, "id"), 200, r) : end;
}

/* A list of words; what is none is a problem. */
static const char *
words_in(struct work *w, const struct json *body, const char *name, const char *problem)
{
	const char *words = api_body_words(w->arena, body, name);

	if (!words)
		(void)!work_problem(w, name, problem);
	return words ? words : "";
}

enum outcome
api_invitations_make(struct work *w, const struct request *q, struct reply *r)
{
	const struct json *body = api_door_body(q, r);
	const char *way = api_body_text(body, "way");
	const struct invite_wish wish = {
		.name = api_body_text(body, "name"),
		.email = api_body_text(body, "email"),
		.roles = words_in(w, body, "roles", "problem.invite.roles"),
		.teams = words_in(w, body, "teams", "problem.roles.team"),
		.reason = api_body_text(body, "reason"),
		.letter = strcmp(way, "provider") != 0,
	};
	struct invitation made;
	enum outcome end = body ? api_door_right(w, r, RIGHT_ADMIN) : INVALID;

	if (end != DONE)
		return end;
	if (*way && wish.letter && strcmp(way, "letter") != 0)
		(void)!work_problem(w, "way", "problem.invite.way");
	end = w->problems.count ? INVALID : invite_somebody(w, &wish, &made);
	return end == DONE ? answer(w, made.id, 201, r) : api_door_refuse(w, r, end);
}

enum outcome
api_invitations_again(struct work *w, const struct request *q, struct reply *r)
{
	int64_t id = api_body_part(q, "id");
	enum outcome end = api_door_right(w, r, RIGHT_ADMIN);

	if (end != DONE)
		return end;
	end = invite_again(w, id);
	return end == DONE ? answer(w, id, 200, r) : api_door_refuse(w, r, end);
}

enum outcome
api_invitations_withdraw(struct work *w, const struct request *q, struct reply *r)
{
	const struct json *body = api_door_body(q, r);
	enum outcome end = body ? api_door_right(w, r, RIGHT_ADMIN) : INVALID;

	if (end != DONE)
		return end;
	return api_door_nothing(w, r,
		invite_withdraw(
			w, api_body_part(q, "id"), api_body_text(body, "reason")));
}
