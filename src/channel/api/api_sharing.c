/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "channel/api/api_sharing.h"

#include "channel/api/api_body.h"
#include "channel/api/api_door.h"
#include "desk/agreement.h"
#include "store/team.h"

/* Who makes agreements, and who reads the register of them. */
static enum outcome
may_read(struct work *w, struct reply *r)
{
	if (access_may(w->actor, w->actor->org, RIGHT_SHARING))
		return DONE;
	return api_door_right(w, r, RIGHT_AUDIT);
}

static const char *
state_of(struct work *w, const struct sharing *s)
{
	if (s->ends <= w->now)
		return "ended";
	return s->starts > w->now ? "planned" : "in_force";
}

static void
show(struct work *w, struct jsonout *j, const struct sharing *s)
{
	jsonout_record(j);
	jsonout_member_id(j, "id", s->id);
	jsonout_member_whole(j, "version", s->version);
	jsonout_member(j, "name", s->name);
	api_door_party(j, "giver", s->org, s->org_name);
	api_door_party(j, "taker", s->taker, s->taker_name);
	api_door_party(j, "team", s->team, s->team_name);
	jsonout_member(j, "state", state_of(w, s));
	jsonout_member(j, "purpose", s->purpose);
	jsonout_member(j, "basis", s->basis);
	api_door_words(w, j, "services", s->services);
	api_door_open_list(j, "details");
	for (enum detail d = 0; d < DETAIL_COUNT; d++)
		if (s->details >> d & 1)
			jsonout_text(j, access_detail_name(d));
	jsonout_end(j);
	api_door_words(w, j, "rights", access_rights_text(w->arena, s->rights));
	jsonout_member_truth(j, "restricted", s->restricted);
	jsonout_member_instant(j, "starts", s->starts);
	jsonout_member_instant(j, "ends", s->ends);
	jsonout_member(j, "signed_for_org", s->signed_for_org);
	jsonout_member(j, "signed_for_taker", s->signed_for_taker);
	jsonout_member(j, "note", s->note);
	jsonout_member_instant(j, "made", s->made);
	jsonout_member(j, "by", s->author_name);
	jsonout_end(j);
}

static enum outcome
answer(struct work *w, int64_t id, int status, struct reply *r)
{
	struct sharing_list list;
	struct jsonout j;

	sharing_versions(w, w->actor->org, id, &list);
	if (list.count == 0)
		return api_door_refuse(w, r, MISSING);
	j = api_door_answer(r, status);
	jsonout_record(&j);
	api_door_open_list(&j, "versions");
	for (int i = 0; i < list.count; i++)
		show(w, &j, &list.at[i]);
	jsonout_end(&j);
	jsonout_end(&j);
	return DONE;
}

enum outcome
api_sharing_list(struct work *w, const struct request *q, struct reply *r)
{
	struct sharing_list list;
	struct jsonout j;
	enum outcome end = may_read(w, r);

	(void)q;
	if (end != DONE)
		return end;
	sharing_read(w, w->actor->org, &list);
	j = api_door_answer(r, 200);
	jsonout_record(&j);
	api_door_open_list(&j, "agreements");
	for (int i = 0; i < list.count; i++)
		show(w, &j, &list.at[i]);
	jsonout_end(&j);
	jsonout_end(&j);
	return DONE;
}

enum outcome
api_sharing_show(struct work *w, const struct request *q, struct reply *r)
{
	enum outcome end = may_read(w, r);

	return end == DONE ? answer(w, api_body_part(q, "id"), 200, r) : end;
}

/* Bits of a list of words by their names; what is no such word is a problem. */
static uint64_t
bits_of(struct work *w, const struct json *body, const char *name,
	uint64_t (*bit)(const char *word))
{
	const char *words = api_body_words(w->arena, body, name);
	struct bytes rest = bytes_of(words ? words : "");
	uint64_t bits = 0;
	bool known = words != NULL;

	while (rest.len > 0) {
		struct bytes one = bytes_cut(&rest, ' ');
		uint64_t found = bit(arena_text(w->arena, one.at, one.len));

		known = known && found;
		bits |= found;
	}
	if (!known)
		(void)!work_problem(w, name, "problem.sharing.word");
	return bits;
}

static uint64_t
detail_bit(const char *word)
{
	enum detail d = access_detail_named(word);

	return d == DETAIL_COUNT ? 0 : (uint64_t)1 << d;
}

static uint64_t
right_bit(const char *word)
{
	enum right right = access_right_named(word);

	return right == RIGHT_NONE ? 0 : RIGHT_BIT(right) & sharing_grantable();
}

static void
read_sharing(struct work *w, const struct json *body, struct sharing *s)
{
	const char *services = api_body_words(w->arena, body, "services");

	s->org = w->actor->org;
	s->name = api_body_text(body, "name");
	s->taker = api_body_id(body, "taker");
	s->team = api_body_id(body, "team");
	s->purpose = api_body_text(body, "purpose");
	s->basis = api_body_text(body, "basis");
	s->services = services ? services : "";
	s->details = (unsigned)bits_of(w, body, "details", detail_bit);
	s->rights = bits_of(w, body, "rights", right_bit);
	s->restricted = api_body_truth(body, "restricted", false);
	s->signed_for_org = api_body_text(body, "signed_for_org");
	s->signed_for_taker = api_body_text(body, "signed_for_taker");
	s->note = api_body_text(body, "note");
	if (!api_body_instant(body, "starts", &s->starts) || s->starts == 0)
		(void)!work_problem(w, "starts", "problem.sharing.ends");
	if (!api_body_instant(body, "ends", &s->ends))
		(void)!work_problem(w, "ends", "problem.sharing.ends");
}

static enum outcome
save(struct work *w, const struct json *body, struct sharing *s, int status,
	struct reply *r)
{
	enum outcome end;

	read_sharing(w, body, s);
	end = agreement_save(w, s);
	return end == DONE ? answer(w, s->id, status, r) : api_door_refuse(w, r, end);
}

enum outcome
api_sharing_make(struct work *w, const struct request *q, struct reply *r)
{
	const struct json *body = api_door_body(q, r);
	struct sharing s = {.id = 0};
	enum outcome end = body ? api_door_right(w, r, RIGHT_SHARING) : INVALID;

	return end == DONE ? save(w, body, &s, 201, r) : end;
}

enum outcome
api_sharing_amend(struct work *w, const struct request *q, struct reply *r)
{
	const struct json *body = api_door_body(q, r);
	struct sharing s;
	enum outcome end = body ? api_door_right(w, r, RIGHT_SHARING) : INVALID;

	if (end != DONE)
		return end;
	if (agreement_find(w, api_body_part(q, "id"), &s) != DONE ||
		s.org != w->actor->org)
		return api_door_refuse(w, r, MISSING);
	return save(w, body, &s, 200, r);
}

enum outcome
api_sharing_end(struct work *w, const struct request *q, struct reply *r)
{
	const struct json *body = api_door_body(q, r);
	int64_t id = api_body_part(q, "id");
	enum outcome end = body ? api_door_right(w, r, RIGHT_SHARING) : INVALID;

	if (end != DONE)
		return end;
	end = agreement_end(w, id, api_body_text(body, "note"));
	return end == DONE ? answer(w, id, 200, r) : api_door_refuse(w, r, end);
}

static void
organisation(struct jsonout *j, int64_t id, const char *code, const char *name)
{
	jsonout_record(j);
	jsonout_member_id(j, "id", id);
	jsonout_member(j, "code", code);
	jsonout_member(j, "name", name);
	jsonout_end(j);
}

/* The token's own, and those that share something with it now. */
enum outcome
api_sharing_givers(struct work *w, const struct request *q, struct reply *r)
{
	struct sharing_givers list = {.count = 0};
	struct organisation here;
	struct jsonout j = api_door_answer(r, 200);

	(void)q;
	if (access_may(w->actor, w->actor->org, RIGHT_SHARED))
		sharing_givers(w, w->actor->org, &list);
	jsonout_record(&j);
	api_door_open_list(&j, "organisations");
	if (team_organisation(w, w->actor->org, &here) == DONE)
		organisation(&j, here.id, here.code, here.name);
	for (int i = 0; i < list.count; i++)
		organisation(&j, list.at[i].org, list.at[i].code, list.at[i].name);
	jsonout_end(&j);
	jsonout_end(&j);
	return DONE;
}
