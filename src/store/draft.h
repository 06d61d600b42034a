/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef STORE_DRAFT_H
#define STORE_DRAFT_H

/* A half-filled form, kept on the server for 30 days: nothing typed is lost. One for each
 * session and service. */

#include "format/pairs.h"
#include "store/contact.h"

struct draft {
	const char *session; /* hash */
	int64_t org;
	const char *service;
	int64_t version;      /* of the form it is filled from */
	const char *once;     /* the key of the contact it will become */
	struct pairs answers; /* typed or normal forms, in the order answered */
	const char *sent;     /* the reference, once it was sent; "" before */
};

enum outcome draft_find(
	struct work *w, int64_t org, const char *service, struct draft *d) must_check;

/* The same, and nobody else gets it until this transaction ends: who sends a form twice
 * at once sends it one time after the other. */
enum outcome draft_hold(
	struct work *w, int64_t org, const char *service, struct draft *d) must_check;

/* Makes an empty one for the session of the work. One that was there and not sent stays,
 * and is from now on filled from this version of the form. */
void draft_start(struct work *w, int64_t org, const char *service, int64_t version,
	struct draft *d);

void draft_save(struct work *w, const struct draft *d);

/* Forgets it with its files: they start again. */
void draft_forget(struct work *w, const struct draft *d);

/* Behind the files that the field has. */
void draft_add_file(struct work *w, const struct draft *d, const char *field,
	const struct contact_file *file);

void draft_remove_file(
	struct work *w, const struct draft *d, const char *field, int64_t position);

enum { DRAFT_FILES = 10 }; /* of all fields together: who adds sees to it */

struct draft_file_list {
	struct contact_file *at;
	const char **field;
	int64_t *position; /* among the files of the field; not without gaps */
	int count;
};

/* All files of a draft by field and position. Unless their bytes are wanted `data` has
 * only a length. */
enum draft_bytes { DRAFT_NAMES, DRAFT_BYTES };
void draft_files(struct work *w, const struct draft *d, enum draft_bytes how,
	struct draft_file_list *list);

/* Gives what the session `from` has filled in to the session `to`, which has nothing yet:
 * somebody signed in half-way. */
void draft_follow(struct work *w, const char *from, const char *to);

/* Marks it as sent and forgets the answers and files. */
void draft_sent(struct work *w, const struct draft *d, const char *reference);

#endif
