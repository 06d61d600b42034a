/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "channel/api/api_act.h"

#include "channel/api/api_body.h"
#include "channel/api/api_door.h"
#include "desk/amend.h"
#include "desk/field.h"
#include "desk/refuse.h"
#include "desk/undertake.h"
#include "desk/wait.h"
#include "rule/reference.h"
#include "store/decision.h"

#include <string.h>

enum { MOST_REFERENCES = 500 };

/* One act on its way. */
struct act {
	const struct json *body;
	struct handle handle;
	struct ticket ticket;
};

static enum outcome
begin(struct work *w, const struct request *q, struct reply *r, struct act *a)
{
	enum outcome end;

	*a = (struct act){.body = api_door_body(q, r)};
	end = a->body ? api_door_find(w, q, r, &a->ticket) : INVALID;
	if (end != DONE)
		return end;
	a->handle = (struct handle){
		.org = a->ticket.org, .reference = a->ticket.reference};
	if (!request_header(q, "If-Match"))
		return DONE;
	return api_door_if_match(q, r, &a->handle.version);
}

/* The ticket as it is now, or why not. */
static enum outcome
finish(struct work *w, struct reply *r, struct act *a, enum outcome end, int status)
{
	struct jsonout j;

	if (end == CONFLICT && a->handle.version > 0 &&
		a->ticket.version != a->handle.version)
		return api_door_problem(
			r, 412, CONFLICT, "the ticket was changed since that version");
	if (end != DONE)
		return api_door_refuse(w, r, end);
	api_door_after(w, &a->ticket);
	api_door_etag(r, &a->ticket);
	j = api_door_answer(r, status);
	api_door_ticket(w, &j, &a->ticket);
	return DONE;
}

enum outcome
api_act_call(struct work *w, const struct request *q, struct reply *r)
{
	struct call call;
	struct act a;
	enum outcome end = begin(w, q, r, &a);

	if (end != DONE)
		return end;
	call = (struct call){
		.words = api_body_text(a.body, "words"),
		.reason = api_body_text(a.body, "reason"),
	};
	if (api_body_instant(a.body, "at", &call.at))
		end = undertake_call(w, &a.handle, &call, &a.ticket);
	else
		end = work_problem(w, "at", "problem.amend.at");
	return finish(w, r, &a, end, 201);
}

/* By an instant, or within working time from now. */
static bool
read_by(struct work *w, const struct act *a, int64_t *by)
{
	const struct json *within = json_get(a->body, "within");
	int64_t days = api_body_whole(within, "working_days");
	int64_t seconds = api_body_whole(within, "seconds");

	if (json_none(within))
		return api_body_instant(a->body, "by", by) && *by;
	if (days < 0 || seconds < 0 || (days == 0) == (seconds == 0))
		return false;
	*by = undertake_within(w, a->ticket.org, days, seconds);
	return *by != TIMES_NONE;
}

enum outcome
api_act_promise(struct work *w, const struct request *q, struct reply *r)
{
	int64_t by = 0;
	struct act a;
	enum outcome end = begin(w, q, r, &a);

	if (end != DONE)
		return end;
	if (read_by(w, &a, &by))
		end = undertake_promise(w, &a.handle, by, &a.ticket);
	else
		end = work_problem(w, "by", "problem.promise.by");
	return finish(w, r, &a, end, 200);
}

enum outcome
api_act_refuse(struct work *w, const struct request *q, struct reply *r)
{
	struct act a;
	enum outcome end = begin(w, q, r, &a);

	if (end == DONE)
		end = finish(w, r, &a,
			refuse(w, &a.handle, api_body_text(a.body, "reason"), &a.ticket),
			200);
	return end;
}

enum outcome
api_act_resume(struct work *w, const struct request *q, struct reply *r)
{
	struct act a;
	enum outcome end = begin(w, q, r, &a);

	if (end == DONE)
		end = finish(w, r, &a,
			wait_end(
				w, &a.handle, api_body_text(a.body, "reason"), &a.ticket),
			200);
	return end;
}

enum outcome
api_act_amend(struct work *w, const struct request *q, struct reply *r)
{
	struct amendment m;
	struct act a;
	enum outcome end = begin(w, q, r, &a);

	if (end != DONE)
		return end;
	m = (struct amendment){
		.seq = api_body_whole(a.body, "seq"),
		.reason = api_body_text(a.body, "reason"),
	};
	if (api_body_instant(a.body, "at", &m.at) && m.at)
		end = amend_event(w, &a.handle, &m, &a.ticket);
	else
		end = work_problem(w, "at", "problem.amend.at");
	return finish(w, r, &a, end, 200);
}

/* References as they are written; what is none stays as it is and is refused by name.
 * -1 when it is no list of texts. */
static int
references(struct work *w, const struct json *list, const char **at)
{
	if (!list || list->kind != JSON_KIND_LIST || list->count > MOST_REFERENCES)
		return -1;
	for (int i = 0; i < list->count; i++) {
		char *written = arena_alloc(w->arena, REFERENCE_ROOM);

		at[i] = json_words(&list->items[i]);
		if (!at[i])
			return -1;
		if (reference_read(at[i], written) == REFERENCE_READ)
			at[i] = written;
	}
	return list->count;
}

enum outcome
api_act_close(struct work *w, const struct request *q, struct reply *r)
{
	const struct json *body = api_door_body(q, r);
	const char **named = arena_array(w->arena, MOST_REFERENCES, sizeof *named);
	struct closure c = {
		.org = w->actor->org,
		.calendar = api_body_id(body, "calendar"),
		.reason = api_body_text(body, "reason"),
		.approver = api_body_id(body, "approver"),
		.references = named,
	};

	if (!body)
		return INVALID;
	c.count = references(w, json_get(body, "references"), named);
	if (c.count < 0)
		return api_door_problem(
			r, 422, INVALID, "references is a list of at most 500 texts");
	if (!times_parse_date(bytes_of(api_body_text(body, "date")), &c.date)) {
		(void)!work_problem(w, "date", "problem.closure.date");
		return api_door_refuse(w, r, INVALID);
	}
	return api_door_nothing(w, r, amend_closure(w, &c));
}

static void
facts(struct jsonout *j, const char *name, const struct pairs *p)
{
	api_door_open_record(j, name);
	for (int i = 0; i < p->count; i++) {
		/* Of several of one name (candidates for a ticket) the later have
		 * numbers. */
		int same = 1;

		for (int k = 0; k < i; k++)
			same += strcmp(p->at[k].name, p->at[i].name) == 0;
		jsonout_name(j, same == 1 ? p->at[i].name
					  : arena_printf(j->to->arena, "%s.%d",
						    p->at[i].name, same));
		jsonout_text(j, p->at[i].value);
	}
	jsonout_end(j);
}

/* What the caller may not change or read, and the row that says so. */
static void
limits(struct work *w, const struct ticket *t, struct jsonout *j)
{
	api_door_open_list(j, "limits");
	for (enum ticket_field f = 0; f < FIELD_COUNT; f++) {
		int64_t version;
		struct field_ruling by = field_ask(w, t, f, &version);

		if (by.allowed || !by.row)
			continue;
		jsonout_record(j);
		jsonout_member(j, "field", field_rule_name(f));
		jsonout_member_whole(j, "version", version);
		jsonout_member_whole(j, "row", by.row->position);
		jsonout_member(j, "note", by.row->note);
		jsonout_end(j);
	}
	jsonout_end(j);
}

enum outcome
api_act_decisions(struct work *w, const struct request *q, struct reply *r)
{
	struct decision_list list = {.count = 0};
	struct ticket t;
	struct jsonout j;
	enum outcome end = api_door_find(w, q, r, &t);

	if (end != DONE)
		return end;
	if (ticket_shows(&t, DETAIL_INTERNAL))
		decision_read(w, &t, &list);
	j = api_door_answer(r, 200);
	jsonout_record(&j);
	jsonout_member(&j, "reference", t.reference);
	api_door_open_list(&j, "decisions");
	for (int i = 0; i < list.count; i++) {
		const struct decision *d = &list.at[i];

		jsonout_record(&j);
		jsonout_member_whole(&j, "seq", d->seq);
		jsonout_member(&j, "table", d->name);
		jsonout_member_whole(&j, "version", d->version);
		jsonout_member_whole(&j, "row", d->position);
		facts(&j, "saw", &d->saw);
		facts(&j, "gave", &d->gave);
		jsonout_end(&j);
	}
	jsonout_end(&j);
	limits(w, &t, &j);
	jsonout_end(&j);
	return DONE;
}
