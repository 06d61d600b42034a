/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "web/door/door_page.h"

#include "views.h"
#include "web/frame.h"
#include "web/problemlist.h"
#include "web/say.h"

#include <assert.h>
#include <stdint.h>

struct door_view *
door_page_new(struct work *w, const struct request *q, enum word title)
{
	struct door_view *v = arena_alloc(w->arena, sizeof *v);

	frame_page(w, q, &v->page, title, SECTION_ACCOUNT);
	v->title = say(w, title);
	v->texts.at = arena_array(w->arena, DOOR_PAGE_MOST, sizeof *v->texts.at);
	v->inputs.at = arena_array(w->arena, DOOR_PAGE_MOST, sizeof *v->inputs.at);
	v->links.at = arena_array(w->arena, DOOR_PAGE_MOST, sizeof *v->links.at);
	return v;
}

void
door_page_say(struct work *w, struct door_view *v, enum word word,
	const struct word_value *values)
{
	struct door_text *at = (struct door_text *)(uintptr_t)v->texts.at;

	assert(v->texts.count < DOOR_PAGE_MOST);
	at[v->texts.count++].text = words_text(w->arena, w->words, word, values);
}

void
door_page_link(struct work *w, struct door_view *v, enum word word, const char *href)
{
	struct page_link *at = (struct page_link *)(uintptr_t)v->links.at;

	assert(v->links.count < DOOR_PAGE_MOST);
	at[v->links.count++] = (struct page_link){say(w, word), href};
}

struct part_input *
door_page_ask(struct work *w, struct door_view *v, const char *id, enum word label)
{
	struct part_input *at = (struct part_input *)(uintptr_t)v->inputs.at;
	struct part_input *i = &at[v->inputs.count++];

	assert(v->inputs.count <= DOOR_PAGE_MOST);
	*i = (struct part_input){
		.kind = PART_TEXT,
		.id = id,
		.label = say(w, label),
		.error = frame_problem(w, id),
		.no_spelling = true,
	};
	return i;
}

void
door_page_form(struct work *w, struct door_view *v, const char *action, enum word go)
{
	v->action = action;
	v->go.text = say(w, go);
}

enum outcome
door_page_show(struct work *w, const struct door_view *v, struct reply *r)
{
	struct door_view here = *v;

	here.problems = problemlist_of(w);
	here.page.wrong = here.problems.count > 0;
	if (here.problems.count > 0 && r->status == 200)
		r->status = 422;
	view_door(&r->body, w->words, &here);
	return DONE;
}
