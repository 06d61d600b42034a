/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef STORE_FIGURES_H
#define STORE_FIGURES_H

/*
 * What is counted for reports and boards: numbers, never names of customers. The scope is
 * that of access_figures; without it every number is 0.
 *
 * Definitions. A ticket counts for the team it stands with now. Backlog: what is open
 * now, by age since receipt; broken: of it, what is past its due time. In: received in
 * the period. Out: solved in the period and still solved. Response and resolution: clocks
 * that stopped in the period, and how many of them were met. Scores: questions asked in
 * the period, how many were answered, and their sum.
 *
 * Every query reads an index alone, or the period's rows: the cost grows with what is
 * open and with what happened in the period, not with all there ever was.
 */

#include "store/team.h"
#include "store/work.h"

enum { FIGURES_AGES = 5 };

/* The upper ends of the first ages, in seconds: 1, 7, 28, 90 days; the last is open. */
extern const int64_t figures_ages[FIGURES_AGES - 1];

struct figures {
	int64_t backlog, broken, ages[FIGURES_AGES];
	int64_t in, out;
	int64_t response, response_met, resolution, resolution_met;
	int64_t asked, answered, score;
};

/* Figures of one team or one service. */
struct figures_row {
	int64_t team;	     /* 0: by service */
	const char *service; /* code */
	const char *name;
	struct figures f;
};

struct figures_list {
	struct figures_row *at;
	int count;
};

struct figures_report {
	struct figures all;
	struct figures_list teams, services; /* by name; those with a number only */
};

/* [from, to), UTC seconds. */
struct figures_period {
	int64_t from, to;
};

void figures_read(struct work *w, const struct scope *s, const struct figures_period *p,
	struct figures_report *report);

/* A team's line of the wallboard. */
struct figures_waiting {
	int64_t team;
	const char *name;
	int64_t open, unclaimed, broken;
	int64_t oldest; /* receipt of the oldest that nobody has taken; 0: none */
};

struct figures_waiting_list {
	struct figures_waiting *at;
	int count;
};

/* What waits, by team: those that have something, most urgent first. */
void figures_waiting(
	struct work *w, const struct scope *s, struct figures_waiting_list *list);

#endif
