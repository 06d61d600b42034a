/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rule/clock_account.h"

#include "base/arena.h"

#include <assert.h>
#include <stdlib.h>

/* An event at the time that counts. */
struct dated {
	struct clock_event event;
	const struct clock_event *recorded, *amended_by;
};

static int
by_time(const void *a, const void *b)
{
	const struct clock_event *x = &((const struct dated *)a)->event;
	const struct clock_event *y = &((const struct dated *)b)->event;

	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	return (x->sequence > y->sequence) - (x->sequence < y->sequence);
}

static const struct clock_event *
amendment_of(const struct clock_event *e, const struct clock_event *events, size_t n)
{
	const struct clock_event *latest = NULL;

	for (size_t i = 0; i < n; i++)
		if (events[i].act == CLOCK_AMEND && events[i].amends == e->id &&
			(!latest || events[i].sequence > latest->sequence))
			latest = &events[i];
	return latest;
}

/* The events that the fold is over, in its order. */
static size_t
put_in_order(struct dated *dated, const struct clock_event *events, size_t n)
{
	size_t count = 0;

	for (size_t i = 0; i < n; i++) {
		const struct clock_event *amended = amendment_of(&events[i], events, n);

		if (events[i].act == CLOCK_AMEND)
			continue;
		dated[count] = (struct dated){events[i], &events[i], amended};
		if (amended)
			dated[count].event.at = amended->amended_at;
		count++;
	}
	if (count > 1)
		qsort(dated, count, sizeof *dated, by_time);
	return count;
}

/* What a clock does in a stretch in which nothing happens to it. */
static struct clock_line
stretch(const struct clock *c, int64_t from, int64_t to)
{
	struct clock_reading before = clock_read(c, from), after = clock_read(c, to);
	bool counts = c->phase != CLOCK_NONE && c->phase != CLOCK_CANCELLED;
	int64_t open = counts ? clock_passed(c, from, to) : 0;

	return (struct clock_line){
		.from = from,
		.to = to,
		.during = c->phase,
		.calendar = c->calendar,
		.open = open,
		.counted = c->phase == CLOCK_RUNNING ? open : 0,
		.spent = after.spent,
		.target = c->target,
		.breach = after.breach != before.breach ? after.breach : TIMES_NONE,
	};
}

static struct clock_line
write_line(struct clock *c, const struct dated *d)
{
	struct clock_line line = stretch(c, c->last, d->event.at);
	bool tightened = c->tightened;
	enum clock_effect effect = clock_apply(c, &d->event, &line.ended);

	assert(effect != CLOCK_REBUILD);
	line.event = d->recorded;
	line.amended_by = d->amended_by;
	line.applied = effect == CLOCK_APPLIED;
	line.target = c->target;
	if (line.applied)
		line.spent = c->spent;
	if (c->tightened && !tightened)
		line.breach = c->breach;
	return line;
}

struct clock_account
clock_account(struct arena *a, const struct clock_policy *p,
	const struct clock_event *events, size_t n)
{
	struct dated *dated = arena_array(a, n, sizeof *dated);
	struct clock_account account = {.clock = clock_new(p)};

	account.n = put_in_order(dated, events, n);

	struct clock_line *lines = arena_array(a, account.n, sizeof *lines);

	for (size_t i = 0; i < account.n; i++)
		lines[i] = write_line(&account.clock, &dated[i]);
	account.lines = lines;

	/* The next event comes after all that was recorded, whatever it was amended to.
	 */
	for (size_t i = 0; i < n; i++)
		account.clock.last = clock_stamp(&account.clock, events[i].at);
	return account;
}

struct clock_line
clock_account_open_line(const struct clock_account *a, int64_t now)
{
	int64_t from = a->n > 0 ? a->lines[a->n - 1].to : TIMES_NONE;

	return stretch(&a->clock, from, now > from ? now : from);
}
