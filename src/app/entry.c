/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/entry.h"

#include "app/dispatch.h"
#include "app/seen.h"
#include "format/words.h"
#include "http/errors.h"
#include "http/origin.h"
#include "store/account.h"
#include "store/session.h"
#include "store/team.h"
#include "weaken.h"
#include "web/error_page.h"
#include "web/visitor.h"

#include <string.h>
#include <strings.h>

static bool
is_safe(enum method m)
{
	return m == GET || m == HEAD || m == OPTIONS;
}

static const char *
bearer(const struct request *q)
{
	const char *header = request_header(q, "Authorization");

	if (!header || strncasecmp(header, "Bearer ", 7) != 0)
		return NULL;
	return header + 7 + strspn(header + 7, " ");
}

static bool
begins(const char *path, const char *front)
{
	return strncmp(path, front, strlen(front)) == 0;
}

static bool
is_open311(const struct request *q)
{
	return begins(q->path, "/open311/");
}

bool
entry_is_machine(const struct request *q)
{
	return begins(q->path, "/api/v1/") || is_open311(q);
}

const char *
entry_secret(const struct request *q)
{
	const char *secret = bearer(q);

	if (secret || !is_open311(q))
		return secret;
	secret = form_text(q, "api_key");
	if (!*secret)
		secret = query_text(q, "api_key");
	if (!*secret)
		secret = request_header(q, "Authorization");
	return secret && *secret ? secret : NULL;
}

/* ?lang=cy, else the cookie, else English. */
static const struct words *
language_of(const struct request *q)
{
	const char *asked = pairs_get(&q->query, "lang");

	if (!asked)
		asked = request_cookie(q, "lang");
	return words_of(asked ? asked : "en");
}

/* Nobody known works with the organisation whose portal this is. */
static struct actor
stranger(struct work *w)
{
	struct organisation o;

	if (team_portal(w, &o) != DONE)
		o.id = 0;
	return (struct actor){.kind = ACTOR_NOBODY, .org = o.id, .name = ""};
}

/* A page that waits for news is no sign that somebody is there. */
static void
recognise_session(struct work *w, const struct route *route, const char *cookie,
	struct actor *actor)
{
	struct session *s = arena_alloc(w->arena, sizeof *s);
	struct actor known;

	if (!cookie || session_find(w, cookie, s) != DONE)
		return;
	w->session = s;
	if (s->person && !(route->flags & ROUTE_STREAM) && w->now - s->seen >= SEEN_EVERY)
		seen_note(w->house->seen, s->hash, w->now);
	if (s->person && account_actor(w, s, &known) == DONE)
		*actor = known;
}

static unsigned
bits_of(const struct actor *a)
{
	unsigned bits = WHO_ANYONE;

	if (a->kind == ACTOR_API)
		return bits | WHO_TOKEN;
	if (a->person)
		bits |= WHO_PERSON;
	if (access_is_staff(a))
		bits |= WHO_STAFF;
	if (access_is_staff(a) && access_may(a, a->org, RIGHT_ADMIN))
		bits |= WHO_ADMIN;
	return bits;
}

/* One of the rights that the route names, where they are now; what a reference names may
 * lie in another organisation of theirs, and its handler asks there. */
static bool
has_right(const struct actor *a, const struct route *route)
{
	bool anywhere = strstr(route->pattern, "/:ref") != NULL;

	if (route->needs == 0)
		return true;
	for (int i = 0; i < a->grant_count; i++)
		if ((anywhere || a->grants[i].org == a->org) &&
			a->grants[i].rights & route->needs)
			return true;
	return false;
}

/* A token that was made for something else does nothing here. */
static bool
has_scope(const struct work *w, const struct route *route)
{
#ifdef WEAKEN_TOKEN_SCOPE
	return true;
#endif
	return route->scopes == 0 || !w->caller || (w->caller->scopes & route->scopes);
}

/* People read why in a page of the house. */
static void
forbid(struct work *w, const struct request *q, struct reply *r)
{
	if (!error_page(w, q, 403, r))
		errors_page(q, 403, r);
}

/* A person without a session is sent to sign in; a machine hears 401. */
static enum outcome
turn_away(struct work *w, const struct route *route, const struct request *q,
	struct reply *r)
{
	const struct actor *a = w->actor;
	bool machine = route->who & WHO_TOKEN;

	if (machine && a->kind != ACTOR_API && !a->person) {
		reply_header(r, "WWW-Authenticate", "Bearer");
		errors_page(q, 401, r);
	} else if (a->kind != ACTOR_API && !a->person && is_safe(q->method)) {
		bool staff = route->who & (WHO_STAFF | WHO_ADMIN);

		reply_see_other(r,
			staff ? "/staff/sign-in?next=%s" : "/account/sign-in?next=%s",
			q->path);
	} else if (w->session && w->session->must_enrol && is_safe(q->method)) {
		reply_see_other(r, "/account/security");
	} else {
		forbid(w, q, r);
	}
	return DENIED;
}

static enum outcome
check_form(struct work *w, const struct route *route, const struct request *q,
	struct reply *r)
{
	bool from_here = origin_check(q, w->base) == DONE;
	bool session = w->session != NULL;

#ifdef WEAKEN_ORIGIN
	from_here = true;
#endif
#ifdef WEAKEN_FORM_TOKEN
	session = false;
#endif
	if (is_safe(q->method) || route->flags & ROUTE_OPEN ||
		w->actor->kind == ACTOR_API)
		return DONE;
	if (from_here && (!session || origin_token_fits(
					      w->session->secret, form_text(q, "token"))))
		return DONE;
	forbid(w, q, r);
	return DENIED;
}

enum outcome
entry_admit(struct work *w, const struct route *route, const struct request *q,
	struct reply *r)
{
	struct actor *actor = arena_alloc(w->arena, sizeof *actor);
	const char *token = entry_secret(q);
	const char *asked = pairs_get(&q->query, "lang");

	*actor = (struct actor){.kind = ACTOR_NOBODY, .name = ""};
	w->actor = actor;
	w->session = NULL;
	w->caller = NULL;
	w->words = language_of(q);
	if (asked)
		reply_cookie(r, "lang", words_tag(w->words), 365 * 86400);
	if (token) {
		struct actor known;

		if (account_by_token(w, token, &known) == DONE)
			*actor = known;
	} else {
		recognise_session(w, route, request_cookie(q, VISITOR_COOKIE), actor);
	}
	if (actor->kind == ACTOR_NOBODY)
		*actor = stranger(w);
	if ((bits_of(actor) & route->who) == 0 || !has_right(actor, route) ||
		!has_scope(w, route))
		return turn_away(w, route, q, r);
	return check_form(w, route, q, r);
}
