/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef APP_CLOCK_CHECK_H
#define APP_CLOCK_CHECK_H

/* portreeve clock FILE: checks a table of clock vectors (rule/vectors). For each line it
 * prints id, computed, expected, and `ok` or `wrong`, parted by tabs; the count goes to
 * stderr. argv[0] is "clock". Exit status: 0 all right, 1 any wrong, 2 when FILE cannot
 * be read or is no such table. */
int clock_check_command(int argc, char **argv);

#endif
