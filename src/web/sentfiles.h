/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef WEB_SENTFILES_H
#define WEB_SENTFILES_H

/*
 * Files that came with a form, read and judged by their content before the write enters
 * its lane. What is too large or not taken has a problem instead of bytes.
 */

#include "http/request.h"
#include "store/contact.h"

enum {
	SENTFILES_ONE = 10 * 1024 * 1024, /* bytes of one file */
	SENTFILES_ALL = 40 * 1024 * 1024, /* bytes of all files of a form */
};

struct sentfile {
	const char *field;
	struct contact_file file; /* no bytes when there is a problem */
	const char *problem;	  /* message key, or NULL */
};

struct sentfiles {
	struct sentfile *at;
	int count;
};

/* Reads the uploads of a request into the arena; inputs left empty are passed over. */
struct sentfiles sentfiles_read(struct work *w, const struct request *q);

#endif
