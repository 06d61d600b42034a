/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "store/rule_draft.h"

#include "format/urlencoded.h"
#include "store/person.h"

static const char *
write_row(struct work *w, const char *name, const struct table_row *row)
{
	const struct table_shape *s = table_shape_named(name);
	struct pairs p = {NULL, 0};

	for (int i = 0; s->columns[i]; i++) {
		const char *text = table_shape_get(w->arena, s->columns[i], row);

		if (text && *text)
			pairs_add(w->arena, &p, s->columns[i]->name, text);
	}
	return urlencoded_write(w->arena, &p);
}

static struct table_row
read_row(struct work *w, const struct table_shape *s, const char *columns)
{
	struct pairs p = urlencoded_read(w->arena, columns);
	struct table_row row = table_shape_blank();

	for (int i = 0; s->columns[i]; i++)
		table_shape_set(s->columns[i], &row, pairs_get(&p, s->columns[i]->name));
	return row;
}

static void
read_rows(struct work *w, struct rule_draft *d)
{
	const struct table_shape *s = table_shape_named(d->name);
	struct rows r = db_query(w->db,
		"select id, columns, position from rule_draft_row where org = $1 and "
		"name = $2"
		" and removed = 0 order by position, id limit $3",
		d->org, d->name, RULE_DRAFT_MOST_ROWS);
	struct table_row *rows = arena_array(
		w->arena, RULE_DRAFT_MOST_ROWS, sizeof *rows);
	int64_t *ids = arena_array(w->arena, RULE_DRAFT_MOST_ROWS, sizeof *ids);
	int64_t *kept = arena_array(w->arena, RULE_DRAFT_MOST_ROWS, sizeof *kept);
	int n = 0;

	while (rows_next(&r)) {
		ids[n] = row_int(&r, 0);
		rows[n] = read_row(w, s, row_copy(&r, 1, w->arena));
		rows[n].position = n + 1;
		kept[n] = row_int(&r, 2);
		n++;
	}
	d->table = (struct table){.version = 0, .rows = rows, .count = n};
	d->ids = ids;
	d->kept = kept;
}

enum outcome
rule_draft_get(struct work *w, int64_t org, const char *name, struct rule_draft *d)
{
	struct rows r = db_query(w->db,
		"select d.base, d.revision, d.tried, d.author, d.updated, " PERSON_NAME(
			"p",
			"d.author") " from rule_draft d"
				    " left join person p on p.org = d.org and p.id = "
				    "d.author where d.org = $1 and d.name = $2",
		org, name);

	if (!table_shape_named(name) || !rows_next(&r))
		return MISSING;
	*d = (struct rule_draft){
		.org = org,
		.name = name,
		.base = row_int(&r, 0),
		.revision = row_int(&r, 1),
		.tried = row_int(&r, 2),
		.author = row_int(&r, 3),
		.updated = row_int(&r, 4),
		.author_name = row_copy(&r, 5, w->arena),
	};
	rows_end(&r);
	read_rows(w, d);
	return DONE;
}

static void
insert(struct work *w, const struct rule_draft *d, int64_t id, int64_t position,
	const struct table_row *row)
{
	db_run(w->db,
		"insert into rule_draft_row (org, name, id, position, columns)"
		" values ($1, $2, $3, $4, $5)",
		d->org, d->name, id, position, write_row(w, d->name, row));
}

void
rule_draft_begin(struct work *w, int64_t org, const char *name, const struct table *rows)
{
	const struct rule_draft d = {.org = org, .name = name};
	int64_t begun = db_run(w->db,
		"insert into rule_draft (org, name, base, revision, author, updated)"
		" values ($1, $2, $3, 1, $4, $5) on conflict (org, name) do nothing",
		org, name, rows->version, w->actor->person, w->now);

	for (int i = 0; begun && i < rows->count; i++)
		insert(w, &d, work_id(w), i + 1, &rows->rows[i]);
}

enum outcome
rule_draft_take(struct work *w, int64_t org, const char *name, int64_t revision,
	struct rule_draft *d)
{
	int64_t taken = db_run(w->db,
		"update rule_draft set revision = revision + 1, author = $4,"
		" updated = $5 where org = $1 and name = $2 and revision = $3",
		org, name, revision, w->actor->person, w->now);
	enum outcome end = rule_draft_get(w, org, name, d);

	return end == DONE && !taken ? CONFLICT : end;
}

int64_t
rule_draft_add(struct work *w, const struct rule_draft *d, int64_t place,
	const struct table_row *row)
{
	int64_t id = work_id(w);

	insert(w, d, id, d->table.count + 1, row);
	rule_draft_move(w, d, id, place);
	return id;
}

void
rule_draft_put(struct work *w, const struct rule_draft *d, int64_t id,
	const struct table_row *row)
{
	db_run(w->db,
		"update rule_draft_row set columns = $4"
		" where org = $1 and name = $2 and id = $3",
		d->org, d->name, id, write_row(w, d->name, row));
}

/* Gives every row its place anew: removed ones keep theirs, in front of the row that has
 * the same. */
void
rule_draft_move(struct work *w, const struct rule_draft *d, int64_t id, int64_t place)
{
	int64_t last = d->table.count + (rule_draft_place(d, id) < 0), next = 1;

	if (place < 1 || place > last)
		place = last;
	for (int i = 0; i < d->table.count; i++) {
		if (d->ids[i] == id)
			continue;
		if (next == place)
			next++;
		if (d->kept[i] != next)
			db_run(w->db,
				"update rule_draft_row set position = $4"
				" where org = $1 and name = $2 and id = $3",
				d->org, d->name, d->ids[i], next);
		next++;
	}
	db_run(w->db,
		"update rule_draft_row set position = $4"
		" where org = $1 and name = $2 and id = $3",
		d->org, d->name, id, place);
}

static enum outcome
set_removed(struct work *w, const struct rule_draft *d, int64_t id, bool removed)
{
	return db_run(w->db,
		       "update rule_draft_row set removed = $4"
		       " where org = $1 and name = $2 and id = $3 and removed <> $4",
		       d->org, d->name, id, removed)
		       ? DONE
		       : MISSING;
}

enum outcome
rule_draft_remove(struct work *w, const struct rule_draft *d, int64_t id)
{
	return set_removed(w, d, id, true);
}

enum outcome
rule_draft_put_back(struct work *w, const struct rule_draft *d, int64_t id)
{
	return set_removed(w, d, id, false);
}

bool
rule_draft_tried(struct work *w, int64_t org, const char *name, int64_t revision)
{
	return db_run(w->db,
		       "update rule_draft set tried = revision"
		       " where org = $1 and name = $2 and revision = $3",
		       org, name, revision) > 0;
}

void
rule_draft_drop(struct work *w, const struct rule_draft *d)
{
	db_run(w->db, "delete from rule_draft_row where org = $1 and name = $2", d->org,
		d->name);
	db_run(w->db, "delete from rule_draft where org = $1 and name = $2", d->org,
		d->name);
}

int
rule_draft_place(const struct rule_draft *d, int64_t id)
{
	for (int i = 0; i < d->table.count; i++)
		if (d->ids[i] == id)
			return i;
	return -1;
}
