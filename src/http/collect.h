/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HTTP_COLLECT_H
#define HTTP_COLLECT_H

/*
 * Bodies as they come off the wire: urlencoded and multipart forms become q->form and
 * q->uploads, everything else q->body. Files go to unlinked temporary files and are
 * never held in memory. What is too large or ill is read on and thrown away (so that
 * the client gets to see the answer) up to COLLECT_DRAIN bytes.
 */

#include "format/multipart.h"
#include "http/server.h"

enum { COLLECT_DRAIN = 64 * 1024 * 1024 };

enum collect_kind { COLLECT_NOTHING, COLLECT_RAW, COLLECT_FORM, COLLECT_MULTIPART };

struct collect {
	struct request *request;
	struct body_rule rule;
	const char *spool;
	enum collect_kind kind;
	int status;	   /* not 0: refused, the rest is thrown away */
	int64_t received;  /* bytes */
	int64_t text;	   /* bytes of a form's text fields */
	struct buffer raw; /* the body, or the text field that is being read */
	struct multipart *multipart;
	const char *name;     /* of the text field that is being read */
	struct upload upload; /* the file that is being read; fd < 0: none */
};

/* Before the body. `length` is in bytes or negative when it is chunked. 0, or the
 * status to refuse with. */
int collect_begin(
	struct collect *c, struct request *q, struct body_rule rule, int64_t length);

/* The next piece. False when even throwing it away went on too long. */
bool collect_feed(struct collect *c, struct bytes piece);

/* After the last piece: 0, or the status to refuse with. */
int collect_end(struct collect *c);

/* Closes the files of the request. */
void collect_close(struct collect *c);

#endif
