/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "web/door/authenticator_page.h"

#include "desk/second.h"
#include "format/qrcode.h"
#include "format/totp.h"
#include "store/passkey_row.h"
#include "store/session.h"
#include "views.h"
#include "web/door/door_page.h"
#include "web/door/entrance.h"
#include "web/door/passkey_page.h"
#include "web/door/password_page.h"
#include "web/frame.h"
#include "web/problemlist.h"
#include "web/say.h"
#include "web/visitor.h"

#include <string.h>

/* A rise of what the session may do: it gets a new cookie. */
static void
renew(struct work *w, struct reply *r)
{
	struct session *now = arena_alloc(w->arena, sizeof *now);
	struct session old = *w->session;

	old.must_enrol = false;
	reply_cookie(r, VISITOR_COOKIE, session_renew(w, &old, now), -1);
	w->session = now;
}

enum outcome
authenticator_page_start(struct work *w, const struct request *q, struct reply *r)
{
	struct totp_row t;
	struct account a;

	(void)q;
	if (account_of(w, w->actor->person, &a) != DONE || !w->vault)
		return MISSING;
	if (!password_page_fresh(w, "/account/security", r))
		return DONE;
	if (second_factor_totp(w, a.person, &t) != DONE || !t.confirmed)
		second_begin(w, &a);
	return reply_see_other(r, "/account/authenticator");
}

/* "ABCD EFGH ...": easier to type. */
static const char *
in_fours(struct arena *a, const char *text)
{
	struct buffer b = buffer_in(a, 64);

	for (int i = 0; text[i]; i++) {
		if (i > 0 && i % 4 == 0)
			buffer_char(&b, ' ');
		buffer_char(&b, text[i]);
	}
	return buffer_text(&b);
}

enum outcome
authenticator_page_show(struct work *w, const struct request *q, struct reply *r)
{
	struct authenticator_view v = {.link = NULL};
	struct totp_row t;
	struct account a;

	if (account_of(w, w->actor->person, &a) != DONE)
		return MISSING;
	if (second_factor_totp(w, a.person, &t) != DONE || t.confirmed)
		return reply_see_other(r, "/account/security");
	if (!password_page_fresh(w, "/account/authenticator", r))
		return DONE;
	frame_page(w, q, &v.page, WORD_authenticator_title, SECTION_ACCOUNT);
	v.problems = problemlist_of(w);
	v.picture = qrcode_svg(w->arena,
		totp_link(w->arena, t.secret, v.page.organisation, a.email),
		say(w, WORD_authenticator_picture));
	v.key = in_fours(w->arena, totp_base32(w->arena, t.secret));
	v.code = (struct part_input){
		.kind = PART_TEXT,
		.id = "code",
		.label = say(w, WORD_authenticator_code),
		.inputmode = "numeric",
		.autocomplete = "one-time-code",
		.class = "govuk-input--width-10",
		.no_spelling = true,
		.error = frame_problem(w, "code"),
	};
	view_authenticator(&r->body, w->words, &v);
	return DONE;
}

static enum outcome
show_codes(
	struct work *w, const struct request *q, const struct account *a, struct reply *r)
{
	const char *codes[SECOND_CODES];
	struct door_text *at = arena_array(w->arena, SECOND_CODES, sizeof *at);
	struct recovery_view v = {.codes = {at, SECOND_CODES}};

	second_new_codes(w, a, codes);
	for (int i = 0; i < SECOND_CODES; i++)
		at[i].text = codes[i];
	frame_page(w, q, &v.page, WORD_recovery_title, SECTION_ACCOUNT);
	v.next = "/account/security";
	view_recovery(&r->body, w->words, &v);
	return DONE;
}

enum outcome
authenticator_page_confirm(struct work *w, const struct request *q, struct reply *r)
{
	struct account a;

	if (account_of(w, w->actor->person, &a) != DONE)
		return MISSING;
	if (!password_page_fresh(w, "/account/authenticator", r))
		return DONE;
	switch (second_confirm(w, &a, form_text(q, "code"))) {
	case DONE: break;
	case INVALID: r->status = 422; return authenticator_page_show(w, q, r);
	default: return reply_see_other(r, "/account/security");
	}
	session_end_others(w, a.person);
	renew(w, r);
	return show_codes(w, q, &a, r);
}

enum outcome
authenticator_page_remove(struct work *w, const struct request *q, struct reply *r)
{
	struct account a;

	(void)q;
	if (account_of(w, w->actor->person, &a) != DONE)
		return MISSING;
	if (account_must_enrol(w, a.person))
		return DENIED;
	if (!password_page_fresh(w, "/account/security", r))
		return DONE;
	second_factor_forget(w, a.person);
	sign_in_audit(w, &a, "second-factor.remove", "kind=app");
	return reply_see_other(r, "/account/security");
}

enum outcome
authenticator_page_codes(struct work *w, const struct request *q, struct reply *r)
{
	struct account a;

	if (account_of(w, w->actor->person, &a) != DONE ||
		!second_factor_has(w, a.person))
		return MISSING;
	if (!password_page_fresh(w, "/account/security", r))
		return DONE;
	return show_codes(w, q, &a, r);
}

static enum outcome
ask(struct work *w, const struct request *q, struct reply *r)
{
	struct door_view *v = door_page_new(w, q, WORD_second_title);
	struct part_input *i;

	struct passkey_list keys;
	struct sign_in_step step;
	struct account a;

	door_page_say(w, v, WORD_second_text, NULL);
	if (second_factor_asked(w, &step) == DONE &&
		account_find(w, step.email, &a) == DONE) {
		passkey_row_list(w, a.person, &keys);
		if (keys.count > 0)
			v->passkey = passkey_page_part(w, &v->page, "second", NULL);
	}
	i = door_page_ask(w, v, "code", WORD_second_code);
	i->autocomplete = "one-time-code";
	i->class = "govuk-input--width-20";
	i->hint = say(w, WORD_second_hint);
	door_page_form(w, v, "/sign-in/second", WORD_second_go);
	return door_page_show(w, v, r);
}

enum outcome
authenticator_page_second(struct work *w, const struct request *q, struct reply *r)
{
	struct sign_in_step step;

	if (second_factor_asked(w, &step) != DONE)
		return reply_see_other(r, "/account/sign-in");
	return ask(w, q, r);
}

enum outcome
authenticator_page_enter(struct work *w, const struct request *q, struct reply *r)
{
	struct sign_in_step step;
	struct entrance e = {.strong = true};
	struct sign_in s;
	struct account a;

	if (second_factor_asked(w, &step) != DONE ||
		account_find(w, step.email, &a) != DONE || a.disabled)
		return reply_see_other(r, "/account/sign-in");
	s = entrance_try(w, q, a.email, step.way);
	switch (second_check(w, &s, &a, form_text(q, "code"))) {
	case DONE: break;
	case LIMITED:
		r->status = 429;
		(void)!work_problem(w, "code", "problem.account.often");
		return ask(w, q, r);
	default: return ask(w, q, r);
	}
	second_factor_asked_no_more(w);
	e.account = &a;
	e.way = arena_printf(w->arena, "%s-code", step.way);
	e.door = step.door;
	e.next = step.next;
	return entrance_pass(w, q, &e, r);
}
