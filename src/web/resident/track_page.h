/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef WEB_TRACK_PAGE_H
#define WEB_TRACK_PAGE_H

/*
 * A customer follows one request: by its reference and a code from an e-mail, or signed
 * in. They read what is meant for them and write back; internal notes never come here.
 */

#include "http/reply.h"
#include "store/work.h"

/* GET /track?ref=REF */
enum outcome track_page_ask(struct work *w, const struct request *q, struct reply *r);

/* POST /track {reference}: sends a code. The answer is the same whether or not there is
 * such a request. */
enum outcome track_page_send(struct work *w, const struct request *q, struct reply *r);

/* GET /track/:ref: the request for who may open it, for others the page for the code. So
 * are the addresses its forms go to, for who changes the language there. */
enum outcome track_page_show(struct work *w, const struct request *q, struct reply *r);

/* POST /track/:ref/code {code} */
enum outcome track_page_enter(struct work *w, const struct request *q, struct reply *r);

/* POST /track/:ref/message {words, once, files}: through intake, so a double click is one
 * message, a wait ends, and what was resolved is taken up again. */
enum outcome track_page_prepare(struct work *w, struct request *q, struct reply *r);
enum outcome track_page_write(struct work *w, const struct request *q, struct reply *r);

/* GET /track/:ref/files/:id */
enum outcome track_page_file(struct work *w, const struct request *q, struct reply *r);

#endif
