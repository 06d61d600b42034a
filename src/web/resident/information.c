/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "web/resident/information.h"

#include "store/service.h"
#include "store/team.h"
#include "views.h"
#include "web/frame.h"
#include "web/resident/information_view.h"

#include <string.h>

/* When the accessibility statement was prepared and last reviewed: change it with the
 * words of the statement. */
static const struct date prepared = {2026, 11, 21};

static void
fill(struct work *w, const struct request *q, enum word title, struct information_view *v)
{
	struct organisation o;

	*v = (struct information_view){
		.date = words_date(w->arena, w->words, prepared, DATE_LONG),
		.guidelines = "https://www.w3.org/TR/WCAG22/",
		.service = "https://www.equalityadvisoryservice.com/",
		.front = strncmp(w->base, "https://", 8) == 0 ? REQUEST_HOST_COOKIE : "",
	};
	frame_page(w, q, &v->page, title,
		title == WORD_help_title ? SECTION_HELP : SECTION_NONE);
	if (team_organisation(w, w->actor->org, &o) != DONE)
		return;
	v->email = o.email;
	v->phone = o.phone;
	v->mailto = arena_printf(w->arena, "mailto:%s", o.email);
	v->tel = arena_printf(w->arena, "tel:%s", o.phone);
}

enum outcome
information_help(struct work *w, const struct request *q, struct reply *r)
{
	struct information_view v;

	fill(w, q, WORD_help_title, &v);
	view_help(&r->body, w->words, &v);
	return DONE;
}

enum outcome
information_statement(struct work *w, const struct request *q, struct reply *r)
{
	struct information_view v;

	fill(w, q, WORD_statement_title, &v);
	view_statement(&r->body, w->words, &v);
	return DONE;
}

enum outcome
information_cookies(struct work *w, const struct request *q, struct reply *r)
{
	struct information_view v;

	fill(w, q, WORD_cookies_title, &v);
	view_cookies(&r->body, w->words, &v);
	return DONE;
}

static const char *
kept_for(struct work *w, int64_t months)
{
	enum word unit = months % 12 ? WORD_privacy_months : WORD_privacy_years;

	return words_text(w->arena, w->words, unit,
		words_values(word_value("count", months % 12 ? months : months / 12)));
}

/* The catalogue comes by category. */
static struct privacy_groups
retention(struct work *w)
{
	struct service_list all;
	struct privacy_group *groups;
	struct privacy_row *rows;
	int count = 0;

	service_list(w, w->actor->org, &all);
	groups = arena_array(w->arena, (size_t)all.count, sizeof *groups);
	rows = arena_array(w->arena, (size_t)all.count, sizeof *rows);
	for (int i = 0; i < all.count; i++) {
		const struct service *s = &all.at[i];

		rows[i] = (struct privacy_row){s->name, kept_for(w, s->retention_months)};
		if (count == 0 || strcmp(groups[count - 1].name, s->category) != 0)
			groups[count++] = (struct privacy_group){
				.name = s->category,
				.rows.at = &rows[i],
			};
		groups[count - 1].rows.count++;
	}
	return (struct privacy_groups){groups, count};
}

enum outcome
information_privacy(struct work *w, const struct request *q, struct reply *r)
{
	struct information_view about;
	struct privacy_view v;

	fill(w, q, WORD_privacy_title, &about);
	v = (struct privacy_view){
		.page = about.page,
		.mailto = about.mailto,
		.commissioner = "https://ico.org.uk/make-a-complaint/",
		.groups = retention(w),
	};
	view_privacy(&r->body, w->words, &v);
	return DONE;
}
