/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "desk/calendars.h"

#include "store/audit.h"

#include <inttypes.h>
#include <string.h>

enum { LONGEST_NAME = 80 };

enum outcome
calendars_save(struct work *w, const struct calendar_edit *e, int64_t *id)
{
	if (!access_may(w->actor, e->org, RIGHT_ADMIN))
		return DENIED;
	if (!*e->name || strlen(e->name) > LONGEST_NAME)
		(void)!work_problem(w, "name", "problem.calendar.name");
	if (calendar_row_edit(w, e, id) != DONE || w->problems.count > 0)
		return INVALID;
	audit_add(
		w, "calendar.save", arena_printf(w->arena, "calendar %" PRId64, *id), "");
	return DONE;
}

enum outcome
calendars_division(struct work *w, int64_t org, const char *division)
{
	static const char *const divisions[] = {
		"england-and-wales", "scotland", "northern-ireland"};

	if (!access_may(w->actor, org, RIGHT_ADMIN))
		return DENIED;
	for (size_t i = 0; i < sizeof divisions / sizeof *divisions; i++) {
		if (strcmp(divisions[i], division) != 0)
			continue;
		calendar_row_set_division(w, org, divisions[i]);
		audit_add(w, "calendar.division", divisions[i], "");
		return DONE;
	}
	return work_problem(w, "division", "problem.calendar.division");
}
