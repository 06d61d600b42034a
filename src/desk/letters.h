/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef DESK_LETTERS_H
#define DESK_LETTERS_H

/*
 * What the customer hears, in their language, by the address we know: put into the outbox
 * in the transaction of its cause. Nothing is written when there is no address; the
 * functions then return false and the page says so.
 */

#include "store/event.h"
#include "store/person.h"

bool letters_acknowledge(struct work *w, const struct ticket *t, const struct person *p);

/* `by`: the instant by which news were promised in it, or 0. */
bool letters_reply(struct work *w, const struct ticket *t, const char *words, int64_t by);

/* We still wait for an answer to that question. */
bool letters_reminder(struct work *w, const struct ticket *t, const char *question);

/* With the one-click survey; `survey` is its token. */
bool letters_resolved(
	struct work *w, const struct ticket *t, const char *solution, const char *survey);

/* It will not be done, and why. */
bool letters_cancelled(struct work *w, const struct ticket *t, const char *reason);

/* The one-time code for tracking. */
bool letters_code(struct work *w, const struct ticket *t, const char *code);

#endif
