/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef APP_JOBS_H
#define APP_JOBS_H

/* What the house does by itself, on threads of its own: letters leave (app/post), what
 * has ended is swept away, the audit is sealed. Every job takes its work from the
 * database, so it may be stopped at any instant and several nodes may run it. */

#include "app/house.h"

struct jobs;

struct jobs *jobs_start(struct house *h);

/* Something has changed elsewhere: those who wait for work look at once. From any thread.
 */
void jobs_call(struct jobs *j);

/* How often that happened. */
uint64_t jobs_calls(struct jobs *j);

/* Lets the step in hand finish. */
void jobs_stop(struct jobs *j);

#endif
