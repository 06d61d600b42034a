/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "web/frame.h"

#include "format/urlencoded.h"
#include "http/origin.h"
#include "store/team.h"

#include <string.h>

enum { MOST_LANGUAGES = 8 };

/* This address with its query, but in another language. */
static const char *
same_page(struct work *w, const struct request *q, const char *tag)
{
	struct buffer b = buffer_in(w->arena, 128);

	buffer_text_add(&b, q->path);
	buffer_printf(&b, "?lang=%s", tag);
	for (int i = 0; i < q->query.count; i++)
		if (strcmp(q->query.at[i].name, "lang") != 0) {
			buffer_char(&b, '&');
			urlencoded_add(&b, q->query.at[i].name);
			buffer_char(&b, '=');
			urlencoded_add(&b, q->query.at[i].value);
		}
	return buffer_text(&b);
}

static struct page_languages
languages(struct work *w, const struct request *q)
{
	struct page_language *at = arena_array(w->arena, MOST_LANGUAGES, sizeof *at);
	struct page_languages all = {at, 0};
	const struct words *l;

	while (all.count < MOST_LANGUAGES && (l = words_nth(all.count)))
		at[all.count++] = (struct page_language){
			.tag = words_tag(l),
			.name = words_name(l),
			.href = same_page(w, q, words_tag(l)),
			.current = l == w->words,
		};
	return all;
}

static void
show_ways(const struct actor *a, struct page *p)
{
	p->may_work = access_may(a, a->org, RIGHT_SEE) ||
		      access_may(a, a->org, RIGHT_SEE_TEAM);
	p->may_create = access_may(a, a->org, RIGHT_CREATE);
	p->may_figures = access_may(a, a->org, RIGHT_FIGURES);
	p->may_board = p->may_figures || access_may(a, a->org, RIGHT_SEE);
	p->may_admin = access_may(a, a->org, RIGHT_ADMIN);
	p->may_audit = !p->may_admin && access_may(a, a->org, RIGHT_AUDIT);
}

void
frame_page(struct work *w, const struct request *q, struct page *p, enum word title,
	enum page_section section)
{
	struct organisation o;

	*p = (struct page){
		.title = title,
		.language = words_tag(w->words),
		.organisation = "Portreeve",
		.section = section,
		.languages = languages(w, q),
		.wrong = w->problems.count > 0,
	};
	if (w->session)
		p->token = origin_token(w->arena, w->session->secret);
	if (w->actor && w->actor->person) {
		p->person = w->actor->name;
		show_ways(w->actor, p);
	}
	if (w->db && w->actor && team_organisation(w, w->actor->org, &o) == DONE) {
		p->organisation = o.name;
		p->alarm = o.alarm > w->now;
		if (strcmp(o.language, p->language) != 0)
			p->catalogue = o.language;
	}
}

const char *
frame_next(const char *next, const char *otherwise)
{
	if (!next || next[0] != '/' || next[1] == '/' || next[1] == '\\')
		return otherwise;
	for (const char *c = next; *c; c++)
		if ((unsigned char)*c < 0x20 || *c == '\\')
			return otherwise;
	return next;
}

const char *
frame_problem(struct work *w, const char *field)
{
	for (int i = 0; i < w->problems.count; i++) {
		const struct problem *p = &w->problems.at[i];

		if (strcmp(p->field, field) == 0)
			return words_text(w->arena, w->words, words_find(p->key),
				words_values(word_value("detail", p->detail)));
	}
	return NULL;
}
