/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef APP_MIGRATE_COMMAND_H
#define APP_MIGRATE_COMMAND_H

#include "app/config.h"

/* `portreeve migrate`: brings the schema up to date and prints how many migrations ran
 * (each is in the log). */
int migrate_command(const struct config *c);

#endif
