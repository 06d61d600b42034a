/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef RULE_TELEPHONE_H
#define RULE_TELEPHONE_H

/*
 * Telephone numbers as people write them: any spacing, brackets, dots, 0161..., +44,
 * 0044, +44 (0)161. Stored as E.164: "+441614960000". A number without a country code
 * is a United Kingdom one and must have a length its range has (Ofcom's National
 * Telephone Numbering Plan); numbers of other countries are checked for length only.
 */

#include "base/arena.h"

/* The stored form, or NULL when the text is not a telephone number. */
const char *telephone_read(struct arena *a, const char *text);

#endif
