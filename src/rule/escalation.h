/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef RULE_ESCALATION_H
#define RULE_ESCALATION_H

/*
 * When a clock wants attention: its escalation steps, and its breach (clock.md 7).
 *
 * A step stands at a share of the target or at an offset before or after it. An offset is
 * in time or in days, as it was typed, and counted as the clock counts (decision):
 *
 *	a clock in	working days	months, days	seconds
 *	2 days before	2 working days	2 days		not armed
 *	30 min before	1 working day	1 day		30 minutes of its calendar
 *
 * so time that was typed is rounded up to whole days where a clock knows nothing shorter.
 * A share of a target in months is one of the days it has. A step in days stands at the
 * end of its date; before the due instant of a clock in months or days it never falls on
 * a day nobody works (rule/clock_dates). It is armed only while the clock runs. After
 * every event of the clock the desk asks again for the steps that have not fired in this
 * cycle; a step fires once for (clock, cycle, step), so a timer that fires too late or
 * twice does no harm.
 */

#include "rule/clock.h"

struct escalation_step {
	int64_t id;
	enum {
		ESCALATION_PERCENT, /* amount: percent of the target, >= 0 */
		ESCALATION_OFFSET,  /* amount: seconds; negative: before the target */
		ESCALATION_DAYS,    /* amount: days; likewise */
	} kind;
	int64_t amount;
};

/* What is spent when the step is due: a share of clock_length, rounded down, or that plus
 * the offset; at least 0. */
int64_t escalation_spent(const struct escalation_step *s, const struct clock *c);

struct escalation_alarm {
	int64_t at;
	const struct escalation_step *step; /* NULL: the breach is seen */
	bool late; /* its threshold had passed before it was armed: it fires at once */
};

/* When a step is due. False while the clock is not running, or when that is more than ten
 * years ahead, or the step is in days and the clock is not. The step at 100 % ("target
 * used up") is due at the due instant. */
bool escalation_due(const struct clock *c, const struct escalation_step *s,
	struct escalation_alarm *alarm) must_check;

/* When a breach can be seen: as soon as anything is over. It is recorded by the fold, and
 * as of the due instant. False when there is none to come. */
bool escalation_breach(const struct clock *c, struct escalation_alarm *alarm) must_check;

/* The next alarm of a clock among n steps that have not fired in this cycle, and its
 * breach: one timer a clock. Of two at one instant the lower threshold is first. False
 * when there is none. */
bool escalation_next(const struct clock *c, const struct escalation_step *steps, size_t n,
	struct escalation_alarm *alarm) must_check;

#endif
