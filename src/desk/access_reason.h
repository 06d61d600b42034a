/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef DESK_ACCESS_REASON_H
#define DESK_ACCESS_REASON_H

/* Why somebody may do something with a ticket, or may not, in sentences: the same paths
 * that SCOPE_SQL and store/hiding know, every one that holds, a line each. */

#include "store/ticket.h"

/* How the one who asks calls a role and an instant: by words on a page, as data are
 * written for a machine. */
struct access_voice {
	const char *(*role)(struct work *w, const struct grant *g);
	const char *(*instant)(struct work *w, int64_t org, int64_t at);
};

/* The ticket that is asked about, with nothing in it: who may explain (RIGHT_EXPLAIN)
 * need not read. DONE or MISSING. */
enum outcome access_reason_ticket(
	struct work *w, const char *reference, struct ticket *t) must_check;

/* One person before one ticket. */
struct access_reason {
	struct work *w; /* as the one who asks */
	const struct access_voice *voice;
	const struct ticket *t;
	struct actor who; /* as they are at home */
	bool in_team;
};

/* Somebody with an account that is not disabled. False: there is nobody of that address.
 */
bool access_reason_meet(struct work *w, const struct ticket *t, const char *email,
	const struct access_voice *voice, struct access_reason *a);

/* What is asked about, RIGHT_NONE behind the last. */
extern const enum right access_reason_rights[];

/* Everybody who sees it: of its organisation, and of those that an agreement lets in. */
struct access_reason_one {
	const char *name, *email, *why;
};
struct access_reason_list {
	struct access_reason_one *at;
	int count;
};
void access_reason_everybody(struct work *w, const struct ticket *t,
	const struct access_voice *voice, struct access_reason_list *list);

/* All paths by which they have the right; NULL: none. */
const char *access_reason_why(const struct access_reason *a, enum right r);

/* What is missing, when there is no path. */
const char *access_reason_why_not(const struct access_reason *a, enum right r);

/* Whether the desk may give it to them: team, licence, skills. */
const char *access_reason_work(const struct access_reason *a, bool *may);

#endif
