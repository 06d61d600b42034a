/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "channel/api/api_drafts.h"

#include "channel/api/api_body.h"
#include "channel/api/api_door.h"
#include "channel/api/api_row.h"
#include "channel/api/api_rules.h"
#include "desk/rule_check.h"
#include "desk/rulemaking.h"
#include "format/words.h"
#include "store/shelf.h"

/* --- as it is ----------------------------------------------------------------------- */

static void
show_rows(struct work *w, struct jsonout *j, const struct table_shape *s,
	const struct rule_draft *d)
{
	struct rule_names names;
	const int64_t *covered;

	rule_check_names(w, w->actor->org, &names);
	covered = rule_check_covered(w, s, &names, &d->table);
	api_door_open_list(j, "rows");
	for (int i = 0; i < d->table.count; i++) {
		const struct table_row *row = &d->table.rows[i];
		const char *fault = rule_check_fault(s, &names, row, RULE_CHECK_ALL);

		jsonout_record(j);
		jsonout_member_id(j, "id", d->ids[i]);
		jsonout_member_whole(j, "position", row->position);
		api_row_show(j, s, row);
		jsonout_member(j, "fault",
			fault ? words_text(w->arena, w->words, words_find(fault), NULL)
			      : NULL);
		jsonout_name(j, "covered_by");
		if (covered[i])
			jsonout_whole(j, covered[i]);
		else
			jsonout_null(j);
		jsonout_end(j);
	}
	jsonout_end(j);
}

static enum outcome
answer(struct work *w, const struct table_shape *s, int status, struct reply *r)
{
	struct rule_draft d;
	struct jsonout j;

	if (rule_draft_get(w, w->actor->org, s->name, &d) != DONE)
		return api_door_refuse(w, r, MISSING);
	reply_etag(r, arena_printf(r->arena, "\"%lld\"", (long long)d.revision));
	j = api_door_answer(r, status);
	jsonout_record(&j);
	jsonout_member(&j, "table", s->name);
	jsonout_member_whole(&j, "base", d.base);
	jsonout_member_whole(&j, "live", shelf_table(w, w->actor->org, s->name)->version);
	jsonout_member_whole(&j, "revision", d.revision);
	jsonout_member_truth(&j, "tried", d.tried == d.revision);
	jsonout_member(&j, "by", d.author ? d.author_name : NULL);
	jsonout_member_instant(&j, "updated", d.updated);
	show_rows(w, &j, s, &d);
	jsonout_end(&j);
	return DONE;
}

enum outcome
api_drafts_show(struct work *w, const struct request *q, struct reply *r)
{
	const struct table_shape *s;
	enum outcome end = api_rules_find(w, q, r, &s);

	return end == DONE ? answer(w, s, 200, r) : end;
}

enum outcome
api_drafts_changes(struct work *w, const struct request *q, struct reply *r)
{
	const struct table_shape *s;
	const struct table *live;
	struct table_diff diff;
	struct rule_draft d;
	struct jsonout j;
	enum outcome end = api_rules_find(w, q, r, &s);

	if (end != DONE)
		return end;
	if (rule_draft_get(w, w->actor->org, s->name, &d) != DONE)
		return api_door_refuse(w, r, MISSING);
	live = shelf_table(w, w->actor->org, s->name);
	diff = table_diff(w->arena, s, live, &d.table);
	j = api_door_answer(r, 200);
	jsonout_record(&j);
	jsonout_member_whole(&j, "from", live->version);
	jsonout_name(&j, "to");
	jsonout_null(&j);
	api_row_diff(&j, s, &diff);
	jsonout_end(&j);
	return DONE;
}

/* --- what is done with it ----------------------------------------------------------- */

/* A change on its way. */
struct making {
	const struct table_shape *shape;
	const struct json *body;
	struct rulemaking m;
};

enum body { NO_BODY, WITH_BODY };

static enum outcome
begin(struct work *w, const struct request *q, struct reply *r, enum body wanted,
	struct making *k)
{
	struct rule_draft d;
	enum outcome end = api_rules_find(w, q, r, &k->shape);

	if (end != DONE)
		return end;
	k->body = wanted == WITH_BODY ? api_door_body(q, r) : NULL;
	if (wanted == WITH_BODY && !k->body)
		return INVALID;
	k->m = (struct rulemaking){.org = w->actor->org, .table = k->shape->name};
	if (rule_draft_get(w, k->m.org, k->m.table, &d) != DONE)
		return api_door_refuse(w, r, MISSING);
	end = api_door_if_match(q, r, &k->m.revision);
	if (end == DONE && k->m.revision == 0)
		k->m.revision = d.revision;
	return end;
}

/* The draft after it, or why not. */
static enum outcome
finish(struct work *w, struct reply *r, const struct making *k, enum outcome end,
	int status)
{
	if (end == CONFLICT)
		return api_door_problem(
			r, 412, CONFLICT, "the draft was changed since that revision");
	if (end == DONE)
		return answer(w, k->shape, status, r);
	api_row_name_problems(w);
	return api_door_refuse(w, r, end);
}

enum outcome
api_drafts_begin(struct work *w, const struct request *q, struct reply *r)
{
	const struct table_shape *s;
	enum outcome end = api_rules_find(w, q, r, &s);

	if (end != DONE)
		return end;
	end = rulemaking_begin(w, w->actor->org, s->name);
	return end == DONE ? answer(w, s, 201, r) : api_door_refuse(w, r, end);
}

enum outcome
api_drafts_drop(struct work *w, const struct request *q, struct reply *r)
{
	struct making k;
	enum outcome end = begin(w, q, r, NO_BODY, &k);

	if (end != DONE)
		return end;
	end = rulemaking_drop(w, &k.m);
	if (end != DONE)
		return finish(w, r, &k, end, 0);
	r->status = 204;
	return DONE;
}

static enum outcome
save(struct work *w, struct reply *r, const struct making *k, int64_t id)
{
	static const char *const more[] = {"place", NULL};
	int64_t place = api_body_whole(k->body, "place");
	int status = id ? 200 : 201;
	struct table_row row;
	enum outcome end = INVALID;

	if (place < 0 || place > RULE_DRAFT_MOST_ROWS)
		(void)!work_problem(w, "place", "problem.tables.place");
	if (api_row_read(w, k->shape, k->body, more, &row))
		end = rulemaking_save(w, &k->m, place, &row, &id);
	return finish(w, r, k, end, status);
}

enum outcome
api_drafts_add(struct work *w, const struct request *q, struct reply *r)
{
	struct making k;
	enum outcome end = begin(w, q, r, WITH_BODY, &k);

	return end == DONE ? save(w, r, &k, 0) : end;
}

enum outcome
api_drafts_put(struct work *w, const struct request *q, struct reply *r)
{
	int64_t id = api_body_part(q, "id");
	struct making k;
	enum outcome end = begin(w, q, r, WITH_BODY, &k);

	if (end == DONE && id == 0)
		return api_door_refuse(w, r, MISSING);
	return end == DONE ? save(w, r, &k, id) : end;
}

enum outcome
api_drafts_remove(struct work *w, const struct request *q, struct reply *r)
{
	struct making k;
	enum outcome end = begin(w, q, r, NO_BODY, &k);

	if (end != DONE)
		return end;
	return finish(w, r, &k, rulemaking_remove(w, &k.m, api_body_part(q, "id")), 200);
}

enum outcome
api_drafts_move(struct work *w, const struct request *q, struct reply *r)
{
	int64_t by = 0;
	struct making k;
	enum outcome end = begin(w, q, r, WITH_BODY, &k);

	if (end != DONE)
		return end;
	if (!json_number(json_get(k.body, "by"), &by) || by < -RULE_DRAFT_MOST_ROWS ||
		by > RULE_DRAFT_MOST_ROWS)
		end = work_problem(w, "by", "problem.tables.value");
	else
		end = rulemaking_move(w, &k.m, api_body_part(q, "id"), (int)by);
	return finish(w, r, &k, end, 200);
}

enum outcome
api_drafts_back(struct work *w, const struct request *q, struct reply *r)
{
	struct making k;
	enum outcome end = begin(w, q, r, NO_BODY, &k);

	if (end != DONE)
		return end;
	return finish(
		w, r, &k, rulemaking_put_back(w, &k.m, api_body_part(q, "id")), 200);
}

enum outcome
api_drafts_seen(struct work *w, const struct request *q, struct reply *r)
{
	struct making k;
	enum outcome end = begin(w, q, r, NO_BODY, &k);

	return end == DONE ? finish(w, r, &k, rulemaking_tried(w, &k.m), 200) : end;
}

enum outcome
api_drafts_publish(struct work *w, const struct request *q, struct reply *r)
{
	struct rulemaking_reason why;
	struct making k;
	int64_t version;
	enum outcome end = begin(w, q, r, WITH_BODY, &k);

	if (end != DONE)
		return end;
	why = (struct rulemaking_reason){
		.reason = api_body_text(k.body, "reason"),
		.untried = api_body_truth(k.body, "untried", false),
		.open_ones = api_body_truth(k.body, "open_tickets", false),
	};
	end = rulemaking_publish(w, &k.m, &why, &version);
	if (end != DONE)
		return finish(w, r, &k, end, 0);
	return api_rules_answer(w, k.shape, version, 201, r);
}
