/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef DESK_TRACKING_H
#define DESK_TRACKING_H

/*
 * A customer without an account follows their request: the reference and a code sent to
 * the address on record. The answer is the same whether or not the reference is right, so
 * nothing can be learned by trying.
 */

#include "store/track.h"

/* Sends a code when the reference is one of ours and we have an address; at most 5 an
 * hour for a ticket. Always DONE, or INVALID for what cannot be a reference
 * (problem: reference). *normal is the reference as written. */
enum outcome tracking_send_code(
	struct work *w, const char *typed, const char **normal) must_check;

/* Opens the ticket for the session of the work. DONE, or INVALID (problem: code). */
enum outcome tracking_enter(
	struct work *w, const char *reference, const char *code) must_check;

#endif
