/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef RULE_SCOPES_H
#define RULE_SCOPES_H

/*
 * The scopes of a token: words that leave of a role's rights only some. A token without
 * any may do all that its role may.
 */

#include "rule/access.h"

enum scopes_word {
	SCOPES_TICKETS_READ,
	SCOPES_TICKETS_WRITE,
	SCOPES_PEOPLE_READ,
	SCOPES_FIGURES_READ,
	SCOPES_AUDIT_READ,
	SCOPES_ADMIN,
	SCOPES_COUNT
};

/* "tickets:read", ... and back; SCOPES_COUNT when there is none. */
const char *scopes_name(enum scopes_word s);
enum scopes_word scopes_named(const char *name);

/* The rights that a list of such words, with blanks between, leaves: all for "", none for
 * words that are no scopes. */
uint64_t scopes_rights(const char *words);

#endif
