/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef STORE_HISTORY_H
#define STORE_HISTORY_H

/* What a forecast is made of, by team: what came in and when, what was finished, what is
 * due. Numbers under the scope of access_figures; each query reads a stretch of an index,
 * as long as the period or what is due. */

#include "store/figures.h"

/* Arrivals in one half hour: `half` is UTC seconds / 1800. */
struct history_arrival {
	int64_t team, half, count;
};

struct history_arrivals {
	struct history_arrival *at;
	int count;
};

void history_arrivals(struct work *w, const struct scope *s,
	const struct figures_period *p, struct history_arrivals *list);

struct history_team {
	int64_t team;
	int64_t came, urgent; /* received; of these with priority 1 or 2 */
};

struct history_teams {
	struct history_team *at;
	int count;
};

void history_teams(struct work *w, const struct scope *s, const struct figures_period *p,
	struct history_teams *list);

struct history_due {
	int64_t team, ticket, due;
};

struct history_dues {
	struct history_due *at;
	int count;
	bool more; /* there were too many to look at */
};

/* What was finished on one day: `day` is UTC seconds / 86400. */
struct history_day {
	int64_t team, day, solved;
};

struct history_days {
	struct history_day *at;
	int count;
};

void history_days(struct work *w, const struct scope *s, const struct figures_period *p,
	struct history_days *list);

/* Open tickets due by an instant, the most urgent first. */
void history_dues(
	struct work *w, const struct scope *s, int64_t until, struct history_dues *list);

/* Open tickets whose customer is waited for, with their clocks as they are kept. */
struct history_wait {
	int64_t team, ticket;
	const char *clocks;
};

struct history_waits {
	struct history_wait *at;
	int count;
	bool more; /* there were too many to look at */
};

void history_waits(struct work *w, const struct scope *s, struct history_waits *list);

#endif
