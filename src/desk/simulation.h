/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef DESK_SIMULATION_H
#define DESK_SIMULATION_H

/* The lists of work as somebody else sees them, for who may simulate (RIGHT_SIMULATE):
 * counted and listed under their scope, with nothing that the looker could read by it.
 * Of a restricted ticket no more is to be said than that it is one. */

#include "store/work.h"

/* Somebody who signs in to the organisation where the asker works. */
bool simulation_meet(struct work *w, const char *email, struct actor *who);

/* That somebody looked, for the audit: on disk before the answer leaves. */
void simulation_note(struct work *w, const char *email, const char *view);

#endif
