/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "web/admin/offers_page.h"

#include "base/times.h"
#include "desk/offering.h"
#include "format/words.h"
#include "store/service.h"
#include "store/shelf.h"
#include "web/admin/admin_page.h"
#include "web/admin/sheet.h"
#include "web/say.h"
#include "web/staff/ledger.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static const char *
yes_no(struct work *w, bool yes)
{
	return say(w, yes ? WORD_idp_yes : WORD_idp_no);
}

/* --- the list ----------------------------------------------------------------------- */

static const struct offer *
offer_of(const struct offer_list *list, const char *code)
{
	for (int i = 0; i < list->count; i++)
		if (strcmp(list->at[i].code, code) == 0)
			return &list->at[i];
	return NULL;
}

static void
list_one(struct work *w, struct ledger_table *t, const struct service *s,
	const struct offer *o)
{
	struct ledger_row *row = ledger_row(
		w, t, s->name, arena_printf(w->arena, "/admin/open311/%s", s->code));

	ledger_cell(row, s->code);
	ledger_cell(row,
		s->restricted ? say(w, WORD_bodies_restricted) : yes_no(w, o != NULL));
	ledger_cell(row, o ? yes_no(w, o->words) : "");
	ledger_cell(row, o ? yes_no(w, o->photos) : "");
	ledger_cell(row, o ? o->stopper : "");
}

enum outcome
offers_page_list(struct work *w, const struct request *q, struct reply *r)
{
	static const struct ledger_column heads[] = {{WORD_report_name, false},
		{WORD_bodies_code, false}, {WORD_bodies_head_offered, false},
		{WORD_bodies_head_words, false}, {WORD_bodies_head_photos, false},
		{WORD_bodies_head_stopper, false}};
	static const struct ledger_columns columns = {heads, 6};
	struct offer_list offers;
	struct service_list list;
	struct ledger_table *t;
	struct ledger_view v;

	publication_offers(w, w->actor->org, &offers);
	service_list(w, w->actor->org, &list);
	ledger_begin(w, q, &v, WORD_bodies_offers, SECTION_ADMIN);
	v.ways = admin_page_ways(w, WORD_bodies_offers);
	v.lead = say(w, WORD_bodies_offers_lead);
	ledger_link(w, &v, say(w, WORD_bodies_see_services), "/open311/v2/services.xml");
	t = ledger_table(w, &v, &columns, list.count);
	for (int i = 0; i < list.count; i++)
		list_one(w, t, &list.at[i], offer_of(&offers, list.at[i].code));
	return ledger_print(w, &v, r);
}

/* --- one ---------------------------------------------------------------------------- */

static const struct admin_columns no_columns = {NULL, 0};

static void
yes_or_no(struct sheet *s, const char *name, enum word label, bool chosen)
{
	struct part_choice *at = sheet_choices(s, 2);

	at[0] = (struct part_choice){
		.value = "yes", .label = say(s->w, WORD_idp_yes), .chosen = chosen};
	at[1] = (struct part_choice){
		.value = "no", .label = say(s->w, WORD_idp_no), .chosen = !chosen};
	sheet_select(s, name, label, (struct part_choices){at, 2});
}

static void
types(struct sheet *s, const char *chosen)
{
	struct part_choice *at = sheet_choices(s, 2);

	at[0] = (struct part_choice){
		.value = "realtime", .label = say(s->w, WORD_bodies_realtime)};
	at[1] = (struct part_choice){
		.value = "batch", .label = say(s->w, WORD_bodies_batch)};
	at[strcmp(chosen, "batch") == 0].chosen = true;
	sheet_select(s, "type", WORD_bodies_type, (struct part_choices){at, 2});
}

static void
terms_section(struct sheet *s, const char *action, bool offered, const struct offer *o)
{
	sheet_section(s, WORD_bodies_terms, &no_columns, 0)->note = say(
		s->w, WORD_bodies_terms_note);
	s->sections[s->section_count - 1].bare = true;
	sheet_form(s, action, WORD_sheet_save);
	yes_or_no(s, "offered", WORD_bodies_offered, offered);
	types(s, o->type);
	sheet_text(s, "keywords", WORD_bodies_keywords, o->keywords);
	yes_or_no(s, "words", WORD_bodies_offer_words, o->words);
	yes_or_no(s, "photos", WORD_bodies_offer_photos, o->photos);
	yes_or_no(s, "moderate", WORD_bodies_moderate, o->moderate);
	sheet_text(s, "stopper", WORD_bodies_stopper, o->stopper);
}

static enum word
kind_word(enum stopper_kind k)
{
	static const enum word words[STOPPER_KINDS] = {WORD_bodies_stop_answer,
		WORD_bodies_stop_inside, WORD_bodies_stop_outside};

	return words[k];
}

static const char *
day_text(struct work *w, int64_t at)
{
	struct date d = times_date(times_day(at));

	if (at == 0)
		return "";
	return arena_printf(w->arena, "%04d-%02d-%02d", d.year, d.month, d.day);
}

static const char *
what_stops(struct work *w, const struct stopper *s)
{
	if (s->kind != STOPPER_ANSWER)
		return s->area;
	return arena_printf(
		w->arena, "%s%s%s", s->field, *s->value ? " = " : "", s->value);
}

static void
ask_stopper(struct sheet *s, const struct form *form)
{
	struct part_choice *kinds = sheet_choices(s, STOPPER_KINDS);
	int fields = form ? form->count : 0;
	struct part_choice *at = sheet_choices(s, fields + 1);

	for (enum stopper_kind k = 0; k < STOPPER_KINDS; k++)
		kinds[k] = (struct part_choice){
			.value = stopper_kind_name(k), .label = say(s->w, kind_word(k))};
	sheet_select(s, "kind", WORD_bodies_stop_kind,
		(struct part_choices){kinds, STOPPER_KINDS});
	at[0] = (struct part_choice){.value = "", .label = "–"};
	for (int i = 0; i < fields; i++)
		at[i + 1] = (struct part_choice){
			.value = form->fields[i].name,
			.label = form_label(s->w->arena, form->fields[i].name),
		};
	sheet_select(s, "field", WORD_bodies_stop_field,
		(struct part_choices){at, fields + 1});
	sheet_text(s, "value", WORD_bodies_stop_value, "");
	sheet_text(s, "area", WORD_bodies_stop_area, "");
	sheet_text(s, "words", WORD_bodies_stop_words, "");
	sheet_date(s, "until", WORD_bodies_stop_until, "");
}

static void
stoppers_section(struct sheet *s, const char *action, const struct service *service)
{
	static const struct admin_column heads[] = {{WORD_bodies_stop_kind, false},
		{WORD_bodies_stop_what, false}, {WORD_bodies_stop_words, false},
		{WORD_bodies_stop_until, false}};
	static const struct admin_columns columns = {heads, 4};
	struct work *w = s->w;
	struct stopper_list list;

	stopper_row_list(w, service->org, service->code, &list);
	sheet_section(s, WORD_bodies_stoppers, &columns, list.count)->note = say(
		w, WORD_bodies_stoppers_note);
	sheet_form(s, action, WORD_bodies_stop_add);
	for (int i = 0; i < list.count; i++) {
		const struct stopper *p = &list.at[i];
		const char *texts[] = {say(w, kind_word(p->kind)), what_stops(w, p),
			p->words, day_text(w, p->until)};
		struct sheet_field end = {
			"end", arena_printf(w->arena, "%" PRId64, p->id)};

		sheet_row(s, texts, sheet_fields(w, &end, 1));
	}
	ask_stopper(s, shelf_form(w, service->org, service->code, service->form_version));
}

static enum outcome
find(struct work *w, const struct request *q, struct service *s, struct offer *o)
{
	if (service_find(w, w->actor->org, path_part(q, "code"), s) != DONE ||
		s->restricted)
		return MISSING;
	if (publication_offer(w, s->org, s->code, o) != DONE)
		*o = (struct offer){.code = s->code,
			.type = "realtime",
			.keywords = "",
			.stopper = ""};
	return DONE;
}

enum outcome
offers_page_show(struct work *w, const struct request *q, struct reply *r)
{
	struct service service;
	struct offer o;
	struct sheet *s;
	const char *here;

	if (find(w, q, &service, &o) != DONE)
		return MISSING;
	here = arena_printf(w->arena, "/admin/open311/%s", service.code);
	s = sheet_begin(w, q, WORD_bodies_offer);
	s->view.ways = admin_page_ways(w, WORD_NONE);
	s->view.lead = arena_printf(w->arena, "%s (%s)", service.name, service.code);
	terms_section(s, here, service.open311, &o);
	if (service.open311)
		stoppers_section(
			s, arena_printf(w->arena, "%s/stoppers", here), &service);
	return sheet_print(s, r);
}

static bool
said_yes(const struct request *q, const char *name)
{
	return strcmp(form_text(q, name), "yes") == 0;
}

/* What is refused is refused before anything is written. */
static enum outcome
end_at(struct work *w, const struct request *q, enum outcome end, const char *code,
	struct reply *r)
{
	if (end == DONE)
		return reply_see_other(r, "/admin/open311/%s?done=1", code);
	return sheet_end(w, q, end, "open311", offers_page_show, r);
}

enum outcome
offers_page_save(struct work *w, const struct request *q, struct reply *r)
{
	bool offered = said_yes(q, "offered");
	struct service s;
	struct offer o;
	enum outcome end = find(w, q, &s, &o);

	if (end != DONE)
		return end;
	o.type = form_text(q, "type");
	o.keywords = form_text(q, "keywords");
	o.words = said_yes(q, "words");
	o.photos = said_yes(q, "photos");
	o.moderate = said_yes(q, "moderate");
	o.stopper = form_text(q, "stopper");
	db_savepoint(w->db);
	end = offering_mark(w, s.org, s.code, offered);
	if (end == DONE && offered)
		end = offering_save(w, s.org, &o);
	if (end == DONE)
		db_savepoint_keep(w->db);
	else
		db_savepoint_undo(w->db);
	return end_at(w, q, end, s.code, r);
}

enum outcome
offers_page_stop(struct work *w, const struct request *q, struct reply *r)
{
	const char *until = form_text(q, "until");
	struct stopper p = {
		.kind = stopper_kind_named(form_text(q, "kind")),
		.field = form_text(q, "field"),
		.value = form_text(q, "value"),
		.area = form_text(q, "area"),
		.words = form_text(q, "words"),
	};
	struct service s;
	struct offer o;
	struct date d;
	enum outcome end = find(w, q, &s, &o);

	if (end != DONE)
		return end;
	if (*form_text(q, "end"))
		return end_at(w, q, offering_unstop(w, s.org, s.code, form_int(q, "end")),
			s.code, r);
	if (*until && !times_parse_date(bytes_of(until), &d))
		return end_at(w, q, work_problem(w, "until", "problem.closure.date"),
			s.code, r);
	if (*until)
		p.until = (times_days(d) + 1) * TIMES_DAY;
	return end_at(w, q, offering_stop(w, s.org, s.code, &p), s.code, r);
}
