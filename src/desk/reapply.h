/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef DESK_REAPPLY_H
#define DESK_REAPPLY_H

/*
 * A version of a rule table that was published for open tickets too. They are folded once
 * more, as they were seen when they came, and what comes out otherwise is changed by the
 * same events as when a person changes it: priority (with the new terms, in the mode the
 * row of targets names), moved. Each says which version did it and keeps new decisions.
 *
 * What people decided stays: a priority or a team set by hand, unless the row that fits
 * stands over hands; and a ticket that somebody works on is not taken from them.
 *
 * Batch by batch, each in a transaction of its own that also notes how far it came, so a
 * ticket is changed once whoever is stopped when; two nodes cannot do the same batch. A
 * rule acts at most once on a ticket: one whose newest decision is by this version
 * already is passed by (clock.md section 8, loop guard).
 */

#include "store/rule_apply.h"

/* Can a version of this table be published for open tickets too? Only what decides a
 * ticket by what was seen of it: priority, route and target. */
bool reapply_reaches(const char *table);

/* Is there anything to do? Cheap. */
bool reapply_waits(struct work *w);

/* The next batch, as the house. DONE: *more says whether anything is left. CONFLICT:
 * another process did it; undo. */
enum outcome reapply_batch(struct work *w, bool *more) must_check;

#endif
