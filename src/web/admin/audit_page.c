/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "web/admin/audit_page.h"

#include "desk/head_letter.h"
#include "format/csv.h"
#include "format/urlencoded.h"
#include "store/account.h"
#include "store/audit.h"
#include "store/audit_watch.h"
#include "web/admin/admin_page.h"
#include "web/moment.h"
#include "web/say.h"
#include "web/staff/ledger.h"

#include <inttypes.h>
#include <string.h>

enum { ROWS = 100, MOST_ROWS = 10000, NOBODY = -1 };

/* The bounds of a local date; 0 when the field is empty or no date. */
static int64_t
day(struct work *w, const struct request *q, const char *field, bool behind)
{
	int64_t from, to;
	struct date d;

	if (!times_parse_date(bytes_of(query_text(q, field)), &d) ||
		!zone_day_ends(moment_zone(w, w->actor->org), times_days(d), &from, &to))
		return 0;
	return behind ? to : from;
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

static struct audit_query
query_of(struct work *w, const struct request *q, int limit)
{
	const char *action = query_text(q, "action");
	const char *subject = query_text(q, "subject");

	return (struct audit_query){
		.org = w->actor->org,
		.person = person(w, query_text(q, "who")),
		.action = *action ? action : NULL,
		.subject = *subject ? subject : NULL,
		.from = day(w, q, "from", false),
		.to = day(w, q, "to", true),
		.before = query_int(q, "before", 1, INT64_MAX, 0),
		.limit = limit,
	};
}

/* The filters once more, for a link: "?who=&action=..." */
static const char *
filters(struct work *w, const struct request *q)
{
	static const char *const names[] = {"who", "action", "subject", "from", "to"};
	struct buffer b = buffer_in(w->arena, 64);

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (*query_text(q, names[i])) {
			buffer_printf(&b, "%s%s=", b.len ? "&" : "?", names[i]);
			urlencoded_add(&b, query_text(q, names[i]));
		}
	return b.len ? buffer_text(&b) : "?";
}

static void
ask(struct work *w, const struct request *q, struct ledger_view *v)
{
	struct ledger_form *f = ledger_form(w, v, "/admin/audit", WORD_audit_show);
	struct part_input *action;
	struct audit_actions known;
	struct part_choice *at;

	f->asks = true;
	f->token = NULL;
	ledger_input(w, f, "who", WORD_audit_who)->value = query_text(q, "who");
	audit_actions(w, w->actor->org, &known);
	action = ledger_input(w, f, "action", WORD_audit_action);
	action->kind = PART_SELECT;
	at = ledger_choices(w, action, known.count + 1);
	at[0] = (struct part_choice){.value = "", .label = say(w, WORD_audit_action_any)};
	for (int i = 0; i < known.count; i++)
		at[i + 1] = (struct part_choice){
			.value = known.at[i],
			.label = known.at[i],
			.chosen = strcmp(known.at[i], query_text(q, "action")) == 0,
		};
	ledger_input(w, f, "subject", WORD_audit_subject)->value = query_text(
		q, "subject");
	ledger_input(w, f, "from", WORD_audit_from)->value = query_text(q, "from");
	ledger_input(w, f, "to", WORD_audit_to)->value = query_text(q, "to");
	for (int i = 3; i < f->inputs.count; i++)
		((struct part_input *)(uintptr_t)f->inputs.at)[i].type = "date";
}

static const char *
who(struct work *w, const struct audit_entry *e)
{
	if (e->name && *e->name)
		return e->name;
	return say(w, e->person ? WORD_audit_somebody : WORD_audit_house);
}

static void
fill(struct work *w, const struct request *q, struct ledger_view *v)
{
	static const struct ledger_column heads[] = {{WORD_audit_when, false},
		{WORD_audit_who_did, false}, {WORD_audit_action, false},
		{WORD_audit_subject, false}, {WORD_audit_detail, false}};
	static const struct ledger_columns columns = {heads, 5};
	const struct zone *z = moment_zone(w, w->actor->org);
	struct audit_query query = query_of(w, q, ROWS);
	struct audit_entries list;
	struct ledger_table *t;

	audit_read(w, &query, &list);
	t = ledger_table(w, v, &columns, list.count);
	for (int i = 0; i < list.count; i++) {
		const struct audit_entry *e = &list.at[i];
		struct ledger_row *row = ledger_row(
			w, t, moment_at(w, z, e->at).exact, NULL);
		struct pairs detail = urlencoded_read(w->arena, e->detail);
		struct buffer b = buffer_in(w->arena, 64);

		for (int p = 0; p < detail.count; p++)
			buffer_printf(&b, "%s%s: %s", p ? "\n" : "", detail.at[p].name,
				detail.at[p].value);
		ledger_cell(row, who(w, e));
		ledger_cell(row, e->action);
		ledger_cell(row, e->subject);
		ledger_cell(row, buffer_text(&b));
	}
	if (list.more)
		v->older = arena_printf(w->arena, "/admin/audit%s&before=%" PRId64,
			filters(w, q), list.at[list.count - 1].id);
	if (query.before)
		v->newer = arena_printf(w->arena, "/admin/audit%s", filters(w, q));
}

/* The head in the database proves nothing to somebody who could change the database. */
static void
ask_watch(struct work *w, const struct request *q, struct ledger_view *v)
{
	struct ledger_form *f = ledger_form(
		w, v, "/admin/audit/watch", WORD_audit_watch_send);
	struct part_input *input;

	f->title = say(w, WORD_audit_watch_title);
	f->lead = say(w, WORD_audit_watch_lead);
	f->folded = w->problems.count == 0;
	input = ledger_input(w, f, "watch", WORD_audit_watch);
	input->value = q->method == POST ? form_text(q, "watch")
					 : audit_watch_email(w, w->actor->org);
	input->no_spelling = true;
}

static void
note(struct work *w, const struct request *q, const char *what)
{
	audit_glance(w, &(struct glance){.org = w->actor->org,
				.action = what,
				.subject = "audit",
				.detail = filters(w, q) + 1});
}

enum outcome
audit_page_show(struct work *w, const struct request *q, struct reply *r)
{
	struct ledger_view v;
	const char *head;
	int64_t seq;

	if (!access_may(w->actor, w->actor->org, RIGHT_AUDIT))
		return DENIED;
	note(w, q, "view");
	ledger_begin(w, q, &v, WORD_audit_title, SECTION_ADMIN);
	v.ways = admin_page_ways(w, WORD_audit_title);
	audit_head(w, w->actor->org, &seq, &head);
	ledger_fact(w, &v, WORD_audit_sealed, words_number(w->arena, seq));
	ledger_fact(w, &v, WORD_audit_head, head);
	if (access_may(w->actor, w->actor->org, RIGHT_EXPORT))
		ledger_link(w, &v, say(w, WORD_audit_csv),
			arena_printf(w->arena, "/admin/audit.csv%s", filters(w, q)));
	ask(w, q, &v);
	ask_watch(w, q, &v);
	fill(w, q, &v);
	return ledger_print(w, &v, r);
}

enum outcome
audit_page_watch(struct work *w, const struct request *q, struct reply *r)
{
	enum outcome end = head_letter_to(w, form_text(q, "watch"));

	if (end == INVALID)
		return audit_page_show(w, q, r);
	return end == DONE ? reply_see_other(r, "/admin/audit") : end;
}

enum outcome
audit_page_csv(struct work *w, const struct request *q, struct reply *r)
{
	struct audit_query query = query_of(w, q, MOST_ROWS);
	struct buffer body = buffer_in(w->arena, 4096);
	struct csv_out out = {.to = &body};
	struct audit_entries list;

	if (!access_may(w->actor, w->actor->org, RIGHT_AUDIT) ||
		!access_may(w->actor, w->actor->org, RIGHT_EXPORT))
		return DENIED;
	note(w, q, "export");
	audit_read(w, &query, &list);
	for (int i = -1; i < list.count; i++) {
		const struct audit_entry *e = &list.at[i < 0 ? 0 : i];

		csv_put(&out, i < 0 ? "time" : times_iso(w->arena, e->at));
		csv_put(&out, i < 0 ? "who" : who(w, e));
		csv_put(&out, i < 0 ? "action" : e->action);
		csv_put(&out, i < 0 ? "subject" : e->subject);
		csv_put(&out, i < 0 ? "detail" : e->detail);
		csv_put_end(&out);
	}
	return reply_attachment(
		r, "text/csv; charset=utf-8", "audit.csv", buffer_bytes(&body));
}
