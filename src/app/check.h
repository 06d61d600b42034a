/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef APP_CHECK_H
#define APP_CHECK_H

#include "app/errand.h"

/*
 * `portreeve check`: reads the whole database, as it stands at one instant, and says on
 * stdout whether what is stored keeps its promises:
 *
 *	migrations	all have run
 *	clocks		rebuilt from the events of each ticket they are what is stored
 *	timelines	no event is missing or without a ticket
 *	states, outbox	times and flags agree with the state
 *	attachments	their bytes have the digest they came with
 *	audit		the chain is whole; its newest hash is shown, to be kept elsewhere
 *
 * The exit status: 0 when all is right, else 1. May run while others serve.
 */
int check_command(const struct config *c);

/* The part behind the command, on an open errand: how many things are wrong; -1 when the
 * database could not be read. */
int64_t check_all(struct errand *e);

struct check_counts {
	int64_t tickets, events;
};

/* What is quick however much there is: timelines, states, outbox; and how much there is.
 * Says what is wrong on stderr; returns as check_all. */
int64_t check_quick(struct errand *e, struct check_counts *counts);

#endif
