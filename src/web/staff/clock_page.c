/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "web/staff/clock_page.h"

#include "desk/amend.h"
#include "desk/explain.h"
#include "desk/facts.h"
#include "desk/field.h"
#include "format/words.h"
#include "store/calendar_row.h"
#include "views.h"
#include "web/frame.h"
#include "web/localtime.h"
#include "web/say.h"
#include "web/staff/clock_view.h"
#include "web/staff/sealed_page.h"
#include "web/staff/ticket_clocks.h"
#include "web/staff/ticket_page.h"
#include "web/staff/ticket_said.h"
#include "web/staff/ticket_why.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { OPENINGS = 20 };

struct telling {
	struct work *w;
	const struct ticket *t;
	const struct zone *zone;
	const char *here; /* the ticket's page */
	struct explained x;
};

/* A length as the clock counts. */
static const char *
length(const struct telling *t, int64_t n)
{
	if (t->x.promise.unit != CLOCK_SECONDS)
		return ticket_clocks_length(t->w, t->x.promise.unit, n);
	return ticket_clocks_exactly(t->w, n);
}

static const char *
target(const struct telling *t, int64_t n)
{
	if (t->x.promise.unit != CLOCK_SECONDS)
		return ticket_clocks_target(t->w, t->x.promise.unit, n);
	return ticket_clocks_exactly(t->w, n);
}

static enum word
did(const struct clock_line *line)
{
	switch (line->during) {
	case CLOCK_RUNNING: return WORD_account_ran;
	case CLOCK_PAUSED: return WORD_account_waited;
	case CLOCK_STOPPED:
	case CLOCK_CANCELLED:
	case CLOCK_NONE: break;
	}
	return WORD_account_stood;
}

static enum word
effect(const struct explain_line *l)
{
	static const enum word words[] = {
		[CLOCK_START] = WORD_account_start,
		[CLOCK_PAUSE] = WORD_account_pause,
		[CLOCK_RESUME] = WORD_account_resume,
		[CLOCK_TARGET] = WORD_account_target,
		[CLOCK_CALENDAR] = WORD_account_calendar,
		[CLOCK_STOP] = WORD_account_stop,
		[CLOCK_REOPEN] = WORD_account_reopen,
		[CLOCK_CANCEL] = WORD_account_cancel,
	};

	if (!l->line->applied)
		return WORD_account_nothing;
	if (l->line->event->act == CLOCK_REOPEN &&
		l->line->event->mode == CLOCK_MODE_RESTART)
		return WORD_account_restart;
	return words[l->line->event->act];
}

/* The open hours between two instants, day by day. */
static void
add_openings(const struct telling *t, const struct clock_line *line, struct clock_row *r)
{
	struct work *w = t->w;
	struct clock_opening *at = arena_array(w->arena, OPENINGS, sizeof *at);
	struct calendar_opening o;
	int64_t from = line->from, left = line->open;
	int n = 0;

	if (line->during != CLOCK_RUNNING || t->x.promise.calendar_id == 0 ||
		t->x.promise.unit != CLOCK_SECONDS || from == TIMES_NONE)
		return;
	while (n < OPENINGS && calendar_opening(line->calendar, from, line->to, &o)) {
		const struct zone *z = calendar_zone(line->calendar);
		struct zone_time a = zone_time_at(z, o.opens);
		struct zone_time b = zone_time_at(z, o.closes);

		at[n++] = (struct clock_opening){
			.when = words_text(w->arena, w->words, WORD_account_opening,
				words_values(
					word_value("day", words_date(w->arena, w->words,
								  a.date, DATE_WEEKDAY)),
					word_value("from",
						words_time(w->arena, w->words, a.second)),
					word_value("to", words_time(w->arena, w->words,
								 b.second)))),
			.length = ticket_clocks_exactly(w, o.closes - o.opens),
		};
		left -= o.closes - o.opens;
		from = o.closes;
	}
	r->openings = (struct clock_openings){at, n};
	if (n == OPENINGS && calendar_opening(line->calendar, from, line->to, &o))
		r->more = words_text(w->arena, w->words, WORD_account_more,
			words_values(word_value(
				"time", ticket_clocks_exactly(w, left < 0 ? 0 : left))));
}

static const char *
exact(const struct telling *t, int64_t at)
{
	return moment_at(t->w, t->zone, at).exact;
}

/* An instant that something was due at. */
static const char *
by(const struct telling *t, int64_t at)
{
	return moment_by(t->w, t->zone, at).exact;
}

static void
add_event(const struct telling *t, const struct explain_line *l, struct clock_row *r)
{
	struct work *w = t->w;
	const struct event *e = l->event;
	int64_t question = facts_number(e, "question");
	const char *evidence = pairs_get(&e->data, "evidence");

	r->what = ticket_said_sentence(w, e);
	r->href = arena_printf(w->arena, "%s?before=%" PRId64 "#event-%" PRId64, t->here,
		e->seq + 1, e->seq);
	if (!e->public && *e->body)
		r->reason = e->body;
	if (evidence)
		r->reason = evidence;
	if (question)
		r->proof = arena_printf(w->arena, "%s?before=%" PRId64 "#event-%" PRId64,
			t->here, question + 1, question);
	if (l->amended)
		r->amended = words_text(w->arena, w->words, WORD_account_amended,
			words_values(word_value("was", exact(t, e->at)),
				word_value("who", l->amended->actor_name),
				word_value("reason", l->amended->body)));
}

static struct clock_row
row_of(const struct telling *t, const struct explain_line *l)
{
	struct work *w = t->w;
	const struct clock_line *line = l->line;
	bool first = line->from == TIMES_NONE;
	struct clock_row r = {
		.class = line->during == CLOCK_PAUSED ? "account-paused" : "",
		.from = moment_at(w, t->zone, line->from),
		.to = moment_at(w, t->zone, line->to),
		.did = first ? WORD_NONE : did(line),
		.open = first ? NULL : length(t, line->open),
		.counted = first ? NULL : length(t, line->counted),
		.spent = words_text(w->arena, w->words, WORD_account_of,
			words_values(word_value("spent", length(t, line->spent)),
				word_value("target", target(t, line->target)))),
		.effect = "",
	};

	if (l->event && l->fact)
		add_event(t, l, &r);
	else if (l->open)
		r.what = say(w, WORD_account_now);
	else if (!l->event)
		r.what = say(w, WORD_account_itself);
	if (!l->open)
		r.effect = say(w, effect(l));
	if (line->breach != TIMES_NONE)
		r.broken = words_text(w->arena, w->words, WORD_account_broken,
			words_values(word_value("when", by(t, line->breach))));
	add_openings(t, line, &r);
	return r;
}

static void
fill_rows(const struct telling *t, struct clock_page_view *v)
{
	struct clock_row *at = arena_array(t->w->arena, (size_t)t->x.count, sizeof *at);

	for (int i = 0; i < t->x.count; i++)
		at[i] = row_of(t, &t->x.lines[i]);
	v->rows = (struct clock_rows){at, t->x.count};
}

enum { FACTS = 24 };

struct facts {
	struct work *w;
	struct part_row at[FACTS];
	int count;
};

static void
fact(struct facts *f, enum word key, const char *value)
{
	if (value && *value)
		f->at[f->count++] = (struct part_row){
			.key = say(f->w, key), .value = value};
}

static const char *
calendar_name(const struct telling *t)
{
	const struct promise *p = &t->x.promise;

	if (p->calendar_id == 0)
		return say(t->w, WORD_account_always);
	return words_text(t->w->arena, t->w->words, WORD_account_calendar_is,
		words_values(word_value("name",
				     calendar_row_name(t->w, t->t->org, p->calendar_id)),
			word_value("version", p->calendar_version)));
}

static void
fact_date(struct facts *f, enum word key, int64_t day)
{
	if (day != TIMES_NONE)
		fact(f, key,
			words_date(
				f->w->arena, f->w->words, times_date(day), DATE_WEEKDAY));
}

/* The dates that a promise in months or days turns on. */
static void
fill_dates(const struct telling *t, struct facts *f)
{
	const struct clock_dates *d = &t->x.promise.dates;

	fact_date(f, WORD_dates_last, d->last);
	fact_date(f, WORD_dates_working, d->working);
	if (d->paused) {
		fact_date(f, WORD_dates_unpaused, d->unpaused);
		fact(f, WORD_dates_paused, length(t, d->paused));
	}
	fact_date(f, WORD_dates_latest, d->latest);
	fact(f, WORD_dates_read,
		say(t->w, t->x.promise.unit == CLOCK_DAYS ? WORD_dates_read_days
							  : WORD_dates_read_months));
}

static void
fill_facts(const struct telling *t, struct clock_page_view *v)
{
	struct work *w = t->w;
	const struct promise *p = &t->x.promise;
	struct facts *f = arena_alloc(w->arena, sizeof *f);
	struct ticket_why why;

	f->w = w;
	fact(f, WORD_account_team, p->team_name);
	fact(f, WORD_account_target_is, target(t, p->target));
	fact(f, WORD_account_calendar_name, calendar_name(t));
	if (t->x.decision) {
		why = ticket_why_one(w, t->t, t->x.decision);
		fact(f, WORD_account_decided,
			why.note ? arena_printf(w->arena, "%s: %s", why.rule, why.note)
				 : why.rule);
		fact(f, WORD_account_saw, why.saw);
	}
	fact(f, WORD_account_started, exact(t, p->started));
	if (p->due != TIMES_NONE)
		fact(f, WORD_account_due, by(t, p->due));
	if (p->breach != TIMES_NONE)
		fact(f, WORD_account_breach, by(t, p->breach));
	if (p->tightened)
		fact(f, WORD_account_why_broken, say(w, WORD_account_tightened));
	if (p->revised_due != TIMES_NONE)
		fact(f, WORD_account_revised_due, by(t, p->revised_due));
	fact(f, WORD_account_spent_is, length(t, p->spent));
	fact(f, p->left < 0 ? WORD_account_over : WORD_account_left,
		length(t, p->left < 0 ? -p->left : p->left));
	if (clock_unit_of_dates(p->unit))
		fill_dates(t, f);
	if (p->until != TIMES_NONE)
		fact(f, WORD_account_until, exact(t, p->until));
	if (p->cycle > 1)
		fact(f, WORD_account_cycle, arena_printf(w->arena, "%" PRId64, p->cycle));
	v->facts = (struct part_summary){.at = f->at, .count = f->count};
}

/* Each event that ends a line can be said to have been at another time. */
static void
fill_amend(const struct telling *t, const struct request *q, struct clock_page_view *v)
{
	struct work *w = t->w;
	struct part_choice *at = arena_array(w->arena, (size_t)t->x.count, sizeof *at);
	struct part_choices which = {at, 0};

	v->may_amend = ticket_may(w, t->t, RIGHT_AMEND) &&
		       field_may(w, t->t, FIELD_TIMES);
	for (int i = 0; v->may_amend && i < t->x.count; i++) {
		const struct explain_line *l = &t->x.lines[i];

		if (!l->event || !l->fact)
			continue;
		at[which.count++] = (struct part_choice){
			.value = arena_printf(w->arena, "%" PRId64, l->event->seq),
			.label = arena_printf(w->arena, "%" PRId64 ". %s (%s)",
				l->event->seq, ticket_said_sentence(w, l->event),
				exact(t, l->line->to)),
			.chosen = form_int(q, "seq") == l->event->seq,
		};
	}
	v->which = (struct part_input){.kind = PART_SELECT,
		.id = "seq",
		.label = say(w, WORD_account_which),
		.error = frame_problem(w, "seq"),
		.choices = which};
	v->day = (struct part_input){.kind = PART_TEXT,
		.id = "day",
		.type = "date",
		.label = say(w, WORD_account_day),
		.error = frame_problem(w, "at"),
		.value = form_text(q, "day")};
	v->time = (struct part_input){.kind = PART_TEXT,
		.id = "time",
		.type = "time",
		.label = say(w, WORD_account_time),
		.value = form_text(q, "time")};
	v->reason = (struct part_input){.kind = PART_TEXT,
		.id = "reason",
		.label = say(w, WORD_account_reason),
		.error = frame_problem(w, "reason"),
		.value = form_text(q, "reason")};
}

static void
fill_problems(struct work *w, struct clock_page_view *v)
{
	struct part_problem *at = arena_array(
		w->arena, (size_t)w->problems.count, sizeof *at);

	for (int i = 0; i < w->problems.count; i++) {
		const char *field = w->problems.at[i].field;

		at[i] = (struct part_problem){
			.text = frame_problem(w, field),
			.id = field_refused(&w->problems.at[i]) ? NULL
			      : strcmp(field, "at") == 0	? "day"
								: field,
		};
	}
	v->problems = (struct part_problems){at, w->problems.count};
	v->page.wrong = w->problems.count > 0;
}

static enum outcome
print(struct work *w, const struct request *q, const struct ticket *ticket,
	struct reply *r)
{
	int64_t team = query_int(q, "team", 1, INT64_MAX, 0);
	struct telling t = {
		.w = w,
		.t = ticket,
		.zone = moment_zone(w, ticket->org),
		.here = arena_printf(w->arena, "/staff/tickets/%s", ticket->reference),
	};
	struct clock_page_view v = {.reference = ticket->reference};
	struct ticket_clocks one;

	if (explain_clock(w, ticket, path_part(q, "kind"), team, &t.x) != DONE)
		return MISSING;
	one = ticket_clocks_all(
		w, t.zone, t.here, &(struct promise_list){&t.x.promise, 1});
	frame_page(w, q, &v.page, WORD_NONE, SECTION_QUEUE);
	v.page.title_text = arena_printf(
		w->arena, "%s %s", one.at[0].kind, ticket->reference);
	v.subject = staff_words_subject(ticket);
	v.ticket = t.here;
	v.kind = one.at[0].kind;
	v.state = one.at[0].state;
	v.class = one.at[0].class;
	v.version = ticket->version;
	v.action = one.at[0].href;
	v.between = clock_unit_of_dates(t.x.promise.unit) ? WORD_dates_between
							  : WORD_account_open;
	v.printed = words_text(w->arena, w->words, WORD_account_printed,
		words_values(word_value("time", moment_at(w, t.zone, w->now).exact),
			word_value("organisation", v.page.organisation)));
	fill_facts(&t, &v);
	fill_rows(&t, &v);
	fill_amend(&t, q, &v);
	fill_problems(w, &v);
	view_clock_page(&r->body, w->words, &v);
	return DONE;
}

enum outcome
clock_page_show(struct work *w, const struct request *q, struct reply *r)
{
	struct ticket t;

	if (ticket_page_find(w, path_part(q, "ref"), &t) != DONE)
		return MISSING;
	if (t.sealed)
		return sealed_page_print(w, q, &t, r);
	return print(w, q, &t, r);
}

enum outcome
clock_page_amend(struct work *w, const struct request *q, struct reply *r)
{
	struct amendment a = {
		.seq = form_int(q, "seq"),
		.reason = form_text(q, "reason"),
	};
	struct handle h;
	struct ticket t;
	enum outcome end;

	if (ticket_page_find(w, path_part(q, "ref"), &t) != DONE)
		return MISSING;
	a.at = localtime_typed(
		moment_zone(w, t.org), form_text(q, "day"), form_text(q, "time"));
	h = (struct handle){
		.org = t.org,
		.reference = t.reference,
		.version = form_int(q, "version"),
	};
	db_savepoint(w->db);
	end = amend_event(w, &h, &a, &t);
	if (end == DONE) {
		db_savepoint_keep(w->db);
		return reply_see_other(r, "%s",
			ticket_clocks_href(w,
				arena_printf(w->arena, "/staff/tickets/%s", t.reference),
				path_part(q, "kind"),
				query_int(q, "team", 1, INT64_MAX, 0)));
	}
	db_savepoint_undo(w->db);
	if (end != INVALID && end != CONFLICT)
		return end;
	if (ticket_page_find(w, h.reference, &t) != DONE)
		return MISSING;
	r->status = end == CONFLICT ? 409 : 422;
	return print(w, q, &t, r);
}
