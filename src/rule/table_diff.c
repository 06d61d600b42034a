/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rule/table_diff.h"

/* The two tables without what they begin and end with in common. */
struct middle {
	const struct table_shape *shape;
	const struct table_row *was, *is;
	int n_was, n_is;
	int *longest; /* [(n_was + 1) * (n_is + 1)] of the common sequence from here on */
	bool *was_gone, *is_new;	     /* not in that sequence */
	bool *was_moved;		     /* gone here, but it stands elsewhere */
	const struct table_row **moved_from; /* of the new ones; NULL: really new */
};

static bool
same(const struct middle *m, int was, int is)
{
	return table_shape_same(m->shape, &m->was[was], &m->is[is]);
}

static struct middle
cut(const struct table_shape *s, const struct table *was, const struct table *is)
{
	struct middle m = {s, was->rows, is->rows, was->count, is->count, NULL};

	while (m.n_was > 0 && m.n_is > 0 && same(&m, 0, 0)) {
		m.was++;
		m.is++;
		m.n_was--;
		m.n_is--;
	}
	while (m.n_was > 0 && m.n_is > 0 && same(&m, m.n_was - 1, m.n_is - 1)) {
		m.n_was--;
		m.n_is--;
	}
	return m;
}

static int *
longest_at(const struct middle *m, int was, int is)
{
	return &m->longest[was * (m->n_is + 1) + is];
}

static void
measure(struct arena *a, struct middle *m)
{
	size_t cells = (size_t)(m->n_was + 1) * (size_t)(m->n_is + 1);

	m->longest = arena_array(a, cells, sizeof *m->longest);
	for (int i = m->n_was - 1; i >= 0; i--)
		for (int k = m->n_is - 1; k >= 0; k--) {
			int skip_was = *longest_at(m, i + 1, k);
			int skip_is = *longest_at(m, i, k + 1);

			*longest_at(m, i, k) = same(m, i, k)
						       ? *longest_at(m, i + 1, k + 1) + 1
					       : skip_was > skip_is ? skip_was
								    : skip_is;
		}
}

static void
mark_kept(struct arena *a, struct middle *m)
{
	int i = 0, k = 0;

	m->was_gone = arena_array(a, (size_t)m->n_was, sizeof *m->was_gone);
	m->is_new = arena_array(a, (size_t)m->n_is, sizeof *m->is_new);
	while (i < m->n_was || k < m->n_is) {
		if (i < m->n_was && k < m->n_is && same(m, i, k)) {
			i++;
			k++;
		} else if (k == m->n_is ||
			   (i < m->n_was && *longest_at(m, i + 1, k) >=
						    *longest_at(m, i, k + 1))) {
			m->was_gone[i++] = true;
		} else {
			m->is_new[k++] = true;
		}
	}
}

static void
mark_moved(struct arena *a, struct middle *m)
{
	m->was_moved = arena_array(a, (size_t)m->n_was, sizeof *m->was_moved);
	m->moved_from = arena_array(a, (size_t)m->n_is, sizeof *m->moved_from);
	for (int k = 0; k < m->n_is; k++)
		for (int i = 0; m->is_new[k] && !m->moved_from[k] && i < m->n_was; i++)
			if (m->was_gone[i] && !m->was_moved[i] && same(m, i, k)) {
				m->was_moved[i] = true;
				m->moved_from[k] = &m->was[i];
			}
}

static void
put(struct table_diff *d, struct table_change *at, struct table_change c)
{
	at[d->count++] = c;
	d->of[c.kind]++;
}

/* What went and what came between two rows that stayed, side by side. */
static void
walk_gap(const struct middle *m, int *i, int *k, struct table_diff *d,
	struct table_change *at)
{
	for (;;) {
		const struct table_row *was = &m->was[*i], *is = &m->is[*k];
		bool gone = *i < m->n_was && m->was_gone[*i];
		bool new = *k < m->n_is && m->is_new[*k];

		if (gone && m->was_moved[*i]) {
			++*i;
		} else if (new && m->moved_from[*k]) {
			put(d, at,
				(struct table_change){
					TABLE_MOVED, m->moved_from[*k], is});
			++*k;
		} else if (gone || new) {
			put(d, at,
				(struct table_change){!gone  ? TABLE_ADDED
						      : !new ? TABLE_REMOVED
							     : TABLE_CHANGED,
					gone ? was : NULL, new ? is : NULL});
			*i += gone;
			*k += new;
		} else {
			return;
		}
	}
}

struct table_diff
table_diff(struct arena *a, const struct table_shape *s, const struct table *was,
	const struct table *is)
{
	struct middle m = cut(s, was, is);
	struct table_change *at = arena_array(a, (size_t)(m.n_was + m.n_is), sizeof *at);
	struct table_diff d = {.at = at};

	measure(a, &m);
	mark_kept(a, &m);
	mark_moved(a, &m);
	for (int i = 0, k = 0; i < m.n_was || k < m.n_is; i++, k++)
		walk_gap(&m, &i, &k, &d, at);
	return d;
}
