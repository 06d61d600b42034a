/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef WEB_SHEET_H
#define WEB_SHEET_H

/*
 * A page of lists that are edited in place: sections, each a table whose rows can be
 * removed and a form that adds or changes one. What was typed comes back with its
 * problems.
 */

#include "http/reply.h"
#include "store/work.h"
#include "web/admin/admin_view.h"
#include "web/parts.h"

enum { SHEET_SECTIONS = 6, SHEET_INPUTS = 8 };

struct sheet_field {
	const char *name, *value;
};

struct sheet_fields {
	const struct sheet_field *at;
	int count;
};

struct sheet_row {
	const char *name;
	const char *href; /* where it is changed, or NULL */
	struct admin_cells cells;
	struct sheet_fields removal; /* sent to the section's action; none: no button */
};

struct sheet_rows {
	struct sheet_row *at;
	int count;
};

struct sheet_section {
	enum word title;
	const char *note;
	struct admin_columns columns;
	struct sheet_rows rows;
	bool removing;	    /* a column of buttons */
	bool bare;	    /* a form without a table */
	const char *action; /* address; NULL: no form */
	enum word button;
	struct part_inputs inputs;
};

struct sheet_sections {
	const struct sheet_section *at;
	int count;
};

struct sheet_view {
	struct page page;
	struct part_problems problems;
	struct page_links ways;
	const char *lead;
	struct sheet_sections sections;
};

/* Filling one. */
struct sheet {
	struct work *w;
	const struct request *q;
	const char *form; /* the address a POST went to; NULL: none */
	struct sheet_view view;
	struct sheet_section sections[SHEET_SECTIONS];
	int section_count;
	struct part_input inputs[SHEET_SECTIONS][SHEET_INPUTS];
};

struct sheet *sheet_begin(struct work *w, const struct request *q, enum word title);

/* The next section, with room for so many rows; action NULL: a list to look at. */
struct sheet_section *sheet_section(
	struct sheet *s, enum word title, const struct admin_columns *columns, int rows);

/* A copy of what the removal of a row sends. */
struct sheet_fields sheet_fields(
	struct work *w, const struct sheet_field *from, int count);

/* Adds a row: texts for all columns; removal is sent by its button. */
void sheet_row(struct sheet *s, const char *const *texts, struct sheet_fields removal);

/* The form of the newest section. Each input keeps what was typed in it. */
void sheet_form(struct sheet *s, const char *action, enum word button);
void sheet_text(struct sheet *s, const char *name, enum word label, const char *value);
void sheet_date(struct sheet *s, const char *name, enum word label, const char *value);
void sheet_select(
	struct sheet *s, const char *name, enum word label, struct part_choices choices);

/* Room for choices, to be filled: at[i] = {value, label}. */
struct part_choice *sheet_choices(struct sheet *s, int count);

/* Everybody who works in a team, once. */
struct part_choices sheet_people(struct sheet *s);

enum outcome sheet_print(struct sheet *s, struct reply *r);

/* After a POST: back to the page ("work": /admin/work) with "Saved", or the page again
 * with its problems. */
enum outcome sheet_end(struct work *w, const struct request *q, enum outcome end,
	const char *page,
	enum outcome show(struct work *, const struct request *, struct reply *),
	struct reply *r);

#endif
