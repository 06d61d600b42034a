/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef TOOLS_VIEW_CODE_H
#define TOOLS_VIEW_CODE_H

/* What the constructs of the view compiler share. Texts given back live in its arena;
 * NULL comes after view_wrong. */

#include "view.h"

enum { VIEW_TOKENS = 48 };

/* A construct cut into blank-separated words, its braces gone. */
struct construct {
	const char *at[VIEW_TOKENS];
	int count;
};

/* A C name; a whole number; "quoted", holding no quote and no backslash. */
bool view_is_name(const char *text);
bool view_is_number(const char *text);
bool view_is_quoted(const char *text);
const char *view_unquoted(struct view *v, const char *text);

/* The loop around this place whose row has the name. */
const struct view_block *view_find_loop(const struct view *v, const char *name, size_t n);

/* The C of a path: p.a.b, row.a, row. */
const char *view_path(struct view *v, const char *text);

/* The C of what stands behind "if": [not] path | path == constant | first row */
const char *view_condition(struct view *v, const char *const *at, int count);

void view_if(struct view *v, const struct construct *c);
void view_else(struct view *v, const struct construct *c);
void view_for(struct view *v, const struct construct *c);
void view_end(struct view *v, bool loop);

#endif
