/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef STORE_AUDIT_H
#define STORE_AUDIT_H

/*
 * Who did and who saw what. Rows are added in the transaction of what they tell of, and
 * sealed a little later, in batches, into one chain of hashes for each organisation:
 *
 *	hash(n) = BLAKE2b-256(hash(n - 1), every field of row n, its length in front)
 *
 * so that a row that was changed, taken out, put in or exchanged is found. Whoever can
 * write to the database could make the whole chain anew; so the newest hash (the head) is
 * shown by `check` and belongs where that person cannot reach it.
 */

#include "store/ticket.h"

/* By the actor of the work, in the organisation where they are: `action` is a verb
 * ("account.disable"), `subject` what it was done to ("ticket 7KM-39Q-XAT"), `detail`
 * pairs or "". Never a password or what a customer wrote. */
void audit_add(
	struct work *w, const char *action, const char *subject, const char *detail);

/* Notes on the work that the actor saw something, for the audit of that organisation;
 * `first` when it must be on disk before the answer leaves. Writes nothing itself. */
void audit_glance(struct work *w, const struct glance *what);

/* The same of a ticket: "view" of "ticket 7KM-39Q-XAT"; first when it is restricted. */
void audit_saw_ticket(struct work *w, const struct ticket *t, const char *detail);

/* The same of people that were looked up: who was found, not what was typed, which may be
 * anybody's name. Nothing when nobody was. */
void audit_saw_people(struct work *w, const int64_t *ids, int count);

/* The same of figures that were taken away as a file: "export" of "figures teams". */
void audit_exported(struct work *w, const char *subject, const char *detail);

/* Writes what was noted: by this actor, at this time. */
void audit_write_glances(struct work *w, const struct glance *what);

/* Does any row wait to be sealed? Cheap: asked before a transaction is begun for it. */
bool audit_waits(struct work *w);

/* Seals up to `most` rows of all organisations; returns how many. 0: nothing waits, or
 * another process is sealing just now. A transaction of its own. */
int64_t audit_seal(struct work *w, int most);

struct audit_verdict {
	int64_t rows;	  /* sealed ones that are right, up to the first wrong one */
	int64_t waiting;  /* not sealed yet */
	const char *head; /* the newest right hash; "" when nothing is sealed */
	/* NULL when all is right; else what is wrong with the first wrong row:
	 * "row 1234: its text was changed". */
	const char *problem;
};

/* The newest link of an organisation's chain: *seq 0 and "" while nothing is sealed. */
void audit_head(struct work *w, int64_t org, int64_t *seq, const char **hash);

/* Has the chain still that link at that place? */
bool audit_has(struct work *w, int64_t org, int64_t seq, const char *hash);

/* Rows to read, newest first. */
struct audit_query {
	int64_t org;
	int64_t person;	     /* 0: anybody */
	const char *action;  /* NULL: any */
	const char *subject; /* NULL: anything */
	int64_t from, to;    /* from <= at < to; 0: open */
	int64_t before;	     /* ids below it; 0: from the newest */
	int limit;
};

struct audit_entry {
	int64_t id, at, person;
	const char *name; /* of the person, where they are known */
	const char *kind, *action, *subject, *detail;
};

struct audit_entries {
	struct audit_entry *at;
	int count;
	bool more;
};

void audit_read(struct work *w, const struct audit_query *q, struct audit_entries *list);

/* The actions that an organisation's audit knows, by name. */
struct audit_actions {
	const char *at[200];
	int count;
};
void audit_actions(struct work *w, int64_t org, struct audit_actions *list);

/* Walks the chain of an organisation (0: what belongs to none). */
void audit_verify(struct work *w, int64_t org, struct audit_verdict *v);

#endif
