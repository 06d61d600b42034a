/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef STORE_DEMAND_H
#define STORE_DEMAND_H

/* What a service asks of who does its work: how much one ticket is, and which skills at
 * which level. */

#include "rule/assignment.h"
#include "store/work.h"

struct demand {
	int64_t size; /* of a ticket, in the unit of a person's cap; 1 is usual */
	const char *category;
	struct assignment_skills needs;
};

/* Of a service in whatever state; size 1 and no needs for one that is not there. */
void demand_of(struct work *w, int64_t org, const char *service, struct demand *d);

/* Level 0: it is no longer asked for. INVALID (service, skill, level). */
enum outcome demand_skill(struct work *w, int64_t org, const char *service, int64_t skill,
	int64_t level) must_check;

/* 1 to 100. INVALID (service, size). */
enum outcome demand_size(
	struct work *w, int64_t org, const char *service, int64_t size) must_check;

struct demand_row {
	const char *service, *service_name, *skill_name;
	int64_t skill, level; /* 0: a row for a size that is not 1 */
	int64_t size;
};

struct demand_list {
	struct demand_row *at;
	int count;
};

/* Services that ask for something, a row for each skill, by name. */
void demand_list(struct work *w, int64_t org, struct demand_list *list);

#endif
