/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef RULE_SCOPES_H
#define RULE_SCOPES_H

/*
 * The scopes of a token: words that leave of a role's rights only some, and open only the
 * routes that name them (struct route, `scopes`), so that who may administer by one word
 * does not administer all. A token without any may do all that its role may.
 */

#include "rule/access.h"

enum scopes_word {
	SCOPES_TICKETS_READ,
	SCOPES_TICKETS_WRITE,
	SCOPES_PEOPLE_READ,
	SCOPES_FIGURES_READ,
	SCOPES_AUDIT_READ,
	SCOPES_ADMIN, /* all that follow too, and tokens, webhooks, services */
	SCOPES_RULES_READ,
	SCOPES_RULES_WRITE, /* rule tables, calendars */
	SCOPES_STAFFING_READ,
	SCOPES_STAFFING_WRITE, /* how teams work, shifts, skills, licences */
	SCOPES_ACCOUNTS_READ,
	SCOPES_ACCOUNTS_WRITE, /* sessions, how people sign in */
	SCOPES_SHARING_READ,
	SCOPES_SHARING_WRITE, /* agreements with other organisations */
	SCOPES_LETTERS,	      /* those that were given up */
	SCOPES_AUDIT_WRITE,   /* who is sent its head; not contained in admin */
	SCOPES_COUNT
};

#define SCOPES_BIT(s) ((uint64_t)1 << (s))

/* "tickets:read", ... and back; SCOPES_COUNT when there is none. */
const char *scopes_name(enum scopes_word s);
enum scopes_word scopes_named(const char *name);

/* The rights that a list of such words, with blanks between, leaves: all for "", none for
 * words that are no scopes. */
uint64_t scopes_rights(const char *words);

/* The words of such a list as bits, with those that they contain; all for "". */
uint64_t scopes_bits(const char *words);

#endif
