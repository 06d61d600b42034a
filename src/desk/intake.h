/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef DESK_INTAKE_H
#define DESK_INTAKE_H

/*
 * The one way in. Whatever the channel, bytes become a struct contact and come here;
 * the contact becomes a ticket or joins one, in the transaction of the work:
 * person, contact, ticket, event, clocks, outbox.
 *
 * A retry, that is the same (organisation, channel, key) with the same content, gives the
 * receipt of the first time and changes nothing; the same key with other content is
 * CONFLICT.
 */

#include "store/contact.h"

struct receipt {
	int64_t org, ticket;
	const char *reference; /* 7KM-39Q-XAT */
	int64_t person;	       /* 0: anonymous */
	bool joined;	       /* it joined a ticket that was there */
	bool again;	       /* a retry: nothing was done now */
};

/*
 * How urgent it is and how much it affects the channel may say (1 highest to 4). Where it
 * does not, the customer may: a question of the form called `urgency` or `impact` has its
 * choices from the highest down, and the place of the answer is the level.
 *
 * DONE, INVALID (problems: name, email, phone, service, words, key), or CONFLICT.
 *
 * A follow-up joins the ticket of its reference only when the sender is the ticket's
 * customer; from anybody else it makes a ticket of its own (trust.md: "mail as
 * identity"). It ends a wait, and reopens a resolved ticket.
 */
enum outcome intake(struct work *w, struct contact *c, struct receipt *got) must_check;

#endif
