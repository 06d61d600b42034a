/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "web/staff/ticket_actions.h"

#include "desk/handle.h"
#include "desk/refuse.h"
#include "desk/undertake.h"
#include "desk/wait.h"
#include "rule/typed.h"
#include "store/saved_reply.h"
#include "web/localtime.h"
#include "web/moment.h"
#include "web/staff/ticket_page.h"

#include <stdlib.h>
#include <string.h>

enum { LONGEST_DRAFT = 20000 };

/* One action on its way. */
struct action {
	struct ticket ticket;
	struct handle handle;
	struct ticket_typed typed;
	struct change *changes; /* those before it */
};

/* Finds the ticket, and begins what may have to be undone without undoing the draft. */
static enum outcome
begin(struct work *w, const struct request *q, struct action *a)
{
	const char *words = pairs_get(&q->form, "words");

	*a = (struct action){.changes = w->changes};
	if (ticket_page_find(w, path_part(q, "ref"), &a->ticket) != DONE)
		return MISSING;
	a->handle = (struct handle){
		.org = a->ticket.org,
		.reference = a->ticket.reference,
		.version = form_int(q, "version"),
	};
	a->typed.seen = form_int(q, "seen");
	if (words)
		a->typed.words = typed_lines(w->arena, words);
	db_savepoint(w->db);
	return DONE;
}

/* The page once more. What the action wrote is undone; the draft is not. */
static enum outcome
come_back(struct work *w, const struct request *q, struct action *a, int status,
	struct reply *r)
{
	if (ticket_page_find(w, a->handle.reference, &a->ticket) != DONE)
		return MISSING;
	if (a->typed.words && strlen(a->typed.words) <= LONGEST_DRAFT)
		saved_reply_put(w, &a->ticket, a->typed.words);
	r->status = status;
	return ticket_page_print(w, q, &a->ticket, &a->typed, r);
}

static enum outcome
finish(struct work *w, const struct request *q, struct action *a, enum outcome end,
	struct reply *r)
{
	if (end == DONE) {
		db_savepoint_keep(w->db);
		if (a->typed.words)
			saved_reply_put(w, &a->ticket, "");
		return DONE;
	}
	db_savepoint_undo(w->db);
	w->changes = a->changes;
	if (end == INVALID)
		return come_back(w, q, a, 422, r);
	if (end == CONFLICT) {
		a->typed.conflict = true;
		return come_back(w, q, a, 409, r);
	}
	return end;
}

/* Back to the ticket, to what was just done. */
static enum outcome
show_done(const struct action *a, const char *what, struct reply *r)
{
	if (r->status != 200) /* it came back */
		return DONE;
	return reply_see_other(r, "/staff/tickets/%s?done=%s#event-%ld",
		a->ticket.reference, what, a->ticket.events);
}

/* The desk's name of a field is not always that of the page, which has several forms. */
static void
name_field(struct work *w, const char *is, const char *field)
{
	for (int i = 0; i < w->problems.count; i++)
		if (strcmp(w->problems.at[i].field, is) == 0)
			w->problems.at[i].field = field;
}

static enum outcome
answer(struct work *w, const char *what, struct action *a)
{
	const struct handle *h = &a->handle;
	const char *words = a->typed.words ? a->typed.words : "";
	const char *waits = *a->typed.waits ? a->typed.waits : "customer";

	if (*a->typed.by_day && h->by == 0)
		return work_problem(w, "by", "problem.promise.by");

	if (strcmp(what, "reply") == 0)
		return handle_reply(w, h, words, &a->ticket);
	if (strcmp(what, "wait") == 0)
		return handle_wait(w, h, waits, words, &a->ticket);
	if (strcmp(what, "note") == 0)
		return handle_note(w, h, words, &a->ticket);
	if (strcmp(what, "resolve") == 0)
		return handle_resolve(w, h, words, &a->ticket);
	return work_problem(w, "words", "problem.answer.how");
}

enum outcome
ticket_actions_answer(struct work *w, const struct request *q, struct reply *r)
{
	const char *what = form_text(q, "do");
	struct action a;
	enum outcome end;

	if (begin(w, q, &a) != DONE)
		return MISSING;
	a.typed.by_day = form_text(q, "by_day");
	a.typed.by_time = form_text(q, "by_time");
	a.typed.waits = form_text(q, "waits");
	a.typed.extend = a.handle.extend = form_int(q, "extend") == 1;
	a.handle.by = localtime_typed(
		moment_zone(w, a.ticket.org), a.typed.by_day, a.typed.by_time);
	end = answer(w, what, &a);
	name_field(w, "reason", "waits");
	end = finish(w, q, &a, end, r);
	return end == DONE ? show_done(&a, what, r) : end;
}

enum outcome
ticket_actions_call(struct work *w, const struct request *q, struct reply *r)
{
	struct call call = {.words = form_text(q, "call")};
	struct action a;
	enum outcome end;

	if (begin(w, q, &a) != DONE)
		return MISSING;
	a.typed.call = call.words;
	a.typed.call_day = form_text(q, "call_day");
	a.typed.call_time = form_text(q, "call_time");
	a.typed.call_reason = call.reason = form_text(q, "reason");
	call.at = localtime_typed(
		moment_zone(w, a.ticket.org), a.typed.call_day, a.typed.call_time);
	if (*a.typed.call_day && call.at == 0)
		end = work_problem(w, "at", "problem.amend.at");
	else
		end = undertake_call(w, &a.handle, &call, &a.ticket);
	name_field(w, "words", "call");
	name_field(w, "at", "call_at");
	name_field(w, "reason", "call_reason");
	end = finish(w, q, &a, end, r);
	return end == DONE ? show_done(&a, "call", r) : end;
}

enum outcome
ticket_actions_refuse(struct work *w, const struct request *q, struct reply *r)
{
	struct action a;
	enum outcome end;

	if (begin(w, q, &a) != DONE)
		return MISSING;
	a.typed.refusal = form_text(q, "refusal");
	end = refuse(w, &a.handle, a.typed.refusal, &a.ticket);
	name_field(w, "words", "refusal");
	name_field(w, "team", "refusal");
	end = finish(w, q, &a, end, r);
	if (end == DONE && r->status == 200 &&
		ticket_page_find(w, a.handle.reference, &a.ticket) != DONE)
		return reply_see_other(r, "/staff/queue"); /* theirs no longer */
	return end == DONE ? show_done(&a, "refuse", r) : end;
}

enum outcome
ticket_actions_resume(struct work *w, const struct request *q, struct reply *r)
{
	struct action a;
	enum outcome end;

	if (begin(w, q, &a) != DONE)
		return MISSING;
	end = finish(w, q, &a, wait_end(w, &a.handle, "", &a.ticket), r);
	return end == DONE ? show_done(&a, "resume", r) : end;
}

enum outcome
ticket_actions_claim(struct work *w, const struct request *q, struct reply *r)
{
	struct action a;
	enum outcome end;

	if (begin(w, q, &a) != DONE)
		return MISSING;
	end = finish(w, q, &a, handle_claim(w, &a.handle, &a.ticket), r);
	return end == DONE ? show_done(&a, "claim", r) : end;
}

enum outcome
ticket_actions_assign(struct work *w, const struct request *q, struct reply *r)
{
	struct action a;
	enum outcome end;

	if (begin(w, q, &a) != DONE)
		return MISSING;
	a.typed.team = form_int(q, "team");
	a.typed.person = form_int(q, "person");
	if (strcmp(form_text(q, "do"), "people") == 0) {
		db_savepoint_undo(w->db);
		return ticket_page_print(w, q, &a.ticket, &a.typed, r);
	}
	end = finish(w, q, &a,
		handle_assign(w, &a.handle, a.typed.team, a.typed.person, &a.ticket), r);
	return end == DONE ? show_done(&a, "assign", r) : end;
}

enum outcome
ticket_actions_priority(struct work *w, const struct request *q, struct reply *r)
{
	struct action a;
	enum outcome end;

	if (begin(w, q, &a) != DONE)
		return MISSING;
	a.typed.priority = form_int(q, "priority");
	a.typed.reason = form_text(q, "reason");
	end = handle_priority(w, &a.handle, a.typed.priority, a.typed.reason, &a.ticket);
	name_field(w, "words", "reason");
	end = finish(w, q, &a, end, r);
	return end == DONE ? show_done(&a, "priority", r) : end;
}

enum outcome
ticket_actions_reopen(struct work *w, const struct request *q, struct reply *r)
{
	struct action a;
	enum outcome end;

	if (begin(w, q, &a) != DONE)
		return MISSING;
	a.typed.reason = form_text(q, "reason");
	if (*a.typed.reason)
		end = handle_reopen(w, &a.handle, a.typed.reason, &a.ticket);
	else
		end = work_problem(w, "reopen", "problem.reason.empty");
	end = finish(w, q, &a, end, r);
	return end == DONE ? show_done(&a, "reopen", r) : end;
}

enum outcome
ticket_actions_close(struct work *w, const struct request *q, struct reply *r)
{
	struct action a;
	enum outcome end;

	if (begin(w, q, &a) != DONE)
		return MISSING;
	end = finish(w, q, &a, handle_close(w, &a.handle, "", &a.ticket), r);
	return end == DONE ? show_done(&a, "close", r) : end;
}

enum outcome
ticket_actions_cancel(struct work *w, const struct request *q, struct reply *r)
{
	struct action a;
	enum outcome end;

	if (begin(w, q, &a) != DONE)
		return MISSING;
	a.typed.reason = form_text(q, "reason");
	end = handle_cancel(w, &a.handle, a.typed.reason, &a.ticket);
	name_field(w, "words", "cancel");
	end = finish(w, q, &a, end, r);
	return end == DONE ? show_done(&a, "cancel", r) : end;
}

enum outcome
ticket_actions_draft(struct work *w, const struct request *q, struct reply *r)
{
	const char *words = pairs_get(&q->form, "words");
	struct ticket t;

	if (ticket_page_find(w, path_part(q, "ref"), &t) != DONE)
		return MISSING;
	if (!words || strlen(words) > LONGEST_DRAFT)
		return INVALID;
	saved_reply_put(w, &t, words);
	r->status = 204;
	return DONE;
}
