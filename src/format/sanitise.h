/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FORMAT_SANITISE_H
#define FORMAT_SANITISE_H

/*
 * HTML that a person sent, made inert: what is left is text with the marks of ordinary
 * writing (paragraphs, lists, tables, emphasis, links). The input is parsed as a browser
 * parses it (the WHATWG algorithm, by gumbo), and a document of our own is written from
 * the tree; nothing of the input's markup is copied. Elements and attributes are those of
 * a short list, addresses those of html_url_allowed with a scheme. Pictures become their
 * words: nothing is ever fetched. What was written parses to the same tree again and
 * stays inside the element that it is put in, or it is given up (trust.md section 2).
 *
 * The parser is a library in C that reads what strangers wrote, so this runs in a cell
 * (base/cell), never in the process that serves.
 */

#include "base/arena.h"
#include "base/bytes.h"

enum { SANITISE_LONGEST = 1024 * 1024, SANITISE_DEEPEST = 48 };

struct sanitised {
	const char *html;
	const char *text; /* the same for letters, search and screens without marks */
};

/* False when the input is longer than SANITISE_LONGEST or cannot be made safe; then it is
 * to be kept as a file. Bytes that are not UTF-8 become U+FFFD. */
bool sanitise(struct arena *a, struct bytes in, struct sanitised *out);

struct cell;

/* The same in a cell made with sanitise_task as its first task; false too when the cell
 * gave no answer. */
bool sanitise_in_cell(
	struct cell *c, struct arena *a, struct bytes in, struct sanitised *out);
bool sanitise_task(struct arena *a, struct bytes in, struct bytes *out);

#endif
