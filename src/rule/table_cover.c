/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rule/table_cover.h"

#include <string.h>

static bool
text_covers(const struct table_column *c, const char *earlier, const char *later)
{
	if (!earlier)
		return true;
	if (!later)
		return false;
	/* Who says "smell of gas" says "gas". */
	return c->kind == COLUMN_PHRASE ? table_has_words(later, earlier)
					: strcmp(earlier, later) == 0;
}

static bool
category_covers(const struct table_row *earlier, const struct table_row *later,
	table_category_of *category_of, const void *catalogue)
{
	const char *category = later->service ? category_of(catalogue, later->service)
					      : NULL;

	return category && strcmp(category, earlier->category) == 0;
}

bool
table_cover(const struct table_shape *s, const struct table_row *earlier,
	const struct table_row *later, table_category_of *category_of,
	const void *catalogue)
{
	for (int i = 0; s->columns[i]; i++) {
		const struct table_column *c = s->columns[i];
		bool covers;

		if (!c->condition)
			continue;
		if (c->kind <= COLUMN_NOTE)
			covers = text_covers(c, table_shape_text(c, earlier),
				table_shape_text(c, later));
		else
			covers = table_shape_number(c, earlier) == TABLE_ANY ||
				 table_shape_number(c, earlier) ==
					 table_shape_number(c, later);
		if (!covers && c->kind == COLUMN_CATEGORY)
			covers = category_covers(earlier, later, category_of, catalogue);
		if (!covers)
			return false;
	}
	return true;
}
