/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "web/resident/track_timeline.h"

#include "desk/promises.h"
#include "store/attachment.h"
#include "store/event.h"
#include "store/shelf.h"
#include "web/fieldwords.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { EVENTS = 50 };

static const struct {
	enum word status, next;
	const char *class;
} standing[TICKET_STATUS_COUNT] = {
	[TICKET_NEW] = {WORD_track_new, WORD_track_new_next, "govuk-tag--blue"},
	[TICKET_OPEN] = {WORD_track_open, WORD_track_open_next, "govuk-tag--light-blue"},
	[TICKET_WAITING] = {WORD_track_waiting, WORD_track_waiting_next,
		"govuk-tag--yellow"},
	[TICKET_RESOLVED] = {WORD_track_resolved, WORD_track_resolved_next,
		"govuk-tag--green"},
	[TICKET_CLOSED] = {WORD_track_closed, WORD_track_resolved_next,
		"govuk-tag--grey"},
	[TICKET_CANCELLED] = {WORD_track_cancelled, WORD_track_cancelled_next,
		"govuk-tag--grey"},
};

enum word
track_timeline_status(enum ticket_status s)
{
	return standing[s].status;
}

const char *
track_timeline_class(enum ticket_status s)
{
	return standing[s].class;
}

/* What happened, said to the customer; WORD_NONE: not worth saying. */
static enum word
sentence(const struct event *e)
{
	static const struct {
		const char *kind;
		enum word mine, ours;
	} all[] = {
		{"received", WORD_track_said_received, WORD_track_said_received},
		{"acknowledged", WORD_track_said_acknowledged,
			WORD_track_said_acknowledged},
		{"message", WORD_track_said_message, WORD_track_said_message},
		{"reply", WORD_track_said_reply, WORD_track_said_reply},
		{"called", WORD_track_said_called, WORD_track_said_called},
		{"promised", WORD_track_said_promised, WORD_track_said_promised},
		{"reminded", WORD_track_said_reminded, WORD_track_said_reminded},
		{"waiting", WORD_track_said_waiting, WORD_track_said_waiting},
		{"resolved", WORD_track_said_resolved, WORD_track_said_resolved},
		{"reopened", WORD_track_said_reopened, WORD_track_said_reopened},
		{"closed", WORD_track_said_closed, WORD_track_said_closed},
		{"cancelled", WORD_track_said_cancelled, WORD_track_said_cancelled},
		{"scored", WORD_track_said_scored, WORD_track_said_scored},
		{"imported", WORD_track_said_message, WORD_track_said_imported},
	};
	bool mine = e->actor_kind == ACTOR_CUSTOMER;

	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if (strcmp(all[i].kind, e->kind) == 0)
			return mine ? all[i].mine : all[i].ours;
	return *e->body ? WORD_track_said_reply : WORD_NONE;
}

/* The instant that an event names, in words. */
static const char *
promised(struct work *w, const struct zone *z, const struct event *e)
{
	const char *by = pairs_get(&e->data, "by");

	if (strcmp(e->kind, "promised") != 0 || !by)
		return NULL;
	return moment_at(w, z, strtoll(by, NULL, 10)).exact;
}

static struct track_files
files_of(struct work *w, const struct ticket *t, const struct attachment_list *files,
	int64_t seq)
{
	struct track_file *at = arena_array(w->arena, (size_t)files->count, sizeof *at);
	int count = 0;

	for (int i = 0; i < files->count; i++)
		if (files->at[i].seq == seq && files->at[i].public)
			at[count++] = (struct track_file){
				.filename = files->at[i].filename,
				.href = arena_printf(w->arena, "/track/%s/files/%" PRId64,
					t->reference, files->at[i].id),
			};
	return (struct track_files){at, count};
}

static void
fill_events(struct work *w, const struct ticket *t, int64_t before,
	struct track_request_view *v)
{
	const struct zone *z = moment_zone(w, t->org);
	struct track_event *at = arena_array(w->arena, EVENTS, sizeof *at);
	struct attachment_list files;
	struct event_list events;

	attachment_read(w, t, &files);
	event_read(w, t, EVENT_FOR_CUSTOMER, before, EVENTS, &events);
	v->events.at = at;
	for (int i = 0; i < events.count; i++) {
		const struct event *e = &events.at[i];
		enum word what = sentence(e);

		if (what == WORD_NONE)
			continue;
		at[v->events.count++] = (struct track_event){
			.what = words_text(w->arena, w->words, what,
				words_values(
					word_value("organisation", v->page.organisation),
					word_value("by", promised(w, z, e)))),
			.when = moment_at(w, z, e->at),
			.body = e->html ? "" : e->body,
			.html = html_sanitised(e->html),
			.marked = e->html != NULL,
			.mine = e->actor_kind == ACTOR_CUSTOMER,
			.files = files_of(w, t, &files, e->seq),
		};
	}
	if (events.more && events.count)
		v->older = arena_printf(w->arena, "/track/%s?before=%" PRId64,
			t->reference, events.at[0].seq);
	v->asked = moment_at(w, z, t->created);
}

/* What they said in the form. Of a restricted service it stays with who deals with it:
 * somebody else may be reading over a shoulder. */
static struct part_summary
answers(struct work *w, const struct ticket *t)
{
	const struct form *form = shelf_form(w, t->org, t->service, t->form_version);
	struct pairs told = contact_fields(w, t);
	struct part_row *at = arena_array(w->arena, (size_t)told.count, sizeof *at);
	struct part_summary all = {.at = at};

	for (int i = 0; form && !t->restricted && i < told.count; i++) {
		const struct field *f = form_field(form, told.at[i].name);

		if (f && f->type != FIELD_DECL && f->type != FIELD_FILE)
			at[all.count++] = (struct part_row){
				.key = fieldwords_of(w->arena, w->words, t->service, f)
					       .label,
				.value = fieldwords_answer(
					w->arena, w->words, f, told.at[i].value),
			};
	}
	return all;
}

static bool
is_late(struct work *w, const struct ticket *t)
{
	struct promise_list promises;

	promises_read(w, t, &promises);
	for (int i = 0; i < promises.count; i++)
		if (strcmp(promises.at[i].kind, "resolution") == 0)
			return strcmp(promises.at[i].state, "running") == 0 &&
			       promises.at[i].breach != TIMES_NONE;
	return false;
}

void
track_timeline_fill(struct work *w, const struct ticket *t, int64_t before,
	struct track_request_view *v)
{
	v->status = standing[t->status].status;
	v->class = standing[t->status].class;
	v->next = standing[t->status].next;
	if (ticket_is_open(t->status)) {
		v->due = promises_due_date(w, t, w->words);
		v->late = is_late(w, t);
	}
	v->answers = answers(w, t);
	fill_events(w, t, before, v);
}
