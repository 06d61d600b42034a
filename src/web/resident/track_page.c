/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "web/resident/track_page.h"

#include "desk/intake.h"
#include "desk/promises.h"
#include "desk/tracking.h"
#include "rule/filetype.h"
#include "rule/reference.h"
#include "store/attachment.h"
#include "store/audit.h"
#include "store/secret.h"
#include "store/team.h"
#include "views.h"
#include "web/frame.h"
#include "web/problemlist.h"
#include "web/resident/track_timeline.h"
#include "web/resident/track_view.h"
#include "web/say.h"
#include "web/sentfiles.h"
#include "web/visitor.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { LONGEST_WORDS = 20000, LONGEST_ONCE = 64, MOST_FILES = 10 };

/* --- which request ------------------------------------------------------------------ */

static enum outcome
show_ask(struct work *w, const struct request *q, const char *typed, struct reply *r)
{
	struct track_view v = {
		.problems = problemlist_of(w),
		.reference =
			{
				.id = "reference",
				.label = say(w, WORD_track_reference),
				.label_class = "govuk-label--m",
				.hint = say(w, WORD_track_reference_hint),
				.value = typed,
				.error = frame_problem(w, "reference"),
				.class = "govuk-input--width-10",
				.no_spelling = true,
			},
		.go.text = say(w, WORD_page_continue),
	};

	frame_page(w, q, &v.page, WORD_track_title, SECTION_TRACK);
	if (w->problems.count)
		r->status = 422;
	view_track(&r->body, w->words, &v);
	return DONE;
}

enum outcome
track_page_ask(struct work *w, const struct request *q, struct reply *r)
{
	return show_ask(w, q, query_text(q, "ref"), r);
}

enum outcome
track_page_send(struct work *w, const struct request *q, struct reply *r)
{
	const char *typed = form_text(q, "reference");
	const char *reference;

	if (tracking_send_code(w, typed, &reference) != DONE)
		return show_ask(w, q, typed, r);
	return reply_return_to(
		r, arena_printf(w->arena, "/track/%s?sent=1", reference), "/track");
}

/* --- who are you ---------------------------------------------------------------------
 */

static bool
ends_in(const char *path, const char *end)
{
	size_t n = strlen(path), m = strlen(end);

	return n >= m && strcmp(path + n - m, end) == 0;
}

static enum outcome
show_code(struct work *w, const struct request *q, const char *reference, struct reply *r)
{
	struct track_code_view v = {
		.reference = reference,
		.action = arena_printf(w->arena, "/track/%s/code", reference),
		.sent = *query_text(q, "sent") || ends_in(q->path, "/code"),
		.problems = problemlist_of(w),
		.code =
			{
				.id = "code",
				.label = say(w, WORD_track_code),
				.label_class = "govuk-label--m",
				.hint = say(w, WORD_track_code_hint),
				.error = frame_problem(w, "code"),
				.class = "govuk-input--width-4",
				.inputmode = "numeric",
				.autocomplete = "one-time-code",
				.no_spelling = true,
			},
		.go.text = say(w, WORD_page_continue),
	};

	v.send.kind = v.sent ? BUTTON_SECONDARY : BUTTON_PRIMARY;
	v.send.text = say(w, v.sent ? WORD_track_send_again : WORD_track_send);
	frame_page(w, q, &v.page, WORD_track_code_title, SECTION_TRACK);
	v.page.back = "/track";
	if (w->problems.count)
		r->status = 422;
	view_track_code(&r->body, w->words, &v);
	return DONE;
}

/* The reference of the path as it is written; false when it cannot be one. */
static bool
read_path(struct work *w, const struct request *q, const char **reference)
{
	char *normal = arena_alloc(w->arena, REFERENCE_ROOM);

	*reference = normal;
	return reference_read(path_part(q, "ref"), normal) == REFERENCE_READ;
}

/* May they open it: by a code, or as its customer who is signed in? */
static enum outcome
open_request(struct work *w, const char *reference, struct ticket *t)
{
	struct scope mine;

	if (track_open(w, reference, t) == DONE)
		return DONE;
	if (w->actor->person == 0)
		return MISSING;
	mine = access_scope(w->actor, w->actor->org, RIGHT_SEE);
	if (ticket_find(w, &mine, reference, t) != DONE ||
		t->customer != w->actor->person)
		return MISSING;
	return DONE;
}

/* Of a restricted one each look is kept, also where a code was all that was known. */
static void
note_look(struct work *w, const struct ticket *t, const char *detail)
{
	if (t->restricted)
		audit_saw_ticket(w, t, detail);
}

enum outcome
track_page_enter(struct work *w, const struct request *q, struct reply *r)
{
	const char *reference;

	if (!read_path(w, q, &reference))
		return MISSING;
	visitor_need_session(w, q, r);
	/* DONE also with a wrong code: the try must count. */
	if (tracking_enter(w, reference, form_text(q, "code")) != DONE)
		return show_code(w, q, reference, r);
	return reply_see_other(r, "track/%s", reference);
}

/* --- the request ---------------------------------------------------------------------
 */

static void
fill_form(struct work *w, const struct ticket *t, const char *typed,
	struct track_request_view *v)
{
	bool open = ticket_is_open(t->status);

	v->heading = open ? WORD_track_write : WORD_track_not_done;
	v->hint = open ? WORD_track_write_hint : WORD_track_not_done_hint;
	v->action = arena_printf(w->arena, "/track/%s/message", t->reference);
	v->once = secret_token(w->arena);
	v->words = (struct part_input){
		.kind = PART_AREA,
		.id = "words",
		.label = say(w, WORD_track_words),
		.value = typed,
		.error = frame_problem(w, "words"),
	};
	v->files = (struct part_input){
		.kind = PART_FILE,
		.id = "files",
		.label = say(w, WORD_track_files),
		.hint = say(w, WORD_ask_files_hint),
		.error = frame_problem(w, "files"),
		.multiple = true,
		.accept = FILETYPE_ACCEPT,
	};
	v->go.text = say(w, WORD_check_send);
}

static enum outcome
show_request(struct work *w, const struct request *q, const struct ticket *t,
	const char *typed, struct reply *r)
{
	struct track_request_view v = {
		.reference = t->reference,
		.service = t->service_name,
		.problems = problemlist_of(w),
	};
	struct organisation o;

	frame_page(w, q, &v.page, WORD_NONE, SECTION_TRACK);
	if (team_organisation(w, t->org, &o) == DONE)
		v.page.organisation = o.name;
	v.page.title_text = arena_printf(w->arena, "%s %s – %s",
		say(w, WORD_track_request), t->reference, t->service_name);
	if (w->actor->person)
		v.page.back = "/account";
	if (*query_text(q, "said"))
		v.page.notice = (struct page_notice){NOTICE_SUCCESS,
			say(w, strcmp(query_text(q, "said"), "new") == 0
					? WORD_track_said_new
					: WORD_track_said),
			NULL};
	track_timeline_fill(w, t, query_int(q, "before", 1, INT32_MAX, 0), &v);
	fill_form(w, t, typed, &v);
	if (w->problems.count)
		r->status = 422;
	view_track_request(&r->body, w->words, &v);
	return DONE;
}

enum outcome
track_page_show(struct work *w, const struct request *q, struct reply *r)
{
	const char *reference;
	struct ticket t;

	if (!read_path(w, q, &reference))
		return MISSING;
	if (strcmp(reference, path_part(q, "ref")) != 0)
		return reply_see_other(r, "track/%s", reference);
	if (open_request(w, reference, &t) != DONE)
		return show_code(w, q, reference, r);
	note_look(w, &t, "what=track");
	return show_request(w, q, &t, "", r);
}

enum outcome
track_page_prepare(struct work *w, struct request *q, struct reply *r)
{
	struct sentfiles *sent = arena_alloc(w->arena, sizeof *sent);

	(void)r;
	*sent = sentfiles_read(w, q);
	w->prepared = sent;
	return DONE;
}

/* The files that may come along; the others are problems. */
static void
take_files(struct work *w, struct contact *c)
{
	const struct sentfiles *sent = w->prepared;
	struct contact_file *at = arena_array(w->arena, MOST_FILES, sizeof *at);

	c->files = at;
	for (int i = 0; sent && i < sent->count; i++) {
		const struct sentfile *s = &sent->at[i];

		if (s->problem || c->file_count == MOST_FILES)
			(void)!work_problem_detail(w, "files",
				s->problem ? s->problem : "problem.file.many",
				s->file.filename);
		else
			at[c->file_count++] = s->file;
	}
}

/* One sending is one message: the form's token, and what was said, so that somebody who
 * goes back and says something else is heard too. */
static const char *
key_of(struct work *w, const struct request *q, const struct ticket *t, const char *words)
{
	const char *once = form_text(q, "once");

	return arena_printf(w->arena, "track:%s:%.*s:%.16s", t->reference, LONGEST_ONCE,
		once, secret_hash(w->arena, words));
}

/* What was closed stays so: the message became a request of its own, theirs as well. */
static enum outcome
show_new_one(struct work *w, const struct receipt *got, struct reply *r)
{
	struct ticket t = {.org = got->org, .id = got->ticket};

	track_grant(w, &t);
	return reply_return_to(r,
		arena_printf(w->arena, "/track/%s?said=new", got->reference), "/track");
}

enum outcome
track_page_write(struct work *w, const struct request *q, struct reply *r)
{
	const char *words = form_text(q, "words");
	const char *reference;
	struct contact c;
	struct receipt got;
	struct ticket t;
	enum outcome end;

	if (!read_path(w, q, &reference))
		return MISSING;
	if (open_request(w, reference, &t) != DONE)
		return reply_see_other(r, "track/%s", reference);
	c = (struct contact){
		.org = t.org,
		.channel = CHANNEL_WEB,
		.key = key_of(w, q, &t, words),
		.person = t.customer,
		.reference = t.reference,
		.service = t.service,
		.words = words,
	};
	if (!*words)
		(void)!work_problem(w, "words", "problem.track.empty");
	else if (strlen(words) > LONGEST_WORDS)
		(void)!work_problem(w, "words", "problem.words.long");
	take_files(w, &c);
	if (w->problems.count)
		return show_request(w, q, &t, words, r);
	end = intake(w, &c, &got);
	if (end != DONE)
		return end;
	if (strcmp(got.reference, reference) != 0)
		return show_new_one(w, &got, r);
	return reply_return_to(
		r, arena_printf(w->arena, "/track/%s?said=1", reference), "/track");
}

enum outcome
track_page_file(struct work *w, const struct request *q, struct reply *r)
{
	int64_t id = path_int(q, "id");
	const char *reference;
	struct attachment found;
	struct bytes data;
	struct ticket t;

	if (!read_path(w, q, &reference) || open_request(w, reference, &t) != DONE ||
		attachment_get(w, &t, id, &found, &data) != DONE || !found.public)
		return MISSING;
	note_look(w, &t, arena_printf(w->arena, "what=track-file&id=%" PRId64, id));
	return reply_attachment(r, "application/octet-stream", found.filename, data);
}
