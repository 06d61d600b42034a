/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "web/door/welcome_page.h"

#include "desk/invite.h"
#include "store/team.h"
#include "web/door/door_page.h"
#include "web/door/entrance.h"
#include "web/say.h"

static enum outcome
say_over(struct work *w, const struct request *q, struct reply *r)
{
	struct door_view *v = door_page_new(w, q, WORD_link_over_title);

	door_page_say(w, v, WORD_welcome_over, NULL);
	door_page_link(w, v, WORD_welcome_sign_in, "/staff/sign-in");
	r->status = 404;
	return door_page_show(w, v, r);
}

static enum outcome
show(struct work *w, const struct request *q, const struct invite_opened *o,
	struct reply *r)
{
	struct door_view *v = door_page_new(w, q, WORD_welcome_title);
	const struct invitation *i = &o->invitation;
	struct organisation org = {.name = ""};
	struct part_input *input;

	(void)!team_organisation(w, i->org, &org);
	door_page_say(w, v, WORD_welcome_text,
		words_values(word_value("organisation", org.name),
			word_value("email", i->email)));
	if (o->chooses) {
		input = door_page_ask(w, v, "password", WORD_password_new);
		input->type = "password";
		input->autocomplete = "new-password";
		input->hint = say(w, WORD_password_hint);
	} else {
		door_page_say(w, v, WORD_welcome_known, NULL);
	}
	door_page_form(w, v,
		arena_printf(w->arena, "/account/welcome/%s", path_part(q, "token")),
		o->chooses ? WORD_welcome_choose : WORD_welcome_accept);
	return door_page_show(w, v, r);
}

enum outcome
welcome_page_open(struct work *w, const struct request *q, struct reply *r)
{
	struct invite_opened o;

	if (invite_open(w, path_part(q, "token"), &o) != DONE)
		return say_over(w, q, r);
	return show(w, q, &o, r);
}

/* A password chosen, and what is wrong with it. */
struct chosen {
	const char *stored;
	struct problems problems;
};

enum outcome
welcome_page_prepare(struct work *w, struct request *q, struct reply *r)
{
	struct chosen *c = arena_alloc(w->arena, sizeof *c);
	const char *password = pairs_get(&q->form, "password");
	struct invite_opened o;

	(void)r;
	if (invite_open(w, path_part(q, "token"), &o) == DONE && o.chooses)
		c->stored = sign_in_password(
			w, password ? password : "", o.invitation.email);
	c->problems = w->problems;
	w->prepared = c;
	return DONE;
}

static enum outcome
say_accepted(struct work *w, const struct request *q, struct reply *r)
{
	struct door_view *v = door_page_new(w, q, WORD_welcome_title);

	door_page_say(w, v, WORD_welcome_accepted, NULL);
	door_page_link(w, v, WORD_welcome_sign_in, "/staff/sign-in");
	return door_page_show(w, v, r);
}

enum outcome
welcome_page_enter(struct work *w, const struct request *q, struct reply *r)
{
	const struct chosen *c = w->prepared;
	const char *token = path_part(q, "token");
	struct entrance e = {.way = "welcome", .door = ENTRANCE_STAFF, .next = "/staff"};
	struct invite_opened o;

	if (invite_open(w, token, &o) != DONE)
		return say_over(w, q, r);
	w->problems = c->problems;
	if (o.chooses && !c->stored)
		return show(w, q, &o, r);
	if (invite_arrive(w, token, c->stored, &o) != DONE)
		return say_over(w, q, r);
	if (!o.chooses)
		return say_accepted(w, q, r);
	e.account = &o.account;
	return entrance_pass(w, q, &e, r);
}
