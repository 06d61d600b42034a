/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef DESK_NEIGHBOURS_H
#define DESK_NEIGHBOURS_H

/* What administrators decide about other bodies that speak Open311 (store/body). Each
 * verb needs RIGHT_ADMIN in the body's organisation and stands in the audit. */

#include "store/body.h"

/* Checks and writes one, a new one when its id is 0; `key` NULL keeps the one it has. The
 * address is given a '/' at its end; where it may lead is the caller's to ask
 * (http/outgoing) and is asked again whenever it is used. INVALID (problems: name, url,
 * api_key, team, services, statuses, area) or DENIED. */
enum outcome neighbours_save(struct work *w, struct body *b) must_check;

enum outcome neighbours_end(struct work *w, int64_t org, int64_t id) must_check;

/* Asks them at once; what was given up leaves once more. */
enum outcome neighbours_again(struct work *w, int64_t org, int64_t id) must_check;

#endif
