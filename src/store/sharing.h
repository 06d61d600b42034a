/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef STORE_SHARING_H
#define STORE_SHARING_H

/*
 * Sharing agreements: an organisation lets the staff of another see tickets of some of
 * its services, so much of each, for so long, for a purpose (privacy.md section 10). They
 * are the only way across, but for a role granted in the other organisation. A version
 * never changes: to amend or to end one is to make the next. They begin and end by
 * themselves, in the condition of every query (SCOPE_SQL).
 */

#include "store/ticket.h"

struct sharing {
	int64_t org, id, version;
	int64_t taker;
	int64_t team; /* of the taker; 0: any of its staff */
	const char *name, *purpose, *basis;
	const char *services; /* codes with blanks between */
	unsigned details;     /* bits of enum detail: the parts of a ticket */
	uint64_t rights;      /* RIGHT_SEE always */
	bool restricted;      /* restricted tickets of these services too */
	int64_t starts, ends; /* ends: the first instant without it */
	const char *signed_for_org, *signed_for_taker;
	const char *note; /* why this version was made */
	int64_t made, author;

	/* Read along. */
	const char *org_name, *taker_name, *team_name, *author_name;
};

struct sharing_list {
	struct sharing *at;
	int count;
};

/* What an agreement may grant: RIGHT_SEE, RIGHT_REPLY ... */
uint64_t sharing_grantable(void);

/* Writes the next version (the first when id is 0, which is then set) and puts it in
 * force; streams of those it concerns are opened anew. */
void sharing_save(struct work *w, struct sharing *s);

/* The newest version of each agreement that an organisation gives or takes, by name. */
void sharing_read(struct work *w, int64_t org, struct sharing_list *list);

/* All versions of one, newest first; empty when the organisation is no party to it. */
void sharing_versions(struct work *w, int64_t org, int64_t id, struct sharing_list *list);

/* The organisations that share something with `taker` now, by name. */
struct sharing_giver {
	int64_t org;
	const char *code, *name;
};
struct sharing_givers {
	struct sharing_giver *at;
	int count;
};
void sharing_givers(struct work *w, int64_t taker, struct sharing_givers *list);

/* The agreements in force by which somebody of `taker` uses tickets of `org`. */
struct sharing_term {
	int64_t agreement;
	const char *service;
	bool restricted;
	uint64_t rights;
	unsigned details;
	int64_t starts, ends;
};
struct sharing_terms {
	struct sharing_term *at;
	int count;
};
void sharing_terms(struct work *w, int64_t org, int64_t taker, int64_t person,
	struct sharing_terms *list);

#endif
