/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef WEB_PARTS_H
#define WEB_PARTS_H

/*
 * Pieces of pages: fill a struct, and {part input row} prints the GOV.UK component of
 * that kind, the same markup as govuk-frontend 6.6.0 for residents and staff. Texts are
 * in the language of the page and escaped by the view; NULL leaves a thing out.
 */

#include "format/html.h"

#include <stdbool.h>

struct part_input;

/* One of the answers of radios, checkboxes or a select. */
struct part_choice {
	const char *value;
	const char *label;
	const char *hint;
	bool chosen;
	bool disabled;
	bool divider;		       /* no answer: `label` ("or") between two of them */
	bool exclusive;		       /* checkboxes: "none of these" */
	const struct part_input *more; /* asked when this one is chosen */
};

struct part_choices {
	const struct part_choice *at;
	int count;
};

enum part_kind {
	PART_TEXT,
	PART_AREA,
	PART_RADIOS,
	PART_CHECKBOXES,
	PART_DATE,
	PART_SELECT,
	PART_FILE,
	PART_HIDDEN,
};

/* Which box of a date its error is about. */
enum part_wrong { PART_WRONG_ALL, PART_WRONG_DAY, PART_WRONG_MONTH, PART_WRONG_YEAR };

/*
 * A question of a form, of any kind: {part input f}. The error summary links to `id`:
 * it is the id of the input itself, of the first radio or checkbox, and of the day box
 * for a date "ID-day".
 */
struct part_input {
	enum part_kind kind;
	const char *id;
	const char *name;	 /* NULL: the id. A date: its boxes are NAME-day ... */
	const char *label;	 /* or legend */
	bool heading;		 /* the label is the page's h1 */
	const char *label_class; /* "govuk-label--m", "govuk-fieldset__legend--m" */
	const char *hint;
	const char *error; /* as a sentence; "Error:" is put before it */
	const char *value; /* of text, area and hidden */
	const char *class; /* more of the input's classes: "govuk-input--width-10" */
	const char *describedby; /* id of something else that describes it */

	/* text */
	const char *type;	  /* NULL: "text"; "email", "tel", "password", "search" */
	const char *autocomplete; /* WCAG 1.3.5: "email", "tel", "postal-code" ... */
	const char *inputmode;	  /* "numeric" for whole numbers */
	const char *prefix, *suffix; /* "£", "per week" */
	bool no_spelling;	     /* references, codes, e-mail addresses */

	/* area */
	int rows; /* 0: 5 */
	int most; /* characters allowed: counts them down; 0: any number */

	/* radios, checkboxes, select */
	struct part_choices choices;
	const char *choices_language; /* when it is not that of the page */
	bool inline_choices;	      /* side by side: two short answers */
	bool small;		      /* small radios and checkboxes */

	/* date */
	const char *day, *month, *year;
	bool birthday; /* autocomplete as the person's own date of birth */
	enum part_wrong wrong;

	/* file */
	bool multiple;
	const char *accept; /* "image/jpeg,application/pdf" */
};

struct part_inputs {
	const struct part_input *at;
	int count;
};

/* The list at the top of a form that came back: {part problems p.problems}. Nothing is
 * printed when it is empty. */
struct part_problem {
	const char *text;
	const char *id; /* of the input; NULL: no link */
};

struct part_problems {
	const struct part_problem *at;
	int count;
};

enum part_button_kind { BUTTON_PRIMARY, BUTTON_SECONDARY, BUTTON_WARNING, BUTTON_START };

/* A button that sends its form, or with `href` a link that looks like one. */
struct part_button {
	enum part_button_kind kind;
	const char *text;
	const char *href;
	const char *id, *name, *value;
};

/* Keys and values: check answers, details. {part summary p.summary} */
struct part_row {
	const char *key;
	const char *value;
	struct safe_html html; /* instead of value */
	const char *href;      /* where it is changed */
	const char *action;    /* NULL: "Change" */
	const char *hidden;    /* what is changed, for screen readers: "name" */
};

struct part_summary {
	const struct part_row *at;
	int count;
	bool mixed; /* some rows can be changed and others not */
};

/* Pages of a list. Without items only "previous" and "next". */
struct part_page {
	int number;
	const char *href;
	bool current;
	bool gap; /* an ellipsis */
};

struct part_pages {
	const char *previous, *next; /* addresses */
	const struct part_page *at;
	int count;
};

#endif
