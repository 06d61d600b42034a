/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef WEB_LEDGER_H
#define WEB_LEDGER_H

/* Fills a page of facts, piece by piece, in the order in which it is to be read. */

#include "http/reply.h"
#include "store/work.h"
#include "web/staff/ledger_view.h"

/* An empty page; its heading is its title until said otherwise. */
void ledger_begin(struct work *w, const struct request *q, struct ledger_view *v,
	enum word title, enum page_section section);

void ledger_fact(struct work *w, struct ledger_view *v, enum word key, const char *value);
void ledger_link(
	struct work *w, struct ledger_view *v, const char *text, const char *href);

/* A table with room for `most` rows. */
struct ledger_table *ledger_table(struct work *w, struct ledger_view *v,
	const struct ledger_columns *columns, int most);

/* The next row, and its cells one by one, without the first. */
struct ledger_row *ledger_row(
	struct work *w, struct ledger_table *t, const char *name, const char *href);
void ledger_cell(struct ledger_row *row, const char *text);

/* A form that posts to `action`; its questions follow. */
struct ledger_form *ledger_form(
	struct work *w, struct ledger_view *v, const char *action, enum word button);
struct part_input *ledger_input(
	struct work *w, struct ledger_form *f, const char *name, enum word label);

/* The choices of a question, to be filled by the caller. */
struct part_choice *ledger_choices(struct work *w, struct part_input *input, int count);

/* Prints it with the problems of the work: each has the id of the input of its field. */
enum outcome ledger_print(struct work *w, struct ledger_view *v, struct reply *r);

#endif
