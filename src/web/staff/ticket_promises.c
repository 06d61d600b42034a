/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "web/staff/ticket_promises.h"

#include "desk/extend.h"
#include "desk/field.h"
#include "format/words.h"
#include "store/team.h"
#include "store/wait_reason.h"
#include "web/frame.h"
#include "web/say.h"
#include "web/staff/ticket_clocks.h"

#include <string.h>

static struct part_input
box(struct work *w, const char *id, const char *name, enum word label, const char *value)
{
	return (struct part_input){
		.kind = PART_TEXT,
		.id = id,
		.name = name,
		.label = say(w, label),
		.value = value,
	};
}

static void
fill_waits(struct work *w, const struct ticket *t, const struct ticket_typed *typed,
	struct ticket_sheet *v)
{
	struct wait_reason_list reasons;
	struct part_choice *at;

	wait_reason_list(w, t->org, &reasons);
	at = arena_array(w->arena, (size_t)reasons.count, sizeof *at);
	for (int i = 0; i < reasons.count; i++)
		at[i] = (struct part_choice){
			.value = reasons.at[i].code,
			.label = *reasons.at[i].words ? reasons.at[i].words
						      : say(w, WORD_wait_customer),
			.chosen = typed->waits &&
				  strcmp(typed->waits, reasons.at[i].code) == 0,
		};
	v->choose_reason = reasons.count > 1;
	v->waits = (struct part_input){
		.kind = PART_SELECT,
		.id = "waits",
		.label = say(w, WORD_ticket_waits),
		.error = frame_problem(w, "waits"),
		.choices = {at, reasons.count},
	};
}

static void
fill_call(struct work *w, const struct ticket_typed *typed, struct ticket_sheet *v)
{
	v->call_open = frame_problem(w, "call") || frame_problem(w, "call_at") ||
		       frame_problem(w, "call_reason");
	v->call = (struct part_input){
		.kind = PART_AREA,
		.id = "call",
		.label = say(w, WORD_ticket_call_words),
		.rows = 3,
		.value = typed->call,
		.error = frame_problem(w, "call"),
	};
	v->call_day = box(
		w, "call-day", "call_day", WORD_ticket_call_day, typed->call_day);
	v->call_day.type = "date";
	v->call_day.error = frame_problem(w, "call_at");
	v->call_time = box(
		w, "call-time", "call_time", WORD_account_time, typed->call_time);
	v->call_time.type = "time";
	v->call_reason = box(
		w, "call-reason", "reason", WORD_ticket_call_reason, typed->call_reason);
	v->call_reason.error = frame_problem(w, "call_reason");
}

/* A date is a promise with a reply, and the end of a wait with a question. */
static void
fill_by(struct work *w, const struct ticket *t, struct ticket_sheet *v)
{
	bool promises = field_may(w, t, FIELD_PROMISE);

	v->may_promise = v->may_reply && ticket_is_open(t->status) &&
			 (promises || v->may_wait);
	v->promise_title = say(w, promises ? WORD_ticket_promise : WORD_field_review);
	v->promise_hint = say(
		w, promises ? WORD_ticket_promise_hint : WORD_field_review_hint);
}

/* Where the agreement has a longer time, a reply may give it. */
static void
fill_extend(struct work *w, const struct ticket *t, const struct ticket_typed *typed,
	struct ticket_sheet *v)
{
	struct part_choice *at = arena_alloc(w->arena, sizeof *at);
	enum clock_unit unit = CLOCK_SECONDS;
	int64_t longer = 0;

	if (v->may_reply && field_may(w, t, FIELD_PROMISE))
		longer = extend_offered(w, t, &unit);
	v->may_extend = longer > 0;
	if (!v->may_extend)
		return;
	*at = (struct part_choice){
		.value = "1",
		.label = words_text(w->arena, w->words, WORD_ticket_extend,
			words_values(word_value(
				"time", ticket_clocks_target(w, unit, longer)))),
		.chosen = typed->extend,
	};
	v->extend = (struct part_input){
		.kind = PART_CHECKBOXES,
		.id = "extend",
		.small = true,
		.error = frame_problem(w, "extend"),
		.choices = {at, 1},
	};
}

void
ticket_promises_fill(struct work *w, const struct ticket *t,
	const struct ticket_typed *typed, struct ticket_sheet *v)
{
	bool open = ticket_is_open(t->status);

	fill_by(w, t, v);
	fill_extend(w, t, typed, v);
	v->promise_open = frame_problem(w, "by") || frame_problem(w, "waits");
	v->by_day = box(w, "by-day", "by_day", WORD_ticket_by_day, typed->by_day);
	v->by_day.type = "date";
	v->by_day.error = frame_problem(w, "by");
	v->by_time = box(w, "by-time", "by_time", WORD_account_time,
		typed->by_time ? typed->by_time : "17:00");
	v->by_time.type = "time";
	if (v->may_promise)
		fill_waits(w, t, typed, v);

	v->may_call = v->may_reply;
	v->may_backdate = v->may_reply && ticket_may(w, t, RIGHT_AMEND) &&
			  field_may(w, t, FIELD_TIMES);
	fill_call(w, typed, v);

	v->may_refuse = open && t->handovers > 0 && v->may_move &&
			ticket_may(w, t, RIGHT_CLAIM) &&
			(v->may_assign ||
				team_has_member(w, t->org, t->team, w->actor->person));
	v->refuse_open = frame_problem(w, "refusal") != NULL;
	v->refusal = box(w, "refusal", NULL, WORD_ticket_refuse_reason, typed->refusal);
	v->refusal.error = frame_problem(w, "refusal");

	v->may_resume = v->may_reply && t->status == TICKET_WAITING;
}
