/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "web/door/customer_sign_in.h"

#include "format/words.h"
#include "store/session.h"
#include "views.h"
#include "web/door/entrance.h"
#include "web/door/passkey_page.h"
#include "web/door/provider_page.h"
#include "web/frame.h"
#include "web/problemlist.h"
#include "web/resident/customer_view.h"
#include "web/say.h"
#include "web/visitor.h"

static enum outcome
show(struct work *w, const struct request *q, struct reply *r)
{
	const char *next = q->method == POST ? form_text(q, "next")
					     : query_text(q, "next");
	struct customer_sign_in_view v = {
		.next = frame_next(next, "/account"),
		.problems = problemlist_of(w),
		.email =
			{
				.id = "email",
				.label = say(w, WORD_ask_email),
				.type = "email",
				.autocomplete = "username",
				.no_spelling = true,
				.value = form_text(q, "email"),
				.error = frame_problem(w, "email"),
			},
		.password =
			{
				.id = "password",
				.label = say(w, WORD_account_password),
				.type = "password",
				.autocomplete = "current-password",
				.no_spelling = true,
			},
		.go.text = say(w, WORD_page_sign_in),
	};

	struct part_passkey *key;

	frame_page(w, q, &v.page, WORD_account_sign_in, SECTION_ACCOUNT);
	key = passkey_page_part(w, &v.page, "sign-in", ENTRANCE_CUSTOMER);
	key->next = v.next;
	v.passkey = key;
	v.providers = provider_page_buttons(w, &v.page, "residents", v.next);
	view_customer_sign_in(&r->body, w->words, &v);
	return DONE;
}

enum outcome
customer_sign_in_show(struct work *w, const struct request *q, struct reply *r)
{
	if (w->actor->person)
		return reply_return_to(r, query_text(q, "next"), "/account");
	return show(w, q, r);
}

enum outcome
customer_sign_in_enter(struct work *w, const struct request *q, struct reply *r)
{
	switch (entrance_enter(w, q, ENTRANCE_CUSTOMER, r)) {
	case DONE: return DONE;
	case LIMITED: (void)!work_problem(w, "email", "problem.account.often"); break;
	default: (void)!work_problem(w, "email", "problem.account.wrong");
	}
	return show(w, q, r);
}

enum outcome
customer_sign_in_leave(struct work *w, const struct request *q, struct reply *r)
{
	(void)q;
	visitor_leave(w, r);
	return reply_see_other(r, "/");
}
