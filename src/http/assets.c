/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "http/assets.h"

#include <stdlib.h>
#include <string.h>

static int
by_path(const void *path, const void *asset)
{
	return strcmp(path, ((const struct asset *)asset)->path);
}

/* True when the list of Accept-Encoding takes the coding: named and not at q=0
 * (RFC 9110, 12.5.3). "*" is not taken as a wish for ours. */
static bool
accepts(const char *list, const char *coding)
{
	struct bytes rest = bytes_of(list);

	while (rest.len > 0) {
		struct bytes item = bytes_cut(&rest, ',');
		struct bytes name = bytes_trim(bytes_cut(&item, ';'));

		item = bytes_trim(item);
		if (bytes_equal_nocase(name, bytes_of(coding)))
			return !(item.len >= 3 && (item.at[0] | 0x20) == 'q' &&
				 strspn((const char *)item.at + 2, "0.") >= item.len - 2);
	}
	return false;
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
	if (a->brotli.len && accepts(list, "br")) {
		body = a->brotli;
		reply_header(r, "Content-Encoding", "br");
	} else if (a->gzip.len && accepts(list, "gzip")) {
		body = a->gzip;
		reply_header(r, "Content-Encoding", "gzip");
	}
	reply_header(r, "Cache-Control", "public, max-age=31536000, immutable");
	reply_etag(r, a->tag);
	return reply_bytes(r, a->type, body) == DONE;
}
