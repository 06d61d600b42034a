/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "web/home.h"

#include "store/service.h"
#include "views.h"
#include "web/frame.h"
#include "web/service_page.h"

#include <string.h>

enum { POPULAR = 6 };

static bool
has_link(const struct page_links *links, const char *href)
{
	for (int i = 0; i < links->count; i++)
		if (strcmp(links->at[i].href, href) == 0)
			return true;
	return false;
}

static void
add_services(struct work *w, const struct service_list *from, struct page_links *links,
	struct page_link *at)
{
	for (int i = 0; i < from->count && links->count < POPULAR; i++) {
		struct page_link l = service_page_link(
			w, from->at[i].code, from->at[i].name);

		if (!from->at[i].restricted && !has_link(links, l.href))
			at[links->count++] = l;
	}
}

/* What was asked for lately; a new desk fills up with the beginning of its catalogue. */
static struct page_links
popular(struct work *w, const struct service_list *all)
{
	struct page_link *at = arena_array(w->arena, POPULAR, sizeof *at);
	struct scope every = access_house(w->actor->org);
	struct page_links links = {at, 0};
	struct service_list most;

	service_popular(w, &every, POPULAR, &most);
	add_services(w, &most, &links, at);
	add_services(w, all, &links, at);
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
	v = (struct home_view){
		.popular = popular(w, &all),
		.groups = groups(w, &all),
	};
	frame_page(w, q, &v.page, WORD_home_title, SECTION_NONE);
	view_home(&r->body, w->words, &v);
	return DONE;
}
