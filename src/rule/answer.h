/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef RULE_ANSWER_H
#define RULE_ANSWER_H

/*
 * One answer to one field of a form: checked and brought to the form it is stored in,
 * or the key of the problem to tell the person (the GOV.UK Design System's wording
 * stands behind the keys in the catalogues).
 *
 * An answer comes in parts. One part is what was typed, or for `multi` and `file` each
 * value. Fields asked in several inputs have more:
 *
 *     date, dob   day, month, year
 *     datetime    date, time  or  day, month, year, time
 *     address     the lines, the postcode last if there is one
 *
 * Stored forms:
 *
 *     point       51.501364,-0.141890        date, dob  2026-03-02
 *     address     lines, postcode last       datetime   2026-03-02T14:30, local time
 *     uprn        digits, no leading zero    number     -1234.5
 *     choice      the choice as in the form  money      pence: 123450
 *     multi       choices joined by ';'      yesno      yes or no
 *     file        handles joined by ';'      decl       yes
 *     phone       +441614960000              email      domain in small letters
 *     reg         AB12CDE                    nino       AB123456C
 *     text, name  one line                   long       lines ending in LF
 */

#include "base/times.h"
#include "rule/form.h"

enum {
	ANSWER_TEXT = 500,  /* characters of text, name */
	ANSWER_LONG = 5000, /* characters of long */
	ANSWER_FILES = 10,
};

struct answer {
	const char *const *parts; /* no NULL among them */
	int count;
};

struct verdict {
	const char *text;    /* the stored form, "" for no answer; NULL when wrong */
	const char *problem; /* a message key, NULL when fine */
	unsigned parts;	     /* bit i: part i is at fault; 0: the answer as a whole */
};

/* `today` is the local date, for dates that may not lie in the future. */
struct verdict answer_check(struct arena *a, const struct field *f,
	const struct answer *answer, struct date today);

#endif
