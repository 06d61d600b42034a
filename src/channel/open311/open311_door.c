/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "channel/open311/open311_door.h"

#include "format/words.h"
#include "store/team.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { LONGEST_PERIOD = 90 * TIMES_DAY };

static bool
wants_xml(const struct request *q)
{
	size_t n = strlen(q->path);

	return n > 4 && strcmp(q->path + n - 4, ".xml") == 0;
}

struct open311_answer
open311_door_answer(const struct request *q, struct reply *r, int status)
{
	struct open311_answer o = {.is_xml = wants_xml(q)};

	r->status = status;
	r->body.len = 0;
	r->type = o.is_xml ? "text/xml; charset=utf-8"
			   : "application/json; charset=utf-8";
	if (o.is_xml)
		o.xml = xmlout_to(&r->body);
	else
		o.json = jsonout_to(&r->body);
	return o;
}

/* In JSON only members of a record have names. */
static void
name_in_json(struct open311_answer *o, const char *name)
{
	if (o->depth > 0 && !o->lists[o->depth - 1])
		jsonout_name(&o->json, name);
}

static void
open_level(struct open311_answer *o, const char *name, bool list)
{
	if (o->is_xml) {
		xmlout_begin(&o->xml, name);
	} else {
		name_in_json(o, name);
		if (list)
			jsonout_list(&o->json);
		else
			jsonout_record(&o->json);
	}
	assert(o->depth < XMLOUT_DEPTH);
	o->lists[o->depth++] = list;
}

void
open311_door_list(struct open311_answer *o, const char *name)
{
	open_level(o, name, true);
}

void
open311_door_record(struct open311_answer *o, const char *name)
{
	open_level(o, name, false);
}

void
open311_door_end(struct open311_answer *o)
{
	o->depth--;
	if (o->is_xml)
		xmlout_end(&o->xml);
	else
		jsonout_end(&o->json);
}

void
open311_door_text(struct open311_answer *o, const char *name, const char *text)
{
	if (o->is_xml)
		xmlout_text(&o->xml, name, text);
	else
		jsonout_member(&o->json, name, text && *text ? text : NULL);
}

void
open311_door_item(struct open311_answer *o, const char *name, const char *text)
{
	if (o->is_xml)
		xmlout_text(&o->xml, name, text);
	else
		jsonout_text(&o->json, text);
}

void
open311_door_truth(struct open311_answer *o, const char *name, bool truth)
{
	if (o->is_xml)
		xmlout_text(&o->xml, name, truth ? "true" : "false");
	else
		jsonout_member_truth(&o->json, name, truth);
}

void
open311_door_number(struct open311_answer *o, const char *name, const char *digits)
{
	if (o->is_xml || !digits || !*digits) {
		open311_door_text(o, name, digits);
		return;
	}
	jsonout_name(&o->json, name);
	jsonout_real(&o->json, strtod(digits, NULL));
}

void
open311_door_instant(struct open311_answer *o, const char *name, int64_t at)
{
	struct buffer *b = o->is_xml ? o->xml.to : o->json.to;

	open311_door_text(o, name, at == TIMES_NONE ? NULL : times_iso(b->arena, at));
}

static void
error(struct open311_answer *o, int code, const char *sentence)
{
	struct buffer *b = o->is_xml ? o->xml.to : o->json.to;

	open311_door_record(o, "error");
	open311_door_number(o, "code", arena_printf(b->arena, "%d", code));
	open311_door_text(o, "description", sentence);
	open311_door_end(o);
}

static enum outcome
outcome_of(int status)
{
	switch (status) {
	case 403: return DENIED;
	case 404: return MISSING;
	case 409: return CONFLICT;
	default: return status >= 500 ? FAULT : INVALID;
	}
}

enum outcome
open311_door_refuse(
	const struct request *q, struct reply *r, int status, const char *sentence)
{
	struct open311_answer o = open311_door_answer(q, r, status);

	open311_door_list(&o, "errors");
	error(&o, status, sentence);
	open311_door_end(&o);
	return outcome_of(status);
}

enum outcome
open311_door_problems(struct work *w, const struct request *q, struct reply *r)
{
	struct open311_answer o = open311_door_answer(q, r, 400);

	open311_door_list(&o, "errors");
	for (int i = 0; i < w->problems.count; i++) {
		const struct problem *p = &w->problems.at[i];
		const char *said = words_text(w->arena, w->words, words_find(p->key),
			words_values(word_value("detail", p->detail)));

		error(&o, 400, arena_printf(w->arena, "%s: %s", p->field, said));
	}
	open311_door_end(&o);
	return INVALID;
}

static int64_t
organisation_named(struct work *w, const char *code)
{
	struct organisation_list all;

	team_organisations(w, &all);
	for (int i = 0; i < all.count; i++)
		if (strcmp(all.at[i].code, code) == 0)
			return all.at[i].id;
	return 0;
}

const char *
open311_door_said(const struct request *q, const char *name)
{
	const char *said = pairs_get(&q->form, name);

	if (!said || !*said)
		said = pairs_get(&q->query, name);
	return said && *said ? said : NULL;
}

enum outcome
open311_door_place(struct work *w, const struct request *q, struct reply *r, int64_t *org)
{
	const char *code = open311_door_said(q, "jurisdiction_id");
	struct organisation portal;

	if (code)
		*org = organisation_named(w, code);
	else if (w->caller)
		*org = w->actor->org;
	else
		*org = team_portal(w, &portal) == DONE ? portal.id : 0;
	if (*org)
		return DONE;
	return open311_door_refuse(q, r, 404, "jurisdiction_id was not found");
}

enum outcome
open311_door_keyed(struct work *w, const struct request *q, struct reply *r,
	enum right need, int64_t *org)
{
	enum outcome end;

	if (!w->caller)
		return open311_door_refuse(
			q, r, 403, "api_key is missing, wrong or has expired");
	end = open311_door_place(w, q, r, org);
	if (end != DONE)
		return end;
	if (!access_may(w->actor, *org, need))
		return open311_door_refuse(
			q, r, 403, "this api_key may not do that in this jurisdiction");
	return DONE;
}

/* "attribute[CODE]" and "attribute[CODE][]": the code, or NULL. */
static const char *
attribute_code(struct arena *a, const char *name)
{
	static const char front[] = "attribute[";
	const char *code = name + sizeof front - 1;
	size_t n;

	if (strncmp(name, front, sizeof front - 1) != 0)
		return NULL;
	n = strcspn(code, "[]");
	if (n == 0 || code[n] != ']')
		return NULL;
	if (strcmp(code + n, "]") != 0 && strcmp(code + n, "][]") != 0)
		return NULL;
	return arena_text(a, code, n);
}

struct pairs
open311_door_attributes(const struct request *q)
{
	struct pairs found = {NULL, 0};

	for (int i = 0; i < q->form.count; i++) {
		const struct pair *p = &q->form.at[i];
		const char *code = *p->value ? attribute_code(q->arena, p->name) : NULL;

		if (code)
			pairs_add(q->arena, &found, code, p->value);
	}
	return found;
}

static bool
read_instant(const char *said, int64_t *at)
{
	return !said || times_parse_iso(bytes_of(said), at);
}

enum outcome
open311_door_period(struct work *w, const struct request *q, struct reply *r,
	int64_t *from, int64_t *to)
{
	const char *start = open311_door_said(q, "start_date");
	const char *end = open311_door_said(q, "end_date");

	if (!read_instant(start, from) || !read_instant(end, to))
		return open311_door_refuse(q, r, 400,
			"start_date and end_date are wanted as 2026-03-02T09:00:00Z");
	if (!end)
		*to = start && *from + LONGEST_PERIOD < w->now ? *from + LONGEST_PERIOD
							       : w->now;
	if (!start)
		*from = *to - LONGEST_PERIOD;
	if (end && start && *from > *to)
		return open311_door_refuse(q, r, 400, "start_date is after end_date");
	if (*to - *from > LONGEST_PERIOD)
		return open311_door_refuse(
			q, r, 400, "start_date and end_date are more than 90 days apart");
	return DONE;
}
