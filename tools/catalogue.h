/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef TOOLS_CATALOGUE_H
#define TOOLS_CATALOGUE_H

/*
 * The catalogues of all languages, read, compared with English and written as the
 * tables of format/words.
 */

#include "po.h"

#include "message.h"

enum { LANGUAGES = 8, VALUES = 16 };

struct language {
	const char *tag;
	const char *plural;	   /* the C expression of Plural-Forms */
	int forms;		   /* nplurals */
	struct po_entry **entries; /* by the order of keys; NULL: not translated */
};

struct catalogue {
	struct arena *arena;
	struct language languages[LANGUAGES]; /* English first */
	int language_count;
	const struct po_entry **keys; /* the English entries, sorted by key */
	int key_count;
	int wrongs; /* complaints so far, each on stderr */
};

/* Adds the files of one language, given by their paths ".../<tag>/<audience>.po".
 * English must come first. */
void catalogue_read(struct catalogue *c, const char *tag, char **paths, int count);

/* The names of the values in any form of a key, sorted, at most VALUES of them. */
int catalogue_values(struct catalogue *c, int key, const char **names);

/* "track.due_date" -> "track_due_date" */
const char *catalogue_identifier(struct arena *a, const char *key);

void catalogue_write_header(struct catalogue *c, const char *path);
void catalogue_write_source(struct catalogue *c, const char *path);

#endif
