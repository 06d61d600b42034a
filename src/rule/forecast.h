/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef RULE_FORECAST_H
#define RULE_FORECAST_H

/*
 * Which tickets of a team will be late in the coming shift, and what would save them.
 *
 * The model, on purpose one that can be said in four sentences. The team takes its
 * tickets in the order of the list. In an hour a full-time person finishes `rate` of
 * them, as measured. Urgent new work comes in as it did in the same half hours of past
 * weeks and is done first. How many are really finished by an instant varies as counts do
 * (Poisson), so a ticket that is the nth in the list is late with the chance that fewer
 * than n are finished by its due time.
 *
 * Pure; the same input gives the same answer. Thousandths are of a ticket, hundredths of
 * a person.
 */

#include "base/times.h"

enum { FORECAST_STEP = 1800, FORECAST_MOST_EXTRA = 10 };

/* A half hour of the shift. */
struct forecast_step {
	int64_t people;	  /* at work, hundredths of a full-time person */
	int64_t arrivals; /* urgent ones expected, thousandths of a ticket */
};

struct forecast_ticket {
	int64_t id, due;
	bool broken;	 /* its promise is broken already: it cannot be saved */
	int late;	 /* out: the chance in percent that it is late; 100 when broken */
	int64_t resumes; /* it waits, and goes on by itself then; 0: it runs */
	bool rests; /* it is broken and waits beyond the shift: takes nobody's time */
};

enum forecast_order {
	FORECAST_BY_LIST,     /* as they stand: what is broken first, then by due */
	FORECAST_BROKEN_LAST, /* first what can still be kept */
};

struct forecast_shift {
	int64_t from; /* the first step begins here */
	const struct forecast_step *steps;
	int step_count;
	int64_t rate; /* thousandths of a ticket an hour of a full-time person */

	enum forecast_order order;
	int64_t extra; /* more people, hundredths, */
	int64_t until; /* from the beginning until then */
};

/* Sets `late` of every ticket; they stand in the order of the list. */
void forecast_run(const struct forecast_shift *s, struct forecast_ticket *at, int count);

/* How bad it is: the chance in words. */
enum forecast_class {
	FORECAST_SAFE,	   /* below 10 % */
	FORECAST_POSSIBLE, /* from 10 % */
	FORECAST_LIKELY,   /* from 50 % */
	FORECAST_CERTAIN,  /* from 90 % */
};
enum forecast_class forecast_class_of(int late);

/* Tickets not broken yet that are late more likely than not. */
int forecast_likely(const struct forecast_ticket *at, int count);

/* What would save them all, found by running the same calculation again. */
struct forecast_rescue {
	int likely;    /* how many there are to save; 0: nothing else is set */
	int by_order;  /* ... when what is broken is done last */
	int people;    /* the fewest more people that leave none; 0: ten do not */
	int64_t until; /* and until when they are needed */
};
struct forecast_rescue forecast_rescue(
	const struct forecast_shift *s, const struct forecast_ticket *at, int count);

#endif
