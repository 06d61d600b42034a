/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "desk/moderate.h"

#include "desk/field.h"
#include "rule/typed.h"
#include "store/audit.h"
#include "store/publication.h"

enum { LONGEST_WORDS = 4000 };

static bool
is_wanted(const struct moderation *m, int64_t id)
{
	for (int i = 0; i < m->photo_count; i++)
		if (m->photos[i] == id)
			return true;
	return false;
}

static bool
all_known(const struct moderation *m, const struct publication_photo_list *all)
{
	for (int i = 0; i < m->photo_count; i++) {
		bool known = false;

		for (int k = 0; k < all->count && !known; k++)
			known = all->at[k].id == m->photos[i];
		if (!known)
			return false;
	}
	return true;
}

/* Those whose showing changes; how many. */
static int
show(struct work *w, const struct ticket *t, const struct moderation *m,
	const struct publication_photo_list *all)
{
	int changed = 0;

	for (int i = 0; m->photos && i < all->count; i++) {
		bool shown = is_wanted(m, all->at[i].id);

		if (shown == all->at[i].shown)
			continue;
		publication_show_photo(w, t, all->at[i].id, shown);
		changed++;
	}
	return changed;
}

enum outcome
moderate(struct work *w, const struct ticket *t, const struct moderation *m)
{
	struct publication_photo_list all;
	struct publication_state_now now;
	int changed;

	if (!ticket_may(w, t, RIGHT_REPLY))
		return DENIED;
	if (publication_now(w, t, &now) != DONE)
		return MISSING;
	if (field_change(w, t, FIELD_PUBLICATION, "shown") != DONE)
		return INVALID;
	publication_photos(w, t->org, t->id, &all);
	if (m->words && typed_length(m->words) > LONGEST_WORDS)
		return work_problem(w, "words", "problem.open311.description");
	if (m->photos && !all_known(m, &all))
		return work_problem(w, "photos", "problem.bodies.photo");
	changed = show(w, t, m, &all);
	audit_add(w, "publication.change",
		arena_printf(w->arena, "ticket %s", t->reference),
		arena_printf(w->arena, "shown=%d&words=%d&photos=%d", !m->hidden,
			m->words != NULL, changed));
	return publication_change(w, t, m->hidden, m->words);
}
