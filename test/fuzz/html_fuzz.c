/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "fuzz.h"

#include "base/buffer.h"
#include "format/html.h"

#include <string.h>
#include <strings.h>

/* An address that may be followed has one of four schemes or none, as a browser reads
 * it: control characters do not count, '\' is '/'. */
static void
check_url(const char *url)
{
	static const char *const good[] = {"http:", "https:", "mailto:", "tel:"};
	bool known = false;

	if (!html_url_allowed(url))
		return;
	fuzz_require(!strpbrk(url, "\t\r\n\\ "));
	fuzz_require(strncmp(url, "//", 2) != 0);
	if (url[strcspn(url, ":/?#")] != ':')
		return;
	for (size_t i = 0; i < sizeof good / sizeof *good; i++)
		known = known || strncasecmp(url, good[i], strlen(good[i])) == 0;
	fuzz_require(known);
}

void
fuzz_one(struct arena *a, struct bytes in)
{
	const char *text = bytes_text_lossy(a, in);
	struct buffer b = buffer_in(a, 0);

	check_url(text);
	html_text(&b, text);
	fuzz_require(!strpbrk(buffer_text(&b), "<>\"'"));
	b = buffer_in(a, 0);
	html_url(&b, text);
	fuzz_require(!strpbrk(buffer_text(&b), "<>\"' \\"));
	b = buffer_in(a, 0);
	html_url_segment(&b, text);
	fuzz_require(b.len > 0 && !strpbrk(buffer_text(&b), "<>\"' /?#&:\\"));
	fuzz_require(strcmp(buffer_text(&b), "..") != 0);
}
