/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "channel/api/api_door.h"

#include "desk/promises.h"
#include "http/errors.h"
#include "rule/reference.h"
#include "store/audit.h"
#include "store/secret.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LONGEST_KEY = 255 };

const struct json *
api_door_body(const struct request *q, struct reply *r)
{
	const char *problem = "a JSON object is wanted";
	const struct json *body = json_read(q->arena, q->body, &problem);

	if (body && body->kind == JSON_KIND_RECORD)
		return body;
	(void)api_door_problem(
		r, 400, INVALID, body ? "the body must be a JSON object" : problem);
	return NULL;
}

static struct jsonout
begin_problem(struct reply *r, int status, const char *detail)
{
	struct jsonout j;

	r->status = status;
	r->type = "application/problem+json";
	r->body.len = 0;
	j = jsonout_to(&r->body);
	jsonout_record(&j);
	jsonout_member(&j, "type", "about:blank");
	jsonout_member(&j, "title", errors_title(status));
	jsonout_member_whole(&j, "status", status);
	if (detail)
		jsonout_member(&j, "detail", detail);
	return j;
}

enum outcome
api_door_problem(struct reply *r, int status, enum outcome end, const char *detail)
{
	struct jsonout j = begin_problem(r, status, detail);

	jsonout_end(&j);
	return end;
}

static int
status_of(enum outcome end)
{
	switch (end) {
	case INVALID: return 422;
	case MISSING: return 404;
	case DENIED: return 403;
	case CONFLICT: return 409;
	case LIMITED: return 429;
	case DONE:
	case FAULT: break;
	}
	return 500;
}

enum outcome
api_door_refuse(struct work *w, struct reply *r, enum outcome end)
{
	struct jsonout j = begin_problem(r, status_of(end), NULL);

	if (w->problems.count > 0) {
		jsonout_name(&j, "errors");
		jsonout_list(&j);
		for (int i = 0; i < w->problems.count; i++) {
			const struct problem *p = &w->problems.at[i];

			jsonout_record(&j);
			jsonout_member(&j, "field", p->field);
			jsonout_member(&j, "key", p->key);
			jsonout_member(&j, "detail",
				words_text(w->arena, w->words, words_find(p->key),
					words_values(word_value("detail", p->detail))));
			jsonout_end(&j);
		}
		jsonout_end(&j);
	}
	jsonout_end(&j);
	return end;
}

struct jsonout
api_door_answer(struct reply *r, int status)
{
	r->status = status;
	r->type = "application/json";
	return jsonout_to(&r->body);
}

void
api_door_party(struct jsonout *j, const char *name, int64_t id, const char *called)
{
	jsonout_name(j, name);
	if (id == 0) {
		jsonout_null(j);
		return;
	}
	jsonout_record(j);
	jsonout_member_id(j, "id", id);
	jsonout_member(j, "name", called);
	jsonout_end(j);
}

static void
date(struct jsonout *j, const char *name, int64_t day)
{
	struct date d = times_date(day == TIMES_NONE ? 0 : day);
	char text[40];

	snprintf(text, sizeof text, "%04d-%02d-%02d", d.year, d.month, d.day);
	jsonout_member(j, name, day == TIMES_NONE ? NULL : text);
}

/* What a promise in months or days turns on. */
static void
dates(struct jsonout *j, const struct clock_dates *d)
{
	jsonout_name(j, "dates");
	jsonout_record(j);
	date(j, "last", d->last);
	date(j, "last_unpaused", d->unpaused);
	jsonout_member_whole(j, "days_paused", d->paused);
	date(j, "last_working", d->working == TIMES_NONE ? d->last : d->working);
	date(j, "later_reading", d->latest);
	jsonout_end(j);
}

void
api_door_clock(struct jsonout *j, const struct promise *p)
{
	jsonout_member(j, "kind", p->kind);
	if (p->subject)
		jsonout_member_id(j, "team", p->subject);
	jsonout_member(j, "state", p->state);
	jsonout_member(j, "unit", clock_unit_text(p->unit));
	jsonout_member_whole(j, "target", p->target);
	jsonout_member_whole(j, "spent", p->spent);
	jsonout_member_whole(j, "left", p->left);
	jsonout_member_instant(j, "due", p->due);
	jsonout_member_instant(j, "breach", p->breach);
	if (clock_unit_of_dates(p->unit))
		dates(j, &p->dates);
	if (p->tightened)
		jsonout_member_truth(j, "tightened", true);
	if (p->revised_due != TIMES_NONE)
		jsonout_member_instant(j, "revised_due", p->revised_due);
	if (p->stopped != TIMES_NONE)
		jsonout_member_truth(j, "met", p->met);
}

static void
clocks(struct work *w, struct jsonout *j, const struct ticket *t)
{
	struct promise_list list;

	promises_read(w, t, &list);
	jsonout_name(j, "clocks");
	jsonout_list(j);
	for (int i = 0; i < list.count; i++) {
		jsonout_record(j);
		api_door_clock(j, &list.at[i]);
		jsonout_end(j);
	}
	jsonout_end(j);
}

void
api_door_ticket(struct work *w, struct jsonout *j, const struct ticket *t)
{
	jsonout_record(j);
	jsonout_member(j, "reference", t->reference);
	jsonout_member_id(j, "organisation", t->org);
	jsonout_member(j, "kind", t->kind);
	jsonout_member(j, "service", t->service);
	jsonout_member(j, "service_name", t->service_name);
	jsonout_member(j, "subject", t->subject);
	jsonout_member(j, "status", ticket_status_name(t->status));
	jsonout_member_whole(j, "priority", t->priority);
	jsonout_member(j, "channel", t->channel);
	api_door_party(j, "team", t->team, t->team_name);
	api_door_party(j, "assignee", t->assignee, t->assignee_name);
	api_door_party(j, "customer", ticket_shows(t, DETAIL_NAME) ? t->customer : 0,
		t->customer_name);
	jsonout_member_instant(j, "created", t->created);
	jsonout_member_instant(j, "updated", t->updated);
	jsonout_member_instant(j, "solved", t->solved ? t->solved : TIMES_NONE);
	jsonout_member_whole(j, "version", t->version);
	clocks(w, j, t);
	jsonout_end(j);
}

void
api_door_etag(struct reply *r, const struct ticket *t)
{
	reply_etag(r, arena_printf(r->arena, "\"%lld\"", (long long)t->version));
}

enum outcome
api_door_if_match(const struct request *q, struct reply *r, int64_t *version)
{
	const char *tag = request_header(q, "If-Match");
	char *end;

	if (!tag)
		return api_door_problem(r, 428, INVALID,
			"send the ETag of the version you read as If-Match");
	if (strcmp(tag, "*") == 0) {
		*version = 0;
		return DONE;
	}
	if (strncmp(tag, "W/", 2) == 0)
		tag += 2;
	if (*tag == '"') {
		*version = strtoll(tag + 1, &end, 10);
		if (end > tag + 1 && strcmp(end, "\"") == 0 && *version > 0)
			return DONE;
	}
	return api_door_problem(r, 412, CONFLICT, "If-Match is no version of this");
}

enum outcome
api_door_key(struct work *w, const struct request *q, struct reply *r, const char **key)
{
	const char *given = request_header(q, "Idempotency-Key");

	if (!given)
		given = secret_token(w->arena);
	if (!*given || strlen(given) > LONGEST_KEY)
		return api_door_problem(
			r, 400, INVALID, "Idempotency-Key must have 1 to 255 characters");
	*key = arena_printf(w->arena, "%.16s:%s",
		w->caller ? w->caller->hash
			  : arena_printf(w->arena, "%llx",
				    (unsigned long long)w->actor->person),
		given);
	return DONE;
}

const char *
api_door_reference(const struct request *q)
{
	char *written = arena_alloc(q->arena, REFERENCE_ROOM);

	return reference_read(path_part(q, "ref"), written) == REFERENCE_READ ? written
									      : NULL;
}

enum outcome
api_door_find(struct work *w, const struct request *q, struct reply *r, struct ticket *t)
{
	const char *reference = api_door_reference(q);

	if (!reference || ticket_reach(w, reference, t) != DONE)
		return api_door_refuse(w, r, MISSING);
	if (t->sealed)
		return api_door_problem(r, 403, DENIED,
			"this ticket is restricted: say why you need it with POST "
			"/api/v1/tickets/{reference}/look");
	audit_saw_ticket(w, t, "what=api");
	return DONE;
}

void
api_door_hide(struct ticket *t)
{
	t->hidden = DETAILS_ALL;
	t->subject = t->customer_name = t->place = "";
}

void
api_door_after(struct work *w, struct ticket *t)
{
	struct ticket now;

	if (ticket_reach(w, t->reference, &now) == DONE) {
		*t = now;
		return;
	}
	api_door_hide(t);
}

enum outcome
api_door_right(struct work *w, struct reply *r, enum right right)
{
	if (access_may(w->actor, w->actor->org, right))
		return DONE;
	return api_door_refuse(w, r, DENIED);
}

enum outcome
api_door_nothing(struct work *w, struct reply *r, enum outcome end)
{
	if (end != DONE)
		return api_door_refuse(w, r, end);
	r->status = 204;
	return DONE;
}

void
api_door_open_record(struct jsonout *j, const char *name)
{
	jsonout_name(j, name);
	jsonout_record(j);
}

void
api_door_open_list(struct jsonout *j, const char *name)
{
	jsonout_name(j, name);
	jsonout_list(j);
}

void
api_door_words(struct work *w, struct jsonout *j, const char *name, const char *words)
{
	api_door_open_list(j, name);
	for (size_t n;; words += n) {
		words += strspn(words, " ");
		n = strcspn(words, " ");
		if (n == 0)
			break;
		jsonout_text(j, arena_text(w->arena, words, n));
	}
	jsonout_end(j);
}
