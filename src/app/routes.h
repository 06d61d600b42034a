/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef APP_ROUTES_H
#define APP_ROUTES_H

/* Every address there is: method, pattern, who may, limits, handler. What is not in this
 * table does not exist. */

#include "http/router.h"

struct routes {
	const struct route *at;
	int count;
};

/* All of them, copied into the arena: those for people, and app/machine_routes. */
struct routes routes_all(struct arena *a);

#endif
