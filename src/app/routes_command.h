/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef APP_ROUTES_COMMAND_H
#define APP_ROUTES_COMMAND_H

#include "app/config.h"

/* `portreeve routes`: a line for each route, its columns parted by tabs: method, pattern,
 * who may ask, the rights of which one is needed ("-": none beyond that). 0. */
int routes_command(const struct config *c);

#endif
