/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef WEB_LEDGER_VIEW_H
#define WEB_LEDGER_VIEW_H

/* A page of facts: what somebody reads to judge, with the forms that belong to it. From
 * top to bottom: ways, heading, lead, problems, facts, links, forms, tables, pages. */

#include "web/page.h"
#include "web/parts.h"

struct ledger_cell {
	const char *text;
	const char *href; /* or NULL */
	bool number;
};

struct ledger_cells {
	const struct ledger_cell *at;
	int count;
};

/* The first cell names the row. */
struct ledger_row {
	struct ledger_cell name;
	struct ledger_cells cells;
};

struct ledger_rows {
	struct ledger_row *at;
	int count;
};

struct ledger_column {
	enum word name;
	bool number;
};

struct ledger_columns {
	const struct ledger_column *at;
	int count;
};

struct ledger_table {
	const char *title; /* NULL: the page's own */
	const char *note;
	const char *empty; /* said instead of no rows */
	struct ledger_columns columns;
	struct ledger_rows rows;
};

struct ledger_tables {
	const struct ledger_table *at;
	int count;
};

struct ledger_form {
	const char *action;
	bool asks; /* sent by GET: a filter */
	const char *token;
	const char *title, *lead;
	struct part_inputs inputs;
	const char *button;
	bool warning; /* what it does is not taken back lightly */
	bool folded;  /* behind its title */
};

struct ledger_forms {
	const struct ledger_form *at;
	int count;
};

struct ledger_view {
	struct page page;
	struct page_links ways; /* the one without href is this page */
	const char *heading, *lead;
	struct part_problems problems;
	struct part_summary facts;
	struct page_links links;
	struct ledger_forms forms;
	struct ledger_tables tables;
	const char *newer, *older; /* addresses */
};

#endif
