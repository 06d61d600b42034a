/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "web/staff/ticket_person.h"

#include "desk/assign.h"
#include "rule/assignment.h"
#include "store/skill.h"
#include "store/team.h"
#include "web/say.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct naming {
	const struct team_member_list *everybody;
	int64_t chosen;
};

static int64_t
number(const struct pairs *p, const char *name)
{
	const char *text = pairs_get(p, name);

	return text ? strtoll(text, NULL, 10) : 0;
}

static const char *
name_of(struct work *w, const struct naming *n, int64_t person)
{
	for (int i = 0; i < n->everybody->count; i++)
		if (n->everybody->at[i].person == person && n->everybody->at[i].name)
			return n->everybody->at[i].name;
	return say(w, WORD_why_person_unknown);
}

/* "not on shift, not present" */
static const char *
reasons(struct work *w, int bars)
{
	static const enum word words[ASSIGNMENT_BARS] = {WORD_why_bar_shift,
		WORD_why_bar_presence, WORD_why_bar_licence, WORD_why_bar_skill,
		WORD_why_bar_load};
	struct buffer b = buffer_in(w->arena, 64);

	for (int i = 0; i < ASSIGNMENT_BARS; i++) {
		if (!(bars & 1 << i))
			continue;
		if (b.len > 0)
			buffer_text_add(&b, ", ");
		words_say(&b, w->words, words[i], NULL);
	}
	return buffer_text(&b);
}

static const char *
candidate(struct work *w, const struct naming *n, const struct assign_seen *seen)
{
	const char *name = name_of(w, n, seen->person);

	if (seen->bars)
		return words_text(w->arena, w->words, WORD_why_candidate_barred,
			words_values(word_value("name", name),
				word_value("reasons", reasons(w, seen->bars))));
	return words_text(w->arena, w->words,
		seen->person == n->chosen ? WORD_why_candidate_chosen
					  : WORD_why_candidate_free,
		words_values(word_value("name", name), word_value("load", seen->load),
			word_value("cap", seen->cap)));
}

static struct page_links
candidates(struct work *w, const struct decision *d, const struct naming *n)
{
	struct page_link *at = arena_array(w->arena, (size_t)d->saw.count, sizeof *at);
	struct page_links list = {at, 0};
	struct assign_seen seen;

	for (int i = 0; i < d->saw.count; i++)
		if (strcmp(d->saw.at[i].name, "candidate") == 0 &&
			assign_seen_read(d->saw.at[i].value, &seen))
			at[list.count++].text = candidate(w, n, &seen);
	return list;
}

static void
say_skill(struct work *w, const struct skill_list *skills, const char *value,
	struct buffer *b)
{
	long long skill, level;

	if (sscanf(value, "%lld %lld", &skill, &level) != 2)
		return;
	for (int i = 0; i < skills->count; i++)
		if (skills->at[i].id == skill)
			words_say(b, w->words, WORD_why_saw_skill,
				words_values(word_value("skill", skills->at[i].name),
					word_value("level", level)));
}

/* "service IT-LAPTOP, size 2, Networks at level 2" */
static const char *
asked(struct work *w, const struct ticket *t, const struct decision *d)
{
	struct buffer b = buffer_in(w->arena, 64);
	struct skill_list skills = {NULL, 0};

	words_say(&b, w->words, WORD_why_saw_service,
		words_values(word_value("value", pairs_get(&d->saw, "service"))));
	buffer_text_add(&b, ", ");
	words_say(&b, w->words, WORD_why_saw_size,
		words_values(word_value("value", number(&d->saw, "size"))));
	if (pairs_get(&d->saw, "skill"))
		skill_list(w, t->org, &skills);
	for (int i = 0; i < d->saw.count; i++)
		if (strcmp(d->saw.at[i].name, "skill") == 0) {
			buffer_text_add(&b, ", ");
			say_skill(w, &skills, d->saw.at[i].value, &b);
		}
	return buffer_text(&b);
}

void
ticket_person_why(struct work *w, const struct ticket *t, const struct decision *d,
	struct ticket_why *why)
{
	struct team_member_list everybody;
	struct naming n = {&everybody, number(&d->gave, "person")};
	bool last = n.chosen && n.chosen == number(&d->saw, "last");

	team_everybody(w, t->org, &everybody);
	*why = (struct ticket_why){
		.table = WORD_why_person,
		.rule = say(w, WORD_why_person_rule),
		.gave = n.chosen ? words_text(w->arena, w->words,
					   last ? WORD_why_person_last
						: WORD_why_person_least,
					   words_values(word_value(
						   "name", name_of(w, &n, n.chosen))))
				 : words_text(w->arena, w->words, WORD_why_person_nobody,
					   NULL),
		.saw = asked(w, t, d),
		.candidates = candidates(w, d, &n),
	};
}
