/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HTTP_FRAMING_H
#define HTTP_FRAMING_H

/*
 * Where a request ends: decided once and refused whenever two readers could differ
 * (RFC 9112 section 6, request smuggling). Both Content-Length and Transfer-Encoding,
 * repeated or odd lengths, two Hosts, lengths over 2^31 and codings other than
 * "chunked" are refused, as is a body where none belongs.
 */

#include "format/pairs.h"
#include "http/request.h"

#include <stdbool.h>
#include <stdint.h>

enum framing_version { HTTP_1_0, HTTP_1_1 };

/* A length not known before the end: chunked. */
enum { FRAMING_CHUNKED = -1 };

struct framing {
	int status; /* 0: sound; else what to refuse it with: 400, 411, 413, 415 ... */
	int64_t length; /* bytes of the body, or FRAMING_CHUNKED */
};

struct framing framing_read(
	const struct pairs *headers, enum framing_version version, enum method method);

#endif
