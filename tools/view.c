/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * view header OUT.h FILE...: declares what all views print.
 * view source OUT.c FILE...: the functions of some of them.
 */
#include "view.h"

#include "toolbox.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* From the root of the project, as far as it can be seen: it stands in messages. */
static const char *
short_path(const char *path)
{
	const char *short_one = path;

	for (const char *at = path; (at = strstr(at, "/views/")) != NULL; at++)
		short_one = at + 1;
	return short_one;
}

static struct view_made
compile(struct arena *a, const char *path)
{
	struct view_made made = view_compile(a, short_path(path), toolbox_read(a, path));
	const char *name = toolbox_name(path);
	size_t n = strcspn(name, ".");

	if (!made.wrong &&
		(strlen(made.heading.name) != n || strncmp(made.heading.name, name, n)))
		made.wrong = arena_printf(a, "%s:1: the file is not named %s",
			short_path(path), made.heading.name);
	return made;
}

static void
declare(struct buffer *out, const struct view_heading *h)
{
	static const char arguments[] = "struct buffer *out, const struct words *words";

	buffer_printf(out, "\nstruct %s;\n", h->type);
	switch (h->kind) {
	case VIEW_PAGE:
		buffer_printf(out, "void view_%s(%s,\n\tconst struct %s *p);\n", h->name,
			arguments, h->type);
		break;
	case VIEW_LAYOUT:
		buffer_printf(out, "void layout_%s_top(%s,\n\tconst struct %s *p);\n",
			h->name, arguments, h->type);
		buffer_printf(out, "void layout_%s_bottom(%s,\n\tconst struct %s *p);\n",
			h->name, arguments, h->type);
		break;
	case VIEW_PART:
		buffer_printf(out, "#define PART_%s %s\n", h->name, h->type);
		buffer_printf(out, "void part_%s(%s,\n\tconst struct %s *p);\n", h->name,
			arguments, h->type);
		break;
	}
}

int
main(int argc, char **argv)
{
	struct arena *a = arena_new();
	struct buffer out = buffer_in(a, 1 << 16);
	bool header = argc > 2 && strcmp(argv[1], "header") == 0;
	int wrongs = 0;

	if (argc < 3 || (!header && strcmp(argv[1], "source") != 0)) {
		fprintf(stderr, "usage: view header|source OUT FILE...\n");
		return 2;
	}
	toolbox_heading(&out, "view");
	buffer_text_add(&out,
		header ? "#pragma once\n\nstruct buffer;\nstruct words;\n"
		       : "#include \"format/print.h\"\n#include \"assets_table.h\"\n"
			 "#include \"views.h\"\n");
	for (int i = 3; i < argc; i++) {
		struct view_made made = compile(a, argv[i]);

		/* One complaint is enough: the header declares what it can. */
		if (header && made.headed) {
			declare(&out, &made.heading);
		} else if (!header && !made.wrong) {
			declare(&out, &made.heading);
			buffer_text_add(&out, made.code);
		} else {
			fprintf(stderr, "%s\n", made.wrong);
			wrongs++;
		}
	}
	if (!wrongs)
		toolbox_write(argv[2], &out);
	arena_free(a);
	return wrongs > 0;
}
