/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "web/resident/service_page.h"

#include "desk/routing.h"
#include "format/urlencoded.h"
#include "views.h"
#include "web/asking.h"
#include "web/fieldwords.h"
#include "web/frame.h"
#include "web/resident/find_service.h"
#include "web/say.h"
#include "web/visitor.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* --- lists ------------------------------------------------------------------------- */

struct page_link
service_page_link(struct work *w, const char *code, const char *name)
{
	return (struct page_link){
		.text = name,
		.href = arena_printf(
			w->arena, "/services/%s", urlencoded_encode(w->arena, code)),
	};
}

const char *
service_page_group(struct work *w, const char *category)
{
	return arena_printf(
		w->arena, "/services?group=%s", urlencoded_encode(w->arena, category));
}

struct shelf_of {
	struct service_group *groups;
	struct page_link *links;
	int groups_count, count;
};

static struct shelf_of
room_for(struct work *w, int services)
{
	return (struct shelf_of){
		.groups = arena_array(
			w->arena, (size_t)services + 1, sizeof(struct service_group)),
		.links = arena_array(
			w->arena, (size_t)services, sizeof(struct page_link)),
	};
}

/* Puts a service into the group of that name, which is the last one or a new one. */
static void
put(struct work *w, struct shelf_of *all, const char *group, const struct service *s)
{
	struct service_group *last = all->groups_count
					     ? &all->groups[all->groups_count - 1]
					     : NULL;

	if (!last || (group && last->name && strcmp(last->name, group) != 0)) {
		last = &all->groups[all->groups_count++];
		*last = (struct service_group){
			.name = group,
			.id = arena_printf(w->arena, "group-%d", all->groups_count),
			.services.at = &all->links[all->count],
		};
	}
	all->links[all->count++] = service_page_link(w, s->code, s->name);
	last->services.count++;
}

static struct service_groups
by_category(struct work *w, const struct service_list *list, const char *only)
{
	struct shelf_of all = room_for(w, list->count);

	for (int i = 0; i < list->count; i++)
		if (!only || strcmp(list->at[i].category, only) == 0)
			put(w, &all, list->at[i].category, &list->at[i]);
	return (struct service_groups){all.groups, all.groups_count};
}

struct lettered {
	const char *key;
	const struct service *service;
};

static int
by_key(const void *a, const void *b)
{
	const struct lettered *x = a, *y = b;
	int order = strcasecmp(x->key, y->key);

	return order ? order : strcmp(x->service->code, y->service->code);
}

static struct service_groups
by_letter(struct work *w, const struct service_list *list)
{
	struct lettered *sorted = arena_array(
		w->arena, (size_t)list->count, sizeof *sorted);
	struct shelf_of all = room_for(w, list->count);

	for (int i = 0; i < list->count; i++)
		sorted[i] = (struct lettered){
			find_service_key(w, list->at[i].name), &list->at[i]};
	qsort(sorted, (size_t)list->count, sizeof *sorted, by_key);
	for (int i = 0; i < list->count; i++) {
		char letter = *sorted[i].key;

		if (letter >= 'a' && letter <= 'z')
			letter -= 'a' - 'A';
		put(w, &all, arena_printf(w->arena, "%c", letter), sorted[i].service);
	}
	return (struct service_groups){all.groups, all.groups_count};
}

/* What was found stays in its order, in one group without a name. */
static struct service_groups
as_found(struct work *w, const struct service_list *found)
{
	struct shelf_of all = room_for(w, found->count);

	all.groups[all.groups_count++] = (struct service_group){
		.services.at = all.links,
	};
	for (int i = 0; i < found->count; i++)
		put(w, &all, NULL, &found->at[i]);
	return (struct service_groups){all.groups, 1};
}

static void
fill_list(struct work *w, const struct request *q, struct services_view *v)
{
	const char *group = query_text(q, "group");
	struct service_list all, found;

	service_list(w, w->actor->org, &all);
	v->question = query_text(q, "q");
	if (*v->question) {
		find_service(w, &all, v->question, &found);
		v->searched = true;
		v->found = found.count;
		v->groups = as_found(w, &found);
	} else if (strcmp(query_text(q, "sort"), "az") == 0) {
		v->letters = true;
		v->groups = by_letter(w, &all);
	} else if (*group) {
		v->category = group;
		v->groups = by_category(w, &all, group);
	} else {
		v->groups = by_category(w, &all, NULL);
	}
}

enum outcome
service_page_list(struct work *w, const struct request *q, struct reply *r)
{
	struct services_view v = {.found = 0};

	frame_page(w, q, &v.page, WORD_services_title, SECTION_SERVICES);
	fill_list(w, q, &v);
	if (!v.searched && v.groups.count == 0)
		return MISSING;
	if (v.searched)
		v.page.title_text = words_text(w->arena, w->words,
			WORD_services_found_title,
			words_values(word_value("words", v.question)));
	else if (v.category)
		v.page.title_text = v.category;
	view_services(&r->body, w->words, &v);
	return DONE;
}

/* --- the start of a form ------------------------------------------------------------ */

const char *
service_page_charge(struct arena *a, const char *charge)
{
	struct buffer b = buffer_in(a, 32);
	bool in_number = false;

	for (const char *c = charge; *c; c++) {
		bool digit = *c >= '0' && *c <= '9';

		if (digit && !in_number)
			buffer_literal(&b, "£");
		in_number = digit || (in_number && (*c == '.' || *c == ','));
		buffer_char(&b, *c);
	}
	return b.len ? buffer_text(&b) : NULL;
}

static enum word
who_may_ask(const struct service *s)
{
	static const struct {
		const char *who;
		enum word word;
	} all[] = {{"account", WORD_start_account}, {"business", WORD_start_business},
		{"tenant", WORD_start_tenant}, {"anonymous ok", WORD_start_anonymous}};

	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if (strcmp(all[i].who, s->who_may_ask) == 0)
			return all[i].word;
	return WORD_NONE;
}

/* How long it takes as a rule, for somebody of whom nothing is known. */
static const char *
aim(struct work *w, const struct service *s)
{
	struct contact c = {.org = s->org, .channel = CHANNEL_WEB};
	static const enum word counts[CLOCK_UNITS] = {
		[CLOCK_WORKING_DAYS] = WORD_start_working_days,
		[CLOCK_MONTHS] = WORD_dates_months,
		[CLOCK_DAYS] = WORD_dates_days,
	};
	struct person nobody = {.org = s->org};
	struct routed r;

	routing_decide(w, s, &c, &nobody, &r);
	if (r.terms.resolution == 0)
		return NULL;
	if (r.terms.unit != CLOCK_SECONDS)
		return words_text(w->arena, w->words, counts[r.terms.unit],
			words_values(word_value("count", r.terms.resolution)));
	return words_duration(w->arena, w->words, r.terms.resolution);
}

static struct page_links
to_bring(struct work *w, const struct asking *a)
{
	struct page_link *at = arena_array(w->arena, (size_t)a->form.count, sizeof *at);
	struct page_links all = {at, 0};

	for (int i = 0; i < a->form.count; i++) {
		const struct field *f = &a->form.fields[i];

		if (f->type == FIELD_FILE && f->required)
			at[all.count++].text = fieldwords_of(
				w->arena, w->words, a->service.code, f)
						       .label;
	}
	return all;
}

static const char *
sign_in_address(struct work *w, const struct asking *a)
{
	return arena_printf(w->arena, "/account/sign-in?next=%s",
		urlencoded_encode(w->arena,
			arena_printf(w->arena, "/services/%s", a->service.code)));
}

static struct page_links
trail(struct work *w, const struct service *s)
{
	struct page_link *at = arena_array(w->arena, 3, sizeof *at);

	at[0] = (struct page_link){say(w, WORD_page_home), "/"};
	at[1] = (struct page_link){say(w, WORD_page_services), "/services"};
	at[2] = (struct page_link){s->category, service_page_group(w, s->category)};
	return (struct page_links){at, 3};
}

enum outcome
service_page_show(struct work *w, const struct request *q, struct reply *r)
{
	struct asking a;
	struct start_view v;
	bool halfway;
	enum outcome end = asking_open(w, q, ASKING_TO_READ, &a);

	if (end != DONE)
		return end;
	halfway = a.begun && (a.draft.answers.count || a.files.count);
	v = (struct start_view){
		.name = a.service.name,
		.emergency = a.service.emergency,
		.action = arena_printf(w->arena, "/services/%s/start", a.service.code),
		.sign_in = asking_needs_account(w, &a) ? sign_in_address(w, &a) : NULL,
		.charge = service_page_charge(w->arena, a.service.charge),
		.who = who_may_ask(&a.service),
		.aim = aim(w, &a.service),
		.bring = to_bring(w, &a),
		.go = {.kind = BUTTON_START,
			.text = words_text(w->arena, w->words,
				halfway ? WORD_start_continue : WORD_start_now, NULL)},
	};
	if (halfway)
		v.again = (struct part_button){
			.kind = BUTTON_SECONDARY,
			.name = "again",
			.value = "yes",
			.text = say(w, WORD_start_again),
		};
	frame_page(w, q, &v.page, WORD_NONE, SECTION_SERVICES);
	v.page.title_text = a.service.name;
	v.page.trail = trail(w, &a.service);
	view_start(&r->body, w->words, &v);
	return DONE;
}

enum outcome
service_page_start(struct work *w, const struct request *q, struct reply *r)
{
	struct asking a;
	const struct step *s;
	enum outcome end = asking_open(w, q, ASKING_TO_WRITE, &a);

	if (end != DONE)
		return end;
	if (asking_needs_account(w, &a))
		return reply_return_to(r, sign_in_address(w, &a), "/");
	visitor_need_session(w, q, r);
	if (a.begun && *form_text(q, "again"))
		draft_forget(w, &a.draft);
	draft_start(w, a.service.org, a.service.code, a.service.form_version, &a.draft);
	draft_files(w, &a.draft, DRAFT_NAMES, &a.files);
	s = a.begun && !*form_text(q, "again") ? asking_next_open(w, &a) : a.steps;
	return reply_return_to(r, asking_address(w->arena, &a, s, false), "/services");
}
