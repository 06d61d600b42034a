/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef DESK_INVITE_H
#define DESK_INVITE_H

/*
 * Asking somebody in to work here, without choosing a password for them. What they will
 * be given is kept until they come, and then becomes an account: by the link of a letter,
 * where they choose a password, or by an identity provider of the organisation that
 * vouches for the address.
 *
 *	- Only roles that the actor may hand on (roles_check).
 *	- A link works once, for 7 days, in any browser; a new one ends the old. At most 5
 *	letters an hour go to one address (desk/door_letter). Without a letter it waits 90
 *	days.
 *	- An account that the actor can find by its address anyway (roles_by_email) is
 * said to be there: it is given a role, not asked in. Of any other account nothing is
 * told: its owner is asked in like everybody, and their roles are given to the account
 * they have, which they then open as they always do.
 *
 * All stand in the audit: account.invite, account.invite-again, account.withdraw, and in
 * the name of who came, account.arrive.
 */

#include "store/account.h"
#include "store/invitation.h"

enum { INVITE_DAYS = 7, INVITE_PROVIDER_DAYS = 90 };

/* Who is to come. `roles` are names, `teams` ids, with blanks between. */
struct invite_wish {
	const char *name, *email; /* as typed */
	const char *roles, *teams;
	const char *reason;
	bool letter;
};

/* DONE with *made; INVALID (name, email, roles, teams, reason), DENIED without
 * RIGHT_ADMIN. */
enum outcome invite_somebody(struct work *w, const struct invite_wish *wish,
	struct invitation *made) must_check;

/* A new letter with a new link, or a new term for who comes by a provider. INVALID
 * (email: too many letters), DENIED, MISSING. */
enum outcome invite_again(struct work *w, int64_t id) must_check;

/* They are not to come after all. INVALID (reason), DENIED, MISSING. */
enum outcome invite_withdraw(struct work *w, int64_t id, const char *reason) must_check;

/* What a link opens. */
struct invite_opened {
	struct invitation invitation;
	struct account account; /* known: theirs; else empty */
	bool known;
	bool chooses; /* a password is wanted: they have no account, or one without */
};

/* DONE, or MISSING also for an account that is disabled or behind glass. */
enum outcome invite_open(
	struct work *w, const char *token, struct invite_opened *o) must_check;

/* They come: `password` is as stored, where one is wanted. DONE with o->account, once. */
enum outcome invite_arrive(struct work *w, const char *token, const char *password,
	struct invite_opened *o) must_check;

/* They came by a provider of the organisation that vouches for the address of *a:
 * if they were asked in, gives what they were to have. */
void invite_vouched(struct work *w, const struct account *a);

#endif
