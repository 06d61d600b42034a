/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "fuzz.h"

#include "format/urlencoded.h"

#include <string.h>

static struct bytes
written(struct arena *a, const struct pairs *p)
{
	struct buffer b = buffer_in(a, 0);

	for (int i = 0; i < p->count; i++) {
		buffer_text_add(&b, i ? "&" : "");
		urlencoded_add(&b, p->at[i].name);
		buffer_char(&b, '=');
		urlencoded_add(&b, p->at[i].value);
	}
	return buffer_bytes(&b);
}

void
fuzz_one(struct arena *a, struct bytes in)
{
	const char *path = urlencoded_decode(a, in);
	struct pairs p, again;

	if (path)
		fuzz_require(
			strcmp(urlencoded_decode(a, bytes_of(urlencoded_encode(a, path))),
				path) == 0);
	if (!urlencoded_parse(a, in, &p))
		return;
	fuzz_require(urlencoded_parse(a, written(a, &p), &again));
	fuzz_require(again.count == p.count);
	for (int i = 0; i < p.count; i++) {
		fuzz_require(strcmp(again.at[i].name, p.at[i].name) == 0);
		fuzz_require(strcmp(again.at[i].value, p.at[i].value) == 0);
		fuzz_require(bytes_are_text(bytes_of(p.at[i].value)));
	}
}
