/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef TESTING_HTML_H
#define TESTING_HTML_H

/*
 * Reads HTML as a browser's tokeniser does, as far as tests want: to see which tags,
 * attributes and texts are really there.
 */

#include "base/arena.h"

struct html_attribute {
	const char *name;
	const char *value; /* its character references resolved */
};

enum { HTML_ATTRIBUTES = 24 };

struct html_token {
	enum { HTML_START, HTML_END, HTML_TEXT } kind;
	const char *text; /* the name in lower case, or the text, references resolved */
	struct html_attribute attributes[HTML_ATTRIBUTES];
	int attribute_count;
};

struct html_tokens {
	struct html_token *at;
	int count;
};

/* Comments and the doctype are passed over. Runs of white space in texts outside of
 * <pre> and <textarea> are one blank; texts of nothing else are left out. */
struct html_tokens testing_html(struct arena *a, const char *html);

/* One token a line, attributes sorted by name, classes within sorted: for comparing
 * markup that may differ in order and white space. */
const char *testing_html_normal(struct arena *a, const char *html);

#endif
