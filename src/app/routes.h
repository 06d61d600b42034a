/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef APP_ROUTES_H
#define APP_ROUTES_H

/* Every address there is: method, pattern, who may, limits, handler. What is not in this
 * table does not exist. */

#include "http/router.h"

extern const struct route routes_all[];
extern const int routes_count;

#endif
