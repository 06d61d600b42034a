/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "channel/api/api.h"
#include "channel/api/api_door.h"
#include "channel/api/api_html.h"
#include "desk/intake.h"
#include "rule/reference.h"
#include "store/audit.h"
#include "store/person.h"
#include "store/team.h"
#include "store/ticket_list.h"

#include <stdio.h>
#include <string.h>

enum { MOST_FIELDS = 200, DEFAULT_LIMIT = 50, MOST_LIMIT = 200 };

static const char *
or_empty(const char *text)
{
	return text ? text : "";
}

/* 0 when it is absent; -1 for what is no whole number, which intake refuses. */
static int64_t
level(const struct json *v)
{
	int64_t n;

	if (json_none(v))
		return 0;
	return json_number(v, &n) ? n : -1;
}

/* Answers of the form. Values are texts, numbers, yes or no, or lists of texts. */
static bool
read_fields(struct work *w, const struct json *fields, struct pairs *out)
{
	if (json_none(fields))
		return true;
	if (fields->kind != JSON_KIND_RECORD || fields->count > MOST_FIELDS)
		return false;
	for (int i = 0; i < fields->count; i++) {
		const struct json_member *m = &fields->members[i];
		const char *text = json_words(&m->value);

		if (m->value.kind == JSON_KIND_WHOLE)
			text = arena_printf(w->arena, "%lld", (long long)m->value.whole);
		else if (m->value.kind == JSON_KIND_REAL)
			text = arena_printf(w->arena, "%.17g", m->value.real);
		else if (m->value.kind == JSON_KIND_TRUTH)
			text = m->value.truth ? "yes" : "no";
		if (!text)
			return false;
		pairs_add(w->arena, out, m->name, text);
	}
	return true;
}

static enum outcome
read_contact(struct work *w, const struct json *body, struct contact *c)
{
	const struct json *customer = json_get(body, "customer");
	const char *channel = json_words(json_get(body, "channel"));

	c->org = w->actor->org;
	c->channel = CHANNEL_API;
	c->service = json_words(json_get(body, "service"));
	c->subject = or_empty(json_words(json_get(body, "subject")));
	c->words = or_empty(json_words(json_get(body, "description")));
	c->reference = json_words(json_get(body, "reference"));
	c->place = json_words(json_get(body, "place"));
	c->impact = level(json_get(body, "impact"));
	c->urgency = level(json_get(body, "urgency"));
	c->from.name = json_words(json_get(customer, "name"));
	c->from.email = json_words(json_get(customer, "email"));
	c->from.phone = json_words(json_get(customer, "phone"));
	if (channel) {
		c->channel = contact_channel_named(channel);
		if (c->channel == CHANNEL_COUNT || c->channel == CHANNEL_IMPORT)
			return work_problem(w, "channel", "problem.channel.unknown");
	}
	if (!read_fields(w, json_get(body, "fields"), &c->fields))
		return work_problem(w, "fields", "problem.fields.shape");
	return DONE;
}

enum outcome
api_create(struct work *w, const struct request *q, struct reply *r)
{
	const struct json *body = api_door_body(q, r);
	struct contact c = {.org = 0};
	struct scope all = access_house(w->actor->org);
	struct receipt got;
	struct ticket t;
	struct jsonout j;
	enum outcome end;

	if (!body)
		return INVALID;
	if (!access_may(w->actor, w->actor->org, RIGHT_CREATE))
		return api_door_refuse(w, r, DENIED);
	if (api_door_key(w, q, r, &c.key) != DONE)
		return INVALID;
	if (read_contact(w, body, &c) != DONE)
		return api_door_refuse(w, r, INVALID);
	api_html_fill(w, body, &c);
	end = intake(w, &c, &got);
	if (end == CONFLICT)
		return api_door_problem(r, 422, INVALID,
			"this Idempotency-Key came before with another body");
	if (end != DONE)
		return api_door_refuse(w, r, end);
	if (ticket_reach(w, got.reference, &t) != DONE) {
		if (ticket_get(w, &all, got.ticket, &t) != DONE)
			return FAULT;
		api_door_hide(&t);
	}
	reply_header(
		r, "Location", arena_printf(w->arena, "/api/v1/tickets/%s", t.reference));
	api_door_etag(r, &t);
	j = api_door_answer(r, 201);
	api_door_ticket(w, &j, &t);
	return DONE;
}

enum outcome
api_show(struct work *w, const struct request *q, struct reply *r)
{
	struct ticket t;
	struct jsonout j;
	enum outcome end = api_door_find(w, q, r, &t);

	if (end != DONE)
		return end;
	api_door_etag(r, &t);
	j = api_door_answer(r, 200);
	api_door_ticket(w, &j, &t);
	return DONE;
}

/* A cursor is "DUE.ID" of the last ticket of the page before. */
static bool
read_cursor(const char *text, struct ticket_query *find)
{
	long long due, id;
	int n = 0;

	if (!*text)
		return true;
	if (sscanf(text, "%lld.%lld%n", &due, &id, &n) != 2 || text[n] || id <= 0)
		return false;
	find->after_due = due;
	find->after_id = id;
	return true;
}

static bool
is_over(const char *status)
{
	return strcmp(status, "resolved") == 0 || strcmp(status, "closed") == 0;
}

/* `queue` is "mine", "all" or the name of a team. */
static enum outcome
read_view(struct work *w, const struct request *q, struct ticket_query *find)
{
	const char *queue = query_text(q, "queue");
	const char *status = query_text(q, "status");
	struct team team;

	find->view = TICKET_EVERY;
	if (*status && ticket_status_named(status) == TICKET_STATUS_COUNT)
		return work_problem(w, "status", "problem.status.unknown");
	find->status = *status ? status : NULL;
	if (*status)
		find->view = is_over(status) ? TICKET_SOLVED : TICKET_ALL;
	if (strcmp(status, "cancelled") == 0)
		find->view = TICKET_EVERY;
	if (strcmp(queue, "mine") == 0) {
		find->view = TICKET_MINE;
	} else if (strcmp(queue, "all") == 0) {
		find->view = find->view == TICKET_EVERY ? TICKET_ALL : find->view;
	} else if (*queue) {
		if (team_named(w, w->actor->org, queue, &team) != DONE)
			return work_problem(w, "queue", "problem.team.unknown");
		find->view = TICKET_TEAM;
		find->team = team.id;
	}
	return DONE;
}

/* `q` is a reference, or the e-mail address, telephone or beginning of a name of one
 * customer. What is found nowhere is an empty list. */
static bool
read_search(struct work *w, const char *text, struct ticket_query *find)
{
	struct person_list people;

	person_search(w, w->actor->org, text, 1, &people);
	if (people.count == 0)
		return false;
	find->view = TICKET_OF_CUSTOMER;
	find->customer = people.at[0].id;
	audit_saw_people(w, &find->customer, 1);
	return true;
}

static void
answer_list(struct work *w, struct reply *r, const struct ticket_query *find,
	const struct ticket_list *list)
{
	struct jsonout j = api_door_answer(r, 200);
	const struct ticket *last = &list->at[list->count - 1];

	jsonout_record(&j);
	jsonout_name(&j, "tickets");
	jsonout_list(&j);
	for (int i = 0; i < list->count; i++) {
		const struct ticket *t = &list->at[i];

		if (t->restricted && ticket_shows(t, DETAIL_SUBJECT))
			audit_saw_ticket(w, t, "what=api-list");
		api_door_ticket(w, &j, t);
	}
	jsonout_end(&j);
	jsonout_member(&j, "next",
		list->more
			? arena_printf(w->arena, "%lld.%lld",
				  (long long)(find->view == TICKET_SOLVED ? last->solved
									  : last->due),
				  (long long)last->id)
			: NULL);
	jsonout_end(&j);
}

enum outcome
api_list(struct work *w, const struct request *q, struct reply *r)
{
	int64_t org = query_int(q, "organisation", 1, INT64_MAX, w->actor->org);
	struct scope s = access_scope(w->actor, org, RIGHT_SEE);
	const char *search = query_text(q, "q");
	struct ticket_query find = {
		.limit = (int)query_int(q, "limit", 1, MOST_LIMIT, DEFAULT_LIMIT),
	};
	struct ticket_list list = {.count = 0};
	char *written = arena_alloc(w->arena, REFERENCE_ROOM);

	if (read_view(w, q, &find) != DONE)
		return api_door_refuse(w, r, INVALID);
	if (*query_text(q, "customer")) {
		if (!access_may(w->actor, w->actor->org, RIGHT_PEOPLE))
			return api_door_refuse(w, r, DENIED);
		find.view = TICKET_OF_CUSTOMER;
		find.customer = query_int(q, "customer", 1, INT64_MAX, -1);
	}
	if (!read_cursor(query_text(q, "cursor"), &find))
		return api_door_problem(r, 400, INVALID, "the cursor is not one of ours");
	list.at = arena_array(w->arena, 1, sizeof *list.at);
	if (*search && reference_read(search, written) == REFERENCE_READ)
		list.count = ticket_find(w, &s, written, list.at) == DONE;
	else if (!*search || read_search(w, search, &find))
		ticket_list_read(w, &s, &find, &list);
	answer_list(w, r, &find, &list);
	return DONE;
}
