/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef WEB_RULES_DRY_STEPS_H
#define WEB_RULES_DRY_STEPS_H

/* The dry run of the table of escalations: each step with how often it fires and whom it
 * tells, by the live version and by the draft, and the tickets where that differs. */

#include "desk/rehearsal.h"
#include "web/admin/rules_dry_run_view.h"
#include "web/admin/rules_words.h"

void rules_dry_steps(const struct rules_words *words, const struct rehearsal *run,
	struct rules_dry_run_view *v);

#endif
