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

/* Makes an empty one for the session of the work; one that was there and not sent stays.
 */
void draft_start(struct work *w, int64_t org, const char *service, int64_t version,
	struct draft *d);

void draft_save(struct work *w, const struct draft *d);

/* Replaces the files of one field. */
void draft_put_files(struct work *w, const struct draft *d, const char *field,
	const struct contact_file *files, int count);

struct draft_file_list {
	struct contact_file *at;
	const char **field;
	int count;
};

/* All files of a draft; without their bytes unless they are wanted. */
enum draft_bytes { DRAFT_NAMES, DRAFT_BYTES };
void draft_files(struct work *w, const struct draft *d, enum draft_bytes how,
	struct draft_file_list *list);

/* Marks it as sent and forgets the answers and files. */
void draft_sent(struct work *w, const struct draft *d, const char *reference);

#endif
