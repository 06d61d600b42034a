/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "web/admin/rules_dry_steps.h"

#include "web/say.h"
#include "web/staff/staff_words.h"

/* "Solution, 75%" */
static const char *
step_text(struct work *w, const struct rehearsal_firing *f)
{
	const struct table_row row = {.threshold = f->threshold, .amount = f->amount};

	return words_text(w->arena, w->words, WORD_dry_step,
		words_values(word_value("clock",
				     say(w, words_find(arena_printf(w->arena,
						    "tables.clock.%s",
						    promise_kind_name(f->clock))))),
			word_value("when", rules_words_step(w, &row))));
}

/* Whom it tells, and when; that it does not fire. */
static const char *
told_text(struct work *w, const struct rehearsal_firing *f, int way, bool fires)
{
	const struct table_column *c = table_shape_column(
		table_shape_named("escalation"), "notify");
	struct buffer b = buffer_in(w->arena, 64);

	if (!fires)
		return say(w, WORD_dry_step_none);
	for (int i = 0; rules_words_bit(c, i) != WORD_NONE; i++) {
		if (!(f->notify[way] >> i & 1))
			continue;
		if (b.len > 0)
			buffer_text_add(&b, ", ");
		words_say(&b, w->words, rules_words_bit(c, i), NULL);
	}
	if (f->any_hour[way]) {
		buffer_text_add(&b, ", ");
		words_say(&b, w->words, WORD_tables_then_any_hour, NULL);
	}
	return buffer_text(&b);
}

static struct rules_dry_changes
changes(struct work *w, const struct rehearsal_stepped *t)
{
	struct rules_dry_change *at = arena_array(w->arena, (size_t)t->count, sizeof *at);

	for (int i = 0; i < t->count; i++)
		at[i] = (struct rules_dry_change){.what = step_text(w, &t->at[i]),
			.was = told_text(w, &t->at[i], 0, t->at[i].at[0] != 0),
			.is = told_text(w, &t->at[i], 1, t->at[i].at[1] != 0)};
	return (struct rules_dry_changes){at, t->count};
}

static void
fill_tickets(const struct rules_words *words, const struct rehearsal *run,
	struct rules_dry_run_view *v)
{
	struct work *w = words->work;
	const struct zone *z = moment_zone(w, w->actor->org);
	struct rules_dry_ticket *at = arena_array(
		w->arena, (size_t)run->shown, sizeof *at);

	for (int i = 0; i < run->shown; i++) {
		const struct rehearsal_stepped *t = &run->stepped[i];
		const struct service *s = rule_check_service(words->names, t->service);

		at[i] = (struct rules_dry_ticket){
			.reference = t->reference,
			.href = t->reference ? arena_printf(w->arena, "/staff/tickets/%s",
						       t->reference)
					     : NULL,
			.service = s ? s->name : t->service,
			.channel = say(w,
				staff_words_channel(contact_channel_named(t->channel))),
			.received = moment_at(w, z, t->created),
			.changes = changes(w, t),
		};
	}
	v->tickets.at = at;
	v->tickets.count = run->shown;
}

static const char *
fired_text(struct work *w, const struct rehearsal_step *s, int way)
{
	return words_text(w->arena, w->words, WORD_dry_step_fired,
		words_values(word_value("count", s->fired[way]),
			word_value(
				"told", told_text(w, &s->step, way, s->fired[way] > 0))));
}

void
rules_dry_steps(const struct rules_words *words, const struct rehearsal *run,
	struct rules_dry_run_view *v)
{
	struct work *w = words->work;
	struct rules_dry_step *at = arena_array(
		w->arena, (size_t)run->step_count, sizeof *at);

	for (int i = 0; i < run->step_count; i++) {
		const struct rehearsal_step *s = &run->steps[i];

		at[i] = (struct rules_dry_step){
			.step = step_text(w, &s->step),
			.live = fired_text(w, s, 0),
			.draft = fired_text(w, s, 1),
			.differs = s->otherwise > 0,
		};
	}
	v->steps.at = at;
	v->steps.count = run->step_count;
	v->fired = words_text(w->arena, w->words, WORD_dry_steps_fired,
		words_values(word_value("live", run->firings[0]),
			word_value("draft", run->firings[1])));
	fill_tickets(words, run, v);
}
