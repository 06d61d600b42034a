/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef APP_IMPORT_TARGETS_H
#define APP_IMPORT_TARGETS_H

/* The rule tables that follow from a catalogue; import_services.h says how. */

#include "app/import/import_services.h"
#include "rule/lengths.h"
#include "store/service.h"

struct catalogue_target {
	int64_t working_days;  /* 0: not said */
	int64_t hours;	       /* 0: not said */
	const char *condition; /* of the hours: "property at risk"; "" : always */
	bool statutory;	       /* the law's own working days (clock.md section 2) */

	/* What a law or a code says in so many words; n 0: nothing. */
	struct length response, resolution;
	int64_t extended; /* of the unit of the resolution */
};

struct catalogue_entry {
	struct service service;
	const char *team;
	const char *source; /* the row as it came, as pairs */
	int fields;
	struct catalogue_target target;
};

/* Does a target come from the Freedom of Information Act, or the regulations that go
 * beside it: "FOIA s10: 20 working days"? */
bool import_targets_statutory(const char *source);

/* What a source says in words that are known: "ICO: one calendar month from receipt" is a
 * resolution, "DUAA 2025 s103: acknowledge within 30 days (calendar)" a response. */
void import_targets_lawful(const char *source, struct catalogue_target *t);

/* Reads "20" and "24 if priority 1". False when they cannot be targets. */
bool import_targets_read(struct arena *a, const char *working_days, const char *hours,
	struct catalogue_target *t);

void import_targets_publish(struct work *w, const struct import_services *s);

/* The rows without a service alone, where the organisation has no table "target". */
void import_targets_default(struct work *w, int64_t org, int64_t calendar);

#endif
