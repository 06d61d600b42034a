/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/live.h"

#include "store/team.h"

enum { MOST_SCOPES = 16, MOST_TEAMS = 32 };

/* What a stream's owner may see, as it was when the stream was opened: a plain value, for
 * the hub copies it. The page it wakes reads the tickets anew, through the scope. */
struct watcher {
	struct scope scopes[MOST_SCOPES];
	int scope_count;
	int64_t teams[MOST_TEAMS];
	int team_count;
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
sees(const void *owner, const void *subject)
{
	const struct watcher *w = owner;
	const struct change *c = subject;

	for (int i = 0; i < w->scope_count; i++) {
		const struct scope *s = &w->scopes[i];

		if (s->org != c->org)
			continue;
		if ((s->all && (!c->restricted || s->restricted)) ||
			(s->teams && in_teams(w, c->team)) ||
			(s->own && c->customer == s->person))
			return true;
	}
	return false;
}

static void
add_org(struct work *w, struct watcher *watcher, int64_t org)
{
	struct team_list teams;

	for (int i = 0; i < watcher->scope_count; i++)
		if (watcher->scopes[i].org == org)
			return;
	if (watcher->scope_count == MOST_SCOPES)
		return;
	watcher->scopes[watcher->scope_count++] = access_scope(w->actor, org, RIGHT_SEE);
	team_of_person(w, org, w->actor->person, &teams);
	for (int i = 0; i < teams.count && watcher->team_count < MOST_TEAMS; i++)
		watcher->teams[watcher->team_count++] = teams.at[i].id;
}

enum outcome
live_open(struct work *w, struct streams *s, struct reply *r)
{
	struct watcher watcher = {.scope_count = 0};

	for (int i = 0; i < w->actor->grant_count; i++)
		add_org(w, &watcher, w->actor->grants[i].org);
	return reply_stream(r, s, sees, &watcher, sizeof watcher);
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
