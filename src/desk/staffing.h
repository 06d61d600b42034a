/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef DESK_STAFFING_H
#define DESK_STAFFING_H

/*
 * Who may be given what work, and when: changed by whoever runs a team, and in the audit,
 * because who gets a ticket follows from it. What is asked and refused is as the noun in
 * store says (worker, skill, demand, shift); an `org` is where the actor works.
 */

#include "store/demand.h"
#include "store/shift.h"
#include "store/skill.h"
#include "store/worker.h"

enum outcome staffing_worker(struct work *w, int64_t org, int64_t person,
	int64_t capacity, int64_t cap) must_check;

enum outcome staffing_skill(
	struct work *w, int64_t org, const char *name, int64_t *id) must_check;
enum outcome staffing_give(struct work *w, int64_t org, int64_t person, int64_t skill,
	int64_t level) must_check;

enum outcome staffing_need(struct work *w, int64_t org, const char *service,
	int64_t skill, int64_t level) must_check;
enum outcome staffing_size(
	struct work *w, int64_t org, const char *service, int64_t size) must_check;

enum outcome staffing_shift(struct work *w, int64_t org, int64_t team, int64_t person,
	int64_t calendar) must_check;
enum outcome staffing_hours(
	struct work *w, int64_t org, const struct shift_plan *p) must_check;
enum outcome staffing_absence(struct work *w, int64_t org, int64_t person,
	const char *first, const char *last, const char *note) must_check;

enum outcome staffing_licence(struct work *w, const struct shift_licence *l) must_check;
void staffing_licence_end(struct work *w, int64_t org, int64_t person);

#endif
