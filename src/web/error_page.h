/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef WEB_ERROR_PAGE_H
#define WEB_ERROR_PAGE_H

/* The pages for what went wrong: not found, not allowed, changed meanwhile, too often,
 * and our own failures. They say what to do next and nothing about what there is. */

#include "http/reply.h"
#include "store/work.h"

/* Writes the page; false for addresses of machines, whose errors are not pages. */
bool error_page(struct work *w, const struct request *q, int status, struct reply *r);

#endif
