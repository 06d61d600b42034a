/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef STORE_SHIFT_H
#define STORE_SHIFT_H

/* Who works when and with which licence: the rows that store/worker reads. Hours are
 * calendars (rule/hours), so that they have versions, holidays and dated exceptions. */

#include "store/work.h"

struct shift {
	int64_t team, person; /* person 0: all of the team without a shift of their own */
	const char *team_name, *person_name;
	int64_t calendar;
	const char *calendar_name;
};

struct shift_list {
	struct shift *at;
	int count;
};

/* By team and person. */
void shift_list(struct work *w, int64_t org, struct shift_list *list);

/* Calendar 0 takes the shift away. INVALID (team, person, calendar). */
enum outcome shift_save(struct work *w, int64_t org, int64_t team, int64_t person,
	int64_t calendar) must_check;

/* At most `most` calendars of the shifts of one person in all their teams; where they
 * have none of their own those of the shifts of their teams. How many. */
int shift_calendars(
	struct work *w, int64_t org, int64_t person, int64_t *calendars, int most);

/* The newest version of every calendar that shifts may use, by name. */
struct shift_hours {
	int64_t calendar;
	const char *name, *definition;
};

struct shift_plan {
	const char *name;
	int first_day, last_day; /* 1 Monday to 7 Sunday, both included */
	int from, to; /* seconds of the local day; to <= from: until the next day */
};

/* Makes hours to choose from, without the days on which the organisation is closed.
 * INVALID (name). */
enum outcome shift_make(
	struct work *w, int64_t org, const struct shift_plan *p) must_check;

struct shift_hours_list {
	struct shift_hours *at;
	int count;
};

void shift_hours(struct work *w, int64_t org, struct shift_hours_list *list);

/* Days off, YYYY-MM-DD, both included; `last` NULL takes the one beginning on `first`
 * away. INVALID (first, last). */
enum outcome shift_absence(struct work *w, int64_t org, int64_t person, const char *first,
	const char *last, const char *note) must_check;

struct shift_absence {
	int64_t person;
	const char *name, *first, *last, *note;
};

struct shift_absence_list {
	struct shift_absence *at;
	int count;
};

/* Those that have not ended on `day`. */
void shift_absences(
	struct work *w, int64_t org, const char *day, struct shift_absence_list *list);

/* The same of one person. */
void shift_absences_of(struct work *w, int64_t org, int64_t person, const char *day,
	struct shift_absence_list *list);

/* A licence to support, for who is at home in another organisation. */
struct shift_licence {
	int64_t org, person;
	const char *trained, *valid_until; /* YYYY-MM-DD, both included */
	const char *services; /* codes and categories joined by ';'; "": all */
	const char *name;     /* read along */
};

/* INVALID (person, trained, valid_until). */
enum outcome shift_licence(struct work *w, const struct shift_licence *l) must_check;
void shift_licence_end(struct work *w, int64_t org, int64_t person);

struct shift_licence_list {
	struct shift_licence *at;
	int count;
};

void shift_licences(struct work *w, int64_t org, struct shift_licence_list *list);

#endif
