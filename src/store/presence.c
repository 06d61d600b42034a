/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "store/presence.h"

#include <string.h>

static const char *const names[] = {
	[PRESENCE_UNKNOWN] = "",
	[PRESENCE_HERE] = "present",
	[PRESENCE_BUSY] = "busy",
	[PRESENCE_AWAY] = "away",
};

const char *
presence_name(enum presence_state s)
{
	return names[s];
}

enum presence_state
presence_named(const char *name)
{
	for (int s = PRESENCE_HERE; name && s <= PRESENCE_AWAY; s++)
		if (strcmp(names[s], name) == 0)
			return (enum presence_state)s;
	return PRESENCE_UNKNOWN;
}

struct presence
presence_of(struct work *w, int64_t person)
{
	struct presence p = {PRESENCE_UNKNOWN, 0, 0};
	struct rows r = db_query(w->db,
		"select said.state, said.since, said.until from presence said"
		" where said.person = $1 and " PRESENCE_HOLDS("$2"),
		person, w->now);

	if (!rows_next(&r))
		return p;
	p.state = presence_named(row_text(&r, 0));
	p.since = row_int(&r, 1);
	p.until = row_int(&r, 2);
	rows_end(&r);
	return p;
}

void
presence_set(struct work *w, int64_t person, enum presence_state state, int64_t until,
	enum presence_by by)
{
	if (state == PRESENCE_UNKNOWN) {
		db_run(w->db, "delete from presence where person = $1", person);
		return;
	}
	db_run(w->db,
		"insert into presence (person, state, since, until, session)"
		" values ($1, $2, $3, $4, $5) on conflict (person) do update set"
		" state = $2, since = $3, until = $4, session = $5",
		person, presence_name(state), w->now, until, by == PRESENCE_IN_SESSION);
}
