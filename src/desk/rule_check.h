/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef DESK_RULE_CHECK_H
#define DESK_RULE_CHECK_H

/* Is a row of a rule table right, and will it ever decide? */

#include "rule/table_shape.h"
#include "store/calendar_row.h"
#include "store/role_row.h"
#include "store/service.h"
#include "store/team.h"

/* What rows may name, read once for a page or a check. */
struct rule_names {
	struct service_list services;
	struct team_list teams;
	struct calendar_row_list calendars;
	struct role_row_list roles;
	const char **categories;
	int category_count;
};

void rule_check_names(struct work *w, int64_t org, struct rule_names *n);

/* NULL when there is none. */
const struct service *rule_check_service(const struct rule_names *n, const char *code);
const struct team *rule_check_team(const struct rule_names *n, int64_t id);
const struct role_row *rule_check_role(const struct rule_names *n, const char *name);
const struct calendar_row *rule_check_calendar(const struct rule_names *n, int64_t id);

/* Notes every problem of a row; its field is "column-NAME". */
enum outcome rule_check_row(struct work *w, const struct table_shape *s,
	const struct rule_names *n, const struct table_row *row) must_check;

/* The key of the first problem of a row, without noting it; NULL: it is well. A condition
 * about what is gone (a service that has ended) only means that the row never decides. */
enum rule_check_part { RULE_CHECK_ALL, RULE_CHECK_GIVES };
const char *rule_check_fault(const struct table_shape *s, const struct rule_names *n,
	const struct table_row *row, enum rule_check_part part);

/* The position of the earlier row because of which each row can never decide; 0: none. */
const int64_t *rule_check_covered(struct work *w, const struct table_shape *s,
	const struct rule_names *n, const struct table *t);

#endif
