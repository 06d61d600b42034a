/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef DESK_ROLES_H
#define DESK_ROLES_H

/*
 * Who runs the desk (RIGHT_ADMIN) makes and changes roles, gives them to people and takes
 * them away, in the organisation where they work. Each deed wants a reason, stands in the
 * audit, and takes effect at once: rights are read anew with every request, and live
 * pages end (store/parting).
 *
 *	- Nobody gives, takes or changes a right that they neither have nor may hand on
 *	  (role.gives; access_standard_gives).
 *	- Nobody gives themselves a right that they do not have, by a role or by changing
 * one they hold; what they only may hand on is for others.
 *	- There is always an administrator left who can sign in.
 *
 * All answer DONE, INVALID with problems (field "reason", "role", "label", "rights",
 * "email", "team"), DENIED without RIGHT_ADMIN, or MISSING.
 */

#include "store/account.h"
#include "store/role_row.h"

/* What the actor may give to others or take from them, where they work. */
uint64_t roles_gives(struct work *w);
bool roles_may_give(struct work *w, uint64_t rights);

/* May the actor hand on the whole of that role where they work? DONE; MISSING: there is
 * none; DENIED. The one question for giving by hand, asking somebody in, and letting an
 * identity provider give it. */
enum outcome roles_may_hand_on(
	struct work *w, const char *role, struct role_row *r) must_check;

/* The same; when not, a problem of `field` says why. */
bool roles_check(struct work *w, const char *field, const char *role, struct role_row *r);

/* A problem of "reason" when it is none: 3 to 500 characters. */
void roles_check_reason(struct work *w, const char *reason);

/* What is to become of a role. */
struct roles_change {
	const char *label; /* of a local role */
	uint64_t rights, gives;
	const char *reason;
};

/* A new role, as one that there is (or "" for none): *name is then set. */
enum outcome roles_make(struct work *w, const char *label, const char *like,
	const char *reason, const char **name) must_check;
enum outcome roles_change(
	struct work *w, const char *name, const struct roles_change *c) must_check;
/* A local one that nobody has. */
enum outcome roles_remove(
	struct work *w, const char *name, const char *reason) must_check;

/* The account of somebody who is at home where the actor works or has a role there, or,
 * by their exact address, works in another organisation. DONE or MISSING. */
enum outcome roles_person(struct work *w, int64_t person, struct account *a) must_check;
enum outcome roles_by_email(
	struct work *w, const char *email, struct account *a) must_check;

/* What is done to an account. */
struct roles_deed {
	int64_t person;
	const char *role; /* give, take */
	int64_t team;	  /* join, leave */
	const char *reason;
};

enum outcome roles_give(struct work *w, const struct roles_deed *d) must_check;
enum outcome roles_take(struct work *w, const struct roles_deed *d) must_check;
enum outcome roles_join(struct work *w, const struct roles_deed *d) must_check;
enum outcome roles_leave(struct work *w, const struct roles_deed *d) must_check;

/* Accounts of the own organisation alone: an account that is disabled opens nothing from
 * now on, and its sessions end. */
enum outcome roles_disable(struct work *w, const struct roles_deed *d) must_check;
enum outcome roles_enable(struct work *w, const struct roles_deed *d) must_check;
enum outcome roles_sign_out(struct work *w, const struct roles_deed *d) must_check;

/* The deed of that name, as addresses end: "give", "take", "join", "leave", "disable",
 * "enable", "sign-out". MISSING when there is no such deed. */
enum outcome roles_do(
	struct work *w, const char *name, const struct roles_deed *d) must_check;

#endif
