/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef DESK_ATTEND_H
#define DESK_ATTEND_H

/* Somebody says whether they are there. What waited for them is given at once. */

#include "store/presence.h"

/* For the actor, in their session or by their token, where they work now. It lasts
 * until the last of their shifts of the day ends; where none is on, until the session
 * ends. */
void attend(struct work *w, enum presence_state state);

#endif
