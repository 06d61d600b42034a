/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef DESK_WAITING_RULES_H
#define DESK_WAITING_RULES_H

/*
 * What an organisation settles about waiting and reopening: for what a customer may be
 * waited for (store/wait_reason), and for how many working days after a solution a clock
 * goes on when a ticket is reopened (clock.md sections 5 and 6).
 *
 * Whom we wait for is asked, and only the customer is taken: no clock of theirs stops
 * for a team or a supplier, whose own clocks count from the hand-over. Every wait ends by
 * itself, so a reason has reminders with a limit, or a review date, or both.
 *
 * Every verb needs RIGHT_ADMIN. Outcomes: DONE, DENIED, MISSING, INVALID with problems.
 */

#include "store/wait_reason.h"

/* Adds one (code "") or changes one. `whom`: "customer", "team" or "supplier". */
enum outcome waiting_rules_save(
	struct work *w, struct wait_reason *r, const char *whom) must_check;

enum outcome waiting_rules_end(struct work *w, int64_t org, const char *code) must_check;

enum outcome waiting_rules_reopen(
	struct work *w, int64_t org, const char *service, int64_t days) must_check;

#endif
