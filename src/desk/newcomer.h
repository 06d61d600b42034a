/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef DESK_NEWCOMER_H
#define DESK_NEWCOMER_H

/*
 * Makes the account of somebody whose address was proved to be theirs: for the known
 * person of the organisation with that address, if there is just one and they have no
 * account yet, else for a new one. `password` is as stored, "" for none. Sets *a.
 */

#include "store/account.h"

struct newcomer {
	int64_t org;
	const char *email; /* in its normal form, without an account */
	const char *name;  /* "": the address stands for it */
	const char *password;
	const char *language; /* NULL: not known */
};

void newcomer(struct work *w, const struct newcomer *n, struct account *a);

#endif
