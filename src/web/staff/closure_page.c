/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "web/staff/closure_page.h"

#include "desk/amend.h"
#include "format/words.h"
#include "rule/reference.h"
#include "store/calendar_row.h"
#include "store/team.h"
#include "views.h"
#include "web/frame.h"
#include "web/say.h"
#include "web/staff/closure_view.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_CALENDARS = 100, MOST_REFERENCES = 500 };

static struct part_choices
calendars(struct work *w, int64_t chosen)
{
	struct part_choice *at = arena_array(w->arena, MOST_CALENDARS, sizeof *at);
	int n = 0;

	for (int64_t id = 1; id <= MOST_CALENDARS; id++) {
		const char *name = calendar_row_name(w, w->actor->org, id);

		if (*name)
			at[n++] = (struct part_choice){
				.value = arena_printf(w->arena, "%" PRId64, id),
				.label = name,
				.chosen = id == chosen,
			};
	}
	return (struct part_choices){at, n};
}

/* Colleagues; that they may amend too is asked when it is sent. */
static struct part_choices
people(struct work *w, int64_t chosen)
{
	struct team_member_list all;
	struct part_choice *at;
	int n = 0;

	team_everybody(w, w->actor->org, &all);
	at = arena_array(w->arena, (size_t)all.count, sizeof *at);
	for (int i = 0; i < all.count; i++) {
		bool known = all.at[i].person == w->actor->person;

		for (int j = 0; j < i; j++)
			known = known || all.at[j].person == all.at[i].person;
		if (!known)
			at[n++] = (struct part_choice){
				.value = arena_printf(
					w->arena, "%" PRId64, all.at[i].person),
				.label = all.at[i].name,
				.chosen = all.at[i].person == chosen,
			};
	}
	return (struct part_choices){at, n};
}

static struct part_input
box(struct work *w, const struct request *q, const char *name, enum word label)
{
	return (struct part_input){
		.kind = PART_TEXT,
		.id = name,
		.label = say(w, label),
		.value = form_text(q, name),
		.error = frame_problem(w, name),
	};
}

static enum outcome
print(struct work *w, const struct request *q, struct reply *r)
{
	struct closure_page_view v = {.problems = {NULL, 0}};
	struct part_problem *at = arena_array(
		w->arena, (size_t)w->problems.count, sizeof *at);

	frame_page(w, q, &v.page, WORD_closure_title, SECTION_QUEUE);
	v.calendar = box(w, q, "calendar", WORD_closure_calendar);
	v.calendar.kind = PART_SELECT;
	v.calendar.choices = calendars(w, form_int(q, "calendar"));
	v.date = box(w, q, "date", WORD_closure_date);
	v.date.type = "date";
	v.reason = box(w, q, "reason", WORD_account_reason);
	v.approver = box(w, q, "approver", WORD_closure_approver);
	v.approver.kind = PART_SELECT;
	v.approver.choices = people(w, form_int(q, "approver"));
	v.references = box(w, q, "references", WORD_closure_references);
	v.references.kind = PART_AREA;
	for (int i = 0; i < w->problems.count; i++)
		at[i] = (struct part_problem){
			.text = frame_problem(w, w->problems.at[i].field),
			.id = w->problems.at[i].field,
		};
	v.problems = (struct part_problems){at, w->problems.count};
	v.page.wrong = w->problems.count > 0;
	if (strcmp(query_text(q, "done"), "1") == 0)
		v.page.notice = (struct page_notice){
			NOTICE_SUCCESS, say(w, WORD_closure_done), NULL};
	view_closure_page(&r->body, w->words, &v);
	return DONE;
}

enum outcome
closure_page_show(struct work *w, const struct request *q, struct reply *r)
{
	if (!access_may(w->actor, w->actor->org, RIGHT_AMEND))
		return DENIED;
	return print(w, q, r);
}

/* As they were typed, one after the other; what is no reference stays as it is and is
 * refused by name. */
static int
references(struct work *w, const char *typed, const char **at)
{
	char *rest = arena_copy(w->arena, typed);
	int n = 0;

	for (char *one; n < MOST_REFERENCES && (one = strsep(&rest, " ,;\t\r\n"));) {
		char *written = arena_alloc(w->arena, REFERENCE_ROOM);

		if (*one)
			at[n++] = reference_read(one, written) == REFERENCE_READ ? written
										 : one;
	}
	return n;
}

enum outcome
closure_page_declare(struct work *w, const struct request *q, struct reply *r)
{
	const char **named = arena_array(w->arena, MOST_REFERENCES, sizeof *named);
	struct closure c = {
		.org = w->actor->org,
		.calendar = form_int(q, "calendar"),
		.reason = form_text(q, "reason"),
		.approver = form_int(q, "approver"),
		.references = named,
	};
	enum outcome end;

	c.count = references(w, form_text(q, "references"), named);
	db_savepoint(w->db);
	if (times_parse_date(bytes_of(form_text(q, "date")), &c.date))
		end = amend_closure(w, &c);
	else
		end = work_problem(w, "date", "problem.closure.date");
	if (end == DONE) {
		db_savepoint_keep(w->db);
		return reply_see_other(r, "/staff/closures?done=1");
	}
	db_savepoint_undo(w->db);
	w->changes = NULL;
	if (end != INVALID)
		return end;
	r->status = 422;
	return print(w, q, r);
}
