/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef STORE_AUDIT_WATCH_H
#define STORE_AUDIT_WATCH_H

/* Where the head of an organisation's audit goes every day: an address outside the reach
 * of whoever can write to the database. */

#include "store/work.h"

/* "" when it goes nowhere. */
const char *audit_watch_email(struct work *w, int64_t org);

/* "" ends it. */
void audit_watch_set(struct work *w, int64_t org, const char *email);

/* Does any organisation wait for the letter of that day (days since 1970)? */
bool audit_watch_due(struct work *w, int64_t day);

/* Takes the letter of that day upon the work: the address, or NULL when there is none or
 * somebody else, here or on another node, has taken it. */
const char *audit_watch_take(struct work *w, int64_t org, int64_t day);

#endif
