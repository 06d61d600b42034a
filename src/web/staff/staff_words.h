/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef WEB_STAFF_WORDS_H
#define WEB_STAFF_WORDS_H

/* What staff call the things of the house: enums and stored keys as words of the page,
 * and the class that gives each its shape. */

#include "store/contact.h"
#include "store/ticket.h"
#include "web/moment.h"

#include "format/words.h"

enum word staff_words_status(enum ticket_status s);
const char *staff_words_status_class(enum ticket_status s);

/* 1 highest .. 4. */
enum word staff_words_priority(int64_t priority);

enum word staff_words_channel(enum channel c);
enum word staff_words_role(enum role r);

/* What a role is called, also one that an organisation made, by its label. */
const char *staff_words_role_text(struct work *w, enum role r, const char *label);

/* The subject as it stands beside the name of its service: intake begins it with that. */
const char *staff_words_subject(const struct ticket *t);

/* When a ticket is due, or that its promise is broken or paused. */
struct staff_due {
	const char *text;
	const char *class; /* of its tag */
	struct moment at;  /* empty: there is no instant */
	bool broken;
};

struct staff_due staff_words_due(
	struct work *w, const struct zone *z, const struct ticket *t);

/* "12 hours 30 minutes": working time, in which a day has no fixed length. */
const char *staff_words_hours(struct work *w, int64_t seconds);

/* A number that was counted up to `most`: "999+". */
const char *staff_words_count(struct work *w, int64_t n, int64_t most);

/* How long something has waited, roughly: "3 days", "2 hours"; NULL since 0. */
const char *staff_words_wait(struct work *w, int64_t since);

#endif
