/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef APP_IMPORT_COMMAND_H
#define APP_IMPORT_COMMAND_H

#include "app/config.h"

/* `portreeve import services|people|bank-holidays|incident-log FILE [--org CODE]`. FILE
 * may be compressed with zstd; "-" is standard input. Bad rows go to stderr with their
 * line; the last line of stdout is a summary. The exit status: 0, 1 when it failed, 2
 * when it was not called right. */
int import_command(const struct config *c);

#endif
