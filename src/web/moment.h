/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef WEB_MOMENT_H
#define WEB_MOMENT_H

/*
 * An instant as pages show it: near in words, exact at hand. Local time is that of the
 * organisation's own calendar, so that everybody who speaks of a ticket speaks of the
 * same hour.
 */

#include "rule/zone.h"
#include "store/work.h"

struct moment {
	const char *iso;   /* for machines: 2026-03-02T09:00:00Z; NULL: no instant */
	const char *exact; /* "10:30am on 2 March 2026" */
	const char *near;  /* "in 3 hours", "5 minutes ago" */
	const char *brief; /* "10:30am" on the same day, "2 Mar" in the same year */
};

/* The zone of an organisation's calendar; NULL stands for UTC where there is none. */
const struct zone *moment_zone(struct work *w, int64_t org);

/* TIMES_NONE gives an empty moment. */
struct moment moment_at(struct work *w, const struct zone *z, int64_t instant);

/* The same of an instant by which something must be done: what is due at midnight is due
 * "at the end of" the date before. */
struct moment moment_by(struct work *w, const struct zone *z, int64_t instant);

/* The local date of an instant. */
struct date moment_date(const struct zone *z, int64_t instant);

#endif
