/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "channel/api/api_rules.h"

#include "base/times.h"
#include "channel/api/api_body.h"
#include "channel/api/api_door.h"
#include "channel/api/api_row.h"
#include "desk/rulemaking.h"
#include "store/rule_apply.h"
#include "store/rulebook.h"
#include "store/shelf.h"

enum outcome
api_rules_find(struct work *w, const struct request *q, struct reply *r,
	const struct table_shape **s)
{
	enum outcome end = api_door_right(w, r, RIGHT_ADMIN);

	if (end != DONE)
		return end;
	*s = table_shape_named(path_part(q, "table"));
	return *s ? DONE : api_door_refuse(w, r, MISSING);
}

/* --- all tables --------------------------------------------------------------------- */

static void
show_columns(struct jsonout *j, const struct table_shape *s)
{
	api_door_open_list(j, "columns");
	for (int i = 0; s->columns[i]; i++) {
		jsonout_record(j);
		jsonout_member(j, "name", s->columns[i]->name);
		jsonout_member_truth(j, "condition", s->columns[i]->condition);
		jsonout_member_truth(j, "required", s->columns[i]->demanded);
		jsonout_end(j);
	}
	jsonout_end(j);
}

static void
show_table(struct work *w, struct jsonout *j, const struct table_shape *s)
{
	int64_t org = w->actor->org;
	struct rule_draft d;

	jsonout_record(j);
	jsonout_member(j, "table", s->name);
	jsonout_member_truth(j, "every_row_applies", s->every);
	jsonout_member_whole(j, "live", shelf_table(w, org, s->name)->version);
	jsonout_name(j, "draft");
	if (rule_draft_get(w, org, s->name, &d) == DONE)
		jsonout_whole(j, d.revision);
	else
		jsonout_null(j);
	show_columns(j, s);
	jsonout_end(j);
}

enum outcome
api_rules_list(struct work *w, const struct request *q, struct reply *r)
{
	enum outcome end = api_door_right(w, r, RIGHT_ADMIN);
	struct jsonout j;

	(void)q;
	if (end != DONE)
		return end;
	j = api_door_answer(r, 200);
	jsonout_record(&j);
	api_door_open_list(&j, "tables");
	for (int i = 0; table_shape_nth(i); i++)
		show_table(w, &j, table_shape_nth(i));
	jsonout_end(&j);
	jsonout_end(&j);
	return DONE;
}

/* --- versions ----------------------------------------------------------------------- */

static void
show_about(struct jsonout *j, const struct rulebook_version *v)
{
	jsonout_member_whole(j, "version", v->version);
	jsonout_member_truth(j, "live", v->live);
	jsonout_member_instant(j, "published", v->published ? v->published : TIMES_NONE);
	jsonout_member(j, "by", v->author ? v->author_name : NULL);
	jsonout_member(j, "reason", v->reason);
	jsonout_name(j, "restored");
	if (v->restored)
		jsonout_whole(j, v->restored);
	else
		jsonout_null(j);
	jsonout_member_whole(j, "count", v->rows);
}

/* How far the version is applied to open tickets. */
static void
show_applying(struct work *w, struct jsonout *j, const char *table, int64_t version)
{
	struct rule_apply a;

	jsonout_name(j, "applied");
	if (rule_apply_get(w, w->actor->org, table, version, &a) != DONE) {
		jsonout_null(j);
		return;
	}
	jsonout_record(j);
	jsonout_member_whole(j, "looked", a.looked);
	jsonout_member_whole(j, "changed", a.changed);
	jsonout_member_whole(j, "kept", a.kept);
	jsonout_member_instant(j, "begun", a.begun);
	jsonout_member_instant(j, "ended", a.ended ? a.ended : TIMES_NONE);
	jsonout_end(j);
}

static void
show_rows(struct jsonout *j, const struct table_shape *s, const struct table *t)
{
	api_door_open_list(j, "rows");
	for (int i = 0; i < t->count; i++) {
		jsonout_record(j);
		jsonout_member_whole(j, "position", t->rows[i].position);
		api_row_show(j, s, &t->rows[i]);
		jsonout_end(j);
	}
	jsonout_end(j);
}

enum outcome
api_rules_answer(struct work *w, const struct table_shape *s, int64_t version, int status,
	struct reply *r)
{
	const struct table *t = shelf_table_version(w, w->actor->org, s->name, version);
	struct rulebook_version about;
	struct jsonout j;

	if (t->version == 0 ||
		rulebook_version(w, w->actor->org, s->name, version, &about) != DONE)
		return api_door_refuse(w, r, MISSING);
	j = api_door_answer(r, status);
	jsonout_record(&j);
	jsonout_member(&j, "table", s->name);
	show_about(&j, &about);
	show_applying(w, &j, s->name, version);
	show_rows(&j, s, t);
	jsonout_end(&j);
	return DONE;
}

enum outcome
api_rules_live(struct work *w, const struct request *q, struct reply *r)
{
	const struct table_shape *s;
	enum outcome end = api_rules_find(w, q, r, &s);

	if (end != DONE)
		return end;
	return api_rules_answer(
		w, s, shelf_table(w, w->actor->org, s->name)->version, 200, r);
}

enum outcome
api_rules_version(struct work *w, const struct request *q, struct reply *r)
{
	const struct table_shape *s;
	enum outcome end = api_rules_find(w, q, r, &s);

	if (end != DONE)
		return end;
	return api_rules_answer(w, s, api_body_part(q, "version"), 200, r);
}

enum outcome
api_rules_versions(struct work *w, const struct request *q, struct reply *r)
{
	struct rulebook_version_list list;
	const struct table_shape *s;
	struct jsonout j;
	enum outcome end = api_rules_find(w, q, r, &s);

	if (end != DONE)
		return end;
	rulebook_versions(w, w->actor->org, s->name, &list);
	j = api_door_answer(r, 200);
	jsonout_record(&j);
	api_door_open_list(&j, "versions");
	for (int i = 0; i < list.count; i++) {
		jsonout_record(&j);
		show_about(&j, &list.at[i]);
		jsonout_end(&j);
	}
	jsonout_end(&j);
	jsonout_end(&j);
	return DONE;
}

enum outcome
api_rules_changes(struct work *w, const struct request *q, struct reply *r)
{
	int64_t org = w->actor->org, version = api_body_part(q, "version"), from;
	const struct table_shape *s;
	const struct table *was, *is;
	struct table_diff d;
	struct jsonout j;
	enum outcome end = api_rules_find(w, q, r, &s);

	if (end != DONE)
		return end;
	from = query_int(q, "from", 1, INT32_MAX, version - 1);
	is = shelf_table_version(w, org, s->name, version);
	was = shelf_table_version(w, org, s->name, from);
	if (is->version == 0 || was->version == 0)
		return api_door_refuse(w, r, MISSING);
	d = table_diff(w->arena, s, was, is);
	j = api_door_answer(r, 200);
	jsonout_record(&j);
	jsonout_member_whole(&j, "from", from);
	jsonout_member_whole(&j, "to", version);
	api_row_diff(&j, s, &d);
	jsonout_end(&j);
	return DONE;
}

enum outcome
api_rules_restore(struct work *w, const struct request *q, struct reply *r)
{
	const struct json *body = api_door_body(q, r);
	struct rulemaking_reason why = {
		.reason = api_body_text(body, "reason"),
		.open_ones = api_body_truth(body, "open_tickets", false),
	};
	const struct table_shape *s;
	struct rulemaking m;
	int64_t version;
	enum outcome end = body ? api_rules_find(w, q, r, &s) : INVALID;

	if (end != DONE)
		return end;
	m = (struct rulemaking){w->actor->org, s->name, api_body_part(q, "version")};
	end = rulemaking_restore(w, &m, &why, &version);
	if (end != DONE)
		return api_door_refuse(w, r, end);
	return api_rules_answer(w, s, version, 201, r);
}
