/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef STORE_SHELF_H
#define STORE_SHELF_H

/*
 * What never changes once it is written, parsed once a process and kept: calendar
 * versions, versions of rule tables, versions of forms. Safe from several threads; what
 * is handed out stays valid until the shelf is freed.
 *
 * A version that a work has made is not there before its commit: if that is undone, the
 * next version has the same number and says something else. Such a work keeps what it
 * reads to itself (shelf_made), and what the shelf knew under that number is forgotten.
 */

#include "rule/calendar.h"
#include "rule/form.h"
#include "rule/table.h"
#include "store/work.h"

struct shelf;

struct shelf *shelf_new(void);
void shelf_free(struct shelf *s);

/* The newest version of a calendar that is valid at `at`; its number in *version. NULL
 * when there is none, or its definition cannot be read: logged. */
const struct calendar *shelf_calendar(
	struct work *w, int64_t org, int64_t id, int64_t at, int64_t *version);

/* One version; calendar 0 is the one that is always open. */
const struct calendar *shelf_calendar_version(
	struct work *w, int64_t org, int64_t id, int64_t version);

/* A calendar that is always open: for a promise that names an instant. */
const struct calendar *shelf_always(struct work *w);

/* The live version of a rule table ("priority", "route", "target", "leg", "escalation",
 * "status", "field"); an empty one when none is live, of the last two the house's own.
 * Never NULL. Which versions are live is asked once a work, of all tables together. */
const struct table *shelf_table(struct work *w, int64_t org, const char *name);

/* Another version was made live in this work. */
void shelf_tables_changed(struct work *w);

/* A version was written by this work, of a calendar (by id), or of a table or form (by
 * name): whoever inserts one says so. */
enum shelf_kind { SHELF_CALENDAR, SHELF_TABLE, SHELF_FORM };
struct shelf_version {
	enum shelf_kind kind;
	int64_t org, id, version;
	const char *name; /* "" of a calendar */
};
void shelf_made(struct work *w, const struct shelf_version *made);

/* One version, live or retired; an empty one (version 0) when there is no such. */
const struct table *shelf_table_version(
	struct work *w, int64_t org, const char *name, int64_t version);

/* The parsed form of a service's version, or NULL. */
const struct form *shelf_form(
	struct work *w, int64_t org, const char *service, int64_t version);

#endif
