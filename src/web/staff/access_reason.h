/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef WEB_ACCESS_REASON_H
#define WEB_ACCESS_REASON_H

/* Why somebody may do something with a ticket, or may not, in sentences: the same paths
 * that SCOPE_SQL and store/hiding know, every one that holds, a line each. */

#include "store/ticket.h"

/* One person before one ticket. */
struct access_reason {
	struct work *w; /* as the one who asks */
	const struct ticket *t;
	struct actor who; /* as they are at home */
	bool in_team;
};

/* Somebody with an account that is not disabled. False: there is nobody of that address.
 */
bool access_reason_meet(struct work *w, const struct ticket *t, const char *email,
	struct access_reason *a);

/* All paths by which they have the right; NULL: none. */
const char *access_reason_why(const struct access_reason *a, enum right r);

/* What is missing, when there is no path. */
const char *access_reason_why_not(const struct access_reason *a, enum right r);

/* Whether the desk may give it to them: team, licence, skills. */
const char *access_reason_work(const struct access_reason *a, bool *may);

#endif
