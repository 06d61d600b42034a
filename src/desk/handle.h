/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef DESK_HANDLE_H
#define DESK_HANDLE_H

/*
 * What staff do with a ticket. Each verb names the version it was decided on (0: any),
 * holds the ticket, checks the right, writes the event and the letters, and saves.
 *
 * Outcomes: DONE; INVALID with problems; MISSING (no such ticket for this actor); DENIED;
 * CONFLICT (somebody was faster: *t shows what is there now). Which status may follow is
 * asked of desk/status: INVALID with a problem of the field "status"; what somebody with
 * their role may change in this status of desk/field: INVALID, of that field. On DONE *t
 * is the ticket as it now is.
 */

#include "store/event.h"

struct handle {
	int64_t org;
	const char *reference;
	int64_t version; /* the one the page showed; 0: whatever is there */
	int64_t by;	 /* an instant or 0. reply: also promises news by then
			  * (desk/undertake);      wait: look again then at the latest
			  * (desk/wait)
			  */
	bool extend;	 /* reply: and tells them that it takes longer (desk/extend) */
};

/* Takes an unassigned ticket for oneself; CONFLICT when somebody has it. */
enum outcome handle_claim(
	struct work *w, const struct handle *h, struct ticket *t) must_check;

/* Gives it to a team and, unless `person` is 0, to one of its members. */
enum outcome handle_assign(struct work *w, const struct handle *h, int64_t team,
	int64_t person, struct ticket *t) must_check;

/* A public answer: leaves by e-mail; meets the response clock. INVALID (extend) as
 * desk/extend says. */
enum outcome handle_reply(struct work *w, const struct handle *h, const char *words,
	struct ticket *t) must_check;

enum outcome handle_note(struct work *w, const struct handle *h, const char *words,
	struct ticket *t) must_check;

/* Pauses the promise because of the customer, with a reason from the organisation's list
 * (store/wait_reason) and its proof: `words` is the question, which is sent, or where the
 * reason says so what staff write down as evidence (clock.md section 6). INVALID (reason:
 * not in the list; words: no proof). */
enum outcome handle_wait(struct work *w, const struct handle *h, const char *reason,
	const char *words, struct ticket *t) must_check;

/* `solution` is what the customer reads. Asks for a score. */
enum outcome handle_resolve(struct work *w, const struct handle *h, const char *solution,
	struct ticket *t) must_check;

/* Nothing is to come after the solution any more. `words` may be "". */
enum outcome handle_close(struct work *w, const struct handle *h, const char *words,
	struct ticket *t) must_check;

/* It need not be done: its promises are neither kept nor broken. The customer reads the
 * reason. */
enum outcome handle_cancel(struct work *w, const struct handle *h, const char *reason,
	struct ticket *t) must_check;

enum outcome handle_reopen(struct work *w, const struct handle *h, const char *reason,
	struct ticket *t) must_check;

enum outcome handle_priority(struct work *w, const struct handle *h, int64_t priority,
	const char *reason, struct ticket *t) must_check;

#endif
