/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef DESK_FIELD_H
#define DESK_FIELD_H

/*
 * May this person change this about this ticket, as it stands? The one place that asks
 * the organisation's table `field` (rule/field_rule) before something is changed, for
 * pages, the API and all who come; what may not be read is taken out in store/hiding.
 * The rights of rule/access are asked besides.
 */

#include "rule/field_rule.h"
#include "store/ticket.h"

/* Asked by every verb, of a ticket it holds, before it writes. DONE; INVALID with a
 * problem of the field `named` that names the rule. */
enum outcome field_change(struct work *w, const struct ticket *t, enum ticket_field f,
	const char *named) must_check;

/* The same without a problem: for what is offered. */
bool field_may(struct work *w, const struct ticket *t, enum ticket_field f);

/* Is it a problem that field_change noted? The control is not there then. */
bool field_refused(const struct problem *p);

/* Which row decides; its number in *version (0: as Portreeve comes). */
struct field_ruling field_ask(
	struct work *w, const struct ticket *t, enum ticket_field f, int64_t *version);

#endif
