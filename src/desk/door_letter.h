/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef DESK_DOOR_LETTER_H
#define DESK_DOOR_LETTER_H

/*
 * Signing in and signing up by a letter. Whoever asks hears the same, and the same is
 * done, whether the address has an account or not: a letter goes out either way, and only
 * its reader learns more. At most 5 letters an hour to one address, 20 an hour asked for
 * by one browser's address. Addresses in letters come from the configuration alone.
 */

#include "format/words.h"
#include "store/email_link.h"

/* Sends a link for `purpose` ("sign-in", "sign-up") to l->email, as typed; l->name and
 * l->next go along. DONE, also when a limit kept the letter back. INVALID (problems:
 * email, name). The work must have a session. */
enum outcome door_letter_send(
	struct work *w, struct email_link *l, const char *peer) must_check;

/* Makes the account of a link for signing up: the known person with that address, if
 * there is just one and they have no account yet, else a new one. */
void door_letter_make_account(
	struct work *w, const struct email_link *l, const char *password);

/* One letter of an organisation, from its address, automatic: the subject's word may
 * name {organisation}, the body's what `values` has. */
struct door_letter_words {
	enum word subject, body;
};
void door_letter_put(struct work *w, int64_t org, const char *recipient,
	struct door_letter_words m, const struct word_value *values);

/* Counts a letter to that address; false when it had its share of this hour. */
bool door_letter_may_go(struct work *w, const char *email);

/* The glass of an organisation was broken: tells all its administrators. */
void door_letter_alarm(struct work *w, int64_t org, const char *peer);

#endif
