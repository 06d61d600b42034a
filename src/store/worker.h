/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef STORE_WORKER_H
#define STORE_WORKER_H

/*
 * The members of a team as people who can be given work: their hours, whether they are
 * there, what they carry and may carry. A member has the hours of their own shift in the
 * team, else those of the team's shift, else the team's calendar, else that of the
 * organisation.
 */

#include "rule/assignment.h"
#include "rule/calendar.h"
#include "store/presence.h"

struct worker {
	int64_t person;
	const char *name;
	bool at_home;  /* works for this organisation, so needs no licence */
	bool licensed; /* ... or has one for the service asked about, valid on the day */
	bool absent;   /* today is one of their days off */
	struct presence presence;
	const struct calendar *hours; /* NULL: none is known */
	int64_t capacity, cap, given; /* as in rule/assignment */
	int64_t load;		      /* over all organisations */
	bool own_hours;		      /* a shift of their own */
	struct assignment_skill *skills;
	int skill_count;
};

struct worker_list {
	struct worker *at;
	int count;
};

/* What a licence is asked for; service NULL: anything. */
struct worker_scope {
	int64_t org, team;
	const char *service, *category;
};

/* All members but those whose account is disabled, by name. */
void worker_of_team(
	struct work *w, const struct worker_scope *of, struct worker_list *list);

/* Who works in any team of the organisation, each once, by name. */
void worker_everybody(struct work *w, int64_t org, struct worker_list *list);

/* Is the person at work at an instant, days off left out? */
bool worker_on_shift(const struct worker *m, int64_t at);

/* Notes that somebody was given work now. */
void worker_given(struct work *w, int64_t org, int64_t person);

/* What a person can carry; 0 < capacity <= 1000, 0 <= cap <= 10000. */
enum outcome worker_save(struct work *w, int64_t org, int64_t person, int64_t capacity,
	int64_t cap) must_check;

#endif
