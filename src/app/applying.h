/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef APP_APPLYING_H
#define APP_APPLYING_H

/* Versions of rule tables that were published for open tickets too are applied to them:
 * see desk/reapply. */

#include "app/house.h"

/* One look, and whatever is to do. */
void applying_round(struct house *h, struct arena *a);

#endif
