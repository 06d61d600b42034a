/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/import/import_agreement.h"

#include "store/calendar_row.h"

enum { WORKING_WEEK = 120, PRIORITIES = 4, HOUR = 3600 };

static const char hours[] =
	"zone=Europe/London week=1/0-86400,2/0-86400,3/0-86400,4/0-86400,5/0-86400";

static const int64_t targets[PRIORITIES] = {12 * HOUR, 24 * HOUR, 155 * HOUR, 350 * HOUR};

enum outcome
import_agreement_found(struct work *w, int64_t org)
{
	return calendar_row_save(
		w, org, WORKING_WEEK, "Monday to Friday, day and night", hours);
}

void
import_agreement_terms(
	struct work *w, int64_t priority, struct promise_terms *terms, struct decision *d)
{
	*terms = (struct promise_terms){
		.resolution = targets[priority - 1],
		.calendar = WORKING_WEEK,
	};
	*d = (struct decision){.name = "target"};
	pairs_add_int(w->arena, &d->saw, "priority", priority);
	pairs_add_int(w->arena, &d->gave, "response", 0);
	pairs_add_int(w->arena, &d->gave, "resolution", terms->resolution);
	pairs_add(w->arena, &d->gave, "unit", "seconds");
	pairs_add(w->arena, &d->gave, "note", "the earlier desk's own agreement");
}
