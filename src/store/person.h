/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef STORE_PERSON_H
#define STORE_PERSON_H

/* Anyone we know. E-mail addresses and telephones are kept in their normal form
 * (rule/address) and find the person again. */

#include "store/work.h"

/*
 * The name of whoever has this id, for the select of another noun: usually read along by
 * a left join of person as `alias`; staff may be at home in another organisation, and are
 * then found by their account.
 */
#define PERSON_NAME(alias, id)                                                 \
	"coalesce(" alias ".name, (select home.name from account known"        \
	" join person home on home.org = known.org and home.id = known.person" \
	" where known.person = " id " limit 1))"

struct person {
	int64_t org, id;
	const char *name, *email, *phone; /* "" when not known */
	const char *body, *address, *postcode, *uprn, *adjustments, *language;
	bool vip, vulnerable;
	int64_t created;
};

/* For staff who may look people up (RIGHT_PEOPLE), for the person themselves, or for the
 * house: says which by the scope. DONE or MISSING. */
enum outcome person_get(
	struct work *w, const struct scope *s, int64_t id, struct person *p) must_check;

/* The customer of a ticket that was read through a scope, for who may look people up or
 * reads it by an agreement that shows how to reach them. DONE or MISSING. */
struct ticket;
enum outcome person_of_ticket(
	struct work *w, const struct ticket *t, struct person *p) must_check;

/* The one person with that address; MISSING when there is none or more than one. */
enum outcome person_by_address(struct work *w, int64_t org, const char *kind,
	const char *value, struct person *p) must_check;

/* Writes a new person with their addresses; sets id. */
void person_insert(struct work *w, struct person *p);

/* Writes back everything but `created`; addresses are added, none is forgotten. */
void person_update(struct work *w, const struct person *p);

/* Adds an address found later. Harmless when it is known. */
void person_add_address(
	struct work *w, const struct person *p, const char *kind, const char *value);

struct person_list {
	struct person *at;
	int count;
};

/* Those whose e-mail or telephone (in its normal form) is `text`, or whose name begins so
 * (from 2 letters on, small or capital), by name; at most `limit`. Needs RIGHT_PEOPLE:
 * otherwise empty. */
void person_search(struct work *w, int64_t org, const char *text, int limit,
	struct person_list *list);

#endif
