/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "channel/api/api_reports.h"

#include "base/times.h"
#include "channel/api/api_door.h"
#include "desk/breaks.h"
#include "desk/honesty.h"
#include "desk/outlook.h"
#include "store/unplaced.h"

enum { LONGEST_PERIOD = 366 * TIMES_DAY, ROWS = 50, MOST_ROWS = 200, NEXT = 10 };

static bool
read_instant(const struct request *q, const char *name, int64_t *at)
{
	const char *said = query_text(q, name);

	return !*said || times_parse_iso(bytes_of(said), at);
}

enum outcome
api_reports_period(struct work *w, const struct request *q, struct reply *r,
	struct figures_period *p)
{
	*p = (struct figures_period){.from = w->now - 28 * TIMES_DAY, .to = w->now};
	if (read_instant(q, "from", &p->from) && read_instant(q, "to", &p->to) &&
		p->from < p->to && p->to - p->from <= LONGEST_PERIOD)
		return DONE;
	return api_door_problem(r, 400, INVALID,
		"from and to are instants, from before to, at most a year apart");
}

/* Who may see figures, and of which period. */
static enum outcome
begin(struct work *w, const struct request *q, struct reply *r, struct figures_period *p)
{
	enum outcome end = api_door_right(w, r, RIGHT_FIGURES);

	return end == DONE ? api_reports_period(w, q, r, p) : end;
}

/* An id, or null for none. */
static void
id_member(struct jsonout *j, const char *name, int64_t id)
{
	jsonout_name(j, name);
	if (id)
		jsonout_id(j, id);
	else
		jsonout_null(j);
}

/* --- honesty ------------------------------------------------------------------------ */

static void
show_pauses(struct work *w, struct jsonout *j, const struct figures_period *p,
	enum truth_key key)
{
	static const char *const names[] = {
		"pauses_by_reason", "pauses_by_person", "pauses_by_supplier"};
	struct scope s = access_figures(w->actor, w->actor->org);
	struct truth_rows list;

	truth_pauses(w, &s, p, key, &list);
	api_door_open_list(j, names[key]);
	for (int i = 0; i < list.count; i++) {
		const struct truth_row *row = &list.at[i];

		jsonout_record(j);
		id_member(j, "id", row->id);
		jsonout_member(j, "name", row->name);
		jsonout_member_whole(j, "pauses", row->pauses);
		jsonout_member_whole(j, "in_last_tenth", row->late);
		jsonout_member_whole(j, "tickets", row->tickets);
		jsonout_member_whole(j, "seconds", row->seconds);
		jsonout_end(j);
	}
	jsonout_end(j);
}

static void
show_moves(struct work *w, struct jsonout *j, const struct figures_period *p)
{
	struct scope s = access_figures(w->actor, w->actor->org);
	struct truth_moves m;

	truth_moves(w, &s, p, &m);
	jsonout_member_whole(j, "handovers", m.all.moves);
	jsonout_member_whole(j, "handed_over", m.tickets);
	jsonout_member_whole(j, "returned", m.returned);
	jsonout_member_whole(j, "refused", m.all.refused);
	api_door_open_list(j, "pairs");
	for (int i = 0; i < m.count; i++) {
		jsonout_record(j);
		id_member(j, "from", m.at[i].from);
		jsonout_member(j, "from_name", m.at[i].from_name);
		id_member(j, "to", m.at[i].to);
		jsonout_member(j, "to_name", m.at[i].to_name);
		jsonout_member_whole(j, "handovers", m.at[i].moves);
		jsonout_member_whole(j, "back", m.at[i].back);
		jsonout_member_whole(j, "refused", m.at[i].refused);
		jsonout_end(j);
	}
	jsonout_end(j);
}

enum outcome
api_reports_honesty(struct work *w, const struct request *q, struct reply *r)
{
	struct scope s = access_figures(w->actor, w->actor->org);
	struct figures_period p;
	struct honesty h;
	struct jsonout j;
	enum outcome end = begin(w, q, r, &p);

	if (end != DONE)
		return end;
	honesty_read(w, &s, &p, &h);
	j = api_door_answer(r, 200);
	jsonout_record(&j);
	jsonout_member_instant(&j, "from", p.from);
	jsonout_member_instant(&j, "to", p.to);
	jsonout_member_whole(&j, "resolutions", h.stopped);
	jsonout_member_whole(&j, "tightened", h.tightened);
	jsonout_member_whole(&j, "cancelled", h.cancelled);
	jsonout_member_whole(&j, "met", h.met);
	jsonout_member_whole(&j, "met_without_pauses", h.unpaused);
	jsonout_member_whole(&j, "gained", h.gained_count);
	jsonout_member_truth(&j, "more", h.more);
	for (enum truth_key k = TRUTH_REASON; k <= TRUTH_SUPPLIER; k++)
		show_pauses(w, &j, &p, k);
	show_moves(w, &j, &p);
	jsonout_end(&j);
	return DONE;
}

static void
show_ticket(struct jsonout *j, const struct truth_ticket *t)
{
	jsonout_record(j);
	jsonout_member(j, "reference", t->reference);
	jsonout_member(j, "subject", t->subject);
	jsonout_member(j, "service_name", t->service_name);
	jsonout_member(j, "team_name", t->team_name);
	jsonout_member(j, "status", ticket_status_name(t->status));
	jsonout_member_whole(j, "count", t->count);
	jsonout_end(j);
}

enum outcome
api_reports_tickets(struct work *w, const struct request *q, struct reply *r)
{
	const char *reason = query_text(q, "reason");
	struct truth_question ask = {
		.reason = reason,
		.person = query_int(q, "person", 0, INT64_MAX, 0),
		.from = query_int(q, "team", 0, INT64_MAX, 0),
		.to = query_int(q, "to_team", 0, INT64_MAX, 0),
		.after = query_int(q, "cursor", 0, INT64_MAX, 0),
		.limit = (int)query_int(q, "limit", 1, MOST_ROWS, ROWS),
	};
	struct truth_tickets list;
	struct jsonout j;
	enum outcome end = begin(w, q, r, &ask.period);

	if (end != DONE)
		return end;
	if (honesty_tickets(w, query_text(q, "figure"), &ask, &list) != DONE)
		return api_door_problem(r, 400, INVALID, "there is no such figure");
	j = api_door_answer(r, 200);
	jsonout_record(&j);
	api_door_open_list(&j, "tickets");
	for (int i = 0; i < list.count; i++)
		show_ticket(&j, &list.at[i]);
	jsonout_end(&j);
	id_member(&j, "next",
		list.more && list.count && ask.what != TRUTH_TOUCHED
			? list.at[list.count - 1].id
			: 0);
	jsonout_end(&j);
	return DONE;
}

/* --- the coming shift --------------------------------------------------------------- */

/* Those not broken yet that may be late, named to who may see them. */
static void
show_late(struct work *w, struct jsonout *j, const struct outlook_team *t)
{
	static const char *const classes[] = {
		[FORECAST_SAFE] = "safe",
		[FORECAST_POSSIBLE] = "possible",
		[FORECAST_LIKELY] = "likely",
		[FORECAST_CERTAIN] = "certain",
	};
	struct scope see = access_scope(w->actor, w->actor->org, RIGHT_SEE);

	api_door_open_list(j, "late");
	for (int i = 0; i < t->count; i++) {
		const struct forecast_ticket *f = &t->tickets[i];
		struct truth_tickets one;

		if (f->due <= w->now || forecast_class_of(f->late) == FORECAST_SAFE)
			continue;
		truth_tickets_of(w, &see, &f->id, 1, &one);
		jsonout_record(j);
		jsonout_member(j, "reference", one.count ? one.at[0].reference : NULL);
		jsonout_member_instant(j, "due", f->due);
		jsonout_member_instant(
			j, "resumes", f->resumes ? f->resumes : TIMES_NONE);
		jsonout_member_whole(j, "percent", f->late);
		jsonout_member(j, "chance", classes[forecast_class_of(f->late)]);
		jsonout_end(j);
	}
	jsonout_end(j);
}

/* What waits for its customer and is not expected to break in the shift. */
static void
show_paused(struct work *w, struct jsonout *j, const struct outlook_team *t)
{
	static const char *const units[] = {
		[CLOCK_SECONDS] = "seconds",
		[CLOCK_WORKING_DAYS] = "working_days",
		[CLOCK_MONTHS] = "days",
		[CLOCK_DAYS] = "days",
	};
	struct scope see = access_scope(w->actor, w->actor->org, RIGHT_SEE);

	api_door_open_list(j, "waiting");
	for (int i = 0; i < t->paused_count; i++) {
		const struct outlook_paused *p = &t->paused[i];
		struct truth_tickets one;

		truth_tickets_of(w, &see, &p->ticket, 1, &one);
		jsonout_record(j);
		jsonout_member(j, "reference", one.count ? one.at[0].reference : NULL);
		jsonout_member_instant(j, "until", p->until);
		jsonout_member_whole(j, "left", p->left);
		jsonout_member(j, "unit", units[p->unit]);
		jsonout_end(j);
	}
	jsonout_end(j);
}

static void
show_team(struct work *w, struct jsonout *j, const struct outlook_team *t)
{
	jsonout_record(j);
	jsonout_member_id(j, "team", t->team);
	jsonout_member(j, "name", t->name);
	jsonout_member_whole(j, "due", t->count);
	jsonout_member_whole(j, "broken", t->broken);
	jsonout_member_truth(j, "measured", t->measured);
	jsonout_member_whole(j, "people_hundredths", t->people);
	jsonout_member_whole(j, "hours_hundredths", t->hours);
	jsonout_member_whole(j, "rate_thousandths", t->rate);
	jsonout_member_whole(j, "arrivals_thousandths", t->arrivals);
	jsonout_member_whole(j, "likely_late", t->likely);
	api_door_open_record(j, "rescue");
	jsonout_member_whole(j, "likely", t->rescue.likely);
	jsonout_member_whole(j, "likely_in_other_order", t->rescue.by_order);
	jsonout_member_whole(j, "people", t->rescue.people);
	jsonout_member_instant(
		j, "until", t->rescue.likely ? t->rescue.until : TIMES_NONE);
	jsonout_end(j);
	show_late(w, j, t);
	show_paused(w, j, t);
	jsonout_end(j);
}

enum outcome
api_reports_forecast(struct work *w, const struct request *q, struct reply *r)
{
	struct scope s = access_figures(w->actor, w->actor->org);
	struct outlook o;
	struct jsonout j;
	enum outcome end = api_door_right(w, r, RIGHT_FIGURES);

	(void)q;
	if (end != DONE)
		return end;
	outlook_read(w, &s, &o);
	j = api_door_answer(r, 200);
	jsonout_record(&j);
	jsonout_member_instant(&j, "from", o.to ? o.from : TIMES_NONE);
	jsonout_member_instant(&j, "to", o.to ? o.to : TIMES_NONE);
	jsonout_member_truth(&j, "more", o.more);
	api_door_open_list(&j, "teams");
	for (int i = 0; o.to && i < o.count; i++)
		show_team(w, &j, &o.teams[i]);
	jsonout_end(&j);
	jsonout_end(&j);
	return DONE;
}

/* --- the wallboard ------------------------------------------------------------------ */

static void
show_waiting(struct work *w, struct jsonout *j, const struct scope *s)
{
	struct figures_waiting_list list;

	figures_waiting(w, s, &list);
	api_door_open_list(j, "teams");
	for (int i = 0; i < list.count; i++) {
		const struct figures_waiting *t = &list.at[i];

		jsonout_record(j);
		jsonout_member_id(j, "id", t->team);
		jsonout_member(j, "name", t->name);
		jsonout_member_whole(j, "open", t->open);
		jsonout_member_whole(j, "unclaimed", t->unclaimed);
		jsonout_member_whole(j, "past_due", t->broken);
		jsonout_member_instant(
			j, "oldest_unclaimed", t->oldest ? t->oldest : TIMES_NONE);
		jsonout_end(j);
	}
	jsonout_end(j);
}

static void
show_next(struct work *w, struct jsonout *j, const struct scope *see)
{
	struct breaks_list list = {.count = 0};

	if (see->all)
		breaks_next(w, see, NEXT, &list);
	api_door_open_list(j, "next");
	for (int i = 0; i < list.count; i++) {
		const struct ticket *t = &list.at[i].ticket;

		jsonout_record(j);
		jsonout_member(j, "reference", t->reference);
		jsonout_member(j, "service_name", t->service_name);
		jsonout_member(j, "team_name", t->team_name);
		jsonout_member_instant(j, "breach", list.at[i].at);
		jsonout_member_truth(j, "paused", list.at[i].paused);
		jsonout_end(j);
	}
	jsonout_end(j);
}

enum outcome
api_reports_wallboard(struct work *w, const struct request *q, struct reply *r)
{
	struct scope see = access_scope(w->actor, w->actor->org, RIGHT_SEE);
	struct scope figures = access_figures(w->actor, w->actor->org);
	const struct scope *counted = figures.all ? &figures : &see;
	struct jsonout j;

	(void)q;
	if (!see.all && !figures.all)
		return api_door_refuse(w, r, DENIED);
	j = api_door_answer(r, 200);
	jsonout_record(&j);
	jsonout_member_instant(&j, "at", w->now);
	show_waiting(w, &j, counted);
	jsonout_member_whole(&j, "unplaced", unplaced_count(w, counted));
	show_next(w, &j, &see);
	jsonout_end(&j);
	return DONE;
}
