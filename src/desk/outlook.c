/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "desk/outlook.h"

#include "rule/promise.h"
#include "store/history.h"
#include "store/kept_clock.h"
#include "store/shelf.h"
#include "store/team.h"
#include "store/worker.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_STEPS = 48, WEEK_SLOTS = 7 * 48, HALF_HOUR = FORECAST_STEP };

/* What is read once for all teams. */
struct sources {
	const struct calendar *office;
	struct figures_period past;
	struct history_arrivals arrivals;
	struct history_teams teams;
	struct history_days days;
	struct history_dues dues;
	struct history_waits waits;
	struct team_member_list members;
};

/* The rest of the working period that is on, or the next; a day at most. */
static bool
find_shift(struct work *w, const struct calendar *office, struct outlook *o)
{
	struct calendar_opening opening;
	struct calendar_day day;

	if (!calendar_opening(office, w->now, w->now + 14 * (int64_t)TIMES_DAY, &opening))
		return false;
	o->from = opening.opens > w->now ? opening.opens : w->now;
	o->to = opening.closes;
	if (calendar_day(office, zone_day_at(calendar_zone(office), o->from), &day) &&
		day.closes > o->to)
		o->to = day.closes;
	if (o->to - o->from > MOST_STEPS * (int64_t)HALF_HOUR)
		o->to = o->from + MOST_STEPS * (int64_t)HALF_HOUR;
	return true;
}

/* In how many teams somebody works: their time is split over them. */
static int64_t
teams_of(const struct sources *from, int64_t person)
{
	int64_t n = 0;

	for (int i = 0; i < from->members.count; i++)
		n += from->members.at[i].person == person;
	return n ? n : 1;
}

/* Whoever can be counted on: their capacity in this team, hundredths of a person. */
static int64_t
weight(const struct sources *from, const struct worker *m)
{
	if (m->cap == 0 || !m->hours)
		return 0;
	return m->capacity / teams_of(from, m->person);
}

/* What a person finishes in an hour, thousandths of a ticket: what the team finished,
 * over the hours its people had, on the days on which it finished something. On other
 * days there was nothing to measure. */
static int64_t
rate_of(const struct sources *from, int64_t team, const struct worker_list *workers)
{
	int64_t solved = 0, worked = 0;

	for (int i = 0; i < from->days.count; i++) {
		const struct history_day *d = &from->days.at[i];
		int64_t day = d->day * TIMES_DAY;

		if (d->team != team)
			continue;
		solved += d->solved;
		for (int k = 0; k < workers->count; k++)
			if (weight(from, &workers->at[k]))
				worked += weight(from, &workers->at[k]) *
					  calendar_elapsed(workers->at[k].hours, day,
						  day + TIMES_DAY);
	}
	worked /= 3600; /* hundredths of a person's hour */
	return worked ? solved * 100000 / worked : 0;
}

/* Who is at work in a half hour; a day off counts for today alone. */
static int64_t
people_at(struct work *w, const struct sources *from, const struct worker_list *workers,
	int64_t at)
{
	int64_t sum = 0;
	bool today = at - w->now < TIMES_DAY / 2;

	for (int i = 0; i < workers->count; i++) {
		const struct worker *m = &workers->at[i];

		if (weight(from, m) == 0 || !calendar_is_open(m->hours, at) ||
			(today && m->absent) ||
			(m->presence.state == PRESENCE_AWAY && at < m->presence.until))
			continue;
		sum += weight(from, m);
	}
	return sum;
}

/* The half hour of the week, in local time: 0 is Monday 00:00. */
static int
slot_of(const struct calendar *c, int64_t at)
{
	struct zone_time t = zone_time_at(calendar_zone(c), at);

	return (times_weekday(times_days(t.date)) - 1) * 48 + t.second / HALF_HOUR;
}

/* Arrivals of the past weeks by half hour of the week. */
static void
by_slot(const struct sources *from, int64_t team, int64_t slots[WEEK_SLOTS])
{
	memset(slots, 0, WEEK_SLOTS * sizeof *slots);
	for (int i = 0; i < from->arrivals.count; i++) {
		const struct history_arrival *a = &from->arrivals.at[i];

		if (a->team == team)
			slots[slot_of(from->office, a->half * HALF_HOUR)] += a->count;
	}
}

static struct history_team
past_of(const struct sources *from, int64_t team)
{
	for (int i = 0; i < from->teams.count; i++)
		if (from->teams.at[i].team == team)
			return from->teams.at[i];
	return (struct history_team){.team = team};
}

static void
fill_steps(struct work *w, const struct sources *from, const struct outlook *o,
	const struct worker_list *workers, struct outlook_team *t)
{
	struct forecast_step *steps = arena_array(w->arena, MOST_STEPS, sizeof *steps);
	struct history_team past = past_of(from, t->team);
	int64_t slots[WEEK_SLOTS];
	int count = 0;

	by_slot(from, t->team, slots);
	for (int64_t at = o->from; at < o->to && count < MOST_STEPS; at += HALF_HOUR) {
		int64_t length = o->to - at < HALF_HOUR ? o->to - at : HALF_HOUR;
		int64_t come = slots[slot_of(from->office, at)] * 1000 / OUTLOOK_WEEKS;
		struct forecast_step *s = &steps[count++];

		s->people = people_at(w, from, workers, at + length / 2);
		s->arrivals = past.came ? come * past.urgent / past.came : 0;
		t->people = s->people > t->people ? s->people : t->people;
		t->hours += s->people * length / 3600;
		t->arrivals += come * length / HALF_HOUR;
		t->urgent += s->arrivals * length / HALF_HOUR;
	}
	t->shift = (struct forecast_shift){
		.from = o->from, .steps = steps, .step_count = count, .rate = t->rate};
}

static void
fill_tickets(struct work *w, const struct sources *from, const struct outlook *o,
	struct outlook_team *t)
{
	int count = 0;

	for (int i = 0; i < from->dues.count; i++)
		count += from->dues.at[i].team == t->team;
	count += from->waits.count;
	t->tickets = arena_array(w->arena, (size_t)count, sizeof *t->tickets);
	for (int i = 0; i < from->dues.count; i++) {
		const struct history_due *d = &from->dues.at[i];

		if (d->team != t->team)
			continue;
		t->tickets[t->count++] = (struct forecast_ticket){
			.id = d->ticket, .due = d->due, .broken = d->due <= o->from};
		t->broken += d->due <= o->from;
	}
}

/* The promise to the customer of a ticket that waits; false: it does not. */
static bool
waiting_clock(struct work *w, int64_t id, const char *clocks, struct promise_state *s)
{
	const struct ticket t = {.org = w->actor->org, .id = id, .kept = clocks};
	struct promise_set set = {.arena = w->arena};
	const struct promise_state *kept;

	kept_clock_read(w, &t, &set);
	kept = promise_set_find(&set, PROMISE_RESOLUTION, 0);
	if (!kept)
		return false;
	*s = promise_settled(kept, w->now);
	return s->clock.phase == CLOCK_PAUSED;
}

/* When it will be due once it goes on in the shift; TIMES_NONE: not in the shift. */
static int64_t
due_in_shift(const struct promise_state *s, int64_t end)
{
	struct promise_state goes_on;
	int64_t due;

	if (s->until == TIMES_NONE || s->until > end)
		return TIMES_NONE;
	goes_on = promise_settled(s, s->until);
	due = clock_read(&goes_on.clock, goes_on.clock.last).due;
	return due != TIMES_NONE && due <= end ? due : TIMES_NONE;
}

static struct forecast_ticket *
due_already(const struct outlook_team *t, int64_t ticket)
{
	for (int i = 0; i < t->count; i++)
		if (t->tickets[i].id == ticket)
			return &t->tickets[i];
	return NULL;
}

static int
by_due(const void *a, const void *b)
{
	const struct forecast_ticket *x = a, *y = b;

	if (x->due != y->due)
		return x->due < y->due ? -1 : 1;
	return (x->id > y->id) - (x->id < y->id);
}

static void
fill_waiting(struct work *w, const struct sources *from, const struct outlook *o,
	struct outlook_team *t)
{
	t->paused = arena_array(w->arena, (size_t)from->waits.count, sizeof *t->paused);
	for (int i = 0; i < from->waits.count; i++) {
		const struct history_wait *h = &from->waits.at[i];
		struct forecast_ticket *there = due_already(t, h->ticket);
		struct promise_state s;
		int64_t due;

		if (h->team != t->team || !waiting_clock(w, h->ticket, h->clocks, &s))
			continue;
		if (there) {
			there->rests = there->broken &&
				       (s.until == TIMES_NONE || s.until > o->to);
			continue;
		}
		due = due_in_shift(&s, o->to);
		if (due == TIMES_NONE) {
			t->paused[t->paused_count++] = (struct outlook_paused){h->ticket,
				s.until, clock_read(&s.clock, w->now).left, s.clock.unit};
			continue;
		}
		t->tickets[t->count++] = (struct forecast_ticket){
			.id = h->ticket, .due = due, .resumes = s.until};
		t->resumed++;
	}
	if (t->resumed)
		qsort(t->tickets, (size_t)t->count, sizeof *t->tickets, by_due);
}

static void
fill_team(struct work *w, const struct sources *from, const struct outlook *o,
	struct outlook_team *t)
{
	struct worker_scope of = {w->actor->org, t->team, NULL, NULL};
	struct worker_list workers;

	fill_tickets(w, from, o, t);
	fill_waiting(w, from, o, t);
	worker_of_team(w, &of, &workers);
	t->rate = rate_of(from, t->team, &workers);
	t->measured = t->rate > 0;
	fill_steps(w, from, o, &workers, t);
	if (!t->measured)
		return;
	forecast_run(&t->shift, t->tickets, t->count);
	t->likely = forecast_likely(t->tickets, t->count);
	t->rescue = forecast_rescue(&t->shift, t->tickets, t->count);
}

/* Most teams of a large house have nothing due and nothing to come. */
static bool
has_work(const struct sources *from, int64_t team)
{
	for (int i = 0; i < from->dues.count; i++)
		if (from->dues.at[i].team == team)
			return true;
	for (int i = 0; i < from->waits.count; i++)
		if (from->waits.at[i].team == team)
			return true;
	for (int i = 0; i < from->arrivals.count; i++)
		if (from->arrivals.at[i].team == team)
			return true;
	return false;
}

void
outlook_read(struct work *w, const struct scope *s, struct outlook *o)
{
	struct sources from = {
		.past = {w->now - OUTLOOK_WEEKS * 7 * (int64_t)TIMES_DAY, w->now}};
	struct organisation org;
	struct team_list teams;
	int64_t version;

	*o = (struct outlook){.from = 0};
	if (team_organisation(w, s->org, &org) != DONE)
		return;
	from.office = shelf_calendar(w, s->org, org.calendar, w->now, &version);
	if (!from.office || !find_shift(w, from.office, o))
		return;
	history_arrivals(w, s, &from.past, &from.arrivals);
	history_teams(w, s, &from.past, &from.teams);
	history_days(w, s, &from.past, &from.days);
	history_dues(w, s, o->to, &from.dues);
	history_waits(w, s, &from.waits);
	o->more = from.dues.more || from.waits.more;
	team_everybody(w, s->org, &from.members);
	team_list(w, s->org, &teams);
	o->teams = arena_array(w->arena, (size_t)teams.count, sizeof *o->teams);
	for (int i = 0; i < teams.count; i++) {
		struct outlook_team *t = &o->teams[o->count];

		if (!has_work(&from, teams.at[i].id))
			continue;
		*t = (struct outlook_team){
			.team = teams.at[i].id, .name = teams.at[i].name};
		fill_team(w, &from, o, t);
		if (t->count || t->arrivals || t->paused_count)
			o->count++;
	}
}
