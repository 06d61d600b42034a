/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef STORE_ACCOUNT_H
#define STORE_ACCOUNT_H

/* Who can sign in, and what they may do where. */

#include "store/work.h"

struct account {
	int64_t org, person;
	const char *email, *name;
	const char *password; /* Argon2id, as libsodium writes it; "" : they have none */
	bool disabled;
};

/* By e-mail in its normal form. DONE or MISSING. */
enum outcome account_find(
	struct work *w, const char *email, struct account *a) must_check;

/* The account of a person. DONE or MISSING. */
enum outcome account_of(struct work *w, int64_t person, struct account *a) must_check;

/* Makes or replaces an account. */
void account_save(struct work *w, const struct account *a);

/* A disabled account can do nothing from now on; sessions are session_end_all's. False
 * when there is none. */
bool account_set_disabled(struct work *w, const char *email, bool disabled);

struct account_list {
	struct account *at;
	int count;
};

/* All accounts by e-mail, without their passwords; those of one organisation when `org`
 * is not 0. */
void account_list(struct work *w, int64_t org, struct account_list *list);

/* The grants of a person, in all organisations; customers of `home` also have
 * ROLE_CUSTOMER there. */
void account_grants(struct work *w, int64_t person, int64_t home, struct actor *actor);

/* Who has a role in an organisation: a row for each person and role, by name. */
struct account_role {
	int64_t person;
	const char *name, *email;
	enum role role;
	const char *role_name, *role_label; /* label: of a ROLE_LOCAL */
	bool disabled;
};

struct account_role_list {
	struct account_role *at;
	int count;
};

void account_roles(struct work *w, int64_t org, struct account_role_list *list);

/* Gives one of the standard roles; any, by its name; takes it away. True when that
 * changed something: live pages end. */
void account_grant(struct work *w, int64_t org, int64_t person, enum role role);
bool account_give(struct work *w, int64_t org, int64_t person, const char *role);
bool account_take(struct work *w, int64_t org, int64_t person, const char *role);

/* An API token: only its hash is kept. */
void account_add_token(struct work *w, const char *token, int64_t org, int64_t person,
	const char *name, enum role role);

/* Ends all tokens of that name in an organisation. */
void account_end_tokens(struct work *w, int64_t org, const char *name);

/* The actor behind a token that has not expired; w->caller is then set. DONE or MISSING.
 */
enum outcome account_by_token(
	struct work *w, const char *token, struct actor *actor) must_check;

/* The actor of a signed-in session. MISSING when the account was disabled. */
enum outcome account_actor(
	struct work *w, const struct session *s, struct actor *actor) must_check;

/* Counts attempts in windows of `window` seconds; true while there were fewer than
 * `most`. Counting is committed even where the request fails: see app/dispatch. */
bool account_attempt(struct work *w, const char *what, int64_t window, int64_t most);

/* The same question without counting. */
bool account_attempts_left(
	struct work *w, const char *what, int64_t window, int64_t most);

/* A browser in which that account has signed in before, by its cookie. */
bool account_knows_device(struct work *w, const char *email, const char *device);
void account_remember_device(struct work *w, int64_t person, const char *device);

/* Does an organisation in which the person has a role ask its staff for a second factor?
 */
bool account_must_enrol(struct work *w, int64_t person);

/* Whoever is signed in without one has a role there since now: held at once. */
void account_hold(struct work *w, int64_t org, int64_t person);

/* Whether an organisation asks for it. Who is signed in without one is held at once. */
void account_rule(struct work *w, int64_t org, bool second_factor);

/* The sealed account of an organisation, by the hash of its secret. */
void account_seal(
	struct work *w, int64_t org, const struct account *a, const char *secret);

/* Opens it, once: the person, and in *org where; sets off the organisation's alarm until
 * `alarm`. 0 when no sealed account has that secret. */
int64_t account_unseal(struct work *w, const char *secret, int64_t alarm, int64_t *org);

/* For who runs the desk; false when the organisation has none. */
struct glass_state {
	const char *email;
	bool sealed;
	int64_t opened;
};
bool account_glass(struct work *w, int64_t org, struct glass_state *g);

/* Is it such an account, sealed or not? It has no other way in. */
bool account_is_behind_glass(struct work *w, int64_t person);

bool account_rule_of(struct work *w, int64_t org);

#endif
