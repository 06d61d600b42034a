/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "web/door/staff_sign_in.h"

#include "format/words.h"
#include "store/session.h"
#include "store/team.h"
#include "views.h"
#include "web/door/entrance.h"
#include "web/door/passkey_page.h"
#include "web/door/provider_page.h"
#include "web/door/security_page.h"
#include "web/door/staff_sign_in_view.h"
#include "web/frame.h"
#include "web/say.h"
#include "web/staff/staff_words.h"
#include "web/visitor.h"

#include <stdlib.h>

static enum outcome
show_form(struct work *w, const struct request *q, enum word problem, struct reply *r)
{
	struct staff_sign_in_view v;
	struct part_problem *p = arena_alloc(w->arena, sizeof *p);
	struct part_passkey *key;

	frame_page(w, q, &v.page, WORD_sign_in_title, SECTION_NONE);
	key = passkey_page_part(w, &v.page, "sign-in", ENTRANCE_STAFF);
	v.passkey = key;
	v.next = q->method == POST ? form_text(q, "next") : query_text(q, "next");
	key->next = v.next;
	v.providers = provider_page_buttons(w, &v.page, "staff", v.next);
	v.page.wrong = problem != WORD_NONE;
	*p = (struct part_problem){.text = say(w, problem), .id = "email"};
	v.problems = (struct part_problems){p, problem != WORD_NONE};
	v.email = (struct part_input){
		.kind = PART_TEXT,
		.id = "email",
		.label = say(w, WORD_sign_in_email),
		.type = "email",
		.autocomplete = "username",
		.no_spelling = true,
		.value = form_text(q, "email"),
		.error = problem != WORD_NONE ? p->text : NULL,
	};
	v.password = (struct part_input){
		.kind = PART_TEXT,
		.id = "password",
		.label = say(w, WORD_sign_in_password),
		.type = "password",
		.autocomplete = "current-password",
	};
	view_staff_sign_in(&r->body, w->words, &v);
	return DONE;
}

enum outcome
staff_sign_in_show(struct work *w, const struct request *q, struct reply *r)
{
	if (access_is_staff(w->actor))
		return reply_return_to(r, query_text(q, "next"), "/staff");
	return show_form(w, q, WORD_NONE, r);
}

enum outcome
staff_sign_in_enter(struct work *w, const struct request *q, struct reply *r)
{
	switch (entrance_enter(w, q, ENTRANCE_STAFF, r)) {
	case DONE: return DONE;
	case LIMITED: return show_form(w, q, WORD_sign_in_often, r);
	default: return show_form(w, q, WORD_sign_in_wrong, r);
	}
}

enum outcome
staff_sign_in_leave(struct work *w, const struct request *q, struct reply *r)
{
	(void)q;
	visitor_leave(w, r);
	return reply_see_other(r, "/staff/sign-in");
}

/* The roles in one organisation: "Analyst, Team leader". */
static const char *
roles_in(struct work *w, int64_t org)
{
	struct buffer b = buffer_in(w->arena, 64);

	for (int i = 0; i < w->actor->grant_count; i++) {
		const struct grant *g = &w->actor->grants[i];

		if (g->org != org || g->role == ROLE_CUSTOMER)
			continue;
		if (b.len > 0)
			buffer_text_add(&b, ", ");
		buffer_text_add(&b, staff_words_role_text(w, g->role, g->label));
	}
	return buffer_text(&b);
}

static const char *
teams_in(struct work *w, int64_t org)
{
	struct buffer b = buffer_in(w->arena, 64);
	struct team_list teams;

	team_of_person(w, org, w->actor->person, &teams);
	for (int i = 0; i < teams.count; i++) {
		if (i > 0)
			buffer_text_add(&b, ", ");
		buffer_text_add(&b, teams.at[i].name);
	}
	return buffer_text(&b);
}

static bool
works_for(const struct actor *a, int64_t org)
{
	for (int i = 0; i < a->grant_count; i++)
		if (a->grants[i].org == org && a->grants[i].role != ROLE_CUSTOMER)
			return true;
	return false;
}

enum outcome
staff_sign_in_me(struct work *w, const struct request *q, struct reply *r)
{
	struct organisation_list all;
	struct staff_place *at;
	struct staff_me_view v;

	frame_page(w, q, &v.page, WORD_me_title, SECTION_NONE);
	v.page.title_text = w->actor->name;
	team_organisations(w, &all);
	at = arena_array(w->arena, (size_t)all.count, sizeof *at);
	v.places = (struct staff_places){at, 0};
	for (int i = 0; i < all.count; i++)
		if (works_for(w->actor, all.at[i].id))
			at[v.places.count++] = (struct staff_place){
				.org = all.at[i].id,
				.name = all.at[i].name,
				.roles = roles_in(w, all.at[i].id),
				.teams = teams_in(w, all.at[i].id),
				.here = all.at[i].id == w->actor->org,
			};
	v.several = v.places.count > 1;
	v.presence = presence_page_switch(w);
	v.sessions = security_page_rows(w, &v.others);
	view_staff_me(&r->body, w->words, &v);
	return DONE;
}

enum outcome
staff_sign_in_move(struct work *w, const struct request *q, struct reply *r)
{
	int64_t org = form_int(q, "org");

	if (!works_for(w->actor, org) || !w->session)
		return DENIED;
	session_set_org(w, w->session->hash, org);
	return reply_see_other(r, "/staff");
}
