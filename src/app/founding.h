/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef APP_FOUNDING_H
#define APP_FOUNDING_H

/* How an organisation begins: its row, its two calendars, the bank holidays. */

#include "app/errand.h"

/* Bank holidays from GOV.UK's JSON into the database and, for every organisation, new
 * versions of its calendars with those of England and Wales closed. `added` counts the
 * ones that were not known. INVALID with a problem (file) when it is not such a file. */
enum outcome founding_holidays(struct work *w, struct bytes json, int *added) must_check;

/* Saves the organisation with calendar 1 (Monday to Friday 09:00 to 17:00 in London,
 * closed on bank holidays), calendar 2 (statutory days) and calendar 24 (round the clock,
 * for targets in hours). Sets o->calendar. May be run again. */
enum outcome founding_organisation(
	struct work *w, struct organisation *o, bool portal) must_check;

/* The calendar of targets that run day and night; made when it is not there. */
int64_t founding_round_the_clock(struct work *w, int64_t org);

/* The calendar of what the law counts in working days: closed on a bank holiday of any
 * part of the United Kingdom; made when it is not there. 0: it cannot be. */
int64_t founding_statutory(struct work *w, int64_t org);

/* As errand_organisation; but where there is no organisation at all, the first is made,
 * of that kind, with the code of --org (else the kind) and the name given. */
bool founding_first(
	struct errand *e, const char *kind, const char *name, struct organisation *o);

/* A file of seed/ that became part of the program; it must be there. */
struct bytes founding_seed(const char *name);

#endif
