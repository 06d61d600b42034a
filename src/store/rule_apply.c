/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "store/rule_apply.h"

void
rule_apply_begin(struct work *w, int64_t org, const char *name, int64_t version)
{
	/* What an older version has not reached yet, this one decides. */
	db_run(w->db,
		"update rule_apply set ended = $3"
		" where org = $1 and name = $2 and ended is null",
		org, name, w->now);
	db_run(w->db,
		"insert into rule_apply (org, name, version, begun, author)"
		" values ($1, $2, $3, $4, $5)",
		org, name, version, w->now, w->actor->person);
}

static enum outcome
read(struct work *w, struct rows r, struct rule_apply *a)
{
	if (!rows_next(&r))
		return MISSING;
	*a = (struct rule_apply){
		.org = row_int(&r, 0),
		.name = row_copy(&r, 1, w->arena),
		.version = row_int(&r, 2),
		.reached = row_int(&r, 3),
		.looked = row_int(&r, 4),
		.changed = row_int(&r, 5),
		.kept = row_int(&r, 6),
		.begun = row_int(&r, 7),
		.ended = row_int(&r, 8),
		.author = row_int(&r, 9),
	};
	rows_end(&r);
	return DONE;
}

enum outcome
rule_apply_next(struct work *w, struct rule_apply *a)
{
	return read(w,
		db_query(w->db, "select org, name, version, reached, looked, changed, "
				"kept, begun,"
				" ended, author from rule_apply where ended is null"
				" order by begun, org, name limit 1"),
		a);
}

enum outcome
rule_apply_get(struct work *w, int64_t org, const char *name, int64_t version,
	struct rule_apply *a)
{
	return read(w,
		db_query(w->db,
			"select org, name, version, reached, looked, changed, kept, "
			"begun,"
			" ended, author from rule_apply where org = $1 and name = $2"
			" and version = $3",
			org, name, version),
		a);
}

bool
rule_apply_step(struct work *w, const struct rule_apply *a, int64_t from)
{
	return db_run(w->db,
		       "update rule_apply set reached = $4, looked = $5, changed = $6,"
		       " kept = $7, ended = $8 where org = $1 and name = $2"
		       " and version = $3 and reached = $9 and ended is null",
		       a->org, a->name, a->version, a->reached, a->looked, a->changed,
		       a->kept, a->ended ? db_value_int(a->ended) : db_null, from) > 0;
}

int
rule_apply_tickets(struct work *w, const struct rule_apply *a, int most, int64_t *ids)
{
	struct scope house = access_house(a->org);
	struct rows r = db_query(w->db,
		"select t.id from ticket t where t.id > $7 and t.open = 1 and " SCOPE_SQL(
			"t") " order by t.id limit $8",
		SCOPE_VALUES(&house), a->reached, most);
	int count = 0;

	while (rows_next(&r))
		ids[count++] = row_int(&r, 0);
	return count;
}
