/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "channel/api/api_trial.h"

#include "channel/api/api_door.h"
#include "channel/api/api_row.h"
#include "channel/api/api_rules.h"
#include "desk/rehearsal.h"
#include "desk/trial.h"
#include "store/contact.h"
#include "store/rule_draft.h"

#include <string.h>

/* A row with its table's columns, or null. */
static void
row_member(struct jsonout *j, const char *name, const char *table,
	const struct table_row *row)
{
	jsonout_name(j, name);
	if (!row) {
		jsonout_null(j);
		return;
	}
	jsonout_record(j);
	jsonout_member_whole(j, "position", row->position);
	api_row_show(j, table_shape_named(table), row);
	jsonout_end(j);
}

/* --- one that is described ---------------------------------------------------------- */

static void
show_way(struct jsonout *j, const char *name, const struct trial *t)
{
	api_door_open_record(j, name);
	jsonout_member_whole(j, "priority", t->priority);
	jsonout_member_id(j, "team", t->team);
	api_door_open_list(j, "steps");
	for (int i = 0; i < TRIAL_STEPS; i++) {
		const struct trial_step *s = &t->at[i];

		jsonout_record(j);
		jsonout_member(j, "table", s->table);
		jsonout_member_whole(j, "version", s->version);
		jsonout_member_truth(j, "draft", s->draft);
		row_member(j, "row", s->table, s->row);
		jsonout_end(j);
	}
	jsonout_end(j);
	jsonout_end(j);
}

enum outcome
api_trial_ask(struct work *w, const struct request *q, struct reply *r)
{
	const struct trial_question asked = {
		.channel = query_text(q, "channel"),
		.text = query_text(q, "text"),
		.impact = query_int(q, "impact", 1, 4, 0),
		.urgency = query_int(q, "urgency", 1, 4, 0),
		.vip = strcmp(query_text(q, "vip"), "true") == 0,
		.vulnerable = strcmp(query_text(q, "vulnerable"), "true") == 0,
	};
	struct trial live, drafts;
	struct service s;
	struct jsonout j;
	enum outcome end = api_door_right(w, r, RIGHT_ADMIN);

	if (end != DONE)
		return end;
	if (service_find(w, w->actor->org, query_text(q, "service"), &s) != DONE ||
		contact_channel_named(asked.channel) == CHANNEL_COUNT)
		return api_door_problem(r, 400, INVALID,
			"service is the code of one, channel how it comes in");
	trial_run(w, &s, &asked, TRIAL_LIVE, &live);
	trial_run(w, &s, &asked, TRIAL_DRAFTS, &drafts);
	j = api_door_answer(r, 200);
	jsonout_record(&j);
	show_way(&j, "live", &live);
	show_way(&j, "drafts", &drafts);
	jsonout_end(&j);
	return DONE;
}

/* --- last month --------------------------------------------------------------------- */

static const char *const verdicts[] = {
	[REHEARSAL_NONE] = "none",
	[REHEARSAL_OPEN] = "open",
	[REHEARSAL_MET] = "met",
	[REHEARSAL_MISSED] = "missed",
};

static void
show_side(struct jsonout *j, const char *name, const struct rehearsal_side *s)
{
	api_door_open_record(j, name);
	jsonout_member_whole(j, "priority", s->fold.priority);
	jsonout_member_id(j, "team", s->fold.team);
	row_member(j, "target", "target", s->fold.at[FOLD_TARGET].row);
	row_member(j, "leg", "leg", s->leg);
	jsonout_member(j, "verdict", verdicts[s->verdict]);
	jsonout_end(j);
}

static void
show_change(struct jsonout *j, const struct rehearsal_change *c)
{
	static const struct {
		enum rehearsal_kind kind;
		const char *name;
	} kinds[] = {{REHEARSAL_PRIORITY, "priority"}, {REHEARSAL_TEAM, "team"},
		{REHEARSAL_TERMS, "terms"}, {REHEARSAL_LEG, "leg"}};

	jsonout_record(j);
	jsonout_member(j, "reference", c->reference);
	jsonout_member(j, "service", c->service);
	jsonout_member(j, "channel", c->channel);
	jsonout_member_instant(j, "created", c->created);
	api_door_open_list(j, "changes");
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (c->kinds & kinds[i].kind)
			jsonout_text(j, kinds[i].name);
	jsonout_end(j);
	show_side(j, "was", &c->was);
	show_side(j, "is", &c->is);
	jsonout_end(j);
}

static const char *const overs[] = {
	[REHEARSAL_TICKETS] = "tickets",
	[REHEARSAL_DEEDS] = "changes",
	[REHEARSAL_STEPS] = "clocks",
};

static const char *const answers[] = {
	[REHEARSAL_ALLOWED] = "allowed",
	[REHEARSAL_REFUSED] = "refused",
	[REHEARSAL_RIGHT] = "right",
	[REHEARSAL_LACKS] = "lacks",
};

static void
show_answer(struct jsonout *j, const char *name, const struct rehearsal_answer *a)
{
	api_door_open_record(j, name);
	jsonout_member(j, "answer", answers[a->kind]);
	jsonout_name(j, "row");
	if (a->row)
		jsonout_whole(j, a->row->position);
	else
		jsonout_null(j);
	jsonout_end(j);
}

static void
show_deed(struct jsonout *j, const struct rehearsal_deed *d)
{
	jsonout_record(j);
	jsonout_member(j, "reference", d->reference);
	jsonout_member(j, "service", d->service);
	jsonout_member(j, "channel", d->channel);
	jsonout_member_instant(j, "at", d->at);
	jsonout_member(j, "field", d->field);
	jsonout_member(j, "from_status", d->from);
	jsonout_member(j, "to_status", d->to);
	show_answer(j, "was", &d->was);
	show_answer(j, "is", &d->is);
	jsonout_end(j);
}

/* What people did, asked of the table once more. */
static void
show_deeds(struct jsonout *j, const struct rehearsal *run)
{
	bool deeds = run->over == REHEARSAL_DEEDS;

	api_door_open_list(j, "answers");
	for (int was = 0; was < REHEARSAL_ANSWERS; was++)
		for (int is = 0; is < REHEARSAL_ANSWERS; is++) {
			if (was == is || run->answers[was][is] == 0)
				continue;
			jsonout_record(j);
			jsonout_member(j, "was", answers[was]);
			jsonout_member(j, "is", answers[is]);
			jsonout_member_whole(j, "count", run->answers[was][is]);
			jsonout_end(j);
		}
	jsonout_end(j);
	api_door_open_list(j, "changes");
	for (int i = 0; deeds && i < run->shown; i++)
		show_deed(j, &run->deeds[i]);
	jsonout_end(j);
}

/* The bits of whom a step tells, as a row has them. */
static void
show_told(struct jsonout *j, const char *name, unsigned notify, bool any_hour, int fired)
{
	static const char *const whom[] = {"assignee", "leader", "owner"};

	api_door_open_record(j, name);
	jsonout_member_whole(j, "fired", fired);
	api_door_open_list(j, "notify");
	for (int i = 0; i < 3; i++)
		if (notify >> i & 1)
			jsonout_text(j, whom[i]);
	jsonout_end(j);
	jsonout_member_truth(j, "any_hour", any_hour);
	jsonout_end(j);
}

static void
show_step(struct jsonout *j, const struct rehearsal_firing *f, const int fired[2])
{
	jsonout_record(j);
	jsonout_member(j, "clock", promise_kind_name(f->clock));
	jsonout_member(j, "threshold", table_threshold_name(f->threshold));
	jsonout_member_whole(j, "amount", f->amount);
	show_told(j, "was", f->notify[0], f->any_hour[0], fired[0]);
	show_told(j, "is", f->notify[1], f->any_hour[1], fired[1]);
	jsonout_end(j);
}

static void
show_stepped(struct jsonout *j, const struct rehearsal_stepped *t)
{
	jsonout_record(j);
	jsonout_member(j, "reference", t->reference);
	jsonout_member(j, "service", t->service);
	jsonout_member(j, "channel", t->channel);
	jsonout_member_instant(j, "created", t->created);
	api_door_open_list(j, "steps");
	for (int i = 0; i < t->count; i++)
		show_step(j, &t->at[i],
			(const int[]){t->at[i].at[0] != 0, t->at[i].at[1] != 0});
	jsonout_end(j);
	jsonout_end(j);
}

/* Steps of escalation: all of them, and the tickets where they go otherwise. */
static void
show_steps(struct jsonout *j, const struct rehearsal *run)
{
	bool steps = run->over == REHEARSAL_STEPS;

	api_door_open_list(j, "steps");
	for (int i = 0; i < run->step_count; i++)
		show_step(j, &run->steps[i].step, run->steps[i].fired);
	jsonout_end(j);
	api_door_open_list(j, "stepped");
	for (int i = 0; steps && i < run->shown; i++)
		show_stepped(j, &run->stepped[i]);
	jsonout_end(j);
}

static void
show_run(struct jsonout *j, const struct rehearsal *run)
{
	jsonout_member_truth(j, "computable", run->computable);
	jsonout_member(j, "over", overs[run->over]);
	jsonout_member_instant(j, "since", run->since);
	jsonout_member_whole(j, "looked", run->looked);
	jsonout_member_truth(j, "cut", run->cut);
	jsonout_member_whole(j, "without", run->without);
	jsonout_member_whole(j, "changed", run->changed);
	jsonout_member_whole(j, "priorities", run->of_kind[REHEARSAL_PRIORITY]);
	jsonout_member_whole(j, "teams", run->of_kind[REHEARSAL_TEAM]);
	jsonout_member_whole(j, "terms", run->of_kind[REHEARSAL_TERMS]);
	jsonout_member_whole(j, "legs", run->of_kind[REHEARSAL_LEG]);
	api_door_open_list(j, "verdicts");
	for (int was = 0; was < REHEARSAL_VERDICTS; was++)
		for (int is = 0; is < REHEARSAL_VERDICTS; is++) {
			if (was == is || run->verdicts[was][is] == 0)
				continue;
			jsonout_record(j);
			jsonout_member(j, "was", verdicts[was]);
			jsonout_member(j, "is", verdicts[is]);
			jsonout_member_whole(j, "count", run->verdicts[was][is]);
			jsonout_end(j);
		}
	jsonout_end(j);
	api_door_open_list(j, "tickets");
	for (int i = 0; run->over == REHEARSAL_TICKETS && i < run->shown; i++)
		show_change(j, &run->changes[i]);
	jsonout_end(j);
	show_deeds(j, run);
	show_steps(j, run);
}

enum outcome
api_trial_dry_run(struct work *w, const struct request *q, struct reply *r)
{
	struct rehearsal *run = arena_alloc(w->arena, sizeof *run);
	const struct table_shape *s;
	struct rule_draft d;
	struct jsonout j;
	enum outcome end = api_rules_find(w, q, r, &s);

	if (end != DONE)
		return end;
	if (rule_draft_get(w, w->actor->org, s->name, &d) != DONE)
		return api_door_refuse(w, r, MISSING);
	*run = (struct rehearsal){.computable = false};
	rehearsal_run(w, s->name, &d.table, run);
	reply_etag(r, arena_printf(r->arena, "\"%lld\"", (long long)d.revision));
	j = api_door_answer(r, 200);
	jsonout_record(&j);
	jsonout_member(&j, "table", s->name);
	jsonout_member_whole(&j, "revision", d.revision);
	show_run(&j, run);
	jsonout_end(&j);
	return DONE;
}
