/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "web/admin/sharing_page.h"

#include "desk/agreement.h"
#include "web/admin/admin_page.h"
#include "web/admin/sharing_form.h"
#include "web/frame.h"
#include "web/moment.h"
#include "web/say.h"

#include <inttypes.h>
#include <stdlib.h>

static bool
may_make(struct work *w)
{
	return access_may(w->actor, w->actor->org, RIGHT_SHARING);
}

static bool
may_read(struct work *w)
{
	return may_make(w) || access_may(w->actor, w->actor->org, RIGHT_AUDIT);
}

static const char *
day(struct work *w, int64_t instant)
{
	return words_date(w->arena, w->words,
		moment_date(moment_zone(w, w->actor->org), instant), DATE_LONG);
}

static enum word
state_word(struct work *w, const struct sharing *s)
{
	if (s->ends <= w->now)
		return WORD_sharing_state_ended;
	if (s->starts > w->now)
		return WORD_sharing_state_planned;
	return s->ends - w->now < 30 * 86400 ? WORD_sharing_state_ending
					     : WORD_sharing_state_open;
}

static const char *
address(struct work *w, const struct sharing *s, const char *behind)
{
	return arena_printf(w->arena, "/admin/sharing/%" PRId64 "%s", s->id, behind);
}

static void
list_side(struct work *w, struct ledger_view *v, const struct sharing_list *list,
	bool giving)
{
	static const struct ledger_column heads[] = {{WORD_sharing_name, false},
		{WORD_sharing_giver, false}, {WORD_sharing_taker, false},
		{WORD_sharing_state, false}, {WORD_sharing_starts, false},
		{WORD_sharing_ends, false}};
	static const struct ledger_columns columns = {heads, 6};
	struct ledger_table *t = ledger_table(w, v, &columns, list->count);

	t->title = say(w, giving ? WORD_sharing_given : WORD_sharing_taken);
	t->empty = say(w, giving ? WORD_sharing_given_none : WORD_sharing_taken_none);
	for (int i = 0; i < list->count; i++) {
		const struct sharing *s = &list->at[i];
		struct ledger_row *row;

		if ((s->org == w->actor->org) != giving)
			continue;
		row = ledger_row(w, t, s->name, address(w, s, ""));
		ledger_cell(row, s->org_name);
		ledger_cell(row, s->team ? arena_printf(w->arena, "%s: %s", s->taker_name,
						   s->team_name)
					 : s->taker_name);
		ledger_cell(row, say(w, state_word(w, s)));
		ledger_cell(row, day(w, s->starts));
		ledger_cell(row, day(w, s->ends - 1));
	}
}

enum outcome
sharing_page_list(struct work *w, const struct request *q, struct reply *r)
{
	struct sharing_list list;
	struct ledger_view v;

	if (!may_read(w))
		return DENIED;
	sharing_read(w, w->actor->org, &list);
	ledger_begin(w, q, &v, WORD_sharing_title, SECTION_ADMIN);
	v.ways = admin_page_ways(w, WORD_sharing_title);
	v.lead = say(w, WORD_sharing_lead);
	if (may_make(w))
		ledger_link(w, &v, say(w, WORD_sharing_new), "/admin/sharing/new");
	list_side(w, &v, &list, true);
	list_side(w, &v, &list, false);
	return ledger_print(w, &v, r);
}

static enum outcome
ask(struct work *w, const struct request *q, struct sharing *s, struct reply *r)
{
	struct ledger_view v;
	struct ledger_form *f;

	s->org = w->actor->org;
	ledger_begin(
		w, q, &v, s->id ? WORD_sharing_amend : WORD_sharing_new, SECTION_ADMIN);
	v.ways = admin_page_ways(w, WORD_NONE);
	f = ledger_form(w, &v, s->id ? address(w, s, "/amend") : "/admin/sharing",
		s->id ? WORD_sharing_amend_send : WORD_sharing_make_send);
	sharing_form_ask(w, &v, f, s);
	return ledger_print(w, &v, r);
}

enum outcome
sharing_page_new(struct work *w, const struct request *q, struct reply *r)
{
	struct sharing s = {.name = "", .starts = w->now, .details = 1};

	return may_make(w) ? ask(w, q, &s, r) : DENIED;
}

/* The newest version, when it is ours to change. */
static enum outcome
own(struct work *w, const struct request *q, struct sharing *s)
{
	if (!may_read(w))
		return DENIED;
	if (agreement_find(w, path_int(q, "id"), s) != DONE || s->org != w->actor->org)
		return MISSING;
	return may_make(w) ? DONE : DENIED;
}

enum outcome
sharing_page_amend(struct work *w, const struct request *q, struct reply *r)
{
	struct sharing s;
	enum outcome end = own(w, q, &s);

	s.note = "";
	return end == DONE ? ask(w, q, &s, r) : end;
}

static enum outcome
save(struct work *w, const struct request *q, struct sharing *s, struct reply *r)
{
	enum outcome end;

	sharing_form_read(w, q, s);
	end = agreement_save(w, s);
	if (end == INVALID)
		return ask(w, q, s, r);
	if (end != DONE)
		return end;
	return reply_see_other(r, "/admin/sharing/%ld", s->id);
}

enum outcome
sharing_page_make(struct work *w, const struct request *q, struct reply *r)
{
	struct sharing s = {.id = 0};

	return may_make(w) ? save(w, q, &s, r) : DENIED;
}

enum outcome
sharing_page_change(struct work *w, const struct request *q, struct reply *r)
{
	struct sharing s;
	enum outcome end = own(w, q, &s);

	return end == DONE ? save(w, q, &s, r) : end;
}

static void
fill_facts(struct work *w, const struct sharing *s, struct ledger_view *v)
{
	ledger_fact(w, v, WORD_sharing_state, say(w, state_word(w, s)));
	ledger_fact(w, v, WORD_sharing_giver, s->org_name);
	ledger_fact(w, v, WORD_sharing_taker, s->taker_name);
	ledger_fact(w, v, WORD_sharing_team,
		s->team ? s->team_name : say(w, WORD_sharing_team_any));
	ledger_fact(w, v, WORD_sharing_purpose, s->purpose);
	ledger_fact(w, v, WORD_sharing_basis, sharing_form_basis(w, s->basis));
	ledger_fact(w, v, WORD_sharing_services, sharing_form_services(w, s));
	ledger_fact(w, v, WORD_sharing_details, sharing_form_details(w, s->details));
	ledger_fact(w, v, WORD_sharing_rights, sharing_form_rights(w, s->rights));
	ledger_fact(w, v, WORD_sharing_restricted,
		say(w, s->restricted ? WORD_sharing_restricted_yes
				     : WORD_sharing_restricted_no));
	ledger_fact(w, v, WORD_sharing_starts, day(w, s->starts));
	ledger_fact(w, v, WORD_sharing_ends, day(w, s->ends - 1));
	ledger_fact(w, v, WORD_sharing_signed_for_org, s->signed_for_org);
	ledger_fact(w, v, WORD_sharing_signed_for_taker, s->signed_for_taker);
}

static void
fill_versions(struct work *w, const struct sharing_list *list, struct ledger_view *v)
{
	static const struct ledger_column heads[] = {{WORD_sharing_version, false},
		{WORD_sharing_made, false}, {WORD_sharing_author, false},
		{WORD_sharing_ends, false}, {WORD_sharing_details, false},
		{WORD_sharing_note, false}};
	static const struct ledger_columns columns = {heads, 6};
	struct ledger_table *t = ledger_table(w, v, &columns, list->count);

	t->title = say(w, WORD_sharing_versions);
	for (int i = 0; i < list->count; i++) {
		const struct sharing *s = &list->at[i];
		struct ledger_row *row = ledger_row(
			w, t, arena_printf(w->arena, "%" PRId64, s->version), NULL);

		ledger_cell(
			row, moment_at(w, moment_zone(w, w->actor->org), s->made).exact);
		ledger_cell(row, s->author_name);
		ledger_cell(row, day(w, s->ends - 1));
		ledger_cell(row, sharing_form_details(w, s->details));
		ledger_cell(row, s->note);
	}
}

static enum outcome
show(struct work *w, const struct request *q, struct reply *r)
{
	struct sharing_list list;
	struct ledger_view v;
	struct ledger_form *f;

	sharing_versions(w, w->actor->org, path_int(q, "id"), &list);
	if (list.count == 0)
		return MISSING;
	ledger_begin(w, q, &v, WORD_sharing_title, SECTION_ADMIN);
	v.ways = admin_page_ways(w, WORD_NONE);
	v.heading = v.page.title_text = list.at[0].name;
	fill_facts(w, &list.at[0], &v);
	fill_versions(w, &list, &v);
	if (may_make(w) && list.at[0].org == w->actor->org) {
		ledger_link(w, &v, say(w, WORD_sharing_amend),
			address(w, &list.at[0], "/amend"));
		if (list.at[0].ends > w->now) {
			f = ledger_form(w, &v, address(w, &list.at[0], "/end"),
				WORD_sharing_end_send);
			f->title = say(w, WORD_sharing_end);
			f->lead = say(w, WORD_sharing_end_lead);
			f->folded = frame_problem(w, "note") == NULL;
			f->warning = true;
			ledger_input(w, f, "note", WORD_sharing_note)->value = form_text(
				q, "note");
		}
	}
	return ledger_print(w, &v, r);
}

enum outcome
sharing_page_show(struct work *w, const struct request *q, struct reply *r)
{
	return may_read(w) ? show(w, q, r) : DENIED;
}

enum outcome
sharing_page_end(struct work *w, const struct request *q, struct reply *r)
{
	struct sharing s;
	enum outcome end = own(w, q, &s);

	if (end == DONE)
		end = agreement_end(w, s.id, form_text(q, "note"));
	if (end == INVALID)
		return show(w, q, r);
	return end == DONE ? reply_see_other(r, "/admin/sharing/%ld", s.id) : end;
}
