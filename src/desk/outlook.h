/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef DESK_OUTLOOK_H
#define DESK_OUTLOOK_H

/*
 * The coming shift of an organisation, team by team: what is due in it, who is on, what
 * is expected to come and to be finished (rule/forecast), from the last four weeks.
 *
 * The shift is the rest of the present working period of the organisation's calendar, or
 * the next one. People count with their capacity, split over the teams they work in; who
 * takes no tickets (may hold none) does not count, nor who has said that they are away.
 *
 * What waits for its customer counts when it goes on by itself in the shift (at the chase
 * limit or the review date) and is due in it then, and when it is broken already, though
 * that takes nobody's time; the rest is listed apart.
 */

#include "rule/clock.h"
#include "rule/forecast.h"
#include "store/figures.h"

enum { OUTLOOK_WEEKS = 4 };

/* A ticket whose promise waits for its customer, and does not break in the shift by what
 * is known. */
struct outlook_paused {
	int64_t ticket;
	int64_t until; /* it goes on by itself then; TIMES_NONE: not without an answer */
	int64_t left;  /* of its promise, in its unit; negative: over */
	enum clock_unit unit;
};

struct outlook_team {
	int64_t team;
	const char *name;
	int64_t people;	  /* most at once, hundredths */
	int64_t hours;	  /* of the whole shift, hundredths of a person's hour */
	int64_t rate;	  /* thousandths of a ticket an hour */
	bool measured;	  /* false: nobody worked or nothing was finished: no forecast */
	int64_t arrivals; /* expected in the shift, thousandths; */
	int64_t urgent;	  /* of these done first, thousandths */
	struct forecast_shift shift;
	struct forecast_ticket *tickets; /* due in it, in the order of the list */
	int resumed; /* of these, those that wait now and go on in the shift */
	struct outlook_paused *paused;
	int paused_count;
	int count, broken, likely; /* broken: when the shift begins, at the latest */
	struct forecast_rescue rescue;
};

struct outlook {
	int64_t from, to; /* of the shift; both 0: none begins within a fortnight */
	struct outlook_team *teams; /* those with something due or to come, by name */
	int count;
	bool more; /* so much is due that not all was looked at */
};

/* Under the scope of access_figures. */
void outlook_read(struct work *w, const struct scope *s, struct outlook *o);

#endif
