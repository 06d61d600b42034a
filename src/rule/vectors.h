/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef RULE_VECTORS_H
#define RULE_VECTORS_H

/*
 * A table of clock vectors: calendars, questions, and the answers they must have. The
 * tests hold one; `portreeve clock FILE` checks any other, so that an organisation can
 * write down what it was promised and see it counted.
 *
 * The table is tab-separated text, its first line names the columns (clock.md 9): id,
 * kind, calendar, start, end, amount, detail, want_due, want_due_local, want_elapsed_s,
 * want_spent_s, want_remaining_s, want_breach, want_state; others are passed over. An
 * empty cell is not used, a dash must be nothing. Instants are UTC.
 *
 *   kind       asks
 *   calendar   detail is a definition (rule/hours) for the name in `calendar`
 *   due        when `amount` seconds from `start` are used up
 *   elapsed    the open seconds in [start, end)
 *   workdays   the closing of the amount-th working day after the date `start`
 *   replay     how a clock with a target of `amount` seconds stands right after the last
 *              of the events in `detail`: INSTANT EVENT [ARG ...], parted by semicolons;
 *              start, pause, resume, target SECONDS MODE, cal CALENDAR, stop,
 *              reopen MODE, cancel
 */

#include "base/outcome.h"
#include "rule/zone.h"

struct vectors_row {
	const char *id;
	const char *computed,
		*expected; /* "due=2026-06-02T13:00:00Z", parted by spaces */
	bool right;
};

struct vectors_report {
	size_t n, wrong;
	const struct vectors_row *rows;
};

/* Where zones come from; see zone_file_load. */
typedef const struct zone *vectors_zones(
	struct arena *a, const char *name, const char **problem);

/* Checks a table. A row that cannot be read, or expects nothing, is wrong and says why in
 * `computed`. INVALID with a problem when it is not such a table at all. */
enum outcome vectors_check(struct arena *a, struct bytes table, vectors_zones *zones,
	struct vectors_report *report, const char **problem) must_check;

#endif
