/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rule/filename.h"

#include "rule/typed.h"

#include <string.h>

enum { LONGEST = 100 };

const char *
filename_plain(struct arena *a, const char *said)
{
	const char *name = said;
	size_t n;

	for (const char *c = said; *c; c++)
		if (*c == '/' || *c == '\\')
			name = c + 1;
	name = typed_line(a, name);
	n = strlen(name);
	if (n > LONGEST) {
		name += n - LONGEST;
		while (((unsigned char)*name & 0xC0) == 0x80)
			name++;
	}
	return *name ? name : "file";
}
