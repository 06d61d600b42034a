/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef DESK_LOOP_H
#define DESK_LOOP_H

/*
 * What would act on itself for ever is stopped, with an alarm (clock.md section 8).
 *
 * Inside the house no rule can: tables are folded once for an event and give values, not
 * events; an escalation step tells people and changes nothing, and fires once by its key;
 * what the desk assigns it does not hand on. What can go round goes round through other
 * systems: a webhook tells one of an event, it writes to the ticket by the API, which is
 * an event; two bodies each send on what the other sends. So after LOOP_MOST acts of
 * machines in a row no other system is told of the ticket until a person acts, and no
 * more than LOOP_MOST requests that read the same go to one body in an hour. Letters have
 * their own limit, where they leave (app/post).
 */

#include "store/event.h"

enum { LOOP_MOST = 20, LOOP_SECONDS = 600 };

/* May other systems be told of an event that was just written? False too for the alarm
 * itself, which is written when the limit is passed: an event `looped` and a letter to
 * the leaders. Asks nothing while a ticket has few events, or a person acted. */
bool loop_lets_tell(struct work *w, struct ticket *t, const struct event *e);

/* May a ticket be sent to that body? */
bool loop_lets_send(struct work *w, struct ticket *t, int64_t body);

#endif
