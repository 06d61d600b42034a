/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef DESK_WEAK_PASSWORD_H
#define DESK_WEAK_PASSWORD_H

/*
 * Passwords that somebody who guesses would try first: 46,881 that people are known to
 * use (seed/common-passwords.bin), one of them with up to six figures or signs around it
 * or written twice, one character many times, a run (0123456789), and words of the
 * context: names of the organisations of the desk, of the program and of the trade, alone
 * or two together, with the like around them.
 */

#include "store/work.h"

/* In whatever case. Reads the names of the organisations. */
bool weak_password(struct work *w, const char *password);

#endif
