/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "web/problemlist.h"

#include "format/words.h"

struct part_problems
problemlist_of(struct work *w)
{
	const struct problems *all = &w->problems;
	struct part_problem *at = arena_array(w->arena, (size_t)all->count, sizeof *at);

	for (int i = 0; i < all->count; i++)
		at[i] = (struct part_problem){
			.text = words_text(w->arena, w->words, words_find(all->at[i].key),
				words_values(word_value("detail", all->at[i].detail))),
			.id = all->at[i].field,
		};
	return (struct part_problems){at, all->count};
}
