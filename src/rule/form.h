/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef RULE_FORM_H
#define RULE_FORM_H

/*
 * What a service asks, as data: the `fields` column of the catalogue, a list
 *
 *     name:type[(choice;choice)][!]|name:type...
 *
 * where '!' means required. A name is a lower-case letter followed by lower-case
 * letters, digits and '_'. Only `choice` and `multi` have choices, and they must.
 * A single choice is the name of a list that is kept elsewhere ("ward list").
 */

#include "base/buffer.h"

enum field_type {
	FIELD_POINT,
	FIELD_ADDRESS,
	FIELD_UPRN,
	FIELD_TEXT,
	FIELD_LONG,
	FIELD_CHOICE,
	FIELD_MULTI,
	FIELD_DATE,
	FIELD_DATETIME,
	FIELD_NUMBER,
	FIELD_MONEY,
	FIELD_FILE,
	FIELD_PHONE,
	FIELD_EMAIL,
	FIELD_NAME,
	FIELD_YESNO,
	FIELD_REG,
	FIELD_NINO,
	FIELD_DOB,
	FIELD_DECL,
	FIELD_TYPES, /* how many there are */
};

struct field {
	const char *name;
	enum field_type type;
	bool required;
	const char *const *choices; /* as written; none for a list kept elsewhere */
	int choice_count;
	const char *list; /* the list the choices come from, else NULL; who knows the
			     list may fill `choices` from it */
};

struct form {
	struct field *fields;
	int count;
};

enum {
	FORM_FIELDS = 100,
	FORM_CHOICES = 200,
	FORM_NAME = 40,	   /* bytes of a field's name */
	FORM_CHOICE = 100, /* bytes of a choice */
};

/* What is wrong with a form and where: for import reports and the form editor. */
struct form_error {
	int at; /* byte of the text, counted from 1 */
	const char *what;
};

/* Reads a form; an empty text is a form without fields. False with the first error. */
bool form_parse(
	struct arena *a, const char *text, struct form *out, struct form_error *error);

/* Writes a form in the same grammar: what form_parse read comes out as it was. */
void form_write(struct buffer *b, const struct form *f);

/* The word of a type as in the grammar: "point". */
const char *form_type_word(enum field_type type);

/* NULL when there is no such field. */
const struct field *form_field(const struct form *f, const char *name);

/* The place of an answer among the choices of a field, from 1; 0: there is no such field,
 * or it is none of them. */
int form_place(const struct form *f, const char *name, const char *answer);

/* A label for a field whose form gives none: "injury_or_damage" is "Injury or damage",
 * "crime_ref" is "Crime reference", "nino" is "National Insurance number". */
const char *form_label(struct arena *a, const char *name);

/* A label for a choice: "larger than a dinner plate" begins with a capital. */
const char *form_choice_label(struct arena *a, const char *choice);

#endif
