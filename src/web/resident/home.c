/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "web/resident/home.h"

#include "store/service.h"
#include "views.h"
#include "web/frame.h"
#include "web/resident/service_page.h"

#include <string.h>

enum { POPULAR = 6, FEW = 3 };

static struct page_links
asked_for(struct work *w)
{
	struct page_link *at = arena_array(w->arena, POPULAR, sizeof *at);
	struct scope every = access_house(w->actor->org);
	struct page_links links = {at, 0};
	struct service_list most;

	service_popular(w, &every, POPULAR, &most);
	for (int i = 0; i < most.count; i++)
		at[links.count++] = service_page_link(
			w, most.at[i].code, most.at[i].name);
	return links;
}

/* For a new desk, of which nobody has asked anything: the first of each category. */
static struct page_links
some(struct work *w, const struct service_list *all)
{
	struct page_link *at = arena_array(w->arena, POPULAR, sizeof *at);
	struct page_links links = {at, 0};
	const char *category = "";

	for (int i = 0; i < all->count && links.count < POPULAR; i++) {
		const struct service *s = &all->at[i];

		if (s->restricted || strcmp(category, s->category) == 0)
			continue;
		category = s->category;
		at[links.count++] = service_page_link(w, s->code, s->name);
	}
	return links;
}

static struct page_links
groups(struct work *w, const struct service_list *all)
{
	struct page_link *at = arena_array(w->arena, (size_t)all->count, sizeof *at);
	struct page_links links = {at, 0};

	for (int i = 0; i < all->count; i++) {
		const char *name = all->at[i].category;

		if (links.count && strcmp(at[links.count - 1].text, name) == 0)
			continue;
		at[links.count++] = (struct page_link){
			.text = name,
			.href = service_page_group(w, name),
		};
	}
	return links;
}

enum outcome
home_show(struct work *w, const struct request *q, struct reply *r)
{
	struct home_view v;
	struct service_list all;

	service_list(w, w->actor->org, &all);
	v = (struct home_view){.first = asked_for(w), .groups = groups(w, &all)};
	v.asked_for = v.first.count >= FEW;
	if (!v.asked_for)
		v.first = some(w, &all);
	frame_page(w, q, &v.page, WORD_home_title, SECTION_NONE);
	view_home(&r->body, w->words, &v);
	return DONE;
}
