/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "web/admin/bodies_page.h"

#include "desk/neighbours.h"
#include "http/outgoing.h"
#include "store/team.h"
#include "web/admin/admin_page.h"
#include "web/moment.h"
#include "web/say.h"
#include "web/staff/ledger.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* --- lines of a form ---------------------------------------------------------------- */

/* "A = B" in each line; what has no '=' stands for a pair without a value. */
static struct pairs
read_lines(struct work *w, const char *typed)
{
	char *rest = arena_copy(w->arena, typed), *line;
	struct pairs found = {NULL, 0};

	while ((line = strsep(&rest, "\r\n"))) {
		struct bytes right = bytes_of(line);
		struct bytes left = bytes_trim(bytes_cut(&right, '='));

		right = bytes_trim(right);
		if (left.len)
			pairs_add(w->arena, &found,
				arena_text(w->arena, left.at, left.len),
				arena_text(w->arena, right.at, right.len));
	}
	return found;
}

static const char *
write_lines(struct work *w, const struct pairs *p)
{
	struct buffer b = buffer_in(w->arena, 256);

	for (int i = 0; i < p->count; i++)
		buffer_printf(
			&b, "%s%s = %s", i ? "\n" : "", p->at[i].name, p->at[i].value);
	return buffer_text(&b);
}

/* --- the list ----------------------------------------------------------------------- */

static const char *
when(struct work *w, int64_t at)
{
	if (at == 0)
		return say(w, WORD_machines_never);
	return moment_at(w, moment_zone(w, w->actor->org), at).exact;
}

static const char *
state_of(struct work *w, const struct body *b)
{
	if (!b->active)
		return say(w, WORD_machines_off);
	if (*b->alarm)
		return words_text(w->arena, w->words, WORD_bodies_alarm,
			words_values(word_value("since", when(w, b->alarm_since)),
				word_value("alarm", b->alarm)));
	return say(w, b->looked ? WORD_bodies_well : WORD_bodies_not_asked);
}

static const char *
address(struct work *w, int64_t id, const char *behind)
{
	return arena_printf(w->arena, "/admin/bodies/%" PRId64 "%s", id, behind);
}

static const char *
team_name(struct work *w, const struct body *b)
{
	struct team t;

	return team_get(w, b->org, b->team, &t) == DONE ? t.name : "";
}

enum outcome
bodies_page_list(struct work *w, const struct request *q, struct reply *r)
{
	static const struct ledger_column heads[] = {{WORD_report_name, false},
		{WORD_queue_team, false}, {WORD_bodies_state, false},
		{WORD_bodies_pulled, false}};
	static const struct ledger_columns columns = {heads, 4};
	struct ledger_table *t;
	struct ledger_view v;
	struct body_list list;

	body_list(w, w->actor->org, &list);
	ledger_begin(w, q, &v, WORD_bodies_title, SECTION_ADMIN);
	v.ways = admin_page_ways(w, WORD_bodies_title);
	v.lead = say(w, WORD_bodies_lead);
	ledger_link(w, &v, say(w, WORD_bodies_new), "/admin/bodies/new");
	t = ledger_table(w, &v, &columns, list.count);
	t->empty = say(w, WORD_bodies_nobody);
	for (int i = 0; i < list.count; i++) {
		const struct body *b = &list.at[i];
		struct ledger_row *row = ledger_row(w, t, b->name, address(w, b->id, ""));

		ledger_cell(row, team_name(w, b));
		ledger_cell(row, state_of(w, b));
		ledger_cell(row, when(w, b->looked ? b->pulled : 0));
	}
	return ledger_print(w, &v, r);
}

/* --- one ---------------------------------------------------------------------------- */

static struct part_input *
box(struct work *w, struct ledger_form *f, const char *name, enum word label,
	const char *value)
{
	struct part_input *in = ledger_input(w, f, name, label);

	in->value = value;
	return in;
}

static void
lines(struct work *w, struct ledger_form *f, const char *name, enum word label,
	const char *value)
{
	struct part_input *in = box(w, f, name, label, value);

	in->kind = PART_AREA;
	in->rows = 4;
	in->no_spelling = true;
}

static void
hint(struct work *w, struct ledger_form *f, enum word word)
{
	struct part_input *in = (struct part_input *)(uintptr_t)f->inputs.at;

	in[f->inputs.count - 1].hint = say(w, word);
}

static void
yes(struct work *w, struct ledger_form *f, const char *name, enum word label, bool chosen)
{
	struct part_input *in = ledger_input(w, f, name, label);
	struct part_choice *at = ledger_choices(w, in, 2);

	in->kind = PART_RADIOS;
	in->small = in->inline_choices = true;
	at[0] = (struct part_choice){
		.value = "yes", .label = say(w, WORD_idp_yes), .chosen = chosen};
	at[1] = (struct part_choice){
		.value = "no", .label = say(w, WORD_idp_no), .chosen = !chosen};
}

static void
teams(struct work *w, struct ledger_form *f, int64_t chosen)
{
	struct part_input *in = ledger_input(w, f, "team", WORD_bodies_team);
	struct team_list list;
	struct part_choice *at;

	team_list(w, w->actor->org, &list);
	in->kind = PART_SELECT;
	at = ledger_choices(w, in, list.count);
	for (int i = 0; i < list.count; i++)
		at[i] = (struct part_choice){
			.value = arena_printf(w->arena, "%" PRId64, list.at[i].id),
			.label = list.at[i].name,
			.chosen = list.at[i].id == chosen,
		};
}

static void
ask(struct work *w, struct ledger_view *v, const struct body *b, const char *services,
	const char *statuses)
{
	struct ledger_form *f = ledger_form(w, v,
		b->id ? address(w, b->id, "") : "/admin/bodies/new", WORD_sheet_save);

	box(w, f, "name", WORD_report_name, b->name);
	box(w, f, "url", WORD_machines_url, b->url)->no_spelling = true;
	hint(w, f, WORD_bodies_url_hint);
	box(w, f, "api_key", WORD_bodies_key, "")->autocomplete = "off";
	hint(w, f, b->id ? WORD_bodies_key_kept : WORD_bodies_key_hint);
	box(w, f, "jurisdiction", WORD_bodies_jurisdiction, b->jurisdiction);
	hint(w, f, WORD_bodies_jurisdiction_hint);
	teams(w, f, b->team);
	hint(w, f, WORD_bodies_team_hint);
	lines(w, f, "services", WORD_bodies_services, services);
	hint(w, f, WORD_bodies_services_hint);
	lines(w, f, "statuses", WORD_bodies_statuses, statuses);
	hint(w, f, WORD_bodies_statuses_hint);
	yes(w, f, "requests", WORD_bodies_requests, b->requests);
	hint(w, f, WORD_bodies_requests_hint);
	yes(w, f, "updates", WORD_bodies_updates, b->updates);
	hint(w, f, WORD_bodies_updates_hint);
	lines(w, f, "area", WORD_bodies_area, b->area);
	hint(w, f, WORD_bodies_area_hint);
	yes(w, f, "active", WORD_bodies_active, b->active);
}

static void
show_state(struct work *w, struct ledger_view *v, const struct body *b)
{
	ledger_fact(w, v, WORD_bodies_state, state_of(w, b));
	ledger_fact(w, v, WORD_bodies_pulled, when(w, b->looked ? b->pulled : 0));
	if (b->active && b->next_pull > w->now)
		ledger_fact(w, v, WORD_bodies_next, when(w, b->next_pull));
	if (*b->format)
		ledger_fact(w, v, WORD_bodies_format, b->format);
	if (b->listed)
		ledger_fact(w, v, WORD_bodies_listed,
			arena_printf(w->arena, "%" PRId64, b->listed));
	if (b->skew)
		ledger_fact(w, v, WORD_bodies_skew,
			words_text(w->arena, w->words,
				b->skew > 0 ? WORD_bodies_ahead : WORD_bodies_behind,
				words_values(
					word_value("minutes", llabs(b->skew) / 60))));
}

static void
show_exchanges(struct work *w, struct ledger_view *v, const struct body *b)
{
	static const struct ledger_column heads[] = {{WORD_bodies_what, false},
		{WORD_bodies_last, false}, {WORD_bodies_good, false},
		{WORD_bodies_failures, false}, {WORD_bodies_problem, false}};
	static const struct ledger_columns columns = {heads, 5};
	struct body_exchange_list list;
	struct ledger_table *t;

	body_exchanges(w, b, &list);
	t = ledger_table(w, v, &columns, list.count);
	t->title = say(w, WORD_bodies_exchanges);
	t->empty = say(w, WORD_bodies_not_asked);
	for (int i = 0; i < list.count; i++) {
		struct ledger_row *row = ledger_row(w, t, list.at[i].what, NULL);

		ledger_cell(row, when(w, list.at[i].at));
		ledger_cell(row, when(w, list.at[i].good));
		ledger_cell(row, arena_printf(w->arena, "%" PRId64, list.at[i].failures));
		ledger_cell(row, list.at[i].problem);
	}
}

static enum word
parcel_state(const char *state)
{
	if (strcmp(state, "sent") == 0)
		return WORD_bodies_sent;
	return strcmp(state, "failed") == 0 ? WORD_bodies_failed : WORD_bodies_waiting;
}

static const char *
parcel_what(struct work *w, const struct body_parcel *p)
{
	if (!p->update)
		return say(w, WORD_bodies_parcel_request);
	return words_text(w->arena, w->words, WORD_bodies_parcel_update,
		words_values(word_value("status", p->status)));
}

static const char *
ticket_href(struct work *w, const char *reference)
{
	/* Who looks after machines need not be one who sees tickets. */
	if (!*reference || !access_may(w->actor, w->actor->org, RIGHT_SEE))
		return NULL;
	return arena_printf(w->arena, "/staff/tickets/%s", reference);
}

static void
show_parcels(struct work *w, struct ledger_view *v, const struct body *b)
{
	static const struct ledger_column heads[] = {{WORD_bodies_reference, false},
		{WORD_bodies_parcel_what, false}, {WORD_bodies_state, false},
		{WORD_bodies_theirs, false}, {WORD_machines_when, false},
		{WORD_bodies_problem, false}};
	static const struct ledger_columns columns = {heads, 6};
	struct body_parcel_list list;
	struct ledger_table *t;

	body_parcels(w, b, &list);
	t = ledger_table(w, v, &columns, list.count);
	t->title = say(w, WORD_bodies_parcels);
	t->empty = say(w, WORD_bodies_no_parcels);
	for (int i = 0; i < list.count; i++) {
		const struct body_parcel *p = &list.at[i];
		struct ledger_row *row = ledger_row(
			w, t, p->reference, ticket_href(w, p->reference));

		ledger_cell(row, parcel_what(w, p));
		ledger_cell(row, say(w, parcel_state(p->state)));
		ledger_cell(row, p->theirs);
		ledger_cell(row, when(w, p->created));
		ledger_cell(row, p->error);
	}
}

static enum word
ignored_word(const char *why)
{
	static const struct {
		const char *why;
		enum word word;
	} all[] = {{"incomplete", WORD_bodies_ignored_incomplete},
		{"service", WORD_bodies_ignored_service},
		{"area", WORD_bodies_ignored_area}, {"ours", WORD_bodies_ignored_ours},
		{"closed", WORD_bodies_ignored_closed}};

	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if (strcmp(all[i].why, why) == 0)
			return all[i].word;
	return WORD_bodies_ignored_refused;
}

static void
show_brought(struct work *w, struct ledger_view *v, const struct body *b)
{
	static const struct ledger_column heads[] = {{WORD_bodies_theirs, false},
		{WORD_machines_when, false}, {WORD_bodies_became, false}};
	static const struct ledger_columns columns = {heads, 3};
	struct body_request_list list;
	struct ledger_table *t;

	body_requests(w, b, &list);
	if (list.count == 0 && !b->requests)
		return;
	t = ledger_table(w, v, &columns, list.count);
	t->title = say(w, WORD_bodies_brought);
	for (int i = 0; i < list.count; i++) {
		const struct body_request *n = &list.at[i];
		struct ledger_row *row = ledger_row(
			w, t, n->theirs, ticket_href(w, n->reference));

		ledger_cell(row, when(w, n->at));
		ledger_cell(row,
			*n->reference ? n->reference : say(w, ignored_word(n->ignored)));
	}
}

static void
show_strays(struct work *w, struct ledger_view *v, const struct body *b)
{
	static const struct ledger_column heads[] = {{WORD_bodies_theirs, false},
		{WORD_machines_when, false}, {WORD_machines_status, false},
		{WORD_bodies_words_of, false}};
	static const struct ledger_columns columns = {heads, 4};
	struct body_update_list list;
	struct ledger_table *t;

	body_strays(w, b, &list);
	if (list.count == 0)
		return;
	t = ledger_table(w, v, &columns, list.count);
	t->title = say(w, WORD_bodies_strays);
	t->note = say(w, WORD_bodies_strays_note);
	for (int i = 0; i < list.count; i++) {
		const struct body_update *u = &list.at[i];
		struct ledger_row *row = ledger_row(w, t, u->theirs, NULL);

		ledger_cell(row, when(w, u->at));
		ledger_cell(row, u->status);
		ledger_cell(row, u->words);
	}
}

static void
deed(struct work *w, struct ledger_view *v, const struct body *b, const char *what,
	enum word button)
{
	struct ledger_form *f = ledger_form(w, v, address(w, b->id, "/do"), button);
	struct part_input *in = ledger_input(w, f, "deed", button);

	in->kind = PART_HIDDEN;
	in->id = arena_printf(w->arena, "deed-%s", what);
	in->value = what;
	f->warning = strcmp(what, "end") == 0;
	if (f->warning) {
		f->title = say(w, WORD_bodies_end_title);
		f->lead = say(w, WORD_bodies_end_lead);
		f->folded = true;
	}
}

static enum outcome
print(struct work *w, const struct request *q, const struct body *b, const char *services,
	const char *statuses, struct reply *r)
{
	struct ledger_view v;

	ledger_begin(w, q, &v, b->id ? WORD_bodies_one : WORD_bodies_new, SECTION_ADMIN);
	v.ways = admin_page_ways(w, WORD_NONE);
	if (b->id)
		v.heading = b->name;
	if (b->id && w->problems.count == 0) {
		show_state(w, &v, b);
		deed(w, &v, b, "again", WORD_bodies_again);
	}
	ask(w, &v, b, services, statuses);
	if (b->id && w->problems.count == 0) {
		deed(w, &v, b, "end", WORD_bodies_end);
		show_exchanges(w, &v, b);
		show_parcels(w, &v, b);
		show_brought(w, &v, b);
		show_strays(w, &v, b);
	}
	if (*query_text(q, "done"))
		v.page.notice = (struct page_notice){
			.kind = NOTICE_SUCCESS, .text = say(w, WORD_sheet_saved)};
	return ledger_print(w, &v, r);
}

/* The one of the address; an empty one for "new". */
static enum outcome
find(struct work *w, const struct request *q, struct body *b)
{
	const char *id = path_part(q, "id");

	*b = (struct body){
		.org = w->actor->org,
		.name = "",
		.url = "https://",
		.jurisdiction = "",
		.area = "",
		.alarm = "",
		.format = "",
		.active = true,
	};
	if (strcmp(id, "new") == 0)
		return DONE;
	return body_get(w, w->actor->org, strtoll(id, NULL, 10), b);
}

enum outcome
bodies_page_show(struct work *w, const struct request *q, struct reply *r)
{
	struct body b;

	if (find(w, q, &b) != DONE)
		return MISSING;
	return print(
		w, q, &b, write_lines(w, &b.services), write_lines(w, &b.statuses), r);
}

static const char *
or_null(const char *text)
{
	return *text ? text : NULL;
}

enum outcome
bodies_page_save(struct work *w, const struct request *q, struct reply *r)
{
	const char *services = form_text(q, "services");
	const char *statuses = form_text(q, "statuses");
	enum outcome end;
	struct body b;

	if (find(w, q, &b) != DONE)
		return MISSING;
	b.name = form_text(q, "name");
	b.url = form_text(q, "url");
	b.key = or_null(form_text(q, "api_key"));
	b.jurisdiction = form_text(q, "jurisdiction");
	b.team = form_int(q, "team");
	b.services = read_lines(w, services);
	b.statuses = read_lines(w, statuses);
	b.requests = strcmp(form_text(q, "requests"), "yes") == 0;
	b.updates = strcmp(form_text(q, "updates"), "yes") == 0;
	b.area = form_text(q, "area");
	b.active = strcmp(form_text(q, "active"), "yes") == 0;
	if (!outgoing_may(w->outgoing, w->arena, b.url))
		(void)work_problem(w, "url", "problem.webhook.url");
	end = neighbours_save(w, &b);
	if (end == INVALID)
		return print(w, q, &b, services, statuses, r);
	if (end != DONE)
		return end;
	return reply_see_other(r, "/admin/bodies/%ld?done=1", b.id);
}

enum outcome
bodies_page_do(struct work *w, const struct request *q, struct reply *r)
{
	int64_t id = path_int(q, "id");
	bool ends = strcmp(form_text(q, "deed"), "end") == 0;
	enum outcome end = ends ? neighbours_end(w, w->actor->org, id)
				: neighbours_again(w, w->actor->org, id);

	if (end != DONE)
		return end;
	if (ends)
		return reply_see_other(r, "/admin/bodies");
	return reply_see_other(r, "/admin/bodies/%ld?done=1", id);
}
