/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FORMAT_XML_H
#define FORMAT_XML_H

/*
 * XML from outside, read whole into the arena. expat does the grammar; what can be used
 * to make a small text large or to reach elsewhere is refused: any document type and so
 * any entity beyond the five, nesting deeper than XML_DEPTH, more than XML_ELEMENTS
 * elements, more than XML_BYTES bytes. Attributes, comments and processing instructions
 * are passed over; prefixes of namespaces stay part of the names.
 */

#include "base/arena.h"
#include "base/bytes.h"

enum {
	XML_DEPTH = 32,
	XML_ELEMENTS = 200000,
	XML_BYTES = 32 * 1024 * 1024,
};

struct xml {
	const char *name;
	const char *text; /* its own text, without that of its elements; never NULL */
	const struct xml *first; /* its elements, in order */
	const struct xml *next;	 /* behind it in the same element */
};

/* The root element of a document that is the whole of `in`. NULL when it is refused;
 * *problem is then a sentence: "line 3: ...". */
const struct xml *xml_read(struct arena *a, struct bytes in, const char **problem);

/* The first element of that name in v; NULL when there is none. v may be NULL. */
const struct xml *xml_child(const struct xml *v, const char *name);

/* The next one behind v with v's name. */
const struct xml *xml_again(const struct xml *v);

/* The text of the first element of that name, without blanks at its ends; "" when there
 * is none. v may be NULL. */
const char *xml_words(struct arena *a, const struct xml *v, const char *name);

#endif
