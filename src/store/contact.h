/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef STORE_CONTACT_H
#define STORE_CONTACT_H

/* One thing that reached us for a person: a form, an e-mail, a call, an API post. Never
 * changed. (channel, key) names it: a retry finds the first. */

#include "format/pairs.h"
#include "store/ticket.h"

enum channel {
	CHANNEL_WEB,
	CHANNEL_EMAIL,
	CHANNEL_CALL,
	CHANNEL_VISIT,
	CHANNEL_LETTER,
	CHANNEL_API,
	CHANNEL_OPEN311,
	CHANNEL_IMPORT,
	CHANNEL_FIELD,
	CHANNEL_COUNT
};

struct contact_file {
	const char *filename;
	const char *type; /* found from the content, see rule/filetype */
	struct bytes data;
	bool internal; /* not for the customer */
};

struct contact {
	int64_t org;
	enum channel channel;
	const char *key; /* 1..255 characters */
	int64_t at;	 /* when it reached us; 0: now */

	/* From whom: a known person, or what they say. */
	int64_t person;
	struct contact_from {
		const char *name, *email, *phone;
	} from;

	/* What it is about. `reference` joins a ticket when the sender agrees. */
	const char *reference;
	const char *service; /* code */
	const char *subject; /* "": made from the service and the first words */
	const char *words;   /* "" allowed where the service's form has no text */
	const char *html;    /* the words with their marks, sanitised; or NULL */
	struct pairs fields; /* answers in their normal form, in order */
	const char *place;
	int64_t impact, urgency; /* 0: not said; 1..4 */
	const struct contact_file *files;
	int file_count;
	const char *token; /* by which a client asks for the reference later, or NULL */
	bool automatic;	   /* no person wrote it: out of office, undeliverable */
	const char *taken_by; /* the name of who wrote it down for them, or NULL */
};

/* "web", ... and back; CHANNEL_COUNT when there is none. */
const char *contact_channel_name(enum channel c);
enum channel contact_channel_named(const char *name);

/* A digest of everything said, to tell a retry (same key, same words) from a clash. */
const char *contact_digest(struct work *w, const struct contact *c);

struct contact_found {
	int64_t id, ticket;
	const char *digest;
};

/* DONE or MISSING. */
enum outcome contact_find(struct work *w, int64_t org, enum channel channel,
	const char *key, struct contact_found *found) must_check;

/* Claims (org, channel, key) and writes the contact; 0 when the key is taken. */
int64_t contact_insert(struct work *w, const struct contact *c, const char *digest,
	int64_t ticket, int64_t person);

/* The answers of the form a ticket was made with: the fields of its first contact; none
 * when the ticket's reader may not see what was written. */
struct pairs contact_fields(struct work *w, const struct ticket *t);

/* What the first contact of a ticket said, or NULL: for the house. */
const char *contact_words(struct work *w, int64_t org, int64_t ticket);

#endif
