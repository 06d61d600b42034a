/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef RULE_EMAILADDRESS_H
#define RULE_EMAILADDRESS_H

/*
 * The shape of an e-mail address that our mail can be sent to: an ASCII local part of
 * at most 64 characters without quotes, and a domain of two labels or more, 254 in all
 * (RFC 5321 4.5.3.1, and what GOV.UK Notify accepts). Whether it exists only a letter
 * can tell.
 */

#include "base/arena.h"

/* The address with its domain in small letters, or NULL when it has not that shape. */
const char *emailaddress_read(struct arena *a, const char *text);

#endif
