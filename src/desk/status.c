/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "desk/status.h"

#include "format/words.h"
#include "rule/status_rule.h"
#include "store/service.h"
#include "store/shelf.h"

#include <string.h>

static const struct {
	unsigned bit;
	enum word word;
} demanded[] = {
	{TABLE_DEMANDS_WORDS, WORD_tables_demands_1},
	{TABLE_DEMANDS_ASSIGNEE, WORD_tables_demands_2},
	{TABLE_DEMANDS_CUSTOMER, WORD_tables_demands_4},
	{TABLE_DEMANDS_PLACE, WORD_tables_demands_8},
};

/* A ticket and the table over it. */
struct standing {
	const struct table *table;
	struct table_facts facts;
};

static struct standing
standing_of(struct work *w, const struct ticket *t)
{
	struct standing s = {
		.table = shelf_table(w, t->org, "status"),
		.facts =
			{
				.kind = t->kind,
				.service = t->service,
				.from_status = ticket_status_name(t->status),
			},
	};
	struct service service;

	for (int i = 0; i < s.table->count; i++)
		if (s.table->rows[i].category) {
			if (service_find(w, t->org, t->service, &service) == DONE)
				s.facts.category = service.category;
			break;
		}
	return s;
}

static struct status_ruling
ruling(const struct standing *s, enum ticket_status to)
{
	struct table_facts f = s->facts;

	f.to_status = ticket_status_name(to);
	return status_rule_ask(s->table, &f);
}

static bool
has_right(struct work *w, const struct ticket *t, const struct table_row *row)
{
	enum right r = row && row->needs_right ? access_right_named(row->needs_right)
					       : RIGHT_NONE;

	if (r == RIGHT_NONE ||
		(w->actor->kind != ACTOR_STAFF && w->actor->kind != ACTOR_API))
		return true;
	return ticket_may(w, t, r);
}

unsigned
status_choices(struct work *w, const struct ticket *t)
{
	struct standing s = standing_of(w, t);
	unsigned choices = 0;

	for (int i = 0; i < TICKET_STATUS_COUNT; i++) {
		struct status_ruling by = ruling(&s, i);

		if (by.allowed && i != (int)t->status && has_right(w, t, by.row))
			choices |= 1U << i;
	}
	return choices;
}

static void
list(struct buffer *b, struct work *w, enum word word)
{
	if (b->len > 0)
		buffer_text_add(b, ", ");
	words_say(b, w->words, word, NULL);
}

/* "Open, Waiting"; or that nothing is. */
static const char *
allowed_words(struct work *w, const struct ticket *t)
{
	unsigned choices = status_choices(w, t);
	struct buffer b = buffer_in(w->arena, 64);

	for (int i = 0; i < TICKET_STATUS_COUNT; i++)
		if (status_among(choices, i))
			list(&b, w,
				words_find(arena_printf(w->arena, "staff.status.%s",
					ticket_status_name(i))));
	if (b.len == 0)
		words_say(&b, w->words, WORD_status_nothing, NULL);
	return buffer_text(&b);
}

static unsigned
lacking(const struct ticket *t, const struct table_row *row, const char *words)
{
	unsigned lacks = row ? row->demands : 0;

	if (words && words[strspn(words, " \t\r\n")])
		lacks &= ~(unsigned)TABLE_DEMANDS_WORDS;
	if (t->assignee)
		lacks &= ~(unsigned)TABLE_DEMANDS_ASSIGNEE;
	if (t->customer)
		lacks &= ~(unsigned)TABLE_DEMANDS_CUSTOMER;
	if (t->place && *t->place)
		lacks &= ~(unsigned)TABLE_DEMANDS_PLACE;
	return lacks;
}

static enum outcome
ask(struct work *w, const struct ticket *t, enum ticket_status to, const char *words)
{
	struct standing s = standing_of(w, t);
	struct status_ruling by = ruling(&s, to);
	struct buffer b = buffer_in(w->arena, 64);
	unsigned lacks;

	if (!by.allowed || !has_right(w, t, by.row))
		return work_problem_detail(w, "status",
			by.allowed ? "problem.status.right" : "problem.status.refused",
			allowed_words(w, t));
	lacks = lacking(t, by.row, words);
	if (lacks == 0)
		return DONE;
	for (size_t i = 0; i < sizeof demanded / sizeof *demanded; i++)
		if (lacks & demanded[i].bit)
			list(&b, w, demanded[i].word);
	return work_problem_detail(
		w, "status", "problem.status.demands", buffer_text(&b));
}

enum outcome
status_change(struct work *w, struct ticket *t, enum ticket_status to, const char *words)
{
	if (t->status == to)
		return DONE;
	if (ask(w, t, to, words) != DONE)
		return INVALID;
	t->status = to;
	if (to != TICKET_WAITING)
		t->waiting_for = "";
	if (to == TICKET_OPEN)
		t->solved = t->closed = 0;
	if (to == TICKET_RESOLVED || (to == TICKET_CLOSED && t->solved == 0))
		t->solved = w->now;
	if (to == TICKET_CLOSED || to == TICKET_CANCELLED)
		t->closed = w->now;
	return DONE;
}

enum outcome
status_begin(struct work *w, struct ticket *t)
{
	return t->status == TICKET_NEW ? status_change(w, t, TICKET_OPEN, NULL) : DONE;
}
