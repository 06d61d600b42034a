/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef DESK_AGREEMENT_H
#define DESK_AGREEMENT_H

/* Sharing agreements are made, amended and ended by who has RIGHT_SHARING in the
 * organisation that shares; each is a new version, and stands in the audit. */

#include "store/sharing.h"

/* DONE, INVALID with problems, DENIED. A new one when s->id is 0. */
enum outcome agreement_save(struct work *w, struct sharing *s) must_check;

/* From now on nothing is seen by it any more. DONE, INVALID (note), DENIED, MISSING. */
enum outcome agreement_end(struct work *w, int64_t id, const char *note) must_check;

/* The newest version of an agreement that the organisation of the actor is a party to.
 * DONE or MISSING. */
enum outcome agreement_find(struct work *w, int64_t id, struct sharing *s) must_check;

/* The keys of lawful bases (Article 6 of the UK GDPR), "public-task" ...; NULL ends. */
extern const char *const agreement_bases[];

#endif
