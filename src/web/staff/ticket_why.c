/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "web/staff/ticket_why.h"

#include "desk/field.h"
#include "format/words.h"
#include "store/decision.h"
#include "store/team.h"
#include "web/say.h"
#include "web/staff/ticket_clocks.h"
#include "web/staff/ticket_person.h"

#include <stdlib.h>
#include <string.h>

static int64_t
number(const struct pairs *p, const char *name)
{
	const char *text = pairs_get(p, name);

	return text ? strtoll(text, NULL, 10) : 0;
}

static const char *
team_name(struct work *w, int64_t org, int64_t id)
{
	struct team t;

	return team_get(w, org, id, &t) == DONE ? t.name : say(w, WORD_why_unknown_team);
}

static const char *
terms(struct work *w, const struct pairs *gave)
{
	enum clock_unit unit = clock_unit_read(pairs_get(gave, "unit"));
	enum clock_unit response_unit = clock_unit_read(pairs_get(gave, "response_unit"));
	int64_t response = number(gave, "response");
	int64_t resolution = number(gave, "resolution");
	struct buffer b = buffer_in(w->arena, 128);

	if (response)
		words_say(&b, w->words, WORD_why_response,
			words_values(word_value("time",
				ticket_clocks_target(w, response_unit, response))));
	if (response && resolution)
		buffer_text_add(&b, "; ");
	if (resolution)
		words_say(&b, w->words, WORD_why_resolution,
			words_values(word_value(
				"time", ticket_clocks_target(w, unit, resolution))));
	return b.len ? buffer_text(&b) : say(w, WORD_why_no_promise);
}

static const char *
gave(struct work *w, int64_t org, const struct decision *d)
{
	if (strcmp(d->name, "priority") == 0) {
		int64_t priority = number(&d->gave, "priority");

		return words_text(w->arena, w->words, WORD_why_priority_is,
			words_values(word_value("n", priority),
				word_value("word", staff_words_priority(priority))));
	}
	if (strcmp(d->name, "route") == 0)
		return team_name(w, org, number(&d->gave, "team"));
	return terms(w, &d->gave);
}

/* What a decision saw, in words: facts that were not there are left out. */
static const char *
saw(struct work *w, const struct pairs *facts)
{
	static const struct {
		const char *name;
		enum word word;
	} known[] = {
		{"service", WORD_why_saw_service},
		{"category", WORD_why_saw_category},
		{"channel", WORD_why_saw_channel},
		{"priority", WORD_why_saw_priority},
		{"impact", WORD_why_saw_impact},
		{"urgency", WORD_why_saw_urgency},
		{"vip", WORD_why_saw_vip},
		{"vulnerable", WORD_why_saw_vulnerable},
		{"words", WORD_why_saw_words},
	};
	struct buffer b = buffer_in(w->arena, 128);

	for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
		const char *value = pairs_get(facts, known[i].name);

		if (!value || !*value || strcmp(value, "0") == 0)
			continue;
		if (strcmp(known[i].name, "channel") == 0)
			value = say(w, staff_words_channel(contact_channel_named(value)));
		if (b.len > 0)
			buffer_text_add(&b, ", ");
		words_say(&b, w->words, known[i].word,
			words_values(word_value("value", value)));
	}
	return buffer_text(&b);
}

/* "Row 3 of version 2", "set by hand". */
static const char *
rule_text(struct work *w, const struct decision *d)
{
	enum word word = d->position ? WORD_why_row : WORD_why_service;

	if (pairs_get(&d->gave, "hand"))
		word = WORD_why_hand;
	return words_text(w->arena, w->words, word,
		words_values(word_value("row", d->position),
			word_value("version", d->version)));
}

static enum word
table_word(const char *name)
{
	if (strcmp(name, "priority") == 0)
		return WORD_why_priority;
	if (strcmp(name, "leg") == 0)
		return WORD_why_leg;
	return strcmp(name, "route") == 0 ? WORD_why_team : WORD_why_promise;
}

static bool
may_look_up(struct work *w, const struct ticket *t)
{
	return t->org == w->actor->org && access_may(w->actor, t->org, RIGHT_ADMIN);
}

/* The version with the row marked, for those who may look at it. */
static const char *
version_href(struct work *w, const struct ticket *t, const struct decision *d)
{
	if (d->version == 0 || d->position == 0 || !may_look_up(w, t))
		return NULL;
	return arena_printf(w->arena, "/admin/rules/%s/versions/%lld?row=%lld#row-%lld",
		d->name, (long long)d->version, (long long)d->position,
		(long long)d->position);
}

struct ticket_why
ticket_why_one(struct work *w, const struct ticket *t, const struct decision *d)
{
	return (struct ticket_why){
		.table = table_word(d->name),
		.rule = rule_text(w, d),
		.href = version_href(w, t, d),
		.gave = gave(w, t->org, d),
		.note = pairs_get(&d->gave, "note"),
		.saw = saw(w, &d->saw),
	};
}

struct ticket_whys
ticket_why_all(struct work *w, const struct ticket *t)
{
	struct decision_list list;
	struct ticket_why *at;

	decision_read(w, t, &list);
	at = arena_array(w->arena, (size_t)list.count, sizeof *at);
	for (int i = 0; i < list.count; i++) {
		const struct decision *d = &list.at[i];

		if (strcmp(d->name, "person") == 0) {
			ticket_person_why(w, t, d, &at[i]);
			continue;
		}
		at[i] = ticket_why_one(w, t, d);
	}
	return (struct ticket_whys){at, list.count};
}

/* The right without which the table would have nothing to say. */
static bool
has_right(const struct actor *a, int64_t org, enum ticket_field f)
{
	static const enum right rights[FIELD_COUNT] = {
		[FIELD_PRIORITY] = RIGHT_PRIORITY,
		[FIELD_TEAM] = RIGHT_ASSIGN,
		[FIELD_PERSON] = RIGHT_CLAIM,
		[FIELD_PROMISE] = RIGHT_REPLY,
		[FIELD_TIMES] = RIGHT_AMEND,
		[FIELD_PUBLICATION] = RIGHT_REPLY,
	};
	enum right r = rights[f] == RIGHT_NONE ? RIGHT_READ : rights[f];

	return access_may(a, org, r) || access_may(a, a->org, r);
}

struct ticket_limits
ticket_why_limits(struct work *w, const struct ticket *t)
{
	struct ticket_limit *at = arena_array(w->arena, FIELD_COUNT, sizeof *at);
	int count = 0;

	for (enum ticket_field f = 0; f < FIELD_COUNT; f++) {
		int64_t version;
		struct field_ruling by = field_ask(w, t, f, &version);

		if (by.allowed || !by.row || !has_right(w->actor, t->org, f))
			continue;
		at[count++] = (struct ticket_limit){
			.what = say(w, words_find(arena_printf(w->arena, "field.name.%s",
					       field_rule_name(f)))),
			.rule = words_text(w->arena, w->words,
				version ? WORD_why_row : WORD_field_row_standard,
				words_values(word_value("row", by.row->position),
					word_value("version", version))),
			.href = may_look_up(w, t)
					? arena_printf(w->arena,
						  "/admin/rules/field?row=%lld#row-%lld",
						  (long long)by.row->position,
						  (long long)by.row->position)
					: NULL,
			.note = *by.row->note ? by.row->note : NULL,
		};
	}
	return (struct ticket_limits){at, count};
}
