/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef STORE_HIDING_H
#define STORE_HIDING_H

/*
 * What a reader does not see of a ticket that they know to exist: it is taken out where
 * tickets are read, so that no page, list, file or answer of the API can show it.
 *
 *	without RIGHT_READ		everything but that it is there
 *	through an agreement		what the agreement does not name
 *	restricted, of another team	everything, until a reason was given (a look)
 *	a row of the table `field`	what it names (rule/field_rule); of a ticket read
 * on its own, because no list shows such parts
 *
 * From a customer only the internal timeline of their own ticket is hidden, and nothing
 * from the house.
 */

#include "store/sharing.h"
#include "store/team.h"

enum { HIDING_LOOK_SECONDS = 3600 };

/* Lives as long as one query; asks the database only when a ticket needs it. */
struct hiding {
	struct work *w;
	const struct scope *scope;
	bool alone; /* one ticket, with all its parts */
	bool knows_teams, knows_terms;
	struct team_list teams;
	struct sharing_terms terms;
};

struct hiding hiding_begin(struct work *w, const struct scope *s);

/* For one ticket that is read with all its parts. */
struct hiding hiding_alone(struct work *w, const struct scope *s);

/* Takes out what is hidden and says so in t->hidden, t->sealed and t->agreement. */
void hiding_apply(struct hiding *h, struct ticket *t);

/* The reason somebody gives; from now on they may read it for HIDING_LOOK_SECONDS. */
void hiding_look(struct work *w, const struct ticket *t, const char *reason);

/* The latest reason of theirs that holds now; false when there is none. */
struct hiding_reason {
	const char *reason;
	int64_t until;
};
bool hiding_looked(struct work *w, const struct ticket *t, int64_t person,
	struct hiding_reason *given);

#endif
