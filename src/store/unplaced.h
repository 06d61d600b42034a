/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef STORE_UNPLACED_H
#define STORE_UNPLACED_H

/* Tickets that wait because nobody of their team can take them: the alarm. A row that no
 * longer says the truth (taken by hand, moved, solved) is not read and goes with the next
 * round. */

#include "store/ticket.h"

/* True when it was not known yet. */
bool unplaced_add(struct work *w, const struct ticket *t);
void unplaced_remove(struct work *w, const struct ticket *t);

/* The leaders are to be told: no letter about this team went in the last hour. Notes that
 * one goes now. */
bool unplaced_tell(struct work *w, const struct ticket *t);

struct unplaced_list {
	int64_t *at; /* ids of tickets */
	int count;
	bool more;
};

/* Of one team, for the house, in order of due. */
void unplaced_of_team(
	struct work *w, int64_t org, int64_t team, int most, struct unplaced_list *list);

struct unplaced_ticket {
	const char *reference, *subject, *service_name, *team_name;
	int64_t team, since;
};

struct unplaced_tickets {
	struct unplaced_ticket *at;
	int count;
	bool more;
};

/* Those in a scope, longest waiting first. */
void unplaced_read(
	struct work *w, const struct scope *s, int most, struct unplaced_tickets *list);

/* How many of an organisation, of all when the scope is of figures. */
int64_t unplaced_count(struct work *w, const struct scope *s);

struct unplaced_team {
	int64_t org, team;
};

struct unplaced_teams {
	struct unplaced_team *at;
	int count;
};

/* The teams of all organisations that have any. Cheap when none has. */
void unplaced_teams(struct work *w, struct unplaced_teams *list);

/* Removes the rows of a team that no longer say the truth. */
void unplaced_sweep(struct work *w, int64_t org, int64_t team);

#endif
