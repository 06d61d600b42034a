/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "web/door/link_page.h"

#include "desk/break_glass.h"
#include "desk/door_letter.h"
#include "store/session.h"
#include "web/door/door_page.h"
#include "web/door/entrance.h"
#include "web/frame.h"
#include "web/say.h"
#include "web/visitor.h"

#include <string.h>

static void
ask_email(struct work *w, const struct request *q, struct door_view *v)
{
	struct part_input *i = door_page_ask(w, v, "email", WORD_ask_email);

	i->type = "email";
	i->autocomplete = "email";
	i->value = form_text(q, "email");
}

static enum outcome
show_ask(struct work *w, const struct request *q, struct reply *r)
{
	struct door_view *v = door_page_new(w, q, WORD_link_title);

	door_page_say(w, v, WORD_link_text, NULL);
	ask_email(w, q, v);
	v->next = frame_next(
		q->method == POST ? form_text(q, "next") : query_text(q, "next"),
		"/account");
	door_page_form(w, v, "/account/link", WORD_link_send);
	door_page_link(w, v, WORD_link_password, "/account/sign-in");
	return door_page_show(w, v, r);
}

static enum outcome
show_sign_up(struct work *w, const struct request *q, struct reply *r)
{
	struct door_view *v = door_page_new(w, q, WORD_link_up_title);
	struct part_input *i;

	door_page_say(w, v, WORD_link_up_text, NULL);
	i = door_page_ask(w, v, "name", WORD_link_name);
	i->autocomplete = "name";
	i->value = form_text(q, "name");
	ask_email(w, q, v);
	door_page_form(w, v, "/account/sign-up", WORD_link_send);
	door_page_link(w, v, WORD_link_have, "/account/sign-in");
	return door_page_show(w, v, r);
}

enum outcome
link_page_ask(struct work *w, const struct request *q, struct reply *r)
{
	return show_ask(w, q, r);
}

enum outcome
link_page_sign_up(struct work *w, const struct request *q, struct reply *r)
{
	return show_sign_up(w, q, r);
}

static enum outcome
say_sent(struct work *w, const struct request *q, struct reply *r)
{
	struct door_view *v = door_page_new(w, q, WORD_link_sent_title);

	door_page_say(w, v, WORD_link_sent,
		words_values(word_value("email", form_text(q, "email"))));
	door_page_say(w, v, WORD_link_sent_where, NULL);
	return door_page_show(w, v, r);
}

enum outcome
link_page_send(struct work *w, const struct request *q, struct reply *r)
{
	struct email_link l = {
		.purpose = "sign-in",
		.org = w->actor->org,
		.email = form_text(q, "email"),
		.name = "",
		.next = frame_next(form_text(q, "next"), "/account"),
	};

	visitor_need_session(w, q, r);
	if (door_letter_send(w, &l, q->peer) != DONE)
		return show_ask(w, q, r);
	return say_sent(w, q, r);
}

enum outcome
link_page_send_sign_up(struct work *w, const struct request *q, struct reply *r)
{
	struct email_link l = {
		.purpose = "sign-up",
		.org = w->actor->org,
		.email = form_text(q, "email"),
		.name = form_text(q, "name"),
		.next = "/account",
	};

	visitor_need_session(w, q, r);
	if (door_letter_send(w, &l, q->peer) != DONE)
		return show_sign_up(w, q, r);
	return say_sent(w, q, r);
}

/* A link that is over, was used, never was, or belongs to another browser. */
static enum outcome
say_over(struct work *w, const struct request *q, struct reply *r)
{
	struct door_view *v = door_page_new(w, q, WORD_link_over_title);

	door_page_say(w, v, WORD_link_over, NULL);
	door_page_link(w, v, WORD_link_again, "/account/link");
	if (r->status == 200)
		r->status = 404;
	return door_page_show(w, v, r);
}

static enum outcome
show_link(struct work *w, const struct request *q, const struct email_link *l,
	struct reply *r)
{
	bool up = strcmp(l->purpose, "sign-up") == 0;
	struct door_view *v = door_page_new(
		w, q, up ? WORD_link_up_title : WORD_account_sign_in);
	struct part_input *i;

	door_page_say(w, v, up ? WORD_link_choose : WORD_link_open,
		words_values(word_value("email", l->email)));
	if (up) {
		i = door_page_ask(w, v, "password", WORD_password_new);
		i->type = "password";
		i->autocomplete = "new-password";
		i->hint = say(w, WORD_password_hint);
	}
	door_page_form(w, v,
		arena_printf(w->arena, "/account/link/%s", path_part(q, "token")),
		up ? WORD_link_make : WORD_page_sign_in);
	return door_page_show(w, v, r);
}

enum outcome
link_page_open(struct work *w, const struct request *q, struct reply *r)
{
	struct email_link l;

	if (email_link_find(w, path_part(q, "token"), &l) != DONE || !l.here)
		return say_over(w, q, r);
	return show_link(w, q, &l, r);
}

/* A password chosen, and what is wrong with it. */
struct chosen {
	const char *stored;
	struct problems problems;
};

enum outcome
link_page_prepare(struct work *w, struct request *q, struct reply *r)
{
	struct chosen *c = arena_alloc(w->arena, sizeof *c);
	const char *password = pairs_get(&q->form, "password");
	struct email_link l;

	(void)r;
	if (email_link_find(w, path_part(q, "token"), &l) == DONE && l.here &&
		strcmp(l.purpose, "sign-up") == 0)
		c->stored = sign_in_password(w, password ? password : "", l.email);
	c->problems = w->problems;
	w->prepared = c;
	return DONE;
}

enum outcome
link_page_enter(struct work *w, const struct request *q, struct reply *r)
{
	const struct chosen *c = w->prepared;
	const char *token = path_part(q, "token");
	struct entrance e = {.way = "link", .door = ENTRANCE_CUSTOMER};
	struct email_link l;
	struct account a;

	if (email_link_find(w, token, &l) != DONE || !l.here)
		return say_over(w, q, r);
	if (strcmp(l.purpose, "sign-up") == 0) {
		w->problems = c->problems;
		if (!c->stored)
			return show_link(w, q, &l, r);
		/* Two links may have been asked for: the first one opened counts. */
		if (account_find(w, l.email, &a) != DONE)
			door_letter_make_account(w, &l, c->stored);
	}
	if (!email_link_use(w, token) || account_find(w, l.email, &a) != DONE ||
		!sign_in_may_link(w, &a))
		return say_over(w, q, r);
	e.account = &a;
	e.next = l.next;
	return entrance_pass(w, q, &e, r);
}

enum outcome
link_page_glass(struct work *w, const struct request *q, struct reply *r)
{
	struct door_view *v = door_page_new(w, q, WORD_glass_title);
	struct part_input *i;

	door_page_say(w, v, WORD_glass_text, NULL);
	i = door_page_ask(w, v, "secret", WORD_glass_secret);
	i->type = "password";
	i->autocomplete = "off";
	door_page_form(w, v, "/staff/break-glass", WORD_glass_go);
	door_page_link(w, v, WORD_passkey_back, "/staff/sign-in");
	return door_page_show(w, v, r);
}

enum outcome
link_page_break_glass(struct work *w, const struct request *q, struct reply *r)
{
	struct sign_in s = entrance_try(w, q, "", "break-glass");
	struct entrance e = {.way = "break-glass",
		.door = ENTRANCE_STAFF,
		.strong = true,
		.next = "/staff"};
	struct account a;

	switch (break_glass_open(w, &s, form_text(q, "secret"), &a)) {
	case DONE: e.account = &a; return entrance_pass(w, q, &e, r);
	case LIMITED:
		r->status = 429;
		(void)!work_problem(w, "secret", "problem.account.often");
		break;
	default: (void)!work_problem(w, "secret", "problem.glass.wrong");
	}
	return link_page_glass(w, q, r);
}
