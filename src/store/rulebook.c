/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "store/rulebook.h"

#include "rule/table_shape.h"
#include "store/shelf.h"

static struct db_value
or_null(int64_t condition)
{
	return condition == TABLE_ANY ? db_null : db_value_int(condition);
}

static bool
same_table(
	const char *name, const struct table *t, const struct table_row *rows, int count)
{
	const struct table_shape *shape = table_shape_named(name);

	if (t->version == 0 || t->count != count)
		return false;
	for (int i = 0; i < count; i++)
		if (!table_shape_same(shape, &t->rows[i], &rows[i]))
			return false;
	return true;
}

static void
insert_row(struct work *w, int64_t org, const char *name, int64_t version, int position,
	const struct table_row *r)
{
	db_run(w->db,
		"insert into rule_row (org, name, version, position, service, category,"
		" channel, words, priority, impact, urgency, vip, vulnerable, "
		"set_priority,"
		" set_team, response, resolution, resolution_unit, calendar, note, team,"
		" clock, mode, day_end, pauses, threshold, amount, notify, any_hour,"
		" over_hand)"
		" values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14,"
		" $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28,"
		" $29, $30)",
		org, name, version, position, r->service, r->category, r->channel,
		r->words, or_null(r->priority), or_null(r->impact), or_null(r->urgency),
		or_null(r->vip), or_null(r->vulnerable), r->set_priority, r->set_team,
		r->response, r->resolution, r->working_days ? "working_days" : "seconds",
		r->calendar, r->note ? r->note : "",
		r->team > 0 ? db_value_int(r->team) : db_null, r->clock,
		table_mode_name(r->mode), r->midnight ? "midnight" : "closing",
		!r->no_pause, table_threshold_name(r->threshold), r->amount, r->notify,
		r->any_hour, r->over_hand);
}

int64_t
rulebook_publish(struct work *w, int64_t org, const char *name,
	const struct table_row *rows, int count)
{
	const struct table *live = shelf_table(w, org, name);
	int64_t version = db_int(w->db, 0,
				  "select max(version) from rule_table"
				  " where org = $1 and name = $2",
				  org, name) +
			  1;

	if (same_table(name, live, rows, count))
		return live->version;
	db_run(w->db,
		"update rule_table set state = 'retired'"
		" where org = $1 and name = $2 and state = 'live'",
		org, name);
	db_run(w->db,
		"insert into rule_table (org, name, version, state, published, author)"
		" values ($1, $2, $3, 'live', $4, $5)",
		org, name, version, w->now, w->actor->person);
	for (int i = 0; i < count; i++)
		insert_row(w, org, name, version, i + 1, &rows[i]);
	return version;
}
