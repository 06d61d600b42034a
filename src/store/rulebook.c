/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "store/rulebook.h"

#include "rule/table_shape.h"
#include "store/kept_clock.h"
#include "store/person.h"
#include "store/shelf.h"

#include <string.h>

enum { MOST_VERSIONS = 500 };

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
		" set_team, response, resolution, unit, calendar, note, team,"
		" clock, mode, day_end, pauses, threshold, amount, notify, any_hour,"
		" over_hand, kind, from_status, to_status, refused, needs_right,"
		" demands, field, role, response_unit, extended)"
		" values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14,"
		" $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28,"
		" $29, $30, $31, $32, $33, $34, $35, $36, $37, $38, $39, $40)",
		org, name, version, position, r->service, r->category, r->channel,
		r->words, or_null(r->priority), or_null(r->impact), or_null(r->urgency),
		or_null(r->vip), or_null(r->vulnerable), r->set_priority, r->set_team,
		r->response, r->resolution, clock_unit_text(r->unit), r->calendar,
		r->note ? r->note : "", r->team > 0 ? db_value_int(r->team) : db_null,
		r->clock, table_mode_name(r->mode), r->midnight ? "midnight" : "closing",
		!r->no_pause, table_threshold_name(r->threshold), r->amount, r->notify,
		r->any_hour, r->over_hand, r->kind, r->from_status, r->to_status,
		r->refused, r->needs_right ? r->needs_right : "", r->demands, r->field,
		r->role, clock_unit_text(r->response_unit), r->extended);
}

int64_t
rulebook_issue(struct work *w, int64_t org, const char *name, const struct table *t,
	const struct rulebook_cause *cause)
{
	const struct table *live = shelf_table(w, org, name);
	int64_t version;

	if (same_table(name, live, t->rows, t->count))
		return live->version;
	db_run(w->db,
		"update rule_table set state = 'retired'"
		" where org = $1 and name = $2 and state = 'live'",
		org, name);
	version = db_int(w->db, 0,
			  "select max(version) from rule_table"
			  " where org = $1 and name = $2",
			  org, name) +
		  1;
	db_run(w->db,
		"insert into rule_table (org, name, version, state, published, author,"
		" reason, restored) values ($1, $2, $3, 'live', $4, $5, $6, $7)",
		org, name, version, w->now, w->actor->person,
		cause->reason ? cause->reason : "", cause->restored);
	for (int i = 0; i < t->count; i++)
		insert_row(w, org, name, version, i + 1, &t->rows[i]);
	shelf_made(w, &(struct shelf_version){.kind = SHELF_TABLE,
			      .org = org,
			      .version = version,
			      .name = name});
	/* What is armed now may want attention at another time. */
	if (strcmp(name, "escalation") == 0)
		kept_clock_arm_all(w, org);
	return version;
}

int64_t
rulebook_publish(struct work *w, int64_t org, const char *name,
	const struct table_row *rows, int count)
{
	const struct table t = {.rows = rows, .count = count};
	const struct rulebook_cause none = {.reason = ""};

	return rulebook_issue(w, org, name, &t, &none);
}

static struct rulebook_version
version_of(struct work *w, const struct rows *r)
{
	return (struct rulebook_version){
		.version = row_int(r, 0),
		.live = strcmp(row_text(r, 1), "live") == 0,
		.published = row_int(r, 2),
		.author = row_int(r, 3),
		.author_name = row_copy(r, 4, w->arena),
		.reason = row_copy(r, 5, w->arena),
		.restored = row_int(r, 6),
		.rows = row_int(r, 7),
	};
}

void
rulebook_versions(
	struct work *w, int64_t org, const char *name, struct rulebook_version_list *list)
{
	struct rows r = db_query(w->db,
		"select t.version, t.state, t.published, t.author, " PERSON_NAME(
			"p", "t.author") ", t.reason, t.restored,"
					 " (select count(*) from rule_row x where x.org ="
					 " t.org and x.name = t.name and x.version ="
					 " t.version) from rule_table t"
					 " left join person p on p.org = t.org"
					 " and p.id = t.author where t.org = $1"
					 " and t.name = $2 order by t.version desc"
					 " limit $3",
		org, name, MOST_VERSIONS);

	*list = (struct rulebook_version_list){
		.at = arena_array(w->arena, MOST_VERSIONS, sizeof *list->at)};
	while (rows_next(&r))
		list->at[list->count++] = version_of(w, &r);
}

enum outcome
rulebook_version(struct work *w, int64_t org, const char *name, int64_t version,
	struct rulebook_version *v)
{
	struct rows r = db_query(w->db,
		"select t.version, t.state, t.published, t.author, " PERSON_NAME(
			"p", "t.author") ", t.reason, t.restored,"
					 " (select count(*) from rule_row x where x.org ="
					 " t.org and x.name = t.name and x.version ="
					 " t.version) from rule_table t"
					 " left join person p on p.org = t.org"
					 " and p.id = t.author where t.org = $1"
					 " and t.name = $2 and t.version = $3",
		org, name, version);

	if (!rows_next(&r))
		return MISSING;
	*v = version_of(w, &r);
	rows_end(&r);
	return DONE;
}
