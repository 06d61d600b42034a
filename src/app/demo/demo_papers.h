/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef APP_DEMO_PAPERS_H
#define APP_DEMO_PAPERS_H

/* The accounts and tokens of the demonstration, and the file that says them:
 *
 *	{"base": ..., "people": [{"role", "organisation", "email", "password"}...],
 *	 "tokens": [{"role", "organisation", "token"}...]}
 */

#include "app/demo/demo_cast.h"

enum { DEMO_ORGS = 2 };

struct demo_papers {
	const struct demo_cast *cast;
	const char *organisations[DEMO_ORGS + 1]; /* names, by id */
	const char *password;
	const char *tokens[DEMO_ORGS + 1];
	bool kept; /* the accounts were left as they are */
};

/* Takes password and tokens from an earlier file, NULL where there is none. */
void demo_papers_read(struct arena *a, const char *path, struct demo_papers *p);

/* Makes up what is not there. */
void demo_papers_invent(struct arena *a, struct demo_papers *p);

/* Keeps the accounts when the password opens them already, else gives it to all of them;
 * tokens alike. In a transaction; context is the struct demo_papers. */
enum outcome demo_papers_issue(struct work *w, void *context) must_check;

/* Writes the file (for its owner alone), whole or not at all. False after saying why. */
bool demo_papers_write(const char *path, const char *base, const struct demo_papers *p);

/* A table on stdout. */
void demo_papers_print(const struct demo_papers *p);

#endif
