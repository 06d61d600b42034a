/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef DESK_DIRECTORY_H
#define DESK_DIRECTORY_H

/*
 * Signing in with the password of a directory (LDAP v3, RFC 4511, 4513, 4515): a service
 * account looks for the one entry whose login attribute is what was typed, and a second
 * bind as that entry proves the password. Only over TLS whose certificate is verified,
 * or plain on this machine. It blocks, a few seconds at most: for `prepare` only.
 *
 * A bind with a name and no password succeeds in LDAP and proves nothing (RFC
 * 4513 5.1.2): no empty password is ever sent.
 */

#include "desk/provider_entry.h"

/* DONE with what the entry says; DENIED when there is no such entry, more than one, or
 * the password is another; FAULT when the directory does not answer (logged). */
enum outcome directory_verify(struct work *w, const struct provider *p, const char *login,
	const char *password, struct provider_says *says) must_check;

/* What was typed, so that it stands for itself in a filter (RFC 4515 section 3). */
const char *directory_escape(struct arena *a, const char *text);

#endif
