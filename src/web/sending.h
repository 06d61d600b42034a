/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef WEB_SENDING_H
#define WEB_SENDING_H

/* A filled-in form becomes a contact and goes through intake. */

#include "desk/intake.h"
#include "web/asking.h"

/*
 * What the answers of a form say. Each value of a field is a pair of its name: a place
 * told both exactly and in words is two. The subject names the service and, unless that
 * is one of those that only some may see, the place or what was written first.
 */
struct contact sending_contact(struct work *w, const struct asking *a);

/* Sends a form all of whose steps are answered, and marks the draft as sent. Outcomes of
 * intake. */
enum outcome sending_send(
	struct work *w, const struct asking *a, struct receipt *got) must_check;

#endif
