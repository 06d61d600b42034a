/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "desk/field.h"

#include "format/words.h"
#include "store/shelf.h"
#include "weaken.h"

#include <string.h>

static const char refused[] = "problem.field.refused";

struct field_ruling
field_ask(struct work *w, const struct ticket *t, enum ticket_field f, int64_t *version)
{
	const struct table *table = shelf_table(w, t->org, "field");
	const struct table_facts facts = {
		.kind = t->kind,
		.service = t->service,
		.category = t->category,
		.from_status = ticket_status_name(t->status),
	};

	*version = table->version;
	return field_rule_ask(table, &facts, w->actor, t->org, f);
}

bool
field_may(struct work *w, const struct ticket *t, enum ticket_field f)
{
	int64_t version;

#ifdef WEAKEN_FIELD_CHANGE
	return true;
#endif
	return field_ask(w, t, f, &version).allowed;
}

/* "priority, while it is Closed (row 1 of the rules that Portreeve comes with)" */
static const char *
rule_text(struct work *w, const struct ticket *t, enum ticket_field f)
{
	int64_t version;
	const struct table_row *row = field_ask(w, t, f, &version).row;
	const char *what = words_text(w->arena, w->words,
		words_find(arena_printf(w->arena, "field.name.%s", field_rule_name(f))),
		NULL);
	const char *status = words_text(w->arena, w->words,
		words_find(arena_printf(
			w->arena, "staff.status.%s", ticket_status_name(t->status))),
		NULL);

	return words_text(w->arena, w->words,
		version ? WORD_field_rule : WORD_field_rule_standard,
		words_values(word_value("what", what), word_value("status", status),
			word_value("row", row ? row->position : 0),
			word_value("version", version),
			word_value("note", row && row->note ? row->note : "")));
}

bool
field_refused(const struct problem *p)
{
	return strcmp(p->key, refused) == 0;
}

enum outcome
field_change(
	struct work *w, const struct ticket *t, enum ticket_field f, const char *named)
{
	if (field_may(w, t, f))
		return DONE;
	return work_problem_detail(w, named, refused, rule_text(w, t, f));
}
