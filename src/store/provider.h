/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef STORE_PROVIDER_H
#define STORE_PROVIDER_H

/*
 * Identity providers of an organisation, as data. Settings are pairs:
 *
 *	both	email, name-claim, groups	which claim or attribute has it
 *		roles			lines "group = role"
 *	oidc	issuer, client, scope; strength: words of acr or amr of which one
 *		must be said, with blanks between ("mfa hwk"; empty: any will do)
 *	ldap	url, ca, base, bind, login (the attribute that is typed), group-base,
 *		starttls ("yes")
 *
 * The client secret, or the password of the service account, is sealed.
 */

#include "format/pairs.h"
#include "store/work.h"

struct provider {
	int64_t org, id;
	const char *kind; /* "oidc", "ldap" */
	const char *name;
	const char *audience; /* "staff", "residents" */
	bool live;
	struct pairs settings;
	const char *secret; /* "" : none; in lists NULL */
};

struct provider_list {
	struct provider *at;
	int count;
};

/* The value of a setting, or `otherwise` when it is empty. */
const char *provider_setting(
	const struct provider *p, const char *name, const char *otherwise);

/* All of an organisation (0: of all), without secrets. */
void provider_list(struct work *w, int64_t org, struct provider_list *list);

/* With its secret. DONE or MISSING. */
enum outcome provider_get(
	struct work *w, int64_t org, int64_t id, struct provider *p) must_check;

/* Makes (id 0) or changes one; a NULL secret keeps the old one. */
void provider_save(struct work *w, struct provider *p);

/* What it publishes ("discovery", "keys"), when that was fetched since `since`; else
 * NULL. */
const char *provider_paper(
	struct work *w, const struct provider *p, const char *name, int64_t since);
void provider_put_paper(struct work *w, const struct provider *p, const char *name,
	const char *body, int64_t fetched);

/* Somebody is sent there, and should come back to the session of the work. */
struct provider_trip {
	int64_t org, provider;
	const char *nonce, *verifier, *door, *next;
};
void provider_put_trip(struct work *w, const char *state, const struct provider_trip *t);
enum outcome provider_find_trip(
	struct work *w, const char *state, struct provider_trip *t) must_check;
/* True once. */
bool provider_take_trip(struct work *w, const char *state);

/* Whom it means by a subject: the person, or 0. */
int64_t provider_person(struct work *w, const struct provider *p, const char *subject);
void provider_put_person(
	struct work *w, const struct provider *p, const char *subject, int64_t person);

/* Makes the person's roles in the provider's organisation those given: what it gave
 * before and gives no more is taken away, what others gave stays. True when anything
 * changed. `roles` are names. */
bool provider_put_roles(struct work *w, const struct provider *p, int64_t person,
	const char *const *roles, int count);

#endif
