/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef APP_PLACING_H
#define APP_PLACING_H

/* The job that gives what waited because nobody could take it, as shifts begin, work is
 * finished and licences start. A ticket is held before it is given, so that two nodes
 * give it once. */

#include "app/house.h"

/* One round over all teams; costs one small question when nothing waits. */
void placing_round(struct house *h, struct arena *a);

#endif
