/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "web/resident/feedback.h"

#include "desk/timeline.h"
#include "rule/typed.h"
#include "store/score.h"
#include "store/team.h"
#include "views.h"
#include "web/frame.h"
#include "web/problemlist.h"
#include "web/resident/feedback_view.h"
#include "web/say.h"

#include <stdlib.h>
#include <string.h>

enum { BEST = 5, LONGEST_COMMENT = 2000 /* characters */ };

static struct part_input
ask_score(struct work *w, int64_t chosen)
{
	static const enum word labels[BEST] = {WORD_feedback_5, WORD_feedback_4,
		WORD_feedback_3, WORD_feedback_2, WORD_feedback_1};
	struct part_choice *at = arena_array(w->arena, BEST, sizeof *at);

	for (int i = 0; i < BEST; i++)
		at[i] = (struct part_choice){
			.value = arena_printf(w->arena, "%d", BEST - i),
			.label = say(w, labels[i]),
			.chosen = chosen == BEST - i,
		};
	return (struct part_input){
		.kind = PART_RADIOS,
		.id = "score",
		.label = say(w, WORD_feedback_score),
		.label_class = "govuk-fieldset__legend--m",
		.error = frame_problem(w, "score"),
		.choices = {at, BEST},
	};
}

static struct part_input
ask_comment(struct work *w, const char *typed)
{
	return (struct part_input){
		.kind = PART_AREA,
		.id = "comment",
		.label = say(w, WORD_feedback_comment),
		.label_class = "govuk-label--m",
		.hint = say(w, WORD_feedback_comment_hint),
		.value = typed,
		.error = frame_problem(w, "comment"),
		.most = LONGEST_COMMENT,
	};
}

/* The token proves that this is about their own request. */
static enum outcome
find(struct work *w, const struct request *q, struct score *s, struct ticket *t)
{
	struct scope proved;

	if (score_find(w, path_part(q, "token"), s) != DONE)
		return MISSING;
	proved = access_proved(s->org);
	return ticket_get(w, &proved, s->ticket, t);
}

static enum outcome
show(struct work *w, const struct request *q, const struct score *s,
	const struct ticket *t, struct reply *r)
{
	struct feedback_view v = {
		.reference = t->reference,
		.service = t->service_name,
		.action = arena_printf(w->arena, "/feedback/%s", path_part(q, "token")),
		.thanks = s->answered && *query_text(q, "thanks"),
		.problems = problemlist_of(w),
		.score = ask_score(w, s->score),
		.comment = ask_comment(w, s->comment),
	};
	struct organisation o;

	v.at_once = q->method == GET && !s->answered && *query_text(q, "score");
	v.go.text = say(w, v.thanks ? WORD_feedback_add : WORD_check_send);
	frame_page(w, q, &v.page, v.thanks ? WORD_feedback_thanks : WORD_feedback_title,
		SECTION_NONE);
	if (team_organisation(w, s->org, &o) == DONE)
		v.page.organisation = o.name;
	if (w->problems.count)
		r->status = 422;
	view_feedback(&r->body, w->words, &v);
	return DONE;
}

enum outcome
feedback_show(struct work *w, const struct request *q, struct reply *r)
{
	struct score s;
	struct ticket t;
	enum outcome end = find(w, q, &s, &t);

	if (end != DONE)
		return end;
	s.score = query_int(q, "score", 1, BEST, s.score);
	return show(w, q, &s, &t, r);
}

static void
keep(struct work *w, const struct score *s, struct ticket *t)
{
	struct event e = {
		.kind = "scored",
		.actor = t->customer,
		.actor_kind = ACTOR_CUSTOMER,
		.public = true,
		.body = s->comment,
	};

	score_give(w, s);
	pairs_add_int(w->arena, &e.data, "score", s->score);
	timeline_add(w, t, &e);
	ticket_save(w, t);
}

enum outcome
feedback_give(struct work *w, const struct request *q, struct reply *r)
{
	const char *comment = typed_lines(w->arena, form_text(q, "comment"));
	const char *given = form_text(q, "score");
	struct score s, before;
	struct ticket t;
	enum outcome end = find(w, q, &s, &t);

	if (end != DONE)
		return end;
	before = s;
	s.score = strlen(given) == 1 ? *given - '0' : 0;
	s.comment = comment;
	if (s.score < 1 || s.score > BEST)
		(void)!work_problem(w, "score", "problem.feedback.score");
	if (typed_length(comment) > LONGEST_COMMENT)
		(void)!work_problem(w, "comment", "problem.feedback.comment");
	if (w->problems.count)
		return show(w, q, &s, &t, r);
	if (ticket_hold_for_house(w, s.org, s.ticket, &t) != DONE)
		return MISSING;
	if (!before.answered || before.score != s.score ||
		strcmp(before.comment, s.comment) != 0)
		keep(w, &s, &t);
	return reply_return_to(r,
		arena_printf(w->arena, "/feedback/%s?thanks=1", path_part(q, "token")),
		"/");
}
