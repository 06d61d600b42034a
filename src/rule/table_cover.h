/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef RULE_TABLE_COVER_H
#define RULE_TABLE_COVER_H

/*
 * Rows that can never decide, because an earlier one matches whatever they match. Only
 * one earlier row at a time is looked at: what several together leave nothing over for
 * (one for VIPs, one for everybody else) is not found, so no row is called dead that is
 * not.
 */

#include "rule/table_shape.h"

/* Which category a service has; NULL when it is not known. */
typedef const char *table_category_of(const void *catalogue, const char *service);

/* Does `earlier` match all that `later` matches? */
bool table_cover(const struct table_shape *s, const struct table_row *earlier,
	const struct table_row *later, table_category_of *category_of,
	const void *catalogue);

#endif
