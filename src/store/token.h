/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef STORE_TOKEN_H
#define STORE_TOKEN_H

/* The tokens by which other systems come in. Only the hash of one is kept. */

#include "store/work.h"

struct token {
	int64_t org, id, person;
	const char *name;
	const char *person_name;
	const char *role;   /* its name */
	const char *label;  /* of one that the organisation made; "": a standard one, or
			     * one that has gone, which gives nothing */
	const char *scopes; /* words of rule/scopes; "" : all that the role may do */
	int64_t rate;	    /* requests a second; 0: the house's */
	int64_t created, expires;
	int64_t used; /* about when last; 0: never */
};

struct token_list {
	struct token *at;
	int count;
};

enum { TOKEN_MOST = 500 };

/* Makes one: sets id and created. Returns the token itself, which can be read this once.
 */
const char *token_insert(struct work *w, struct token *t);

/* Those of an organisation that have not expired, by name. */
void token_list(struct work *w, int64_t org, struct token_list *list);

/* DONE or MISSING. */
enum outcome token_get(
	struct work *w, int64_t org, int64_t id, struct token *t) must_check;

/* It opens nothing any more. DONE or MISSING. */
enum outcome token_end(struct work *w, int64_t org, int64_t id) must_check;

/* It was used then. */
void token_used(struct work *w, int64_t id, int64_t at);

#endif
