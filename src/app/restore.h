/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef APP_RESTORE_H
#define APP_RESTORE_H

#include "app/config.h"

/* `portreeve restore FILE`: puts a backup into an empty database of either engine; one
 * with anything in it is refused. All or nothing. */
int restore_command(const struct config *c);

#endif
