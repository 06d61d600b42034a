/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef APP_MACHINE_ROUTES_H
#define APP_MACHINE_ROUTES_H

/* The addresses for machines: /api/v1 and Open311. Those for people are in app/routes. */

#include "http/router.h"

extern const struct route machine_routes[];
extern const int machine_routes_count;

#endif
