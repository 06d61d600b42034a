/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef APP_SERVE_H
#define APP_SERVE_H

#include "app/config.h"

/* `portreeve serve`: answers until SIGTERM or SIGINT, then drains. The exit status. */
int serve_command(const struct config *c);

#endif
