/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef RULE_PIECES_H
#define RULE_PIECES_H

/*
 * How a calendar counts fast: all time is cut into pieces in which counting is plain
 * arithmetic. Only rule/calendar asks; everybody else asks rule/calendar.
 *
 * Cuts are made where the clocks are changed and around every date that departs from the
 * week. Within a piece nothing is open, or everything is, or the week repeats itself
 * undisturbed under one offset from UTC. Each piece knows the open seconds before it, so
 *
 *   reached(t) = open seconds from the first year to t
 *
 * is a binary search, and so is its inverse. Compared with a list of all openings this
 * is a hundredth of the memory and reaches over two centuries without being extended.
 *
 * Immutable; in the arena it was made in.
 */

#include "rule/hours.h"
#include "rule/zone.h"

/* Before the first year and from the end year on (UTC) nothing is open. */
enum { PIECES_FIRST_YEAR = 1970, PIECES_END_YEAR = 2200 };

struct pieces;

const struct pieces *pieces_new(
	struct arena *a, const struct hours *h, const struct zone *z);

/* Open seconds before an instant. */
int64_t pieces_reached(const struct pieces *p, int64_t instant);

/* All there are. */
int64_t pieces_all(const struct pieces *p);

/* The least instant with n open seconds before it; 0 < n <= pieces_all. */
int64_t pieces_when(const struct pieces *p, int64_t n);

/* The day of 24 hours that begins at `midnight`, when it lies in one piece: true, and
 * what is open of it; *opens and *closes are equal when nothing is. False: ask otherwise.
 */
bool pieces_plain_day(
	const struct pieces *p, int64_t midnight, int64_t *opens, int64_t *closes);

/* For an open instant: the end of its segment or of its piece, whichever is first. The
 * instant returned may be open again. */
int64_t pieces_closing(const struct pieces *p, int64_t instant);

#endif
