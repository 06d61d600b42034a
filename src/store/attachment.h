/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef STORE_ATTACHMENT_H
#define STORE_ATTACHMENT_H

/* Files that came with a contact or a reply. They are rows, so that the commit that keeps
 * the ticket keeps them too and a backup holds them. */

#include "store/contact.h"
#include "store/ticket.h"

struct attachment {
	int64_t id, seq, size;
	const char *filename, *type;
	bool public;
};

struct attachment_list {
	struct attachment *at;
	int count;
};

enum { ATTACHMENT_LARGEST = 10 * 1024 * 1024 };

/* With the event numbered `seq`. */
void attachment_insert(struct work *w, const struct ticket *t, int64_t seq,
	const struct contact_file *f);

/* All of a ticket that was read through a scope. */
void attachment_read(
	struct work *w, const struct ticket *t, struct attachment_list *list);

/* One of a ticket that was read through a scope, with its bytes. DONE or MISSING. */
enum outcome attachment_get(struct work *w, const struct ticket *t, int64_t id,
	struct attachment *found, struct bytes *data) must_check;

/* The oldest that no scanner has seen, of any organisation, with its bytes. DONE or
 * MISSING. */
struct attachment_waiting {
	int64_t org, id, ticket;
	const char *filename;
};
enum outcome attachment_unscanned(
	struct work *w, struct attachment_waiting *f, struct bytes *data) must_check;

/* It was scanned; unless it is clean its bytes go and it is no longer found. False when
 * somebody else said so first. */
bool attachment_scanned(struct work *w, const struct attachment_waiting *f, bool clean);

/* Reads every attachment of an organisation and compares its bytes with its size and
 * digest. Returns how many are wrong; *count is how many there are, *first the id of the
 * first wrong one. */
int64_t attachment_verify(
	struct work *w, const struct scope *s, int64_t *count, int64_t *first);

#endif
