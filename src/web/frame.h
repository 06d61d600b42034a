/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef WEB_FRAME_H
#define WEB_FRAME_H

/* What is the same around every page: language, organisation, who is signed in, the
 * token of its forms, and the same page in the other languages. */

#include "http/request.h"
#include "store/work.h"
#include "web/page.h"

void frame_page(struct work *w, const struct request *q, struct page *p, enum word title,
	enum page_section section);

/* The local address to go to after signing in: `next` when it is a path of this site
 * ("/x", not "//x" or "/\x"), else `otherwise`. */
const char *frame_next(const char *next, const char *otherwise);

/* The message of the first problem of a field in the language of the page, or NULL. */
const char *frame_problem(struct work *w, const char *field);

#endif
