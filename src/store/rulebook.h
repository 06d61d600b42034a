/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef STORE_RULEBOOK_H
#define STORE_RULEBOOK_H

/* The ordered tables of an organisation, written as whole versions; read through the
 * shelf. */

#include "rule/table.h"
#include "store/work.h"

/* Publishes a new version of a table (rule/table has their names); positions are given by
 * the order. The version that was live is retired. Returns the new version's number; the
 * same rows again make none and return the live one's. */
int64_t rulebook_publish(struct work *w, int64_t org, const char *name,
	const struct table_row *rows, int count);

#endif
