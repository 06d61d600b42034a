/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef RULE_STATUS_RULE_H
#define RULE_STATUS_RULE_H

/*
 * Which status of a ticket may follow which (clock.md section 8: from, to, right needed,
 * fields demanded): the ordered table `status`. The first row that matches the kind, the
 * service and both statuses decides: it refuses the change, or says what it takes. What
 * no row matches is refused.
 *
 * Two things are no table's to refuse: to stay where one is, and the end of a wait. A
 * pause ends by itself with the customer's answer (section 6), whoever wrote the rules.
 */

#include "rule/table.h"

/* The words that the table knows; NULL behind the last. */
const char *status_rule_status(int n); /* new open waiting resolved closed cancelled */
const char *status_rule_kind(int n);   /* request incident problem ... */

/* What holds in an organisation that published no table of its own: version 0. */
const struct table *status_rule_standard(void);

struct status_ruling {
	bool allowed;
	const struct table_row *row; /* that says so, or NULL */
};

struct status_ruling status_rule_ask(const struct table *t, const struct table_facts *f);

#endif
