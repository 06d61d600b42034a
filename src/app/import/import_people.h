/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef APP_IMPORT_PEOPLE_H
#define APP_IMPORT_PEOPLE_H

/*
 * People an organisation knows, from a table with the columns
 *
 *	resident_id first_name last_name email phone
 *	and, where there are: address1 town postcode uprn language vip vulnerable
 *	adjustments body
 *
 * resident_id finds a person again: a row that has changed since changes the person, one
 * that has not is skipped.
 */

#include "app/errand.h"
#include "app/import/import_table.h"

struct import_people {
	int64_t org;
	int64_t people, same; /* out: written, and skipped as they were */
};

/* Reads and writes in batches. False after saying what failed; bad rows do not fail. */
bool import_people(
	struct errand *e, struct import_table *t, struct import_people *p) must_check;

#endif
