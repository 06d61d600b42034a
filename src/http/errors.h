/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HTTP_ERRORS_H
#define HTTP_ERRORS_H

/*
 * A body for every refusal when nobody above has a nicer one: a plain page, an RFC 9457
 * problem document below /api/, and on /open311/ the errors of GeoReport v2 in the
 * format of the path (XML for .xml, else JSON). It says nothing of what was sent.
 */

#include "http/reply.h"

/* Sets status, type and body; other headers stay. */
void errors_page(const struct request *q, int status, struct reply *r);

/* The same with a sentence of the program's own: it is not escaped, and holds nothing of
 * what was sent. */
void errors_say(
	const struct request *q, int status, const char *sentence, struct reply *r);

/* "Not Found": the short name of a status, "Error" for those unknown. */
const char *errors_title(int status);

#endif
