/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "channel/api/api_machines.h"

#include "channel/api/api_door.h"
#include "http/outgoing.h"
#include "store/audit.h"
#include "store/body.h"
#include "store/team.h"

#include <stdlib.h>
#include <string.h>

enum { LONGEST_NAME = 100, MOST_SERVICES = 200 };

static const char *
or_empty(const char *text)
{
	return text ? text : "";
}

static bool
is_admin(struct work *w)
{
	return access_may(w->actor, w->actor->org, RIGHT_ADMIN);
}

static void
show(struct jsonout *j, const struct body *b)
{
	jsonout_record(j);
	jsonout_member_id(j, "id", b->id);
	jsonout_member(j, "name", b->name);
	jsonout_member(j, "url", b->url);
	jsonout_member(j, "jurisdiction", *b->jurisdiction ? b->jurisdiction : NULL);
	jsonout_member_id(j, "team", b->team);
	jsonout_name(j, "services");
	jsonout_record(j);
	for (int i = 0; i < b->services.count; i++)
		jsonout_member(j, b->services.at[i].name, b->services.at[i].value);
	jsonout_end(j);
	jsonout_member_instant(j, "pulled", b->pulled ? b->pulled : TIMES_NONE);
	jsonout_member(j, "alarm", *b->alarm ? b->alarm : NULL);
	jsonout_end(j);
}

enum outcome
api_machines_bodies(struct work *w, const struct request *q, struct reply *r)
{
	struct body_list list;
	struct jsonout j;

	(void)q;
	if (!is_admin(w))
		return api_door_refuse(w, r, DENIED);
	body_list(w, w->actor->org, &list);
	j = api_door_answer(r, 200);
	jsonout_record(&j);
	jsonout_name(&j, "bodies");
	jsonout_list(&j);
	for (int i = 0; i < list.count; i++)
		show(&j, &list.at[i]);
	jsonout_end(&j);
	jsonout_end(&j);
	return DONE;
}

static bool
read_services(struct work *w, const struct json *services, struct pairs *out)
{
	if (!services || services->kind != JSON_KIND_RECORD ||
		services->count > MOST_SERVICES)
		return false;
	for (int i = 0; i < services->count; i++) {
		const struct json_member *m = &services->members[i];
		const char *theirs = json_words(&m->value);

		if (!theirs || !*theirs)
			return false;
		pairs_add(w->arena, out, m->name, theirs);
	}
	return true;
}

static const char *
with_slash(struct arena *a, const char *url)
{
	size_t n = strlen(url);

	return n > 0 && url[n - 1] == '/' ? url : arena_printf(a, "%s/", url);
}

enum outcome
api_machines_add_body(struct work *w, const struct request *q, struct reply *r)
{
	const struct json *in = api_door_body(q, r);
	struct body b = {
		.org = w->actor->org,
		.name = or_empty(json_words(json_get(in, "name"))),
		.url = or_empty(json_words(json_get(in, "url"))),
		.key = or_empty(json_words(json_get(in, "api_key"))),
		.jurisdiction = or_empty(json_words(json_get(in, "jurisdiction"))),
		.team = strtoll(or_empty(json_words(json_get(in, "team"))), NULL, 10),
		.area = "",
		.active = true,
		.alarm = "",
	};
	struct team team;
	struct jsonout j;

	if (!in)
		return INVALID;
	if (!is_admin(w))
		return api_door_refuse(w, r, DENIED);
	if (!*b.name || strlen(b.name) > LONGEST_NAME)
		(void)work_problem(w, "name", "problem.webhook.name");
	if (!outgoing_may(w->outgoing, w->arena, b.url))
		(void)work_problem(w, "url", "problem.webhook.url");
	if (team_get(w, b.org, b.team, &team) != DONE)
		(void)work_problem(w, "team", "problem.team.unknown");
	if (w->problems.count > 0)
		return api_door_refuse(w, r, INVALID);
	if (!read_services(w, json_get(in, "services"), &b.services))
		return api_door_problem(r, 422, INVALID,
			"services says which code of ours is which of theirs");
	b.url = with_slash(w->arena, b.url);
	body_insert(w, &b);
	audit_add(w, "open311.make",
		arena_printf(w->arena, "open311 body %lld", (long long)b.id), "");
	j = api_door_answer(r, 201);
	show(&j, &b);
	return DONE;
}

enum outcome
api_machines_end_body(struct work *w, const struct request *q, struct reply *r)
{
	struct body b;

	if (!is_admin(w))
		return api_door_refuse(w, r, DENIED);
	if (body_get(w, w->actor->org, strtoll(path_part(q, "id"), NULL, 10), &b) != DONE)
		return api_door_refuse(w, r, MISSING);
	body_delete(w, &b);
	audit_add(w, "open311.end",
		arena_printf(w->arena, "open311 body %lld", (long long)b.id), "");
	r->status = 204;
	return DONE;
}
