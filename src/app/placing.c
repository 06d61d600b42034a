/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/placing.h"

#include "base/log.h"
#include "desk/assign.h"
#include "store/unplaced.h"

struct placing {
	struct unplaced_team team;
	bool more;
};

static enum outcome
place(struct work *w, void *context)
{
	struct placing *p = context;

	p->more = assign_catch_up(w, p->team.org, p->team.team);
	return DONE;
}

static struct unplaced_teams
teams_that_wait(struct house *h, struct arena *a)
{
	struct unplaced_teams list = {NULL, 0};
	struct actor actor = work_house_actor(0);
	struct db *db = house_reader(h);
	struct work w;

	if (!db)
		return list;
	db_begin(db);
	w = house_work(h, a, db, &actor);
	unplaced_teams(&w, &list);
	db_rollback(db);
	house_reader_back(h, db);
	return list;
}

void
placing_round(struct house *h, struct arena *a)
{
	struct unplaced_teams list;

	arena_reset(a);
	list = teams_that_wait(h, a);
	for (int i = 0; i < list.count; i++) {
		struct placing p = {list.at[i], true};

		while (p.more)
			if (house_write(h, list.at[i].org, place, &p) != DB_KEPT) {
				log_warning("what waits could not be given");
				p.more = false;
			}
	}
}
