/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "web/door/password_page.h"

#include "desk/sign_in.h"
#include "desk/throttle.h"
#include "store/session.h"
#include "views.h"
#include "web/door/door_page.h"
#include "web/frame.h"
#include "web/say.h"
#include "web/visitor.h"

#include <string.h>

/* What prepare found out. */
struct judged {
	struct account account;
	bool needed;	    /* the old password is asked for */
	bool right;	    /* and it was */
	bool limited;	    /* there were too many tries */
	const char *stored; /* the new one; NULL: it will not do */
	struct problems problems;
};

static bool
is_fresh(const struct work *w)
{
	return w->session && w->now - w->session->created <= SESSION_FRESH;
}

bool
password_page_fresh(struct work *w, const char *next, struct reply *r)
{
	/* Who came through the glass changes nothing of that account. */
	if (is_fresh(w) && strcmp(w->session->way, "break-glass") != 0)
		return true;
	(void)!reply_see_other(r, "/account/confirm?next=%s", next);
	return false;
}

static bool
wants_current(const struct work *w, const struct account *a)
{
	if (!*a->password)
		return false;
	return !(is_fresh(w) && strcmp(w->session->way, "link") == 0);
}

static enum outcome
show(struct work *w, const struct request *q, bool current, struct reply *r)
{
	struct door_view *v = door_page_new(w, q, WORD_password_title);
	struct part_input *i;

	if (current) {
		i = door_page_ask(w, v, "current", WORD_password_current);
		i->type = "password";
		i->autocomplete = "current-password";
	}
	i = door_page_ask(w, v, "password", WORD_password_new);
	i->type = "password";
	i->autocomplete = "new-password";
	i->hint = say(w, WORD_password_hint);
	door_page_say(w, v, WORD_password_text, NULL);
	door_page_form(w, v, "/account/password", WORD_password_change);
	door_page_link(w, v, WORD_security_back, "/account/security");
	return door_page_show(w, v, r);
}

enum outcome
password_page_show(struct work *w, const struct request *q, struct reply *r)
{
	struct account a;

	if (account_of(w, w->actor->person, &a) != DONE)
		return MISSING;
	if (!*a.password && !password_page_fresh(w, q->path, r))
		return DONE;
	return show(w, q, wants_current(w, &a), r);
}

static struct throttle
throttle_of(const struct request *q, const struct account *a)
{
	return (struct throttle){.door = "password", .about = a->email, .peer = q->peer};
}

static bool
is_right(struct work *w, const struct request *q, const char *field, struct judged *j)
{
	struct throttle t = throttle_of(q, &j->account);
	const char *password = pairs_get(&q->form, field);
	struct account same;

	j->limited = !throttle_open(w, &t);
	return !j->limited && sign_in_verify(w, j->account.email,
				      password ? password : "", &same) == DONE;
}

enum outcome
password_page_prepare(struct work *w, struct request *q, struct reply *r)
{
	struct judged *j = arena_alloc(w->arena, sizeof *j);
	const char *password = pairs_get(&q->form, "password");

	(void)r;
	if (account_of(w, w->actor->person, &j->account) != DONE)
		return MISSING;
	j->needed = wants_current(w, &j->account);
	j->right = !j->needed || is_right(w, q, "current", j);
	j->stored = sign_in_password(w, password ? password : "", j->account.email);
	j->problems = w->problems;
	w->prepared = j;
	return DONE;
}

/* What prepare found, looked at again in the lane: of many tries at once only as many
 * count as one after another. */
static struct judged
judged_now(struct work *w, const struct request *q)
{
	struct judged j = *(const struct judged *)w->prepared;
	struct throttle t = throttle_of(q, &j.account);

	if (j.needed && !throttle_open(w, &t)) {
		j.limited = true;
		j.right = false;
	}
	return j;
}

static enum outcome
wrong_password(struct work *w, const struct request *q, const struct judged *j,
	const char *field, struct reply *r)
{
	struct throttle t = throttle_of(q, &j->account);

	if (j->limited) {
		r->status = 429;
		return work_problem(w, field, "problem.account.often");
	}
	throttle_wrong(w, &t);
	sign_in_audit(w, &j->account, "password.wrong", "");
	return work_problem(w, field, "problem.password.current");
}

enum outcome
password_page_change(struct work *w, const struct request *q, struct reply *r)
{
	const struct judged j = judged_now(w, q);
	struct session *now = arena_alloc(w->arena, sizeof *now);
	struct account a = j.account;

	w->problems = j.problems;
	if (!j.right)
		(void)!wrong_password(w, q, &j, "current", r);
	if (w->problems.count > 0 || !j.stored)
		return show(w, q, j.needed, r);
	if (!j.needed && !password_page_fresh(w, "/account/password", r))
		return DONE;
	a.password = j.stored;
	account_save(w, &a);
	session_end_others(w, a.person);
	reply_cookie(r, VISITOR_COOKIE, session_renew(w, w->session, now), -1);
	w->session = now;
	sign_in_audit(w, &a, "account.password", "");
	return reply_see_other(r, "/account/security");
}

static enum outcome
ask(struct work *w, const struct request *q, struct reply *r)
{
	struct door_view *v = door_page_new(w, q, WORD_confirm_title);
	const char *next = q->method == POST ? form_text(q, "next")
					     : query_text(q, "next");
	struct part_input *i;
	struct account a;

	if (account_of(w, w->actor->person, &a) != DONE)
		return MISSING;
	if (!*a.password) {
		door_page_say(w, v, WORD_confirm_elsewhere, NULL);
		door_page_form(w, v, "/account/sign-out", WORD_page_sign_out);
		return door_page_show(w, v, r);
	}
	door_page_say(w, v, WORD_confirm_text, NULL);
	v->next = frame_next(next, "/account/security");
	i = door_page_ask(w, v, "password", WORD_account_password);
	i->type = "password";
	i->autocomplete = "current-password";
	door_page_form(w, v, "/account/confirm", WORD_confirm_go);
	door_page_link(w, v, WORD_security_back, "/account/security");
	return door_page_show(w, v, r);
}

enum outcome
password_page_ask(struct work *w, const struct request *q, struct reply *r)
{
	return ask(w, q, r);
}

enum outcome
password_page_ask_prepare(struct work *w, struct request *q, struct reply *r)
{
	struct judged *j = arena_alloc(w->arena, sizeof *j);

	(void)r;
	if (account_of(w, w->actor->person, &j->account) != DONE)
		return MISSING;
	j->needed = true;
	j->right = is_right(w, q, "password", j);
	w->prepared = j;
	return DONE;
}

enum outcome
password_page_confirm(struct work *w, const struct request *q, struct reply *r)
{
	const struct judged j = judged_now(w, q);
	struct session *now = arena_alloc(w->arena, sizeof *now);

	if (!j.right) {
		(void)!wrong_password(w, q, &j, "password", r);
		return ask(w, q, r);
	}
	reply_cookie(r, VISITOR_COOKIE, session_renew(w, w->session, now), -1);
	w->session = now;
	sign_in_audit(w, &j.account, "account.confirm", "");
	return reply_return_to(r, form_text(q, "next"), "/account/security");
}
