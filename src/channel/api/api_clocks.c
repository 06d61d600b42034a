/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "channel/api/api_clocks.h"

#include "channel/api/api_door.h"
#include "desk/explain.h"

static const char *
phase_name(enum clock_phase phase)
{
	switch (phase) {
	case CLOCK_RUNNING: return "running";
	case CLOCK_PAUSED: return "paused";
	case CLOCK_STOPPED: return "stopped";
	case CLOCK_CANCELLED: return "cancelled";
	case CLOCK_NONE: break;
	}
	return "none";
}

static void
facts(struct jsonout *j, const char *name, const struct pairs *p)
{
	jsonout_name(j, name);
	jsonout_record(j);
	for (int i = 0; i < p->count; i++)
		jsonout_member(j, p->at[i].name, p->at[i].value);
	jsonout_end(j);
}

static void
decision(struct jsonout *j, const struct decision *d)
{
	jsonout_name(j, "decision");
	if (!d) {
		jsonout_null(j);
		return;
	}
	jsonout_record(j);
	jsonout_member(j, "table", d->name);
	jsonout_member_whole(j, "version", d->version);
	jsonout_member_whole(j, "row", d->position);
	facts(j, "saw", &d->saw);
	facts(j, "gave", &d->gave);
	jsonout_end(j);
}

static void
event(struct jsonout *j, const struct event *e)
{
	jsonout_name(j, "event");
	if (!e) {
		jsonout_null(j);
		return;
	}
	jsonout_record(j);
	jsonout_member_whole(j, "seq", e->seq);
	jsonout_member(j, "kind", e->kind);
	jsonout_member_instant(j, "recorded", e->at);
	jsonout_member(j, "by", e->actor_name);
	facts(j, "data", &e->data);
	jsonout_end(j);
}

static void
line(struct jsonout *j, const struct explain_line *l)
{
	const struct clock_line *c = l->line;

	jsonout_record(j);
	jsonout_member_instant(j, "from", c->from);
	jsonout_member_instant(j, "to", c->to);
	jsonout_member(j, "during", phase_name(c->during));
	jsonout_member_whole(j, "open", c->open);
	jsonout_member_whole(j, "counted", c->counted);
	jsonout_member_whole(j, "spent", c->spent);
	jsonout_member_whole(j, "target", c->target);
	jsonout_member_instant(j, "breach", c->breach);
	jsonout_member(j, "act", l->open ? NULL : clock_act_text(c->event->act));
	jsonout_member_truth(j, "applied", !l->open && c->applied);
	jsonout_name(j, "amended_by");
	if (l->amended)
		jsonout_whole(j, l->amended->seq);
	else
		jsonout_null(j);
	event(j, l->event);
	jsonout_end(j);
}

static void
clock(struct work *w, struct jsonout *j, const struct ticket *t, const struct promise *p)
{
	struct explained x;

	if (explain_clock(w, t, p->kind, p->subject, &x) != DONE)
		return;
	jsonout_record(j);
	api_door_clock(j, p);
	decision(j, x.decision);
	jsonout_name(j, "lines");
	jsonout_list(j);
	for (int i = 0; i < x.count; i++)
		line(j, &x.lines[i]);
	jsonout_end(j);
	jsonout_end(j);
}

enum outcome
api_clocks_show(struct work *w, const struct request *q, struct reply *r)
{
	struct promise_list list;
	struct ticket t;
	struct jsonout j;
	enum outcome end = api_door_find(w, q, r, &t);

	if (end != DONE)
		return end;
	promises_read(w, &t, &list);
	j = api_door_answer(r, 200);
	jsonout_record(&j);
	jsonout_member(&j, "reference", t.reference);
	jsonout_name(&j, "clocks");
	jsonout_list(&j);
	for (int i = 0; i < list.count; i++)
		clock(w, &j, &t, &list.at[i]);
	jsonout_end(&j);
	jsonout_end(&j);
	return DONE;
}
