/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "web/door/passkey_page.h"

#include "desk/passkey.h"
#include "desk/throttle.h"
#include "format/jsonout.h"
#include "http/origin.h"
#include "store/second_factor.h"
#include "store/session.h"
#include "store/team.h"
#include "web/door/door_page.h"
#include "web/door/entrance.h"
#include "web/door/password_page.h"
#include "web/say.h"
#include "web/visitor.h"

#include <string.h>

enum { TIMEOUT_MS = 120000 };

struct part_passkey *
passkey_page_part(
	struct work *w, const struct page *page, const char *purpose, const char *door)
{
	struct part_passkey *p = arena_alloc(w->arena, sizeof *p);
	bool registers = strcmp(purpose, "register") == 0;

	*p = (struct part_passkey){
		.page = page,
		.purpose = purpose,
		.action = registers ? "/account/passkeys" : "/sign-in/passkey",
		.door = door,
		.button = say(w, registers ? WORD_passkey_add : WORD_passkey_sign_in),
		.failed = say(w, WORD_passkey_failed),
	};
	return p;
}

static void
add_credentials(struct work *w, struct jsonout *j, const char *name, int64_t person)
{
	struct passkey_list all;

	passkey_row_list(w, person, &all);
	jsonout_name(j, name);
	jsonout_list(j);
	for (int i = 0; i < all.count; i++) {
		jsonout_record(j);
		jsonout_member(j, "type", "public-key");
		jsonout_member(j, "id", all.at[i].id);
		jsonout_end(j);
	}
	jsonout_end(j);
}

static void
add_registration(struct work *w, struct jsonout *j, const struct account *a)
{
	static const int algorithms[] = {-7, -8, -257};
	struct organisation o;

	jsonout_name(j, "rp");
	jsonout_record(j);
	jsonout_member(j, "id", passkey_site(w).id);
	jsonout_member(j, "name",
		team_organisation(w, a->org, &o) == DONE ? o.name : "Portreeve");
	jsonout_end(j);
	jsonout_name(j, "user");
	jsonout_record(j);
	jsonout_member(j, "id", passkey_handle(w, a->person));
	jsonout_member(j, "name", a->email);
	jsonout_member(j, "displayName", a->name);
	jsonout_end(j);
	jsonout_name(j, "pubKeyCredParams");
	jsonout_list(j);
	for (size_t i = 0; i < sizeof algorithms / sizeof *algorithms; i++) {
		jsonout_record(j);
		jsonout_member(j, "type", "public-key");
		jsonout_member_whole(j, "alg", algorithms[i]);
		jsonout_end(j);
	}
	jsonout_end(j);
	jsonout_member(j, "attestation", "none");
	jsonout_name(j, "authenticatorSelection");
	jsonout_record(j);
	jsonout_member(j, "residentKey", "preferred");
	jsonout_member(j, "userVerification", "preferred");
	jsonout_end(j);
	add_credentials(w, j, "excludeCredentials", a->person);
}

/* Who is asked for the second factor just now. */
static bool
asked_second(struct work *w, struct sign_in_step *step, struct account *a)
{
	return second_factor_asked(w, step) == DONE &&
	       account_find(w, step->email, a) == DONE && !a->disabled;
}

enum outcome
passkey_page_options(struct work *w, const struct request *q, struct reply *r)
{
	const char *purpose = form_text(q, "purpose");
	bool registers = strcmp(purpose, "register") == 0;
	bool second = strcmp(purpose, "second") == 0;
	struct jsonout j = jsonout_to(&r->body);
	struct sign_in_step step;
	struct account a;

	if (registers ? account_of(w, w->actor->person, &a) != DONE
		      : second && !asked_second(w, &step, &a))
		return DENIED;
	if (!registers && !second && strcmp(purpose, "sign-in") != 0)
		return DENIED;
	visitor_need_session(w, q, r);
	jsonout_record(&j);
	jsonout_member(&j, "token", origin_token(w->arena, w->session->secret));
	jsonout_name(&j, "publicKey");
	jsonout_record(&j);
	jsonout_member(&j, "challenge", passkey_row_challenge(w, purpose));
	jsonout_member_whole(&j, "timeout", TIMEOUT_MS);
	if (registers) {
		add_registration(w, &j, &a);
	} else {
		jsonout_member(&j, "rpId", passkey_site(w).id);
		jsonout_member(
			&j, "userVerification", second ? "discouraged" : "required");
		if (second)
			add_credentials(w, &j, "allowCredentials", a.person);
	}
	jsonout_end(&j);
	jsonout_end(&j);
	r->type = "application/json";
	return DONE;
}

static struct passkey_said
said_in(const struct request *q)
{
	return (struct passkey_said){
		.id = form_text(q, "id"),
		.client = form_text(q, "client"),
		.data = form_text(q, "data"),
		.signature = form_text(q, "signature"),
		.handle = form_text(q, "handle"),
	};
}

static enum outcome
say_no(struct work *w, const struct request *q, enum word why, struct reply *r)
{
	struct door_view *v = door_page_new(w, q, WORD_passkey_wrong_title);
	bool staff = strcmp(form_text(q, "door"), ENTRANCE_STAFF) == 0;

	door_page_say(w, v, why, NULL);
	door_page_link(
		w, v, WORD_passkey_back, staff ? "/staff/sign-in" : "/account/sign-in");
	if (r->status == 200)
		r->status = 422;
	return door_page_show(w, v, r);
}

enum outcome
passkey_page_enter(struct work *w, const struct request *q, struct reply *r)
{
	bool second = strcmp(form_text(q, "purpose"), "second") == 0;
	struct passkey_said said = said_in(q);
	struct throttle t = {.door = "passkey", .about = said.id, .peer = q->peer};
	struct entrance e = {.way = "passkey", .strong = true};
	struct sign_in_step step = {.email = NULL};
	struct account a;

	if (!throttle_open(w, &t)) {
		r->status = 429;
		return say_no(w, q, WORD_passkey_often, r);
	}
	if (second && !asked_second(w, &step, &a))
		return reply_see_other(r, "/account/sign-in");
	if (passkey_enter(w, second ? "second" : "sign-in", &said, second ? a.person : 0,
		    &a) != DONE) {
		throttle_wrong(w, &t);
		return say_no(w, q, WORD_passkey_wrong, r);
	}
	e.account = &a;
	e.door = strcmp(form_text(q, "door"), ENTRANCE_STAFF) == 0 ? ENTRANCE_STAFF
								   : ENTRANCE_CUSTOMER;
	e.next = form_text(q, "next");
	if (second) {
		e.way = arena_printf(w->arena, "%s-passkey", step.way);
		e.door = step.door;
		e.next = step.next;
		second_factor_asked_no_more(w);
	}
	return entrance_pass(w, q, &e, r);
}

enum outcome
passkey_page_add(struct work *w, const struct request *q, struct reply *r)
{
	struct passkey_said said = said_in(q);
	struct session *now = arena_alloc(w->arena, sizeof *now);
	struct session old;
	struct account a;

	if (account_of(w, w->actor->person, &a) != DONE)
		return MISSING;
	if (!password_page_fresh(w, "/account/security", r))
		return DONE;
	if (passkey_register(w, &a, &said, form_text(q, "name")) != DONE) {
		struct door_view *v = door_page_new(w, q, WORD_passkey_wrong_title);

		door_page_say(w, v, WORD_passkey_wrong, NULL);
		door_page_link(w, v, WORD_security_back, "/account/security");
		return door_page_show(w, v, r);
	}
	old = *w->session;
	old.must_enrol = false;
	reply_cookie(r, VISITOR_COOKIE, session_renew(w, &old, now), -1);
	w->session = now;
	return reply_see_other(r, "/account/security");
}

enum outcome
passkey_page_remove(struct work *w, const struct request *q, struct reply *r)
{
	struct account a;

	if (account_of(w, w->actor->person, &a) != DONE)
		return MISSING;
	if (!password_page_fresh(w, "/account/security", r))
		return DONE;
	if (!passkey_row_remove(w, a.person, form_text(q, "id")))
		return MISSING;
	if (account_must_enrol(w, a.person) && !second_factor_has(w, a.person))
		return DENIED;
	sign_in_audit(w, &a, "second-factor.remove", "kind=passkey");
	return reply_see_other(r, "/account/security");
}
