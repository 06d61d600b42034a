/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "web/staff/ticket_clocks.h"

#include "format/words.h"

#include <inttypes.h>
#include <string.h>

const char *
ticket_clocks_target(struct work *w, enum clock_unit unit, int64_t target)
{
	static const enum word counts[CLOCK_UNITS] = {
		[CLOCK_WORKING_DAYS] = WORD_clock_working_days,
		[CLOCK_MONTHS] = WORD_dates_months,
		[CLOCK_DAYS] = WORD_dates_days,
	};

	if (unit != CLOCK_SECONDS)
		return words_text(w->arena, w->words, counts[unit],
			words_values(word_value("count", target)));
	return words_text(w->arena, w->words, WORD_clock_desk_time,
		words_values(word_value("time", staff_words_hours(w, target))));
}

const char *
ticket_clocks_length(struct work *w, enum clock_unit unit, int64_t length)
{
	return ticket_clocks_target(w, unit == CLOCK_MONTHS ? CLOCK_DAYS : unit, length);
}

/* Real time is not said to be desk time. */
static const char *
length_of(struct work *w, const struct promise *p, int64_t length)
{
	if (p->calendar_id == 0)
		return staff_words_hours(w, length);
	return ticket_clocks_length(w, p->unit, length);
}

static const char *
left(struct work *w, const struct promise *p)
{
	int64_t length = p->left < 0 ? -p->left : p->left;

	return words_text(w->arena, w->words,
		p->left < 0 ? WORD_clock_over : WORD_clock_left,
		words_values(word_value("time", length_of(w, p, length))));
}

static struct ticket_clock
told(struct work *w, enum word state, const char *class, struct moment at)
{
	return (struct ticket_clock){
		.class = class,
		.state = words_text(w->arena, w->words, state,
			words_values(word_value("when", at.near),
				word_value("since", at.brief))),
		.at = at,
	};
}

static struct ticket_clock
running(struct work *w, const struct zone *z, const struct promise *p)
{
	struct moment due;

	if (p->breach != TIMES_NONE)
		return told(w, WORD_clock_broken, "clock clock-bad",
			moment_by(w, z, p->breach));
	due = moment_by(w, z, p->due);
	if (!due.iso)
		return told(w, WORD_clock_far, "clock", due);
	if (p->spent * 4 >= (p->spent + p->left) * 3)
		return told(w, WORD_clock_due, "clock clock-warn", due);
	return told(w, WORD_clock_due, "clock", due);
}

static struct ticket_clock
clock_of(struct work *w, const struct zone *z, const struct promise *p)
{
	struct ticket_clock c;

	if (p->calendar && p->calendar_id)
		z = calendar_zone(p->calendar);
	if (strcmp(p->state, "running") == 0) {
		c = running(w, z, p);
		c.left = left(w, p);
	} else if (strcmp(p->state, "paused") == 0) {
		c = told(w,
			p->breach == TIMES_NONE ? WORD_clock_paused
						: WORD_clock_paused_broken,
			"clock clock-paused", moment_by(w, z, p->breach));
		c.left = left(w, p);
	} else if (strcmp(p->state, "stopped") == 0) {
		c = told(w, p->met ? WORD_clock_kept : WORD_clock_missed,
			p->met ? "clock clock-good" : "clock clock-bad",
			moment_at(w, z, p->stopped));
	} else {
		c = told(w, WORD_clock_cancelled, "clock", moment_at(w, z, TIMES_NONE));
	}
	c.kind = words_text(w->arena, w->words, ticket_clocks_kind(p->kind), NULL);
	if (*p->team_name)
		c.kind = words_text(w->arena, w->words, WORD_clock_leg,
			words_values(word_value("kind", c.kind),
				word_value("team", p->team_name)));
	return c;
}

enum word
ticket_clocks_kind(const char *kind)
{
	static const enum word words[PROMISE_KINDS] = {
		[PROMISE_RESPONSE] = WORD_clock_response,
		[PROMISE_RESOLUTION] = WORD_clock_resolution,
		[PROMISE_UPDATE] = WORD_clock_update,
		[PROMISE_TEAM] = WORD_clock_team,
		[PROMISE_SUPPLIER] = WORD_clock_supplier,
	};
	enum promise_kind k = promise_kind_named(kind);

	return k < PROMISE_KINDS ? words[k] : WORD_NONE;
}

const char *
ticket_clocks_href(struct work *w, const char *here, const char *kind, int64_t team)
{
	if (team)
		return arena_printf(
			w->arena, "%s/clocks/%s?team=%" PRId64, here, kind, team);
	return arena_printf(w->arena, "%s/clocks/%s", here, kind);
}

const char *
ticket_clocks_exactly(struct work *w, int64_t seconds)
{
	int64_t length = seconds < 0 ? -seconds : seconds;
	const char *minus = seconds < 0 ? "−" : "";
	const char *rest = words_text(w->arena, w->words, WORD_account_seconds,
		words_values(word_value("count", length % 60)));

	if (length < 60)
		return arena_printf(w->arena, "%s%s", minus, rest);
	if (length % 60 == 0)
		return arena_printf(
			w->arena, "%s%s", minus, staff_words_hours(w, length));
	return arena_printf(
		w->arena, "%s%s %s", minus, staff_words_hours(w, length), rest);
}

struct ticket_clocks
ticket_clocks_all(struct work *w, const struct zone *z, const char *here,
	const struct promise_list *list)
{
	struct ticket_clock *at = arena_array(w->arena, (size_t)list->count, sizeof *at);

	for (int i = 0; i < list->count; i++) {
		at[i] = clock_of(w, z, &list->at[i]);
		at[i].href = ticket_clocks_href(
			w, here, list->at[i].kind, list->at[i].subject);
	}
	return (struct ticket_clocks){at, list->count};
}
