/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "http/assets.h"

#include "http/fields.h"

#include <stdlib.h>
#include <string.h>

static int
by_path(const void *path, const void *asset)
{
	return strcmp(path, ((const struct asset *)asset)->path);
}

static bool
takes(const char *accept, const char *coding)
{
	return accept && fields_accept_coding(accept, coding);
}

bool
assets_answer(const struct request *q, struct reply *r)
{
	const struct asset *a = bsearch(
		q->path, assets_all, (size_t)assets_count, sizeof *assets_all, by_path);
	const char *list = request_header(q, "Accept-Encoding");
	struct bytes body;

	if (!a)
		return false;
	body = a->plain;
	if (a->gzip.len || a->brotli.len)
		reply_header(r, "Vary", "Accept-Encoding");
	if (a->brotli.len && takes(list, "br")) {
		body = a->brotli;
		reply_header(r, "Content-Encoding", "br");
	} else if (a->gzip.len && takes(list, "gzip")) {
		body = a->gzip;
		reply_header(r, "Content-Encoding", "gzip");
	}
	reply_header(r, "Cache-Control", "public, max-age=31536000, immutable");
	reply_etag(r, a->tag);
	return reply_bytes(r, a->type, body) == DONE;
}
