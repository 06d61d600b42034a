/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef APP_IMPORT_SERVICES_H
#define APP_IMPORT_SERVICES_H

/*
 * A catalogue of services (seed/services.csv describes the columns) into teams, services,
 * forms, and the organisation's tables of priorities and targets.
 *
 * Of each service the targets become rows of table "target", one for each priority:
 *
 *	target_hours "4"	resolution 4 hours, day and night
 *	target_hours "4 if X"	the same for priority 1 alone, X kept in the note: who
 *				handles the ticket says whether X holds
 *	else			target_working_days of the organisation's calendar; where
 *				target_source names the Freedom of Information Act, of the
 *				statutory one, until midnight, and nothing pauses it;
 *				where it says "one calendar month", that
 *
 * Where target_source says within how many days receipt is to be acknowledged
 * (import_targets_lawful), that is the response. Of others the catalogue says nothing, so
 * they are a default, said in the note: 1 hour, 4 hours, 8 hours, 16 hours (two working
 * days) for priorities 1 to 4, never more than the resolution. Rows without a service,
 * for what the catalogue does not know, stand last. Rows whose note does not begin with
 * "Catalogue" were written by somebody and stay, first.
 *
 * Table "priority", when the organisation has none: what the catalogue calls priority 1
 * stays there; impact by urgency where both were said (ITIL); VIPs and vulnerable people
 * one step up. Table "route" stays as it is: where it says nothing, the service's team
 * decides.
 */

#include "app/import/import_table.h"
#include "store/work.h"

struct import_services {
	int64_t org;
	int64_t calendar; /* of the organisation */

	/* Made by import_services_read. */
	struct catalogue_entry *entries;
	int count;

	/* What import_services_write did. */
	int64_t round_the_clock, statutory; /* other calendars */
	int64_t saved, fields, teams, skipped;
};

/* Reads the table; bad rows are complained of and left out. False when a column is
 * missing or the file cannot be read. The entries live in the arena. */
bool import_services_read(
	struct arena *a, struct import_table *t, struct import_services *s);

/* Writes them, in one transaction; context is the struct import_services. May be run
 * again: what stands there already is skipped. */
enum outcome import_services_write(struct work *w, void *context) must_check;

#endif
