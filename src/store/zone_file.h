/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef STORE_ZONE_FILE_H
#define STORE_ZONE_FILE_H

/* The time zones of the system (package tzdata), read from /usr/share/zoneinfo. */

#include "rule/zone.h"

/* Reads the zone with an IANA name such as "Europe/London" into the arena. NULL when the
 * name is not of that form (a path can never be smuggled in), when there is no such zone,
 * or when its file is damaged; *problem then says so in a short sentence. */
const struct zone *zone_file_load(
	struct arena *a, const char *name, const char **problem) must_check;

#endif
