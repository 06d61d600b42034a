/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef WEB_FIELDBLOCK_H
#define WEB_FIELDBLOCK_H

/*
 * A field as it stands on a page: one or more inputs of GOV.UK Frontend with what was
 * typed and what is wrong with it. {part field block}
 */

#include "store/draft.h"
#include "web/fieldtyped.h"
#include "web/fieldwords.h"
#include "web/parts.h"

struct field_block {
	const char *id;
	const char *legend; /* around several inputs; NULL: one input with its own */
	const char *legend_class;
	bool heading;	  /* the legend is the page's h1 */
	const char *hint; /* below the legend */
	struct part_inputs inputs;
};

struct field_blocks {
	struct field_block *at;
	int count;
};

struct fieldblock {
	const char *service; /* code: how it is asked */
	const struct field *field;
	const struct pairs *typed;
	const struct draft_file_list *files; /* of the draft, of all fields */
	bool heading;	      /* it is alone on its page: the question is the h1 */
	const char *language; /* of the choices, when it is not that of the page */
	bool mine;	      /* the form is about who fills it in: browsers may help */
};

/* Errors are those of w->problems whose field is the id of one of the inputs. */
struct field_block fieldblock_of(struct work *w, const struct fieldblock *b);

/* "NAME-remove": its values are the positions of files to be removed. */
const char *fieldblock_remove(struct arena *a, const struct field *f);

#endif
