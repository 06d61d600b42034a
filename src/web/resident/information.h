/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef WEB_INFORMATION_H
#define WEB_INFORMATION_H

/* The pages behind the footer: help, accessibility statement, privacy, cookies. */

#include "http/reply.h"
#include "store/work.h"

/* GET /help */
enum outcome information_help(struct work *w, const struct request *q, struct reply *r);

/* GET /accessibility: the model statement of the Public Sector Bodies (Websites and
 * Mobile Applications) (No. 2) Accessibility Regulations 2018. */
enum outcome information_statement(
	struct work *w, const struct request *q, struct reply *r);

/* GET /privacy: with how long each service of the catalogue keeps its requests. */
enum outcome information_privacy(
	struct work *w, const struct request *q, struct reply *r);

/* GET /cookies */
enum outcome information_cookies(
	struct work *w, const struct request *q, struct reply *r);

#endif
