/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef DESK_OFFERING_H
#define DESK_OFFERING_H

/* What administrators decide about a service that is offered over Open311: whether, how,
 * and when it is not taken. Each needs RIGHT_ADMIN and stands in the audit. */

#include "store/publication.h"
#include "store/stopper_row.h"

/* Marks a live service for Open311, or no longer. What was published of it can then not
 * be read; marked again, it can. DENIED or MISSING. */
enum outcome offering_mark(
	struct work *w, int64_t org, const char *service, bool offered) must_check;

/* INVALID (type, keywords, stopper), DENIED, MISSING when it is not marked. */
enum outcome offering_save(struct work *w, int64_t org, const struct offer *o) must_check;

/* INVALID (kind, field, area, words), DENIED, MISSING. */
enum outcome offering_stop(
	struct work *w, int64_t org, const char *service, struct stopper *s) must_check;
enum outcome offering_unstop(
	struct work *w, int64_t org, const char *service, int64_t stopper) must_check;

#endif
