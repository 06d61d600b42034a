/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef RULE_TYPED_H
#define RULE_TYPED_H

/*
 * What people typed or pasted, made plain. Blanks are spaces, tabs and the typographic
 * spaces. Control characters, byte order marks and overrides of the writing direction
 * (which make text look like another) never stay. Results live in the arena.
 */

#include "base/arena.h"
#include "base/bytes.h"

/* One line: blanks in a row become one space, none stays at the ends. */
const char *typed_line(struct arena *a, const char *text);

/* Several lines: line ends become LF, blanks at the end of a line and of the text go,
 * and empty lines at the front; the rest stays as it was typed. */
const char *typed_lines(struct arena *a, const char *text);

/* Without any blank, hyphen or dash, nor any of the ASCII characters in `also`; small
 * letters become capitals. For numbers and codes that are written in groups. */
const char *typed_code(struct arena *a, const char *text, const char *also);

/* The length in characters (code points), as a person counts. */
int typed_length(const char *text);

#endif
