/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "web/staff/forecast_page.h"

#include "desk/outlook.h"
#include "format/words.h"
#include "store/truth.h"
#include "views.h"
#include "web/frame.h"
#include "web/say.h"
#include "web/staff/forecast_view.h"
#include "web/staff/staff_words.h"
#include "web/staff/ticket_clocks.h"

#include <inttypes.h>

enum { NAMED = 20, SENTENCES = 3, COLUMNS = 9 };

/* "1.5" of hundredths or thousandths. */
static const char *
decimal(struct work *w, int64_t n, int64_t unit)
{
	int64_t tenths = (n * 10 + unit / 2) / unit;

	if (tenths % 10 == 0)
		return words_number(w->arena, tenths / 10);
	return arena_printf(w->arena, "%" PRId64 ".%" PRId64, tenths / 10, tenths % 10);
}

/* "1:30pm" today, with its date on another day. */
static const char *
clock_time(struct work *w, const struct zone *z, int64_t at)
{
	struct moment m = moment_at(w, z, at);
	bool today = times_days(moment_date(z, at)) == times_days(moment_date(z, w->now));

	return today ? m.brief : m.exact;
}

/* "0.25" of thousandths: what one person finishes in an hour is often less than one. */
static const char *
rate_text(struct work *w, int64_t rate)
{
	return arena_printf(
		w->arena, "%" PRId64 ".%02" PRId64, rate / 1000, rate % 1000 / 10);
}

static struct figure_row
team_row(struct work *w, const struct outlook_team *t, bool may_work)
{
	struct figure_cell *at = arena_array(w->arena, COLUMNS - 1, sizeof *at);
	const char *behind = arena_printf(
		w->arena, "/staff/queue?view=team&team=%" PRId64, t->team);
	const char *texts[COLUMNS - 1] = {
		words_number(w->arena, t->count),
		words_number(w->arena, t->broken),
		decimal(w, t->people, 100),
		decimal(w, t->hours, 100),
		t->measured ? rate_text(w, t->rate) : "–",
		decimal(w, t->arrivals, 1000),
		t->measured ? words_number(w->arena, t->likely) : "–",
		words_number(w->arena, t->paused_count),
	};

	for (int i = 0; i < COLUMNS - 1; i++)
		at[i] = (struct figure_cell){texts[i], NULL, true};
	if (may_work && t->count)
		at[0].href = behind;
	return (struct figure_row){{t->name, NULL, false}, {at, COLUMNS - 1}};
}

static struct figure_table
team_table(struct work *w, const struct outlook *o, bool may_work)
{
	static const struct figure_column heads[COLUMNS] = {{WORD_queue_team, false},
		{WORD_forecast_due, true}, {WORD_forecast_broken, true},
		{WORD_forecast_people, true}, {WORD_forecast_hours, true},
		{WORD_forecast_rate, true}, {WORD_forecast_arrivals, true},
		{WORD_forecast_late, true}, {WORD_forecast_waits, true}};
	struct figure_row *rows = arena_array(w->arena, (size_t)o->count, sizeof *rows);

	for (int i = 0; i < o->count; i++)
		rows[i] = team_row(w, &o->teams[i], may_work);
	return (struct figure_table){say(w, WORD_forecast_title),
		say(w, WORD_forecast_calm), {heads, COLUMNS}, {rows, o->count}};
}

static struct page_links
rescue(struct work *w, const struct zone *z, const struct outlook_team *t)
{
	const struct forecast_rescue *r = &t->rescue;
	struct page_link *at = arena_array(w->arena, SENTENCES, sizeof *at);
	struct page_links list = {at, 0};

	if (r->likely == 0)
		return list;
	if (r->people)
		at[list.count++].text = words_text(w->arena, w->words,
			WORD_forecast_more_people,
			words_values(word_value("count", r->people),
				word_value("time", clock_time(w, z, r->until))));
	else
		at[list.count++].text = words_text(w->arena, w->words,
			WORD_forecast_too_many,
			words_values(word_value("n", FORECAST_MOST_EXTRA),
				word_value("time", clock_time(w, z, r->until))));
	if (r->by_order < r->likely)
		at[list.count++].text = words_text(w->arena, w->words,
			WORD_forecast_order,
			words_values(word_value("count", r->likely - r->by_order),
				word_value("left", r->by_order)));
	return list;
}

static enum word
chance_word(enum forecast_class c)
{
	if (c == FORECAST_CERTAIN)
		return WORD_forecast_certain;
	return c == FORECAST_LIKELY ? WORD_forecast_likely : WORD_forecast_possible;
}

static const char *
chance_class(enum forecast_class c)
{
	if (c == FORECAST_CERTAIN)
		return "tag tag-bad";
	return c == FORECAST_LIKELY ? "tag tag-warn" : "tag tag-plain";
}

static struct forecast_line
line(struct work *w, const struct zone *z, const struct forecast_ticket *f,
	const struct truth_ticket *t)
{
	struct moment due = moment_at(w, z, f->due);

	return (struct forecast_line){
		.reference = t->reference,
		.subject = t->subject,
		.service = t->service_name,
		.due = due,
		.due_text = clock_time(w, z, f->due),
		.resumes = f->resumes
				   ? words_text(w->arena, w->words, WORD_forecast_resumes,
					     words_values(word_value("time",
						     clock_time(w, z, f->resumes))))
				   : NULL,
		.chance = chance_word(forecast_class_of(f->late)),
		.class = chance_class(forecast_class_of(f->late)),
		.percent = f->late,
	};
}

/* Those not broken yet that may be late, named to who may see them. */
static void
name_tickets(struct work *w, const struct zone *z, const struct outlook_team *t,
	struct forecast_part *p)
{
	struct scope see = access_scope(w->actor, w->actor->org, RIGHT_SEE);
	struct forecast_line *at = arena_array(w->arena, NAMED, sizeof *at);
	int shown = 0, all = 0;

	for (int i = 0; i < t->count; i++) {
		const struct forecast_ticket *f = &t->tickets[i];
		struct truth_tickets one;

		if (f->due <= w->now || forecast_class_of(f->late) == FORECAST_SAFE)
			continue;
		all++;
		if (shown == NAMED)
			continue;
		truth_tickets_of(w, &see, &f->id, 1, &one);
		if (one.count)
			at[shown++] = line(w, z, f, &one.at[0]);
	}
	p->lines = (struct forecast_lines){at, shown};
	if (all > shown)
		p->hidden = words_text(w->arena, w->words, WORD_forecast_hidden,
			words_values(word_value("count", all - shown)));
}

static struct forecast_wait
wait_line(struct work *w, const struct zone *z, const struct outlook_paused *p,
	const struct truth_ticket *t)
{
	int64_t length = p->left < 0 ? -p->left : p->left;

	return (struct forecast_wait){
		.reference = t->reference,
		.subject = t->subject,
		.service = t->service_name,
		.until = p->until == TIMES_NONE ? say(w, WORD_forecast_no_end)
						: moment_at(w, z, p->until).exact,
		.left = words_text(w->arena, w->words,
			p->left < 0 ? WORD_clock_over : WORD_clock_left,
			words_values(word_value(
				"time", ticket_clocks_length(w, p->unit, length)))),
	};
}

/* What waits and is not expected to go on in the shift. */
static void
name_waiting(struct work *w, const struct zone *z, const struct outlook_team *t,
	struct forecast_part *p)
{
	struct scope see = access_scope(w->actor, w->actor->org, RIGHT_SEE);
	struct forecast_wait *at = arena_array(w->arena, NAMED, sizeof *at);
	int shown = 0;

	if (t->paused_count == 0)
		return;
	p->waiting = words_text(w->arena, w->words, WORD_forecast_waiting,
		words_values(word_value("count", t->paused_count)));
	for (int i = 0; i < t->paused_count && shown < NAMED; i++) {
		struct truth_tickets one;

		truth_tickets_of(w, &see, &t->paused[i].ticket, 1, &one);
		if (one.count)
			at[shown++] = wait_line(w, z, &t->paused[i], &one.at[0]);
	}
	p->waits = (struct forecast_waits){at, shown};
	if (t->paused_count > shown)
		p->waits_hidden = words_text(w->arena, w->words,
			WORD_forecast_waits_hidden,
			words_values(word_value("count", t->paused_count - shown)));
}

/* What may break, where that can be foretold. */
static void
fill_breaking(struct work *w, const struct zone *z, const struct outlook_team *t,
	struct forecast_part *p)
{
	if (t->count == 0 || !t->measured)
		return;
	name_tickets(w, z, t, p);
	if (p->lines.count == 0 && !p->hidden)
		return;
	p->summary = words_text(w->arena, w->words, WORD_forecast_summary,
		words_values(word_value("count", t->likely),
			word_value("of", t->count - t->broken)));
	p->rescue = rescue(w, z, t);
}

static struct forecast_parts
parts(struct work *w, const struct zone *z, const struct outlook *o)
{
	struct forecast_part *at = arena_array(w->arena, (size_t)o->count, sizeof *at);
	struct forecast_parts list = {at, 0};

	for (int i = 0; i < o->count; i++) {
		const struct outlook_team *t = &o->teams[i];
		struct forecast_part *p = &at[list.count];

		*p = (struct forecast_part){.name = t->name};
		fill_breaking(w, z, t, p);
		name_waiting(w, z, t, p);
		if (!p->summary && !p->waiting)
			continue;
		list.count++;
	}
	return list;
}

enum outcome
forecast_page_show(struct work *w, const struct request *q, struct reply *r)
{
	struct scope s = access_figures(w->actor, w->actor->org);
	const struct zone *z = moment_zone(w, w->actor->org);
	struct forecast_view v = {.shift = NULL};
	struct outlook o;

	frame_page(w, q, &v.page, WORD_forecast_title, SECTION_REPORTS);
	if (!v.page.may_figures)
		return DENIED;
	outlook_read(w, &s, &o);
	if (o.to) {
		v.shift = words_text(w->arena, w->words, WORD_forecast_shift,
			words_values(word_value("from", moment_at(w, z, o.from).exact),
				word_value("to", moment_at(w, z, o.to).exact)));
		v.more = o.more;
		v.teams = team_table(w, &o, v.page.may_work);
		for (int i = 0; i < o.count; i++)
			v.unmeasured = v.unmeasured || !o.teams[i].measured;
		v.parts = parts(w, z, &o);
	}
	view_forecast(&r->body, w->words, &v);
	return DONE;
}
