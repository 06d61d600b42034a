/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef TOOLS_PO_H
#define TOOLS_PO_H

/*
 * Reads a gettext .po catalogue (GNU gettext manual, "The Format of PO Files").
 * Contexts (msgctxt) are refused; obsolete entries (#~) are passed over.
 */

#include "base/arena.h"
#include "base/bytes.h"

enum { PO_FORMS = 6 };

struct po_entry {
	const char *file;
	int line;		     /* of its msgid */
	const char *key;	     /* the msgid */
	bool fuzzy;		     /* marked "#, fuzzy": not to be used */
	bool plural;		     /* has a msgid_plural */
	const char *forms[PO_FORMS]; /* msgstr, or msgstr[0..]; NULL: absent */
};

struct po {
	struct po_entry *at; /* without the header entry */
	int count;
	const char *header; /* the msgstr of the empty msgid, or NULL */
	const char *wrong;  /* "file:line: ..." of the first thing wrong, or NULL */
};

struct po po_parse(struct arena *a, const char *file, struct bytes text);

/* The value of a field of the header ("Plural-Forms"), or NULL. */
const char *po_field(struct arena *a, const struct po *po, const char *name);

#endif
