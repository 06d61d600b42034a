/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "catalogue.h"

#include <stdio.h>
#include <string.h>

/* The folder a path lies in: the tag of the language. */
static const char *
tag_of(struct arena *a, const char *path)
{
	const char *slash = strrchr(path, '/');
	const char *start = slash;

	if (!slash)
		return "";
	while (start > path && start[-1] != '/')
		start--;
	return arena_text(a, start, (size_t)(slash - start));
}

/* catalogue OUT.c OUT.h FILE.po...: paths of one language stand together. */
int
main(int argc, char **argv)
{
	struct catalogue c = {.arena = arena_new()};

	for (int pass = 0; pass < 2; pass++)
		for (int i = 3; i < argc;) {
			const char *tag = tag_of(c.arena, argv[i]);
			int n = 1;

			while (i + n < argc &&
				strcmp(tag, tag_of(c.arena, argv[i + n])) == 0)
				n++;
			if ((pass == 0) == (strcmp(tag, "en") == 0) &&
				c.language_count < LANGUAGES)
				catalogue_read(&c, tag, argv + i, n);
			i += n;
		}
	if (c.language_count == 0 || strcmp(c.languages[0].tag, "en") != 0) {
		fprintf(stderr,
			"usage: catalogue OUT.c OUT.h lang/en/*.po lang/cy/*.po\n");
		return 2;
	}
	if (c.wrongs == 0) {
		catalogue_write_source(&c, argv[1]);
		catalogue_write_header(&c, argv[2]);
	}
	arena_free(c.arena);
	return c.wrongs > 0;
}
