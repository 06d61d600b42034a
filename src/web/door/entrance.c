/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "web/door/entrance.h"

#include "desk/directory.h"
#include "store/second_factor.h"
#include "store/secret.h"
#include "store/session.h"
#include "web/visitor.h"

#include <string.h>

enum { LONGEST_COOKIE = 64 };

struct sign_in
entrance_try(struct work *w, const struct request *q, const char *email, const char *way)
{
	const char *device = request_cookie(q, ENTRANCE_DEVICE_COOKIE);

	(void)w;
	if (device && strlen(device) > LONGEST_COOKIE)
		device = NULL;
	return (struct sign_in){
		.email = email,
		.peer = q->peer,
		.agent = request_header(q, "User-Agent"),
		.device = device,
		.way = way,
	};
}

/* The live directories, each in turn, until one knows the password. Whoever has an
 * account is known by a directory of its organisation or by none (desk/provider_entry):
 * the others are asked for nobody, with what is no password, so that they do not learn
 * this one and the time tells nothing. */
static void
ask_directories(struct work *w, const char *email, const char *password,
	struct entrance_verdict *v)
{
	int64_t home = v->account.org;
	struct provider_list all;

	provider_list(w, 0, &all);
	for (int i = 0; i < all.count && !v->right; i++) {
		const struct provider *p = &all.at[i];

		if (!p->live || strcmp(p->kind, "ldap") != 0 ||
			provider_get(w, p->org, p->id, &v->provider) != DONE)
			continue;
		if (home && p->org != home) {
			(void)!directory_verify(w, &v->provider, secret_token(w->arena),
				secret_token(w->arena), &v->says);
			continue;
		}
		v->right = directory_verify(w, &v->provider, email, password, &v->says) ==
			   DONE;
		if (v->right)
			v->way = "ldap";
	}
}

enum outcome
entrance_prepare(struct work *w, struct request *q, struct reply *r)
{
	struct entrance_verdict *v = arena_alloc(w->arena, sizeof *v);
	const char *password = pairs_get(&q->form, "password");
	const char *email = form_text(q, "email");
	struct sign_in s = entrance_try(w, q, email, "password");

	(void)r;
	v->way = s.way;
	if (!password)
		password = "";
	w->prepared = v;
	/* Too many tries cost us nothing more. */
	if (!sign_in_may_try(w, &s))
		return DONE;
	v->right = sign_in_verify(w, email, password, &v->account) == DONE;
	if (!v->right)
		ask_directories(w, email, password, v);
	return DONE;
}

static enum outcome
ask_second(struct work *w, const struct request *q, const struct entrance *e,
	struct reply *r)
{
	struct sign_in_step step = {
		.email = e->account->email,
		.way = e->way,
		.door = e->door,
		.next = e->next ? e->next : "",
	};

	visitor_need_session(w, q, r);
	second_factor_ask(w, &step);
	return reply_see_other(r, "/sign-in/second");
}

enum outcome
entrance_pass(struct work *w, const struct request *q, const struct entrance *e,
	struct reply *r)
{
	struct sign_in s = entrance_try(w, q, e->account->email, e->way);
	bool staff = strcmp(e->door, ENTRANCE_STAFF) == 0;
	struct sign_in_pass pass;

	if (!e->strong && second_factor_has(w, e->account->person))
		return ask_second(w, q, e, r);
	sign_in_admit(w, &s, e->account, &pass);
	reply_cookie(r, VISITOR_COOKIE, pass.cookie, -1);
	if (pass.device)
		reply_cookie(r, ENTRANCE_DEVICE_COOKIE, pass.device, SESSION_DEVICE);
	if (pass.must_enrol)
		return reply_see_other(r, "/account/security");
	if (staff && pass.org == 0)
		return reply_see_other(r, "/");
	return reply_return_to(r, e->next, staff ? "/staff" : "/account");
}

/* The account, when the password was right (sign_in_judge has been asked). NULL when a
 * directory's person does not get in. */
static const struct account *
whose(struct work *w, const struct entrance_verdict *v, struct account *room)
{
	if (strcmp(v->way, "ldap") != 0)
		return &v->account;
	return provider_entry(w, &v->provider, &v->says, room) == DONE ? room : NULL;
}

enum outcome
entrance_enter(struct work *w, const struct request *q, const char *door, struct reply *r)
{
	const struct entrance_verdict *v = w->prepared;
	struct sign_in s = entrance_try(w, q, form_text(q, "email"), v->way);
	enum outcome judged = sign_in_judge(w, &s, v->right);
	struct account room;
	struct entrance e = {
		.way = v->way,
		.door = door,
		.next = form_text(q, "next"),
	};

	if (judged == DONE) {
		e.account = whose(w, v, &room);
		if (e.account)
			return entrance_pass(w, q, &e, r);
	}
	r->status = judged == LIMITED ? 429 : 422;
	return judged == LIMITED ? LIMITED : DENIED;
}
