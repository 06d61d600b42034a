/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef TESTING_PAGE_H
#define TESTING_PAGE_H

/*
 * Visits to pages without a server: the address is looked up in the table of routes, its
 * `prepare` and `handle` are called with a made-up request, as the actor and session of
 * the work. What app/entry decides (who may, origin, form token) is not part of a visit.
 */

#include "http/reply.h"
#include "store/work.h"

struct visit {
	enum outcome end;
	int status;
	const char *body;     /* never NULL */
	const char *location; /* where a 303 leads, else "" */
	const char *cookie;   /* the first cookie set, "name=value", else "" */
};

/* GET of an address with its query: "/services/HW-POTHOLE?lang=cy". The test fails when
 * there is no such route. */
struct visit testing_get(struct work *w, const char *target);

/* POST of a form as a browser encodes it: "size=dinner+plate&lane=". */
struct visit testing_post(struct work *w, const char *target, const char *form);

/* The same with one file. */
struct testing_file {
	const char *field, *filename;
	struct bytes data;
};
struct visit testing_post_file(struct work *w, const char *target, const char *form,
	const struct testing_file *file);

/* An anonymous session for the work, as visitor_need_session makes it. */
void testing_session(struct work *w);

/* Does the page say this, in text or in an attribute, references resolved? */
bool testing_says(const struct visit *v, const char *text);

/* The page is whole HTML: tags nest and close, ids are unique, every label and every
 * reference between elements finds its element, one h1, a title. The test fails with a
 * sentence otherwise. */
void testing_is_page(const struct visit *v);

#endif
