/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "channel/api/api_machines.h"

#include "base/times.h"
#include "channel/api/api_body.h"
#include "channel/api/api_door.h"
#include "desk/machines.h"
#include "http/outgoing.h"
#include "rule/scopes.h"

#include <string.h>

enum { TRIES = 50, MOST_TRIES = 200, DEFAULT_DAYS = 365 };

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

/* --- tokens ------------------------------------------------------------------------- */

static void
show_token(struct work *w, struct jsonout *j, const struct token *t, const char *secret)
{
	jsonout_record(j);
	jsonout_member_id(j, "id", t->id);
	jsonout_member(j, "name", t->name);
	jsonout_member(j, "role", t->role);
	api_door_words(w, j, "scopes", t->scopes);
	jsonout_member_whole(j, "rate", t->rate);
	jsonout_member_instant(j, "created", t->created);
	jsonout_member_instant(j, "expires", t->expires);
	jsonout_member_instant(j, "used", t->used ? t->used : TIMES_NONE);
	if (secret)
		jsonout_member(j, "token", secret);
	jsonout_end(j);
}

enum outcome
api_machines_me(struct work *w, const struct request *q, struct reply *r)
{
	struct token t;
	struct jsonout j;

	(void)q;
	if (!w->caller || token_get(w, w->actor->org, w->caller->token, &t) != DONE)
		return api_door_refuse(w, r, MISSING);
	j = api_door_answer(r, 200);
	show_token(w, &j, &t, NULL);
	return DONE;
}

enum outcome
api_machines_tokens(struct work *w, const struct request *q, struct reply *r)
{
	struct token_list list;
	struct jsonout j;

	(void)q;
	if (!is_admin(w))
		return api_door_refuse(w, r, DENIED);
	token_list(w, w->actor->org, &list);
	j = api_door_answer(r, 200);
	jsonout_record(&j);
	jsonout_name(&j, "tokens");
	jsonout_list(&j);
	for (int i = 0; i < list.count; i++)
		show_token(w, &j, &list.at[i], NULL);
	jsonout_end(&j);
	jsonout_end(&j);
	return DONE;
}

enum outcome
api_machines_add_token(struct work *w, const struct request *q, struct reply *r)
{
	const struct json *body = api_door_body(q, r);
	const char *until = json_words(json_get(body, "expires"));
	struct token t = {
		.org = w->actor->org,
		.person = w->actor->person,
		.name = or_empty(json_words(json_get(body, "name"))),
		.role = or_empty(json_words(json_get(body, "role"))),
		.scopes = api_body_words(w->arena, body, "scopes"),
		.expires = w->now + (int64_t)DEFAULT_DAYS * TIMES_DAY,
	};
	const char *secret;
	struct jsonout j;
	enum outcome end;

	if (!body)
		return INVALID;
	(void)json_number(json_get(body, "rate"), &t.rate);
	if (until && !times_parse_iso(bytes_of(until), &t.expires))
		t.expires = 0;
	if (!t.scopes)
		return api_door_problem(r, 422, INVALID, "scopes is a list of words");
	end = machines_add_token(w, &t, &secret);
	if (end != DONE)
		return api_door_refuse(w, r, end);
	j = api_door_answer(r, 201);
	show_token(w, &j, &t, secret);
	return DONE;
}

enum outcome
api_machines_end_token(struct work *w, const struct request *q, struct reply *r)
{
	return api_door_nothing(
		w, r, machines_end_token(w, w->actor->org, api_body_part(q, "id")));
}

/* --- webhooks ----------------------------------------------------------------------- */

static void
show_hook(struct work *w, struct jsonout *j, const struct webhook *h, bool secret)
{
	jsonout_record(j);
	jsonout_member_id(j, "id", h->id);
	jsonout_member(j, "name", h->name);
	jsonout_member(j, "url", h->url);
	api_door_words(w, j, "events", h->events);
	api_door_words(w, j, "services", h->services);
	jsonout_member_truth(j, "restricted", h->restricted);
	jsonout_member_truth(j, "active", h->active);
	jsonout_member(j, "reason", *or_empty(h->reason) ? h->reason : NULL);
	jsonout_member_instant(
		j, "failing_since", h->failing_since ? h->failing_since : TIMES_NONE);
	jsonout_member_instant(j, "created", h->created);
	if (secret)
		jsonout_member(j, "secret", h->secret);
	jsonout_end(j);
}

enum outcome
api_machines_hooks(struct work *w, const struct request *q, struct reply *r)
{
	struct webhook_list list;
	struct jsonout j;

	(void)q;
	if (!is_admin(w))
		return api_door_refuse(w, r, DENIED);
	webhook_list(w, w->actor->org, &list);
	j = api_door_answer(r, 200);
	jsonout_record(&j);
	jsonout_name(&j, "webhooks");
	jsonout_list(&j);
	for (int i = 0; i < list.count; i++)
		show_hook(w, &j, &list.at[i], false);
	jsonout_end(&j);
	jsonout_end(&j);
	return DONE;
}

static enum outcome
find_hook(struct work *w, const struct request *q, struct reply *r, struct webhook *h)
{
	if (!is_admin(w))
		return api_door_refuse(w, r, DENIED);
	if (webhook_get(w, w->actor->org, api_body_part(q, "id"), h) != DONE)
		return api_door_refuse(w, r, MISSING);
	return DONE;
}

enum outcome
api_machines_hook(struct work *w, const struct request *q, struct reply *r)
{
	struct webhook h;
	struct jsonout j;
	enum outcome end = find_hook(w, q, r, &h);

	if (end != DONE)
		return end;
	j = api_door_answer(r, 200);
	show_hook(w, &j, &h, false);
	return DONE;
}

/* What the body says; the rest stays. */
static bool
read_hook(struct work *w, const struct json *body, struct webhook *h)
{
	const char *name = json_words(json_get(body, "name"));
	const char *url = json_words(json_get(body, "url"));
	const struct json *active = json_get(body, "active");
	const struct json *restricted = json_get(body, "restricted");

	if (name)
		h->name = name;
	if (url)
		h->url = url;
	if (!json_none(json_get(body, "events")))
		h->events = api_body_words(w->arena, body, "events");
	if (!json_none(json_get(body, "services")))
		h->services = api_body_words(w->arena, body, "services");
	if (active && active->kind == JSON_KIND_TRUTH)
		h->active = active->truth;
	if (restricted && restricted->kind == JSON_KIND_TRUTH)
		h->restricted = restricted->truth;
	return h->events && h->services;
}

static enum outcome
save_hook(struct work *w, struct reply *r, const struct json *body, struct webhook *h)
{
	bool fresh = h->id == 0;
	struct jsonout j;
	enum outcome end;

	if (!read_hook(w, body, h))
		return api_door_problem(
			r, 422, INVALID, "events and services are lists of words");
	if (!outgoing_may(w->outgoing, w->arena, h->url)) {
		(void)work_problem(w, "url", "problem.webhook.url");
		return api_door_refuse(w, r, INVALID);
	}
	end = machines_save_webhook(w, h);
	if (end != DONE)
		return api_door_refuse(w, r, end);
	if (webhook_get(w, h->org, h->id, h) != DONE)
		return FAULT;
	j = api_door_answer(r, fresh ? 201 : 200);
	show_hook(w, &j, h, fresh);
	return DONE;
}

enum outcome
api_machines_add_hook(struct work *w, const struct request *q, struct reply *r)
{
	const struct json *body = api_door_body(q, r);
	struct webhook h = {
		.org = w->actor->org,
		.name = "",
		.url = "",
		.events = "",
		.services = "",
		.active = true,
	};

	return body ? save_hook(w, r, body, &h) : INVALID;
}

enum outcome
api_machines_change_hook(struct work *w, const struct request *q, struct reply *r)
{
	const struct json *body = api_door_body(q, r);
	struct webhook h;
	enum outcome end = body ? find_hook(w, q, r, &h) : INVALID;

	return end == DONE ? save_hook(w, r, body, &h) : end;
}

enum outcome
api_machines_end_hook(struct work *w, const struct request *q, struct reply *r)
{
	return api_door_nothing(
		w, r, machines_end_webhook(w, w->actor->org, api_body_part(q, "id")));
}

enum outcome
api_machines_try_hook(struct work *w, const struct request *q, struct reply *r)
{
	return api_door_nothing(
		w, r, machines_try_webhook(w, w->actor->org, api_body_part(q, "id")));
}

enum outcome
api_machines_tries(struct work *w, const struct request *q, struct reply *r)
{
	struct webhook_try_list list;
	struct webhook h;
	struct jsonout j;
	enum outcome end = find_hook(w, q, r, &h);

	if (end != DONE)
		return end;
	webhook_tries(w, &h, query_int(q, "before", 1, INT64_MAX, 0),
		(int)query_int(q, "limit", 1, MOST_TRIES, TRIES), &list);
	j = api_door_answer(r, 200);
	jsonout_record(&j);
	jsonout_name(&j, "deliveries");
	jsonout_list(&j);
	for (int i = 0; i < list.count; i++) {
		const struct webhook_try *t = &list.at[i];

		jsonout_record(&j);
		jsonout_member_id(&j, "id", t->id);
		jsonout_member_id(&j, "message", t->message);
		jsonout_member(&j, "webhook_id", t->message_id);
		jsonout_member(&j, "event", t->event);
		jsonout_member_instant(&j, "at", t->at);
		jsonout_member_whole(&j, "status", t->status);
		jsonout_member_whole(&j, "milliseconds", t->took);
		jsonout_member(&j, "answer", t->answer);
		jsonout_member(&j, "state", t->state);
		jsonout_end(&j);
	}
	jsonout_end(&j);
	jsonout_end(&j);
	return DONE;
}

enum outcome
api_machines_replay(struct work *w, const struct request *q, struct reply *r)
{
	return api_door_nothing(w, r,
		machines_replay(w, w->actor->org, api_body_part(q, "id"),
			api_body_part(q, "message")));
}
