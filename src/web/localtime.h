/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef WEB_LOCALTIME_H
#define WEB_LOCALTIME_H

/* Dates and times that staff type, as the browser's own boxes send them. */

#include "rule/zone.h"

/* The instant of "2026-06-02" and "10:30" (or "10:30:15") in a zone (NULL: UTC); 0 when
 * it is not a date and time. A local time that is repeated is its first occurrence, one
 * that is left out moves forward. */
int64_t localtime_typed(const struct zone *z, const char *day, const char *time);

#endif
