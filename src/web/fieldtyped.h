/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef WEB_FIELDTYPED_H
#define WEB_FIELDTYPED_H

/*
 * What somebody typed for a field of a form, and what it means. A draft keeps the inputs
 * as they were typed, right or wrong, by their names; they are checked each time they are
 * looked at, so nothing typed is lost and nothing stale is believed.
 *
 *     date, dob   NAME-day NAME-month NAME-year
 *     datetime    the same and NAME-time
 *     address     NAME-line1 NAME-line2 NAME-town NAME-postcode
 *     point       NAME-place (words) and NAME (latitude, longitude)
 *     uprn        as address, and NAME (the number)
 *     multi       NAME, once for each choice; NAME-lines where the choices are a list
 *                 that nobody has: one a line
 *     file        not here: its files are kept with the draft
 *     others      NAME
 *
 * Places need no map and no number: a point may be told in words, a property by its
 * address. Either is enough; with both, the exact one is stored first and the words
 * behind it, as two values of the same name.
 */

#include "format/pairs.h"
#include "rule/answer.h"

struct fieldtyped {
	const char *values[2]; /* in their stored forms (rule/answer), or words */
	int count;	       /* 0: not answered */
	const char *problem;   /* message key, NULL: fine */
	const char *input;     /* the id of the input at fault */
};

/* Replaces what `typed` has of the field by what the form sent. */
void fieldtyped_take(struct arena *a, const struct field *f, const struct pairs *form,
	struct pairs *typed);

/* Replaces one input. */
void fieldtyped_put(
	struct arena *a, struct pairs *typed, const char *name, const char *value);

/* What was typed into an input: NAME, or NAME-part; "" when nothing. */
const char *fieldtyped_input(struct arena *a, const struct pairs *typed,
	const struct field *f, const char *part);

/* Was this choice of a `multi` ticked? */
bool fieldtyped_has(const struct pairs *typed, const struct field *f, const char *choice);

/* What it means. Of a file field: no answer, and no problem. */
struct fieldtyped fieldtyped_read(struct arena *a, const struct field *f,
	const struct pairs *typed, struct date today);

#endif
