/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "channel/api/api_audit.h"

#include "base/times.h"
#include "channel/api/api_body.h"
#include "channel/api/api_door.h"
#include "desk/head_letter.h"
#include "format/urlencoded.h"
#include "store/account.h"
#include "store/audit.h"
#include "store/audit_watch.h"
#include "store/outbox.h"

enum { ROWS = 100, MOST_ROWS = 1000, FAILURES = 100, NOBODY = -1 };

static bool
instant(const struct request *q, const char *name, int64_t *at)
{
	const char *said = query_text(q, name);

	*at = 0;
	return !*said || times_parse_iso(bytes_of(said), at);
}

/* By the e-mail of their account; somebody unknown did nothing. */
static int64_t
person(struct work *w, const char *email)
{
	struct account a;

	if (!*email)
		return 0;
	return account_find(w, email, &a) == DONE ? a.person : NOBODY;
}

static void
show_entry(struct work *w, struct jsonout *j, const struct audit_entry *e)
{
	struct pairs detail = urlencoded_read(w->arena, e->detail);

	jsonout_record(j);
	jsonout_member_id(j, "id", e->id);
	jsonout_member_instant(j, "at", e->at);
	jsonout_member(j, "by", e->kind);
	jsonout_name(j, "person");
	if (e->person)
		jsonout_id(j, e->person);
	else
		jsonout_null(j);
	jsonout_member(j, "name", e->name && *e->name ? e->name : NULL);
	jsonout_member(j, "action", e->action);
	jsonout_member(j, "subject", e->subject);
	api_door_open_list(j, "detail");
	for (int i = 0; i < detail.count; i++) {
		jsonout_record(j);
		jsonout_member(j, "name", detail.at[i].name);
		jsonout_member(j, "value", detail.at[i].value);
		jsonout_end(j);
	}
	jsonout_end(j);
	jsonout_end(j);
}

static enum outcome
answer(struct work *w, const struct audit_query *query, struct reply *r)
{
	struct audit_entries list;
	struct jsonout j;
	const char *watch = audit_watch_email(w, w->actor->org);
	const char *head;
	int64_t seq;

	audit_head(w, w->actor->org, &seq, &head);
	audit_read(w, query, &list);
	j = api_door_answer(r, 200);
	jsonout_record(&j);
	jsonout_member_whole(&j, "sealed", seq);
	jsonout_member(&j, "head", head);
	jsonout_member(&j, "watch", *watch ? watch : NULL);
	api_door_open_list(&j, "entries");
	for (int i = 0; i < list.count; i++)
		show_entry(w, &j, &list.at[i]);
	jsonout_end(&j);
	jsonout_name(&j, "next");
	if (list.more)
		jsonout_id(&j, list.at[list.count - 1].id);
	else
		jsonout_null(&j);
	jsonout_end(&j);
	return DONE;
}

enum outcome
api_audit_read(struct work *w, const struct request *q, struct reply *r)
{
	const char *action = query_text(q, "action");
	const char *subject = query_text(q, "subject");
	struct audit_query query = {
		.org = w->actor->org,
		.action = *action ? action : NULL,
		.subject = *subject ? subject : NULL,
		.before = query_int(q, "cursor", 1, INT64_MAX, 0),
		.limit = (int)query_int(q, "limit", 1, MOST_ROWS, ROWS),
	};
	enum outcome end = api_door_right(w, r, RIGHT_AUDIT);

	if (end != DONE)
		return end;
	if (!instant(q, "from", &query.from) || !instant(q, "to", &query.to))
		return api_door_problem(r, 400, INVALID, "from and to are instants");
	query.person = person(w, query_text(q, "who"));
	audit_glance(w, &(struct glance){.org = w->actor->org,
				.action = "view",
				.subject = "audit",
				.detail = "what=api"});
	return answer(w, &query, r);
}

/* Who is sent the head of the audit daily; "" for nobody. */
enum outcome
api_audit_watch(struct work *w, const struct request *q, struct reply *r)
{
	const struct json *body = api_door_body(q, r);

	if (!body)
		return INVALID;
	return api_door_nothing(w, r, head_letter_to(w, api_body_text(body, "email")));
}

/* --- letters ------------------------------------------------------------------------ */

enum outcome
api_audit_letters(struct work *w, const struct request *q, struct reply *r)
{
	struct outbox_state state;
	struct jsonout j;
	enum outcome end = api_door_right(w, r, RIGHT_ADMIN);

	(void)q;
	if (end != DONE)
		return end;
	outbox_state(w, w->actor->org, FAILURES, &state);
	j = api_door_answer(r, 200);
	jsonout_record(&j);
	jsonout_member_whole(&j, "waiting", state.waiting);
	jsonout_member_whole(&j, "failed", state.failed);
	api_door_open_list(&j, "letters");
	for (int i = 0; i < state.count; i++) {
		const struct outbox_failure *f = &state.at[i];

		jsonout_record(&j);
		jsonout_member_id(&j, "id", f->id);
		jsonout_member(&j, "recipient", f->recipient);
		jsonout_member_instant(&j, "created", f->created);
		jsonout_member_whole(&j, "attempts", f->attempts);
		jsonout_member(&j, "error", f->error);
		jsonout_end(&j);
	}
	jsonout_end(&j);
	jsonout_end(&j);
	return DONE;
}

enum outcome
api_audit_retry(struct work *w, const struct request *q, struct reply *r)
{
	enum outcome end = api_door_right(w, r, RIGHT_ADMIN);

	if (end != DONE)
		return end;
	return api_door_nothing(
		w, r, outbox_retry(w, w->actor->org, api_body_part(q, "id")));
}
