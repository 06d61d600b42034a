/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "store/rulebook.h"

#include "store/shelf.h"

#include <string.h>

static struct db_value
or_null(int64_t condition)
{
	return condition == TABLE_ANY ? db_null : db_value_int(condition);
}

static bool
same_text(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : a == b;
}

/* 0 and TABLE_ANY both say any. */
static bool
same_team(int64_t a, int64_t b)
{
	return a == b || (a <= 0 && b <= 0);
}

static bool
same_row(const struct table_row *a, const struct table_row *b)
{
	return same_text(a->service, b->service) && same_text(a->category, b->category) &&
	       same_text(a->channel, b->channel) && same_text(a->words, b->words) &&
	       a->priority == b->priority && a->impact == b->impact &&
	       a->urgency == b->urgency && a->vip == b->vip &&
	       a->vulnerable == b->vulnerable && a->set_priority == b->set_priority &&
	       a->set_team == b->set_team && a->response == b->response &&
	       a->resolution == b->resolution && a->working_days == b->working_days &&
	       a->calendar == b->calendar && same_team(a->team, b->team) &&
	       same_text(a->clock, b->clock) && a->mode == b->mode &&
	       a->midnight == b->midnight && a->no_pause == b->no_pause &&
	       a->threshold == b->threshold && a->amount == b->amount &&
	       a->notify == b->notify && a->any_hour == b->any_hour &&
	       same_text(a->note ? a->note : "", b->note ? b->note : "");
}

static bool
same_table(const struct table *t, const struct table_row *rows, int count)
{
	if (t->version == 0 || t->count != count)
		return false;
	for (int i = 0; i < count; i++)
		if (!same_row(&t->rows[i], &rows[i]))
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
		" clock, mode, day_end, pauses, threshold, amount, notify, any_hour)"
		" values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14,"
		" $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28,"
		" $29)",
		org, name, version, position, r->service, r->category, r->channel,
		r->words, or_null(r->priority), or_null(r->impact), or_null(r->urgency),
		or_null(r->vip), or_null(r->vulnerable), r->set_priority, r->set_team,
		r->response, r->resolution, r->working_days ? "working_days" : "seconds",
		r->calendar, r->note ? r->note : "",
		r->team > 0 ? db_value_int(r->team) : db_null, r->clock,
		table_mode_name(r->mode), r->midnight ? "midnight" : "closing",
		!r->no_pause, table_threshold_name(r->threshold), r->amount, r->notify,
		r->any_hour);
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

	if (same_table(live, rows, count))
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
