/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef APP_BACKUP_H
#define APP_BACKUP_H

#include "app/config.h"

/* `portreeve backup FILE`: the whole database as it stands at one instant, while others
 * serve, into one SQLite file, whichever engine it comes from. The file is verified and
 * on the disk before it gets its name, so FILE is either a whole backup or not touched.
 */
int backup_command(const struct config *c);

#endif
