/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef WEB_FIELDWORDS_H
#define WEB_FIELDWORDS_H

/*
 * What people read about a field of a form, in the language of the page. The catalogue of
 * services says what is asked (rule/form); how it is asked stands in
 * lang/.../question.po, once for each name, and once more for a service where the name
 * alone would mislead. A field that is not there is asked by its name (form_label).
 */

#include "format/words.h"
#include "rule/form.h"

struct fieldwords {
	const char *question; /* "Where is it?" */
	const char *label;    /* "Where it is": in lists, and behind "Enter ..." */
	const char *hint;     /* or NULL */
	bool own; /* the words for this service alone: it may ask about others */
};

/* `service` is its code. */
struct fieldwords fieldwords_of(struct arena *a, const struct words *words,
	const char *service, const struct field *f);

/* An answer in its stored form (rule/answer), for reading: dates, money, yes and no in
 * words, choices with capitals. What does not look like a stored form comes back as it
 * is: places may be answered in words. */
const char *fieldwords_answer(struct arena *a, const struct words *words,
	const struct field *f, const char *stored);

/* A label as it stands inside a sentence: "Size" becomes "size", "DBS check" stays. */
const char *fieldwords_inside(struct arena *a, const char *label);

#endif
