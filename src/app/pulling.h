/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef APP_PULLING_H
#define APP_PULLING_H

/*
 * Asks other bodies what is new (open311.md section 5), every five minutes each:
 *
 *	discovery	XML is spoken unless they offer JSON alone
 *	services	a list shorter than the last right one by more than half is not
 *			believed; definitions of mapped services that have one, once a day
 *	tokens		of tickets that a batch service has taken
 *	updates		with an overlap of two hours, in the time of their clock, each
 *			applied once by its id
 *	requests	where that is wanted: theirs become tickets
 *
 * A body that does not answer is asked again after 10, 20, 40 minutes ... to six hours;
 * what is wrong stands as its alarm. Of several nodes one asks.
 */

#include "app/house.h"

/* Asks those whose time it is; the number of them. The arena is reset. */
int pulling_round(struct house *h, struct arena *a);

/* The period to ask for, in their time, when their clock is `skew` before ours. */
void pulling_period(
	int64_t pulled, int64_t now, int64_t skew, int64_t *from, int64_t *to);

#endif
