/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef CHANNEL_API_SHIFTS_H
#define CHANNEL_API_SHIFTS_H

/* The handlers of /api/v1 for who works when: shifts and the hours they have, days off,
 * and licences to support another organisation. */

#include "http/reply.h"
#include "store/work.h"

enum outcome api_shifts_list(struct work *w, const struct request *q, struct reply *r);
enum outcome api_shifts_save(struct work *w, const struct request *q, struct reply *r);
enum outcome api_shifts_hours(struct work *w, const struct request *q, struct reply *r);
enum outcome api_shifts_make(struct work *w, const struct request *q, struct reply *r);
enum outcome api_shifts_absences(
	struct work *w, const struct request *q, struct reply *r);
enum outcome api_shifts_add_absence(
	struct work *w, const struct request *q, struct reply *r);
enum outcome api_shifts_end_absence(
	struct work *w, const struct request *q, struct reply *r);
enum outcome api_shifts_licences(
	struct work *w, const struct request *q, struct reply *r);
enum outcome api_shifts_license(struct work *w, const struct request *q, struct reply *r);
enum outcome api_shifts_end_licence(
	struct work *w, const struct request *q, struct reply *r);

#endif
