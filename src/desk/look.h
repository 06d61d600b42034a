/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef DESK_LOOK_H
#define DESK_LOOK_H

/* A reason is given, and a restricted ticket of another team may be read for a while. */

#include "store/ticket.h"

/* DONE, or INVALID with a problem (reason) when it says too little. */
enum outcome look_give(
	struct work *w, const struct ticket *t, const char *reason) must_check;

#endif
