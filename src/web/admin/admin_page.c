/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "web/admin/admin_page.h"

#include "format/words.h"
#include "store/account.h"
#include "store/outbox.h"
#include "store/put_aside.h"
#include "store/service.h"
#include "store/team.h"
#include "views.h"
#include "web/admin/admin_view.h"
#include "web/frame.h"
#include "web/say.h"
#include "web/staff/staff_words.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { FAILURES = 100, MOST_FAILING = 10 };

static const struct {
	const char *href;
	enum word title;
	uint64_t needs; /* any of these rights; 0: RIGHT_ADMIN */
} ways[] = {
	{"/admin", WORD_admin_title},
	{"/admin/services", WORD_admin_services},
	{"/admin/teams", WORD_admin_teams},
	{"/admin/rules", WORD_admin_rules},
	{"/admin/calendars", WORD_calendars_title},
	{"/admin/waiting", WORD_waiting_title},
	{"/admin/accounts", WORD_admin_accounts},
	{"/admin/roles", WORD_roles_title},
	{"/staff/simulate", WORD_simulate_title, RIGHT_BIT(RIGHT_SIMULATE)},
	{"/admin/letters", WORD_admin_letters},
	{"/admin/sign-in", WORD_idp_title},
	{"/admin/audit", WORD_audit_title, RIGHT_BIT(RIGHT_AUDIT)},
	{"/admin/sharing", WORD_sharing_title,
		RIGHT_BIT(RIGHT_SHARING) | RIGHT_BIT(RIGHT_AUDIT)},
	{"/admin/work", WORD_work_title},
	{"/admin/skills", WORD_skill_title},
	{"/admin/shifts", WORD_shift_title},
	{"/admin/tokens", WORD_machines_tokens},
	{"/admin/webhooks", WORD_machines_hooks},
	{"/admin/bodies", WORD_bodies_title},
	{"/admin/open311", WORD_bodies_offers},
};
enum { WAYS = sizeof ways / sizeof *ways };

struct page_links
admin_page_ways(struct work *w, enum word title)
{
	struct page_link *at = arena_array(w->arena, WAYS, sizeof *at);
	uint64_t rights = access_rights(w->actor, w->actor->org);
	struct page_links links = {at, 0};

	for (int i = 0; i < WAYS; i++)
		if (rights & (ways[i].needs ? ways[i].needs : RIGHT_BIT(RIGHT_ADMIN)))
			at[links.count++] = (struct page_link){
				.text = say(w, ways[i].title),
				.href = ways[i].title == title ? NULL : ways[i].href,
			};
	return links;
}

static void
begin(struct work *w, const struct request *q, struct admin_view *v, enum word title)
{
	*v = (struct admin_view){.lead = NULL};
	frame_page(w, q, &v->page, title, SECTION_ADMIN);
	v->ways = admin_page_ways(w, title);
}

static struct admin_row *
some_rows(struct work *w, int count)
{
	return arena_array(w->arena, (size_t)count, sizeof(struct admin_row));
}

/* The only table of the page. */
static struct admin_table *
put_table(struct work *w, struct admin_view *v, const struct admin_columns *columns,
	struct admin_rows rows)
{
	struct admin_table *t = arena_alloc(w->arena, sizeof *t);

	*t = (struct admin_table){.columns = *columns, .rows = rows};
	v->tables = (struct admin_tables){t, 1};
	return t;
}

static struct admin_cells
cells(struct work *w, const struct admin_columns *columns, const char *const *texts)
{
	int count = columns->count - 1; /* the first is the row's name */
	struct admin_cell *at = arena_array(w->arena, (size_t)count, sizeof *at);

	for (int i = 0; i < count; i++)
		at[i] = (struct admin_cell){texts[i], columns->at[i + 1].number};
	return (struct admin_cells){at, count};
}

static enum outcome
print(struct work *w, const struct admin_view *v, struct reply *r)
{
	view_admin(&r->body, w->words, v);
	return DONE;
}

static const char *
number(struct work *w, int64_t n)
{
	return words_number(w->arena, n);
}

static struct admin_row
count_row(struct work *w, const struct admin_columns *columns, enum word name, int64_t n)
{
	const char *texts[] = {number(w, n)};

	return (struct admin_row){
		.name = say(w, name),
		.cells = cells(w, columns, texts),
	};
}

/* What the clocks of some tickets want cannot be done: their references. */
static int
failing_row(struct work *w, const struct admin_columns *columns, struct admin_row *row)
{
	struct buffer references = buffer_in(w->arena, 64);
	const char *texts[] = {""};
	struct put_aside_list list;

	put_aside_read(w, w->actor->org, MOST_FAILING, &list);
	if (list.count == 0)
		return 0;
	for (int i = 0; i < list.count; i++)
		buffer_printf(&references, "%s%s", i ? ", " : "", list.at[i].reference);
	texts[0] = buffer_text(&references);
	*row = (struct admin_row){
		.name = say(w, WORD_admin_escalations_failing),
		.cells = cells(w, columns, texts),
	};
	return 1;
}

enum outcome
admin_page_show(struct work *w, const struct request *q, struct reply *r)
{
	static const struct admin_column heads[] = {
		{WORD_admin_what, false}, {WORD_admin_count, true}};
	static const struct admin_columns columns = {heads, 2};
	struct admin_row *rows = some_rows(w, 6);
	int64_t org = w->actor->org;
	struct account_role_list roles;
	struct service_list services;
	struct outbox_state letters;
	struct team_list teams;
	struct admin_view v;
	int count;

	service_list(w, org, &services);
	team_list(w, org, &teams);
	account_roles(w, org, &roles);
	outbox_state(w, org, 1, &letters);
	begin(w, q, &v, WORD_admin_title);
	rows[0] = count_row(w, &columns, WORD_admin_services, services.count);
	rows[1] = count_row(w, &columns, WORD_admin_teams, teams.count);
	rows[2] = count_row(w, &columns, WORD_admin_roles_given, roles.count);
	rows[3] = count_row(w, &columns, WORD_admin_letters_waiting, letters.waiting);
	rows[4] = count_row(w, &columns, WORD_admin_letters_failed, letters.failed);
	count = 5 + failing_row(w, &columns, &rows[5]);
	put_table(w, &v, &columns, (struct admin_rows){rows, count});
	return print(w, &v, r);
}

static const char *
team_name(const struct team_list *teams, int64_t id)
{
	for (int i = 0; i < teams->count; i++)
		if (teams->at[i].id == id)
			return teams->at[i].name;
	return "";
}

enum outcome
admin_page_services(struct work *w, const struct request *q, struct reply *r)
{
	static const struct admin_column heads[] = {{WORD_report_name, false},
		{WORD_admin_code, false}, {WORD_admin_category, false},
		{WORD_admin_kind, false}, {WORD_queue_team, false},
		{WORD_queue_priority, true}, {WORD_admin_form_version, true},
		{WORD_ticket_restricted, false}};
	static const struct admin_columns columns = {heads, 8};
	struct service_list list;
	struct team_list teams;
	struct admin_view v;
	struct admin_row *rows;

	service_list(w, w->actor->org, &list);
	team_list(w, w->actor->org, &teams);
	begin(w, q, &v, WORD_admin_services);
	rows = some_rows(w, list.count);
	put_table(w, &v, &columns, (struct admin_rows){rows, list.count});
	for (int i = 0; i < list.count; i++) {
		const struct service *s = &list.at[i];
		const char *texts[] = {s->code, s->category, s->kind,
			team_name(&teams, s->team), number(w, s->priority),
			number(w, s->form_version),
			s->restricted ? say(w, WORD_ticket_yes) : ""};

		rows[i] = (struct admin_row){
			.name = s->name, .cells = cells(w, &columns, texts)};
	}
	return print(w, &v, r);
}

static enum word
team_kind(const char *kind)
{
	if (strcmp(kind, "desk") == 0)
		return WORD_admin_kind_desk;
	if (strcmp(kind, "supplier") == 0)
		return WORD_admin_kind_supplier;
	return strcmp(kind, "partner") == 0 ? WORD_admin_kind_partner
					    : WORD_admin_kind_resolver;
}

/* "Amy Ash, Ben Birch" */
static const char *
members_text(struct work *w, const struct team_member_list *everybody, int64_t team)
{
	struct buffer b = buffer_in(w->arena, 64);

	for (int i = 0; i < everybody->count; i++) {
		const struct team_member *m = &everybody->at[i];

		if (m->team != team || !m->name)
			continue;
		if (b.len > 0)
			buffer_text_add(&b, ", ");
		buffer_text_add(&b, m->name);
	}
	return buffer_text(&b);
}

enum outcome
admin_page_teams(struct work *w, const struct request *q, struct reply *r)
{
	static const struct admin_column heads[] = {{WORD_report_name, false},
		{WORD_admin_kind, false}, {WORD_admin_members, false}};
	static const struct admin_columns columns = {heads, 3};
	struct team_member_list everybody;
	struct team_list list;
	struct admin_view v;
	struct admin_row *rows;

	team_list(w, w->actor->org, &list);
	team_everybody(w, w->actor->org, &everybody);
	begin(w, q, &v, WORD_admin_teams);
	rows = some_rows(w, list.count);
	put_table(w, &v, &columns, (struct admin_rows){rows, list.count});
	for (int i = 0; i < list.count; i++) {
		const char *texts[] = {say(w, team_kind(list.at[i].kind)),
			members_text(w, &everybody, list.at[i].id)};

		rows[i] = (struct admin_row){
			.name = list.at[i].name,
			.cells = cells(w, &columns, texts),
		};
	}
	return print(w, &v, r);
}

enum outcome
admin_page_letters(struct work *w, const struct request *q, struct reply *r)
{
	static const struct admin_column heads[] = {{WORD_admin_recipient, false},
		{WORD_admin_written, false}, {WORD_admin_attempts, true},
		{WORD_admin_error, false}};
	static const struct admin_columns columns = {heads, 4};
	const struct zone *z = moment_zone(w, w->actor->org);
	struct outbox_state state;
	struct admin_view v;
	struct admin_row *rows;

	outbox_state(w, w->actor->org, FAILURES, &state);
	begin(w, q, &v, WORD_admin_letters);
	v.lead = words_text(w->arena, w->words, WORD_admin_letters_lead,
		words_values(word_value("waiting", state.waiting),
			word_value("failed", state.failed)));
	rows = some_rows(w, state.count);
	put_table(w, &v, &columns, (struct admin_rows){rows, state.count})->retry = true;
	for (int i = 0; i < state.count; i++) {
		const struct outbox_failure *f = &state.at[i];
		const char *texts[] = {moment_at(w, z, f->created).exact,
			number(w, f->attempts), f->error};

		rows[i] = (struct admin_row){
			.name = f->recipient,
			.retry = arena_printf(
				w->arena, "/admin/letters/%" PRId64 "/retry", f->id),
			.cells = cells(w, &columns, texts),
		};
	}
	return print(w, &v, r);
}

enum outcome
admin_page_retry(struct work *w, const struct request *q, struct reply *r)
{
	if (outbox_retry(w, w->actor->org, path_int(q, "id")) != DONE)
		return MISSING;
	return reply_see_other(r, "/admin/letters");
}
