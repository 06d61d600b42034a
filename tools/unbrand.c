/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "unbrand.h"

#include "base/buffer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Puts `by` in the place of everything from `from` to `to`, and counts how often. */
static struct bytes
replace(struct arena *a, struct bytes text, const char *const change[3], int *times)
{
	struct buffer out = buffer_in(a, text.len);
	const char *rest = (const char *)text.at;
	const char *hit;

	for (*times = 0; (hit = strstr(rest, change[0])) != NULL; (*times)++) {
		const char *end = strstr(hit, change[1]);

		if (!end)
			break;
		buffer_add(&out, rest, (size_t)(hit - rest));
		buffer_text_add(&out, change[2]);
		rest = end + strlen(change[1]);
	}
	buffer_text_add(&out, rest);
	return buffer_bytes(&out);
}

struct bytes
unbrand(struct arena *a, const char *path, struct bytes sheet)
{
	static const char *const changes[][3] = {
		{"@font-face{font-family:GDS Transport", "}", ""},
		{"GDS Transport,arial,", "sans-serif",
			"\"Helvetica Neue\",Helvetica,Arial,sans-serif"},
		{"url(/assets/images/govuk-crest", ")", "none"},
	};

	for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
		int times;

		sheet = replace(a, sheet, changes[i], &times);
		if (times == 0) {
			fprintf(stderr, "%s: no \"%s\" in it: look what has changed\n",
				path, changes[i][0]);
			exit(1);
		}
	}
	if (strstr((const char *)sheet.at, "GDS") ||
		strstr((const char *)sheet.at, "url(/")) {
		fprintf(stderr, "%s: still names a typeface or picture of GOV.UK\n",
			path);
		exit(1);
	}
	return sheet;
}

struct bytes
unbrand_map(struct bytes text)
{
	static const char *const marks[] = {
		"//# sourceMappingURL=", "/*# sourceMappingURL="};

	for (size_t i = 0; i < 2; i++) {
		const char *at = strstr((const char *)text.at, marks[i]);

		if (at)
			text.len = (size_t)((const unsigned char *)at - text.at);
	}
	return text;
}
