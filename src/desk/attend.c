/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "desk/attend.h"

#include "desk/assign.h"
#include "store/session.h"
#include "store/team.h"
#include "store/worker.h"

/* When the person's day in a team ends; 0 when they have no hours on that day. */
static int64_t
day_ends(struct work *w, int64_t team, int64_t person)
{
	struct worker_scope of = {w->actor->org, team, NULL, NULL};
	struct calendar_opening now;
	struct calendar_day day;
	struct worker_list list;
	int64_t ends = 0;

	worker_of_team(w, &of, &list);
	for (int i = 0; i < list.count; i++) {
		const struct calendar *c = list.at[i].hours;

		if (list.at[i].person != person || !c)
			continue;
		if (calendar_opening(c, w->now, w->now + TIMES_DAY, &now) &&
			now.opens <= w->now)
			ends = now.closes;
		if (calendar_day(c, zone_day_at(calendar_zone(c), w->now), &day) &&
			day.closes > ends)
			ends = day.closes;
	}
	return ends > w->now ? ends : 0;
}

void
attend(struct work *w, enum presence_state state)
{
	int64_t until = 0;
	struct team_list teams;

	team_of_person(w, w->actor->org, w->actor->person, &teams);
	for (int i = 0; i < teams.count; i++) {
		int64_t ends = day_ends(w, teams.at[i].id, w->actor->person);

		until = ends > until ? ends : until;
	}
	if (until == 0)
		until = w->now + SESSION_SIGNED_IN;
	/* A machine has no session that could end before: it holds until then. */
	presence_set(w, w->actor->person, state, until,
		w->caller ? PRESENCE_FOR_THEM : PRESENCE_IN_SESSION);
	for (int i = 0; i < teams.count && state == PRESENCE_HERE; i++)
		if (teams.at[i].push)
			(void)assign_catch_up(w, w->actor->org, teams.at[i].id);
}
