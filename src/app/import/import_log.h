/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef APP_IMPORT_LOG_H
#define APP_IMPORT_LOG_H

/*
 * The audit log of a ServiceNow desk: a row for each update of an incident. Every
 * incident becomes a ticket with its history; every row becomes at least one event of it,
 * and what a row changed stands in the data of its first event ("log.COLUMN"), so that
 * nothing of the log is lost.
 *
 *	the first row			received, at opened_at, by caller_id
 *	assignment_group changes	moved; a row without one says nothing about it
 *	assigned_to changes		assigned
 *	priority changes		priority, with new terms
 *	to Awaiting User Info		waiting (the customer's clock is paused)
 *	from Awaiting User Info		resumed
 *	to Resolved, to Closed		resolved, closed
 *	from Resolved or Closed		reopened
 *	anything else			imported
 *
 * The agreement is the earlier desk's own: see import_agreement.h. Awaiting Problem,
 * Vendor and Evidence do not pause the clock: the customer's promise never waits for a
 * supplier or another team. The log does not say when a caller was answered, so there is
 * no response clock. The source's own verdict, made_sla, is kept beside ours: in the data
 * of the closing event and with the last row (store/import_row).
 *
 * Times are local times of Europe/London. Rows of an incident are taken in the order of
 * sys_updated_at, then sys_mod_count. A row that comes, in a later file, after younger
 * ones is kept as `imported` and changes nothing else.
 *
 * No letter leaves and nobody is asked for a score: that was all long ago.
 */

#include "app/errand.h"
#include "app/import/import_table.h"

struct import_log {
	int64_t org, calendar;

	/* Out. Rows = events + same + bad rows of the table. */
	int64_t tickets; /* new ones */
	int64_t events;	 /* rows that were taken */
	int64_t same;	 /* rows that were there already */
	int64_t entries; /* lines of timelines that were written */
};

/* Reads and writes in batches, in bounded memory. False after saying what failed; bad
 * rows are complained of and do not fail. */
bool import_log(
	struct errand *e, struct import_table *t, struct import_log *l) must_check;

#endif
