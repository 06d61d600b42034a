/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef APP_IMPORT_INCIDENT_H
#define APP_IMPORT_INCIDENT_H

/* The rows of one incident become a ticket with its history: see import_log.h. */

#include "app/import/import_log.h"
#include "app/import/import_log_row.h"
#include "app/import/import_names.h"

struct incident_import {
	const struct import_log_shape *shape;
	struct import_names *names;
	int64_t org, calendar;
	int64_t tickets, events, same, entries; /* counted up */
};

/* All rows have one number and may be in any order. In the transaction of the work. */
enum outcome import_incident(struct work *w, struct incident_import *i,
	const struct import_log_row *rows, int count) must_check;

#endif
