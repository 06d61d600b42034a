/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef APP_VERSION_H
#define APP_VERSION_H

#include "app/config.h"

/* `portreeve version`: prints "portreeve 0.1.0". */
int version_command(const struct config *c);

#endif
