/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef DESK_NEIGHBOUR_H
#define DESK_NEIGHBOUR_H

/* A ticket that comes to a team which stands for another body is sent to that body's
 * Open311 endpoint; what they say of it is noted on the ticket; what they are told may
 * become a ticket of ours. */

#include "store/body.h"
#include "store/event.h"

/*
 * After an event was added to a ticket. What they brought is not sent back to them.
 *
 * A body for which that is switched on (body.updates) hears of a request which it knows:
 * of our public replies, and of what we do to its status. What came from it is not told
 * it again, nor what the house arranges by itself (but that a customer took it back).
 */
void neighbour_follow(struct work *w, struct ticket *t, const struct event *e);

/* It was taken there, under that id or token; once for ever. Updates that came before the
 * id was known are applied now. DONE or MISSING. */
enum outcome neighbour_taken(struct work *w, const struct body *b, int64_t ticket,
	const char *theirs, const char *token) must_check;

/* They took an update of ours, under `known` of theirs ("" when they did not say): when
 * they publish it, it is no news to us. */
void neighbour_heard(
	struct work *w, const struct body *b, const struct body_update *known);

/* They do not want it: people must. */
void neighbour_refused(
	struct work *w, const struct body *b, int64_t ticket, const char *why);

/* Nor an update about it. */
void neighbour_deaf(
	struct work *w, const struct body *b, int64_t ticket, const char *why);

/* An update of theirs: applied once by its id, whatever the order and however often it
 * comes. What it does depends on the status (body.statuses):
 *
 *	note		their words as an internal note: what no rule says
 *	resolve		resolves the ticket, their words are what the customer reads
 *	reopen		takes it back into work
 *	ignore		is only kept
 *
 * An update that is older than one that came before is a note at most. One for an id that
 * we do not know is kept. */
void neighbour_told(struct work *w, const struct body *b, const struct body_update *u);

/* A request that they published. */
struct neighbour_request {
	const char *theirs, *service, *words, *lat, *lon, *updated, *status;
	struct pairs media; /* addresses of photographs */
};

/* Makes a ticket of it, or notes why not (store/body), once for ever. */
void neighbour_brought(
	struct work *w, const struct body *b, const struct neighbour_request *r);

/* What a status may do: "note", "resolve", "reopen", "ignore". */
bool neighbour_deed(const char *deed);

#endif
