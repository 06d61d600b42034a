/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "desk/explain.h"

#include "desk/facts.h"

#include <string.h>

enum { MOST_EVENTS = 5000 };

static const struct event *
event_numbered(const struct event_list *events, int64_t seq)
{
	for (int i = 0; seq > 0 && i < events->count; i++)
		if (events->at[i].seq == seq)
			return &events->at[i];
	return NULL;
}

/* The facts of those events that clocks care for, as in event_read_facts. */
static struct promise_fact *
facts(struct work *w, const struct ticket *t, const struct event_list *events, int *n)
{
	struct promise_fact *at = arena_array(
		w->arena, (size_t)events->count, sizeof *at);

	*n = 0;
	for (int i = 0; i < events->count; i++)
		if (promise_matters(events->at[i].kind))
			at[(*n)++] = facts_of(w, t->org, &events->at[i]);
	return at;
}

static void
tell(struct work *w, const struct clock_account *account, const struct event_list *events,
	struct explained *x)
{
	struct explain_line *at = arena_array(w->arena, account->n + 1, sizeof *at);
	struct clock_line *now = arena_alloc(w->arena, sizeof *now);
	int64_t seq = 0;

	for (size_t i = 0; i < account->n; i++) {
		const struct clock_line *line = &account->lines[i];
		int64_t id = line->event->id;

		at[i] = (struct explain_line){
			.line = line,
			.event = event_numbered(events, id),
			.amended = line->amended_by
					   ? event_numbered(events, line->amended_by->id)
					   : NULL,
			.fact = id == 0 || id != seq,
		};
		seq = id;
	}
	*now = clock_account_open_line(account, w->now);
	at[account->n] = (struct explain_line){.line = now, .open = true, .fact = true};
	x->lines = at;
	x->count = (int)account->n;
	if (now->during == CLOCK_RUNNING || now->during == CLOCK_PAUSED)
		x->count++;
}

static void
find_decision(struct work *w, const struct ticket *t, const struct promise_state *s,
	struct explained *x)
{
	const char *name = s->subject ? "leg" : "target";
	struct decision_list list;

	decision_read(w, t, &list);
	x->decision = NULL;
	for (int i = 0; i < list.count; i++)
		if (list.at[i].seq == s->terms && strcmp(list.at[i].name, name) == 0)
			x->decision = &list.at[i];
}

enum outcome
explain_clock(struct work *w, const struct ticket *t, const char *kind, int64_t team,
	struct explained *x)
{
	struct promise_trace trace = {.kind = promise_kind_named(kind), .subject = team};
	struct promise_set set = {.arena = w->arena, .trace = &trace};
	struct event_list *events = arena_alloc(w->arena, sizeof *events);
	struct clock_account account;
	struct promise_fact *all;
	struct promise_state *s;
	struct promise_list list;
	int n;

	if (trace.kind == PROMISE_KINDS || !ticket_shows(t, DETAIL_INTERNAL))
		return MISSING;
	event_read(w, t, EVENT_FOR_HOUSE, 0, MOST_EVENTS, events);
	all = facts(w, t, events, &n);
	promise_fold(&set, all, n);
	s = promise_set_find(&set, trace.kind, team);
	if (!s)
		return MISSING;
	promise_set_settle(&set, s, w->now);
	account = clock_account(w->arena, &trace.policy, trace.events, trace.count);
	tell(w, &account, events, x);
	x->terms = event_numbered(events, s->terms);
	find_decision(w, t, s, x);
	promises_read(w, t, &list);
	for (int i = 0; i < list.count; i++)
		if (strcmp(list.at[i].kind, kind) == 0 && list.at[i].subject == team) {
			x->promise = list.at[i];
			return DONE;
		}
	return MISSING;
}
