/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef CHANNEL_API_REPORTS_H
#define CHANNEL_API_REPORTS_H

/* The handlers of /api/v1 for figures that cannot be gamed, the forecast of the coming
 * shift, and the wallboard. */

#include "http/reply.h"
#include "store/figures.h"

enum outcome api_reports_honesty(
	struct work *w, const struct request *q, struct reply *r);
enum outcome api_reports_tickets(
	struct work *w, const struct request *q, struct reply *r);
enum outcome api_reports_forecast(
	struct work *w, const struct request *q, struct reply *r);
enum outcome api_reports_wallboard(
	struct work *w, const struct request *q, struct reply *r);

/* ?from=&to=: instants, the last four weeks when they are not said. DONE, or 400. */
enum outcome api_reports_period(struct work *w, const struct request *q, struct reply *r,
	struct figures_period *p) must_check;

#endif
