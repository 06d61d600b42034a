/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef APP_USER_H
#define APP_USER_H

#include "app/config.h"

/*
 * `portreeve user`, the accounts of an installation:
 *
 *	add EMAIL NAME ROLE	an account with a role in the organisation of --org
 *	password EMAIL		a new password; all sessions of the person end
 *	disable EMAIL		nobody signs in with it any more; all sessions end
 *	enable EMAIL
 *	sign-out EMAIL		all sessions of the person end; the account stays open
 *	list			accounts and their roles, of --org or all
 *	token EMAIL ROLE NAME	a token of theirs for another system, shown this once
 *
 * A password is asked for at a terminal, else read as the first line of standard input:
 * never an argument, which others on the machine could see.
 */
int user_command(const struct config *c);

#endif
