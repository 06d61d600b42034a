/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef APP_IMPORT_NAMES_H
#define APP_IMPORT_NAMES_H

/*
 * The teams, people and services that another system names, found again or made at their
 * first mention, and remembered while an import runs.
 */

#include "store/work.h"

struct import_names;

/* For one organisation and one kind of import (store/import_row's source). */
struct import_names *import_names_new(int64_t org, const char *source);
void import_names_free(struct import_names *n);

/* Forgets what was remembered: a transaction that made some of it was undone. */
void import_names_forget(struct import_names *n);

/* Ids, made when they are not there yet. */
int64_t import_names_team(
	struct import_names *n, struct work *w, const char *name, const char *kind);
int64_t import_names_person(struct import_names *n, struct work *w, const char *name);

/* Makes sure that the person works in the team. */
void import_names_join(
	struct import_names *n, struct work *w, int64_t team, int64_t person);

/* The code of the service that stands for a category of the other system: "LOG-" and the
 * name. It is kept as an ended one: history, not on offer. */
const char *import_names_service(
	struct import_names *n, struct work *w, const char *category, int64_t team);

#endif
