/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef APP_DEMO_PROMISES_H
#define APP_DEMO_PROMISES_H

/* What the organisations of the demonstration agreed among themselves: the time of teams
 * and suppliers, who is told when time runs short, and why a customer may be waited for.
 */

#include "store/work.h"

enum outcome demo_promises_write(struct work *w, void *context);

/* The steps that would have fired while the stories were told, each at its time; their
 * letters count as sent. */
enum outcome demo_promises_catch_up(struct work *w, void *context);

#endif
