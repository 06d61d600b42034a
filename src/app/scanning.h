/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef APP_SCANNING_H
#define APP_SCANNING_H

/*
 * Where the setting `clamd` names one, each file is shown to it soon after it came. One
 * in which it finds something is taken away, bytes and all, and stands as a note on its
 * ticket. While clamd does not answer files wait for it; they can be saved meanwhile, as
 * without it (never shown in place).
 */

#include "app/house.h"

/* One round; the number of files looked at, 0 when none waits, -1 when there is no answer
 * (logged): then it is better to wait a while. The arena is reset. */
int scanning_round(struct house *h, struct arena *a);

#endif
