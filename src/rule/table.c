/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rule/table.h"

#include <ctype.h>
#include <string.h>

/* Bytes above ASCII belong to letters of some script, so they count as inside a word. */
static bool
in_word(char c)
{
	return isalnum((unsigned char)c) || (unsigned char)c >= 0x80;
}

bool
table_has_words(const char *text, const char *phrase)
{
	size_t length = strlen(text), n = strlen(phrase);
	struct bytes wanted = bytes_of(phrase);

	for (size_t i = 0; n > 0 && i + n <= length; i++) {
		struct bytes here = {(const unsigned char *)text + i, n};

		if (bytes_equal_nocase(here, wanted) &&
			(i == 0 || !in_word(text[i - 1])) && !in_word(text[i + n]))
			return true;
	}
	return false;
}

static bool
same(const char *wanted, const char *is)
{
	return !wanted || strcmp(wanted, is ? is : "") == 0;
}

static bool
equals(int64_t wanted, int64_t is)
{
	return wanted == TABLE_ANY || wanted == is;
}

const char *
table_mode_name(enum table_mode m)
{
	switch (m) {
	case TABLE_FROM_START: return "from_start";
	case TABLE_RESTART: return "restart";
	case TABLE_CARRY: break;
	}
	return "carry";
}

const char *
table_threshold_name(enum table_threshold t)
{
	return t == TABLE_OFFSET ? "offset" : "percent";
}

static bool
row_matches(const struct table_row *r, const struct table_facts *f)
{
	return same(r->service, f->service) && same(r->category, f->category) &&
	       same(r->channel, f->channel) && equals(r->priority, f->priority) &&
	       equals(r->impact, f->impact) && equals(r->urgency, f->urgency) &&
	       equals(r->vip, f->vip) && equals(r->vulnerable, f->vulnerable) &&
	       (r->team == 0 || equals(r->team, f->team)) && same(r->clock, f->clock) &&
	       same(r->kind, f->kind) && same(r->from_status, f->from_status) &&
	       same(r->to_status, f->to_status) && same(r->field, f->field) &&
	       same(r->role, f->role) &&
	       (!r->words || table_has_words(f->text ? f->text : "", r->words));
}

const struct table_row *
table_match(const struct table *t, const struct table_facts *f)
{
	return table_next(t, f, NULL);
}

const struct table_row *
table_next(
	const struct table *t, const struct table_facts *f, const struct table_row *after)
{
	for (int i = after ? (int)(after - t->rows) + 1 : 0; i < t->count; i++)
		if (row_matches(&t->rows[i], f))
			return &t->rows[i];
	return NULL;
}

const struct table_row *
table_match_over_hand(const struct table *t, const struct table_facts *f)
{
	for (int i = 0; i < t->count; i++)
		if (t->rows[i].over_hand && row_matches(&t->rows[i], f))
			return &t->rows[i];
	return NULL;
}
