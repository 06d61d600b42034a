/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef WEB_QUESTION_H
#define WEB_QUESTION_H

/*
 * The pages on which a form is filled in. What was typed is kept whether right or wrong;
 * a wrong answer is shown again with the error summary (status 422).
 */

#include "http/reply.h"
#include "store/work.h"

/* GET and POST /services/:code/q/:field: one required question. */
enum outcome question_show(struct work *w, const struct request *q, struct reply *r);
enum outcome question_save(struct work *w, const struct request *q, struct reply *r);

/* GET and POST /services/:code/more: everything that may be left out. */
enum outcome question_more(struct work *w, const struct request *q, struct reply *r);
enum outcome question_save_more(struct work *w, const struct request *q, struct reply *r);

/* GET and POST /services/:code/contact: how to reach the person. */
enum outcome question_contact(struct work *w, const struct request *q, struct reply *r);
enum outcome question_save_contact(
	struct work *w, const struct request *q, struct reply *r);

/* Before the two that take files: reads them and finds their types. */
enum outcome question_prepare(struct work *w, struct request *q, struct reply *r);

#endif
