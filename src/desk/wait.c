/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "desk/wait.h"

#include "base/buffer.h"
#include "desk/status.h"
#include "desk/timeline.h"
#include "rule/workdays.h"
#include "store/kept_clock.h"
#include "store/shelf.h"
#include "store/team.h"

static const struct calendar *
calendar_of(struct work *w, const struct ticket *t)
{
	struct promise_set set = {.arena = w->arena};
	const struct promise_state *s;
	struct organisation o;
	int64_t version;

	kept_clock_read(w, t, &set);
	s = promise_set_find(&set, PROMISE_RESOLUTION, 0);
	if (s)
		return s->clock.calendar;
	if (team_organisation(w, t->org, &o) != DONE)
		return NULL;
	return shelf_calendar(w, o.id, o.calendar, w->now, &version);
}

/* The opening of the n-th working day from today. */
static bool
opening_of(const struct calendar *c, int64_t now, int64_t n, int64_t *at)
{
	const struct zone *z = calendar_zone(c);
	const struct workdays_target target = {n, WORKDAYS_CLOSING};
	struct workdays_deadline d;
	struct calendar_day day;

	/* A day that closes at midnight closes when the next one begins. */
	if (!workdays_due(c, times_date(zone_day_at(z, now)), target, &d) ||
		!calendar_day(c, zone_day_at(z, d.due - 1), &day))
		return false;
	*at = day.opens;
	return true;
}

/* The reminders, and in *end when the last of them has been waited for too. */
static const char *
chases(struct work *w, const struct calendar *c, const struct wait_reason *r,
	int64_t *end)
{
	struct buffer b = buffer_in(w->arena, 64);
	int64_t at;

	for (int64_t n = 1; n <= r->chase_limit; n++) {
		if (!opening_of(c, w->now, n * r->chase_days, &at))
			return "";
		if (n > 1)
			buffer_char(&b, ' ');
		buffer_int(&b, at);
	}
	if (!opening_of(c, w->now, (r->chase_limit + 1) * r->chase_days, end))
		return "";
	return buffer_text(&b);
}

void
wait_terms(struct work *w, const struct ticket *t, struct event *e,
	const struct wait_reason *r, int64_t review)
{
	const struct calendar *c = calendar_of(w, t);
	int64_t chase_end = TIMES_NONE, review_end = TIMES_NONE, until;
	bool by_chase;

	pairs_add(w->arena, &e->data, "reason", r->code);
	if (c && r->chase_days > 0) {
		const char *at = chases(w, c, r, &chase_end);

		if (*at)
			pairs_add(w->arena, &e->data, "chases", at);
	}
	if (c && r->review_days > 0 &&
		!opening_of(c, w->now, r->review_days, &review_end))
		review_end = TIMES_NONE;
	if (review > w->now && (review_end == TIMES_NONE || review < review_end))
		review_end = review;
	by_chase = chase_end != TIMES_NONE &&
		   (review_end == TIMES_NONE || chase_end < review_end);
	until = by_chase ? chase_end : review_end;
	if (until == TIMES_NONE)
		return;
	pairs_add_int(w->arena, &e->data, "until", until);
	pairs_add(w->arena, &e->data, "limit", by_chase ? "chase" : "review");
}

enum outcome
wait_end(struct work *w, const struct handle *h, const char *reason, struct ticket *t)
{
	enum outcome end = ticket_hold(
		w, h->org, h->reference, RIGHT_REPLY, h->version, t);
	struct event e = {
		.kind = "resumed",
		.actor = w->actor->person,
		.actor_kind = w->actor->kind,
		.body = reason,
	};

	if (end != DONE)
		return end;
	if (t->status != TICKET_WAITING)
		return CONFLICT;
	pairs_add(w->arena, &e.data, "why", "staff");
	if (status_change(w, t, TICKET_OPEN, reason) != DONE)
		return INVALID;
	timeline_add(w, t, &e);
	ticket_save(w, t);
	return DONE;
}
