/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef WEB_RULES_FORM_H
#define WEB_RULES_FORM_H

/* A row of a rule table as a form: one question for each column, whatever the table. The
 * inputs are called "column-NAME". */

#include "web/admin/rules_words.h"
#include "web/parts.h"

/* What the form shows for a row. */
struct pairs rules_form_of(
	struct work *w, const struct table_shape *s, const struct table_row *row);

/* Reads what was typed; what cannot be read is noted as a problem of its input. */
struct table_row rules_form_take(
	struct work *w, const struct table_shape *s, const struct pairs *typed);

/* The questions: the conditions, or what the row gives. */
struct part_inputs rules_form_inputs(
	const struct rules_words *r, const struct pairs *typed, bool conditions);

/* One question for a column, with what was typed; the id is as above. */
struct part_input rules_form_input(const struct rules_words *r,
	const struct table_column *c, const struct pairs *typed);

#endif
