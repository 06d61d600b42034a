/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef RULE_FILENAME_H
#define RULE_FILENAME_H

#include "base/arena.h"

/* The name that a file is kept under, from what its sender called it: the last part of a
 * path of any system, in one line, at most 100 bytes; the ending stays. Never empty. It
 * is shown and offered for saving, and names nothing on our disk. */
const char *filename_plain(struct arena *a, const char *said);

#endif
