/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/live.h"

#include "store/session.h"
#include "store/sharing.h"
#include "store/team.h"
#include "weaken.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

enum { MOST_SCOPES = 16, MOST_TEAMS = 32, MOST_SHARES = 64, CODE = 40, HASH = 72 };

/* A service that another organisation shares, as long as it does. */
struct share {
	int64_t org, starts, ends;
	bool restricted;
	char service[CODE];
};

/* What a stream's owner may see, as it was when the stream was opened: a plain value, for
 * the hub copies it; when rights change the hub ends the streams (store/parting). The
 * page it wakes reads the tickets anew, through the scope. */
struct watcher {
	int64_t person;
	int64_t until; /* the first instant at which it is told nothing */
	char session[HASH];
	struct scope scopes[MOST_SCOPES];
	int scope_count;
	int64_t teams[MOST_TEAMS];
	int team_count;
	int share_count;
	struct share shares[MOST_SHARES]; /* last: only those there are get copied */
};

static bool
in_teams(const struct watcher *w, int64_t team)
{
	for (int i = 0; i < w->team_count; i++)
		if (w->teams[i] == team)
			return true;
	return false;
}

static bool
is_shared(const struct watcher *w, const struct change *c)
{
	for (int i = 0; i < w->share_count; i++) {
		const struct share *s = &w->shares[i];

		if (s->org == c->org && s->starts <= c->at && s->ends > c->at &&
			(s->restricted || !c->restricted) &&
			strcmp(s->service, c->service) == 0)
			return true;
	}
	return false;
}

bool
live_sees(const void *owner, const void *subject)
{
	const struct watcher *w = owner;
	const struct change *c = subject;
	struct access_ticket t = {
		.org = c->org,
		.customer = c->customer,
		.restricted = c->restricted,
		.in_team = in_teams(w, c->team),
		.shared = is_shared(w, c),
	};

	if (c->at >= w->until)
		return false;
	for (int i = 0; i < w->scope_count; i++)
		if (access_covers(&w->scopes[i], &t))
			return true;
	return false;
}

static struct scope *
add_scope(struct work *w, struct watcher *watcher, int64_t org)
{
	for (int i = 0; i < watcher->scope_count; i++)
		if (watcher->scopes[i].org == org)
			return NULL;
	if (watcher->scope_count == MOST_SCOPES)
		return NULL;
	watcher->scopes[watcher->scope_count] = access_scope(w->actor, org, RIGHT_SEE);
	return &watcher->scopes[watcher->scope_count++];
}

static void
add_teams(struct work *w, struct watcher *watcher, int64_t org)
{
	struct team_list teams;

	team_of_person(w, org, w->actor->person, &teams);
	for (int i = 0; i < teams.count && watcher->team_count < MOST_TEAMS; i++)
		watcher->teams[watcher->team_count++] = teams.at[i].id;
}

/* One with a longer code than there is room for wakes nobody: the page still shows it. */
static void
add_shares(struct work *w, struct watcher *watcher, int64_t org)
{
	struct sharing_terms terms;

	sharing_terms(w, org, w->actor->org, w->actor->person, &terms);
	for (int i = 0; i < terms.count && watcher->share_count < MOST_SHARES; i++) {
		const struct sharing_term *t = &terms.at[i];
		struct share *s = &watcher->shares[watcher->share_count];

		if (strlen(t->service) >= sizeof s->service)
			continue;
		*s = (struct share){org, t->starts, t->ends, t->restricted, ""};
		snprintf(s->service, sizeof s->service, "%s", t->service);
		watcher->share_count++;
	}
}

const void *
live_watcher(struct work *w, size_t *size)
{
	struct watcher *watcher = arena_alloc(w->arena, sizeof *watcher);
	struct sharing_givers givers = {.count = 0};

	*watcher = (struct watcher){
		.person = w->actor->person,
		.until = INT64_MAX,
	};
	if (w->session) {
		snprintf(watcher->session, sizeof watcher->session, "%s",
			w->session->hash);
		watcher->until = w->session->seen + SESSION_IDLE;
		if (w->session->expires < watcher->until)
			watcher->until = w->session->expires;
	}
	for (int i = 0; i < w->actor->grant_count; i++)
		if (add_scope(w, watcher, w->actor->grants[i].org))
			add_teams(w, watcher, w->actor->grants[i].org);
	if (access_may(w->actor, w->actor->org, RIGHT_SHARED))
		sharing_givers(w, w->actor->org, &givers);
	for (int i = 0; i < givers.count; i++) {
		(void)add_scope(w, watcher, givers.at[i].org);
		add_shares(w, watcher, givers.at[i].org);
	}
	*size = offsetof(struct watcher, shares) +
		(size_t)watcher->share_count * sizeof(struct share);
	return watcher;
}

enum outcome
live_open(struct work *w, struct streams *s, struct reply *r)
{
	struct stream_owner owner = {.sees = live_sees, .endings = w->endings};

	owner.at = live_watcher(w, &owner.size);
	return reply_stream(r, s, &owner);
}

static bool
parts(const void *owner, const void *what)
{
	const struct watcher *w = owner;
	const struct parting *p = what;

	if (*p->session)
		return strcmp(w->session, p->session) == 0;
	return p->person == 0 || p->person == w->person;
}

void
live_part(struct streams *s, const struct parting *p)
{
#ifndef WEAKEN_PARTING
	streams_end(s, parts, p);
#else
	(void)s, (void)p, (void)parts;
#endif
}

static bool
is_late(const void *owner, const void *now)
{
	return ((const struct watcher *)owner)->until <= *(const int64_t *)now;
}

void
live_end_late(struct streams *s, int64_t now)
{
	streams_end(s, is_late, &now);
}

void
live_tell(struct streams *s, struct arena *a, const struct change *c)
{
	struct notice n = {
		.event = "ticket",
		.data = arena_printf(a, "{\"reference\":\"%s\",\"what\":\"%s\"}",
			c->reference, c->what),
		.subject = c,
	};

	streams_tell(s, &n);
}
