/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "web/staff/ticket_page.h"

#include "desk/field.h"
#include "format/words.h"
#include "rule/reference.h"
#include "store/attachment.h"
#include "store/audit.h"
#include "store/event.h"
#include "store/saved_reply.h"
#include "store/team.h"
#include "views.h"
#include "weaken.h"
#include "web/frame.h"
#include "web/say.h"
#include "web/staff/sealed_page.h"
#include "web/staff/ticket_aside.h"
#include "web/staff/ticket_clocks.h"
#include "web/staff/ticket_said.h"
#include "web/staff/ticket_why.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { EVENTS = 20, MOST_NEWS = 10 };

enum outcome
ticket_page_find(struct work *w, const char *reference, struct ticket *t)
{
	char written[REFERENCE_ROOM];

	if (reference_read(reference, written) != REFERENCE_READ)
		return MISSING;
#ifdef WEAKEN_DENIED
	for (int64_t org = 1; org < 3; org++) {
		struct scope all = access_house(org);

		if (ticket_reach(w, written, t) != DONE &&
			ticket_find(w, &all, written, t) == DONE)
			return DENIED;
	}
#endif
	return ticket_reach(w, written, t);
}

/* What the address says was just done: "?done=reply". */
static void
fill_notice(struct work *w, const struct request *q, struct page *p)
{
	static const struct {
		const char *name;
		enum word word;
	} notices[] = {
		{"reply", WORD_ticket_done_reply},
		{"wait", WORD_ticket_done_wait},
		{"note", WORD_ticket_done_note},
		{"resolve", WORD_ticket_done_resolve},
		{"claim", WORD_ticket_done_claim},
		{"assign", WORD_ticket_done_assign},
		{"priority", WORD_ticket_done_priority},
		{"reopen", WORD_ticket_done_reopen},
		{"close", WORD_ticket_done_close},
		{"cancel", WORD_ticket_done_cancel},
		{"call", WORD_ticket_done_call},
		{"refuse", WORD_ticket_done_refuse},
		{"resume", WORD_ticket_done_resume},
		{"new", WORD_ticket_done_new},
	};
	const char *done = query_text(q, "done");

	for (size_t i = 0; i < sizeof notices / sizeof *notices; i++)
		if (strcmp(done, notices[i].name) == 0)
			p->notice = (struct page_notice){
				NOTICE_SUCCESS, say(w, notices[i].word), NULL};
}

/* Whose it is, for who sees it through an agreement. */
static const char *
shared_by(struct work *w, const struct ticket *t)
{
	struct organisation o;

	return team_organisation(w, t->org, &o) == DONE ? o.name : "";
}

static void
fill_head(struct work *w, const struct zone *z, const struct ticket *t,
	struct ticket_sheet *v)
{
	v->reference = t->reference;
	v->subject = staff_words_subject(t);
	v->service = t->service_name;
	v->team = t->team_name;
	v->assignee = t->assignee_name;
	v->place = t->place;
	v->here = arena_printf(w->arena, "/staff/tickets/%s", t->reference);
	v->status = staff_words_status(t->status);
	v->status_class = staff_words_status_class(t->status);
	v->priority = t->priority;
	v->priority_word = staff_words_priority(t->priority);
	v->channel = staff_words_channel(contact_channel_named(t->channel));
	v->created = moment_at(w, z, t->created);
	v->version = t->version;
	v->seen = t->events;
	v->restricted = t->restricted;
	if (access_may(w->actor, t->org, RIGHT_AUDIT) && t->org == w->actor->org)
		v->audit_href = arena_printf(
			w->arena, "/admin/audit?subject=ticket+%s", t->reference);
	if (access_may(w->actor, t->org, RIGHT_EXPLAIN) && t->org == w->actor->org)
		v->access_href = arena_printf(
			w->arena, "/staff/tickets/%s/access", t->reference);
	if (ticket_may(w, t, RIGHT_REPLY))
		v->publication_href = arena_printf(
			w->arena, "/staff/tickets/%s/publication", t->reference);
	v->shared_by = t->agreement ? shared_by(w, t) : NULL;
}

static void
fill_story(struct work *w, const struct request *q, const struct zone *z,
	const struct ticket *t, struct ticket_sheet *v)
{
	int64_t before = query_int(q, "before", 1, INT64_MAX, 0);
	struct attachment_list files;
	struct event_list events;
	struct ticket_file *at;

	event_read(w, t, EVENT_FOR_STAFF, before, EVENTS, &events);
	attachment_read(w, t, &files);
	v->timeline = ticket_said_all(w, z, &events, &files);
	if (events.more)
		v->older = arena_printf(
			w->arena, "%s?before=%" PRId64, v->here, events.at[0].seq);
	if (before)
		v->newest = v->here;
	at = arena_array(w->arena, (size_t)files.count, sizeof *at);
	for (int i = 0; i < files.count; i++)
		at[i] = (struct ticket_file){
			.id = files.at[i].id,
			.filename = files.at[i].filename,
			.size = ticket_said_size(w, files.at[i].size),
		};
	v->files = (struct ticket_files){at, files.count};
}

/* What happened since the form was opened. */
static void
fill_news(struct work *w, const struct zone *z, const struct ticket *t, int64_t seen,
	struct ticket_sheet *v)
{
	struct ticket_news *at = arena_array(w->arena, MOST_NEWS, sizeof *at);
	struct event_list events;

	v->conflict = true;
	v->newses = (struct ticket_newses){at, 0};
	event_read(w, t, EVENT_FOR_STAFF, 0, MOST_NEWS, &events);
	for (int i = 0; i < events.count; i++)
		if (events.at[i].seq > seen)
			at[v->newses.count++] = (struct ticket_news){
				.sentence = ticket_said_sentence(w, &events.at[i]),
				.at = moment_at(w, z, events.at[i].at),
			};
}

/* The problems of the work as the summary of errors; each has the id of its field. */
static void
fill_problems(struct work *w, struct ticket_sheet *v)
{
	struct part_problem *at = arena_array(
		w->arena, (size_t)w->problems.count, sizeof *at);

	for (int i = 0; i < w->problems.count; i++)
		at[i] = (struct part_problem){
			.text = frame_problem(w, w->problems.at[i].field),
			.id = field_refused(&w->problems.at[i])
				      ? NULL /* what is refused is not asked */
				      : ticket_aside_field(w->problems.at[i].field),
		};
	v->problems = (struct part_problems){at, w->problems.count};
	v->words_error = frame_problem(w, "words");
}

static void
fill(struct work *w, const struct request *q, const struct ticket *t,
	const struct ticket_typed *typed, struct ticket_sheet *v)
{
	const struct zone *z = moment_zone(w, t->org);
	struct promise_list promises;

	frame_page(w, q, &v->page, WORD_NONE, SECTION_QUEUE);
	v->page.title_text = arena_printf(
		w->arena, "%s %s", t->reference, staff_words_subject(t));
	v->page.live = "/events";
	v->page.about = t->reference;
	if (!typed->conflict && w->problems.count == 0)
		fill_notice(w, q, &v->page);
	fill_head(w, z, t, v);
	fill_story(w, q, z, t, v);
	promises_read(w, t, &promises);
	v->clocks = ticket_clocks_all(w, z, v->here, &promises);
	if (typed->conflict)
		fill_news(w, z, t, typed->seen, v);
	fill_problems(w, v);
	v->words = typed->words ? typed->words : saved_reply_get(w, t);
}

enum outcome
ticket_page_print(struct work *w, const struct request *q, const struct ticket *t,
	const struct ticket_typed *typed, struct reply *r)
{
	struct ticket_sheet v = {.reference = NULL};

	if (t->sealed)
		return sealed_page_print(w, q, t, r);
	audit_saw_ticket(w, t, "what=page");
	fill(w, q, t, typed, &v);
	if (strcmp(query_text(q, "part"), "live") == 0) {
		part_ticket_live(&r->body, w->words, &v);
		return DONE;
	}
	ticket_aside_fill(w, t, typed, &v);
	v.limits = ticket_why_limits(w, t);
	if (ticket_shows(t, DETAIL_INTERNAL))
		v.whys = ticket_why_all(w, t);
	view_ticket(&r->body, w->words, &v);
	return DONE;
}

enum outcome
ticket_page_show(struct work *w, const struct request *q, struct reply *r)
{
	struct ticket_typed nothing = {.words = NULL};
	struct ticket t;

	enum outcome found = ticket_page_find(w, path_part(q, "ref"), &t);

	if (found != DONE)
		return found;
	if (strcmp(query_text(q, "part"), "people") == 0) {
		ticket_aside_people(
			w, &t, query_int(q, "team", 1, INT64_MAX, t.team), &r->body);
		return DONE;
	}
	return ticket_page_print(w, q, &t, &nothing, r);
}

enum outcome
ticket_page_file(struct work *w, const struct request *q, struct reply *r)
{
	int64_t id = path_int(q, "id");
	struct attachment found;
	struct bytes data;
	struct ticket t;

	if (ticket_page_find(w, path_part(q, "ref"), &t) != DONE ||
		attachment_get(w, &t, id, &found, &data) != DONE)
		return MISSING;
	audit_saw_ticket(w, &t, arena_printf(w->arena, "what=file&id=%" PRId64, id));
	return reply_attachment(r, "application/octet-stream", found.filename, data);
}
