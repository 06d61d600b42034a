/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef RULE_ADDRESS_H
#define RULE_ADDRESS_H

/*
 * A postal address as people type it: up to eight lines, a postcode among the last
 * words or none. Stored as lines joined by LF with the postcode, in its one form, as
 * the last line.
 */

#include "base/arena.h"

enum {
	ADDRESS_LINES = 8, /* the postcode's among them */
	ADDRESS_LINE = 100 /* characters */
};

enum address_reading {
	ADDRESS_READ,
	ADDRESS_EMPTY,
	ADDRESS_ONLY_POSTCODE, /* nothing that says where in it */
	ADDRESS_LONG,	       /* too many lines, or too long a line */
};

struct address {
	const char *text;
	const char *postcode; /* NULL when there is none */
};

/* Reads lines; empty ones do not count, and a line may hold line ends of its own. */
enum address_reading address_read(
	struct arena *a, const char *const *lines, int count, struct address *out);

#endif
