/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef DESK_SESSIONS_H
#define DESK_SESSIONS_H

/* Where somebody is signed in, as their organisation's administrators see it and end it.
 * Of accounts that are at home there alone. DENIED without RIGHT_ADMIN; MISSING for who
 * is at home elsewhere or has no such session. */

#include "store/session.h"

enum outcome sessions_read(
	struct work *w, int64_t person, struct session_list *list) must_check;

enum outcome sessions_end(struct work *w, int64_t person, const char *handle) must_check;

#endif
