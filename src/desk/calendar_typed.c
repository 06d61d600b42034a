/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "desk/calendar_typed.h"

#include "rule/hours_typed.h"

/* The closed dates that are not bank holidays, which are asked for by their kind. */
static const struct hours *
own_hours(struct work *w, const struct calendar_row *c, const struct hours *h)
{
	int64_t *days = arena_array(w->arena, CALENDAR_MOST_HOLIDAYS, sizeof *days);
	size_t n = calendar_row_holidays(w, w->actor->org, c->holidays, days);
	struct hours *own = arena_alloc(w->arena, sizeof *own);
	int64_t *closed = arena_array(w->arena, h->n_closed, sizeof *closed);

	*own = *h;
	own->n_closed = 0;
	own->closed = closed;
	for (size_t i = 0; i < h->n_closed; i++) {
		bool holiday = false;

		for (size_t k = 0; k < n && !holiday; k++)
			holiday = days[k] == h->closed[i];
		if (!holiday)
			closed[own->n_closed++] = h->closed[i];
	}
	return own;
}

bool
calendar_typed_of(struct work *w, const struct calendar_row *c, struct calendar_typed *t)
{
	struct hours_problem problem;
	const struct hours *h = hours_parse(w->arena, c->definition, &problem);

	if (!h)
		return false;
	h = own_hours(w, c, h);
	t->zone = h->zone;
	for (int i = 0; i < CALENDAR_TYPED_WEEK; i++)
		t->week[i] = hours_typed_day_text(w->arena, h->week[i]);
	t->yearly = hours_typed_yearly_text(w->arena, h);
	t->dates = hours_typed_dates_text(w->arena, h);
	return true;
}

static void
word_of(struct buffer *out, const char *name, const struct buffer *list)
{
	if (list->len > 0)
		buffer_printf(
			out, " %s=%.*s", name, (int)list->len, (const char *)list->at);
}

const char *
calendar_typed_definition(struct work *w, const struct calendar_typed *t)
{
	struct arena *a = w->arena;
	struct buffer week = buffer_in(a, 128), yearly = buffer_in(a, 64);
	struct buffer closed = buffer_in(a, 64), open = buffer_in(a, 64);
	struct buffer all = buffer_in(a, 256);
	const char *wrong = "";

	for (int i = 0; i < CALENDAR_TYPED_WEEK; i++)
		if (!hours_typed_day(&week, arena_printf(a, "%d/", i + 1), t->week[i]))
			(void)!work_problem(w, arena_printf(a, "day-%d", i + 1),
				"problem.calendar.hours");
	if (!hours_typed_yearly(a, &yearly, t->yearly, &wrong))
		(void)!work_problem_detail(w, "yearly", "problem.calendar.yearly", wrong);
	if (!hours_typed_dates(a, &closed, &open, t->dates, &wrong))
		(void)!work_problem_detail(w, "dates", "problem.calendar.dates", wrong);
	buffer_printf(&all, "zone=%s", t->zone);
	word_of(&all, "week", &week);
	word_of(&all, "yearly", &yearly);
	word_of(&all, "closed", &closed);
	word_of(&all, "open", &open);
	if (week.len == 0 && open.len == 0 && w->problems.count == 0)
		(void)!work_problem(w, "definition", "problem.calendar.never");
	return buffer_text(&all);
}
