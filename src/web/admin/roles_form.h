/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef WEB_ROLES_FORM_H
#define WEB_ROLES_FORM_H

/*
 * Several small forms on one page, each of a deed with its own address. The ids of the
 * one that was sent are the names of its fields, so that its problems find them; the
 * others' have the deed in front.
 */

#include "web/staff/ledger.h"

struct roles_form {
	struct work *w;
	const struct request *q;
	const char *deed;
	bool sent; /* it is what came back */
	struct ledger_form *form;
};

/* A form of the page that posts to `front` and the deed; folded unless it came back. */
struct roles_form roles_form(struct work *w, const struct request *q,
	struct ledger_view *v, const char *front, const char *deed);

/* Its words. */
void roles_form_say(
	struct roles_form *f, enum word title, enum word lead, enum word button);

struct part_input *roles_form_ask(
	struct roles_form *f, const char *name, enum word label, const char *value);

/* A list to choose from, with room for `count`: the caller fills and counts. */
struct part_choice *roles_form_select(struct roles_form *f, const char *name,
	enum word label, int count, struct part_input **input);

/* "Why", which every deed asks. */
void roles_form_reason(struct roles_form *f);

/* A tick for each right that is in `shown`. */
void roles_form_rights(struct roles_form *f, const char *name, enum word label,
	uint64_t shown, uint64_t ticked);

/* What was ticked under that name. */
uint64_t roles_form_ticked(const struct request *q, const char *name);

/* "See that tickets exist; Answer customers" */
const char *roles_form_words(struct work *w, uint64_t rights);

#endif
