/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "channel/api/api_machines.h"

#include "channel/api/api_door.h"
#include "desk/neighbours.h"
#include "http/outgoing.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_PAIRS = 200 };

static bool
is_admin(struct work *w)
{
	return access_may(w->actor, w->actor->org, RIGHT_ADMIN);
}

static void
show_pairs(struct jsonout *j, const char *name, const struct pairs *p)
{
	jsonout_name(j, name);
	jsonout_record(j);
	for (int i = 0; i < p->count; i++)
		jsonout_member(j, p->at[i].name, p->at[i].value);
	jsonout_end(j);
}

static int64_t
or_none(int64_t at)
{
	return at ? at : TIMES_NONE;
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
	show_pairs(j, "services", &b->services);
	show_pairs(j, "statuses", &b->statuses);
	jsonout_member_truth(j, "requests", b->requests);
	jsonout_member_truth(j, "updates", b->updates);
	jsonout_member(j, "area", *b->area ? b->area : NULL);
	jsonout_member_truth(j, "active", b->active);
	jsonout_member_instant(j, "pulled", or_none(b->pulled));
	jsonout_member(j, "alarm", *b->alarm ? b->alarm : NULL);
	jsonout_member_instant(j, "alarm_since", or_none(b->alarm_since));
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

static void
show_exchanges(struct work *w, struct jsonout *j, const struct body *b)
{
	struct body_exchange_list list;

	body_exchanges(w, b, &list);
	jsonout_name(j, "exchanges");
	jsonout_list(j);
	for (int i = 0; i < list.count; i++) {
		const struct body_exchange *e = &list.at[i];

		jsonout_record(j);
		jsonout_member(j, "what", e->what);
		jsonout_member_instant(j, "at", e->at);
		jsonout_member_instant(j, "good", or_none(e->good));
		jsonout_member_whole(j, "failures", e->failures);
		jsonout_member(j, "problem", *e->problem ? e->problem : NULL);
		jsonout_end(j);
	}
	jsonout_end(j);
}

static void
show_parcels(struct work *w, struct jsonout *j, const struct body *b)
{
	struct body_parcel_list list;

	body_parcels(w, b, &list);
	jsonout_name(j, "sent");
	jsonout_list(j);
	for (int i = 0; i < list.count; i++) {
		const struct body_parcel *p = &list.at[i];

		jsonout_record(j);
		jsonout_member(j, "reference", p->reference);
		jsonout_member(j, "update", p->update ? p->status : NULL);
		jsonout_member(j, "state", p->state);
		jsonout_member(j, "theirs", *p->theirs ? p->theirs : NULL);
		jsonout_member(j, "problem", *p->error ? p->error : NULL);
		jsonout_end(j);
	}
	jsonout_end(j);
}

static void
show_news(struct work *w, struct jsonout *j, const struct body *b)
{
	struct body_request_list brought;
	struct body_update_list strays;

	body_requests(w, b, &brought);
	body_strays(w, b, &strays);
	jsonout_name(j, "brought");
	jsonout_list(j);
	for (int i = 0; i < brought.count; i++) {
		const struct body_request *n = &brought.at[i];

		jsonout_record(j);
		jsonout_member(j, "theirs", n->theirs);
		jsonout_member(j, "reference", *n->reference ? n->reference : NULL);
		jsonout_member(j, "ignored", *n->ignored ? n->ignored : NULL);
		jsonout_end(j);
	}
	jsonout_end(j);
	jsonout_name(j, "unknown_updates");
	jsonout_list(j);
	for (int i = 0; i < strays.count; i++) {
		const struct body_update *u = &strays.at[i];

		jsonout_record(j);
		jsonout_member(j, "id", u->id);
		jsonout_member(j, "theirs", u->theirs);
		jsonout_member(j, "status", u->status);
		jsonout_member(j, "words", u->words);
		jsonout_member_instant(j, "at", u->at);
		jsonout_end(j);
	}
	jsonout_end(j);
}

enum outcome
api_machines_body(struct work *w, const struct request *q, struct reply *r)
{
	struct jsonout j;
	struct body b;

	if (!is_admin(w))
		return api_door_refuse(w, r, DENIED);
	if (body_get(w, w->actor->org, path_int(q, "id"), &b) != DONE)
		return api_door_refuse(w, r, MISSING);
	j = api_door_answer(r, 200);
	jsonout_record(&j);
	jsonout_name(&j, "body");
	show(&j, &b);
	show_exchanges(w, &j, &b);
	show_parcels(w, &j, &b);
	show_news(w, &j, &b);
	jsonout_end(&j);
	return DONE;
}

static bool
read_pairs(struct work *w, const struct json *v, struct pairs *out)
{
	if (json_none(v))
		return true;
	if (v->kind != JSON_KIND_RECORD || v->count > MOST_PAIRS)
		return false;
	*out = (struct pairs){NULL, 0};
	for (int i = 0; i < v->count; i++) {
		const struct json_member *m = &v->members[i];
		const char *value = json_words(&m->value);

		if (!value)
			return false;
		pairs_add(w->arena, out, m->name, value);
	}
	return true;
}

static const char *
text(const struct json *in, const char *name, const char *otherwise)
{
	const struct json *v = json_get(in, name);

	if (!v)
		return otherwise;
	return v->kind == JSON_KIND_TEXT ? v->text : "";
}

static bool
truth(const struct json *in, const char *name, bool otherwise)
{
	const struct json *v = json_get(in, name);

	return v && v->kind == JSON_KIND_TRUTH ? v->truth : otherwise;
}

/* What is said of it; the rest stays. */
static enum outcome
change(struct work *w, const struct json *in, struct body *b, struct reply *r)
{
	const char *team = text(in, "team", NULL);

	b->name = text(in, "name", b->name);
	b->url = text(in, "url", b->url);
	b->key = text(in, "api_key", NULL);
	b->jurisdiction = text(in, "jurisdiction", b->jurisdiction);
	b->team = team ? strtoll(team, NULL, 10) : b->team;
	b->requests = truth(in, "requests", b->requests);
	b->updates = truth(in, "updates", b->updates);
	b->area = text(in, "area", b->area);
	b->active = truth(in, "active", b->active);
	if (!read_pairs(w, json_get(in, "services"), &b->services) ||
		!read_pairs(w, json_get(in, "statuses"), &b->statuses))
		return api_door_problem(r, 422, INVALID,
			"services and statuses say which of one is which of the other");
	if (!outgoing_may(w->outgoing, w->arena, b->url))
		(void)work_problem(w, "url", "problem.webhook.url");
	return DONE;
}

static enum outcome
save(struct work *w, const struct json *in, struct body *b, struct reply *r)
{
	bool new = b->id == 0;
	struct jsonout j;
	enum outcome end = change(w, in, b, r);

	if (end != DONE)
		return end;
	end = neighbours_save(w, b);
	if (end != DONE)
		return api_door_refuse(w, r, end);
	j = api_door_answer(r, new ? 201 : 200);
	show(&j, b);
	return DONE;
}

enum outcome
api_machines_add_body(struct work *w, const struct request *q, struct reply *r)
{
	const struct json *in = api_door_body(q, r);
	struct body b = {
		.org = w->actor->org,
		.name = "",
		.url = "",
		.jurisdiction = "",
		.area = "",
		.alarm = "",
		.active = true,
	};

	if (!in)
		return INVALID;
	if (!is_admin(w))
		return api_door_refuse(w, r, DENIED);
	return save(w, in, &b, r);
}

enum outcome
api_machines_change_body(struct work *w, const struct request *q, struct reply *r)
{
	const struct json *in = api_door_body(q, r);
	struct body b;

	if (!in)
		return INVALID;
	if (!is_admin(w))
		return api_door_refuse(w, r, DENIED);
	if (body_get(w, w->actor->org, path_int(q, "id"), &b) != DONE)
		return api_door_refuse(w, r, MISSING);
	return save(w, in, &b, r);
}

static enum outcome
no_more(struct work *w, enum outcome end, struct reply *r)
{
	if (end != DONE)
		return api_door_refuse(w, r, end);
	r->status = 204;
	return DONE;
}

enum outcome
api_machines_end_body(struct work *w, const struct request *q, struct reply *r)
{
	return no_more(w, neighbours_end(w, w->actor->org, path_int(q, "id")), r);
}

enum outcome
api_machines_ask_body(struct work *w, const struct request *q, struct reply *r)
{
	return no_more(w, neighbours_again(w, w->actor->org, path_int(q, "id")), r);
}
