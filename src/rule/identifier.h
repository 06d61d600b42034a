/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef RULE_IDENTIFIER_H
#define RULE_IDENTIFIER_H

/*
 * Numbers and marks that others issue, read in any spacing and case. Each function
 * returns the stored form, or NULL when the text has not the shape of one.
 */

#include "base/arena.h"

/* A National Insurance number: "AB123456C" (HMRC NIM39110: prefixes never used and
 * letters not allowed are refused; the suffix is A to D). */
const char *identifier_nino(struct arena *a, const char *text);

/* A vehicle registration: "AB12CDE"; 2 to 10 letters and digits, because marks without
 * a date and of other countries have many shapes. */
const char *identifier_registration(struct arena *a, const char *text);

/* A unique property reference number: at most 12 digits, leading zeros dropped. */
const char *identifier_uprn(struct arena *a, const char *text);

#endif
