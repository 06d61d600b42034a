/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/routes.h"

#include "app/dispatch.h"
#include "app/watch.h"

#define FORM .body = {.form = 256 * 1024}
#define FILES .body = {.form = 256 * 1024, .upload = 10 * 1024 * 1024, .files = 10}
#define JSON .body = {.form = 256 * 1024}

/* clang-format off */
const struct route routes_all[] = {
	/* for everybody */
	{ GET, "/assets/*path", WHO_ANYONE | WHO_TOKEN, .handle = watch_assets },
	{ GET, "/healthz", WHO_ANYONE | WHO_TOKEN, .handle = watch_health },
	{ GET, "/readyz", WHO_ANYONE | WHO_TOKEN, .handle = watch_ready },
	{ GET, "/metrics", WHO_ANYONE | WHO_TOKEN, .handle = watch_metrics },

	/* residents */

	/* people who are signed in */
	{ GET, "/events", WHO_PERSON, ROUTE_STREAM, .handle = watch_events },

	/* staff */

	/* machines */
};
/* clang-format on */

const int routes_count = sizeof routes_all / sizeof *routes_all;
