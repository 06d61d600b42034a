/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "channel/api/api.h"
#include "channel/api/api_body.h"
#include "channel/api/api_door.h"
#include "channel/api/api_html.h"
#include "desk/handle.h"
#include "desk/intake.h"
#include "desk/look.h"
#include "store/team.h"

#include <stdlib.h>
#include <string.h>

static const char *
or_empty(const char *text)
{
	return text ? text : "";
}

/* With a question, or where the reason wants it with the evidence of what was agreed;
 * looked at again by `until` at the latest. */
static enum outcome
change_to_waiting(
	struct work *w, const struct handle *h, const struct json *body, struct ticket *t)
{
	const char *reason = api_body_text(body, "waits_for");
	const char *words = api_body_text(body, "question");
	struct handle until = *h;

	if (!api_body_instant(body, "until", &until.by))
		return work_problem(w, "until", "problem.promise.by");
	if (!*words)
		words = api_body_text(body, "evidence");
	return handle_wait(w, &until, *reason ? reason : "customer", words, t);
}

static enum outcome
change_status(
	struct work *w, const struct handle *h, const struct json *body, struct ticket *t)
{
	const char *status = or_empty(json_words(json_get(body, "status")));

	if (strcmp(status, "resolved") == 0)
		return handle_resolve(w, h, json_words(json_get(body, "solution")), t);
	if (strcmp(status, "waiting") == 0)
		return change_to_waiting(w, h, body, t);
	if (strcmp(status, "open") == 0)
		return handle_reopen(
			w, h, or_empty(json_words(json_get(body, "reason"))), t);
	if (strcmp(status, "closed") == 0)
		return handle_close(
			w, h, or_empty(json_words(json_get(body, "reason"))), t);
	if (strcmp(status, "cancelled") == 0)
		return handle_cancel(
			w, h, or_empty(json_words(json_get(body, "reason"))), t);
	return work_problem(w, "status", "problem.status.unknown");
}

/* A team by id or name, a person by id or "me". */
static enum outcome
change_assignment(
	struct work *w, const struct handle *h, const struct json *body, struct ticket *t)
{
	const char *team = json_words(json_get(body, "team"));
	const char *person = json_words(json_get(body, "assignee"));
	struct scope s = access_scope(w->actor, h->org, RIGHT_SEE);
	struct team to = {.id = 0};

	if (person && strcmp(person, "me") == 0 && !team)
		return handle_claim(w, h, t);
	if (!team && ticket_find(w, &s, h->reference, t) == DONE)
		to.id = t->team;
	else if (team && team_named(w, h->org, team, &to) != DONE)
		to.id = strtoll(team, NULL, 10);
	return handle_assign(w, h, to.id, person ? strtoll(person, NULL, 10) : 0, t);
}

static enum outcome
change_priority(
	struct work *w, const struct handle *h, const struct json *body, struct ticket *t)
{
	int64_t priority = 0;

	if (!json_number(json_get(body, "priority"), &priority))
		priority = 0;
	return handle_priority(w, h, priority, json_words(json_get(body, "reason")), t);
}

/* What the body names, in this order; each sees the ticket as the one before left it. */
static enum outcome
change_all(struct work *w, struct handle *h, const struct json *body, struct ticket *t)
{
	enum outcome end = INVALID;
	const struct {
		bool wanted;
		enum outcome (*change)(struct work *w, const struct handle *h,
			const struct json *body, struct ticket *t);
	} changes[] = {
		{!json_none(json_get(body, "priority")), change_priority},
		{!json_none(json_get(body, "team")) ||
				!json_none(json_get(body, "assignee")),
			change_assignment},
		{!json_none(json_get(body, "status")), change_status},
	};

	for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
		if (!changes[i].wanted)
			continue;
		end = changes[i].change(w, h, body, t);
		if (end != DONE)
			return end;
		h->version = 0;
	}
	if (end != DONE)
		return work_problem(w, "status", "problem.change.none");
	return DONE;
}

enum outcome
api_change(struct work *w, const struct request *q, struct reply *r)
{
	const struct json *body = api_door_body(q, r);
	struct handle h = {.org = w->actor->org, .reference = api_door_reference(q)};
	struct ticket t = {.version = 0};
	struct jsonout j;
	enum outcome end;

	if (!body)
		return INVALID;
	end = api_door_find(w, q, r, &t);
	if (end != DONE)
		return end;
	h.org = t.org;
	end = api_door_if_match(q, r, &h.version);
	if (end != DONE)
		return end;
	end = change_all(w, &h, body, &t);
	if (end == CONFLICT && h.version > 0 && t.version != h.version)
		return api_door_problem(
			r, 412, CONFLICT, "the ticket was changed since that version");
	if (end != DONE)
		return api_door_refuse(w, r, end);
	api_door_after(w, &t);
	api_door_etag(r, &t);
	j = api_door_answer(r, 200);
	api_door_ticket(w, &j, &t);
	return DONE;
}

static void
show_event(struct jsonout *j, const struct event *e)
{
	jsonout_record(j);
	jsonout_member_whole(j, "seq", e->seq);
	jsonout_member_instant(j, "at", e->at);
	jsonout_member(j, "kind", e->kind);
	jsonout_member(j, "by", actor_kind_name(e->actor_kind));
	jsonout_member(j, "name", e->actor_name);
	jsonout_member_truth(j, "public", e->public);
	jsonout_member(j, "body", e->body);
	jsonout_name(j, "data");
	jsonout_record(j);
	for (int i = 0; i < e->data.count; i++)
		jsonout_member(j, e->data.at[i].name, e->data.at[i].value);
	jsonout_end(j);
	jsonout_end(j);
}

enum outcome
api_timeline(struct work *w, const struct request *q, struct reply *r)
{
	struct event_list list;
	struct ticket t;
	struct jsonout j;
	enum outcome end = api_door_find(w, q, r, &t);

	if (end != DONE)
		return end;
	event_read(w, &t, EVENT_FOR_STAFF, query_int(q, "before", 1, INT64_MAX, 0),
		(int)query_int(q, "limit", 1, 200, 50), &list);
	j = api_door_answer(r, 200);
	jsonout_record(&j);
	jsonout_name(&j, "messages");
	jsonout_list(&j);
	for (int i = 0; i < list.count; i++)
		show_event(&j, &list.at[i]);
	jsonout_end(&j);
	if (list.more && list.count > 0)
		jsonout_member_whole(&j, "before", list.at[0].seq);
	jsonout_end(&j);
	return DONE;
}

static enum outcome
from_customer(
	struct work *w, const struct ticket *t, const char *key, const struct json *body)
{
	struct contact c = {
		.org = t->org,
		.channel = CHANNEL_API,
		.key = key,
		.person = t->customer,
		.reference = t->reference,
		.service = t->service,
		.words = json_words(json_get(body, "body")),
	};
	struct receipt got;

	if (!ticket_may(w, t, RIGHT_CREATE))
		return DENIED;
	if (t->customer == 0)
		return work_problem(w, "from", "problem.customer.unknown");
	api_html_fill(w, body, &c);
	if (!c.words || !*c.words)
		return work_problem(w, "body", "problem.reply.empty");
	return intake(w, &c, &got);
}

/* The key of an answer of ours is kept as a contact of the ticket, like those that come.
 */
static enum outcome
from_staff(struct work *w, const struct handle *h, const char *key, const char *words,
	bool public)
{
	struct contact c = {
		.org = h->org,
		.channel = CHANNEL_API,
		.key = key,
		.reference = h->reference,
		.words = words,
		.subject = !public     ? "note"
			   : h->extend ? "extension"
				       : "reply",
	};
	const char *digest = contact_digest(w, &c);
	struct contact_found found;
	struct ticket t;
	enum outcome end;

	if (contact_find(w, h->org, c.channel, key, &found) == DONE)
		return strcmp(found.digest, digest) == 0 ? DONE : CONFLICT;
	end = public ? handle_reply(w, h, words, &t) : handle_note(w, h, words, &t);
	if (end == DONE && contact_insert(w, &c, digest, t.id, w->actor->person) == 0)
		return CONFLICT;
	return end;
}

enum outcome
api_message(struct work *w, const struct request *q, struct reply *r)
{
	const struct json *body = api_door_body(q, r);
	struct handle h = {.org = w->actor->org, .reference = api_door_reference(q)};
	const char *from = or_empty(json_words(json_get(body, "from")));
	const char *words = json_words(json_get(body, "body"));
	const char *key;
	struct ticket t;
	struct jsonout j;
	enum outcome end;

	if (!body || api_door_key(w, q, r, &key) != DONE)
		return INVALID;
	end = api_door_find(w, q, r, &t);
	if (end != DONE)
		return end;
	h.org = t.org;
	h.extend = api_body_truth(body, "extend", false);
	if (!api_body_instant(body, "by", &h.by))
		end = work_problem(w, "by", "problem.promise.by");
	else if (strcmp(from, "customer") == 0)
		end = from_customer(w, &t, key, body);
	else if (!words || !*words)
		end = work_problem(w, "body", "problem.reply.empty");
	else
		end = from_staff(w, &h, key, words, api_body_truth(body, "public", true));
	if (end == CONFLICT)
		return api_door_problem(r, 422, INVALID,
			"this Idempotency-Key came before with another body");
	if (end != DONE)
		return api_door_refuse(w, r, end);
	api_door_after(w, &t);
	api_door_etag(r, &t);
	j = api_door_answer(r, 201);
	api_door_ticket(w, &j, &t);
	return DONE;
}

enum outcome
api_look(struct work *w, const struct request *q, struct reply *r)
{
	const struct json *body = api_door_body(q, r);
	const char *reference = api_door_reference(q);
	struct ticket t;

	if (!body)
		return INVALID;
	if (!reference || ticket_reach(w, reference, &t) != DONE)
		return api_door_refuse(w, r, MISSING);
	if (t.sealed &&
		look_give(w, &t, or_empty(json_words(json_get(body, "reason")))) != DONE)
		return api_door_refuse(w, r, INVALID);
	r->status = 204;
	return DONE;
}
