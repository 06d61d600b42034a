/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * embed NAME OUT.c OUT.h FILE...: makes files part of the program, as
 *
 *	extern const struct embedded NAME[];
 *	extern const int NAME_count;
 *
 * in the order of the arguments.
 */
#include "toolbox.h"

#include <stdio.h>

static void
write_header(struct arena *a, const char *name, const char *path)
{
	struct buffer h = buffer_in(a, 0);

	toolbox_heading(&h, "embed");
	buffer_printf(&h,
		"#pragma once\n#include \"base/embedded.h\"\n\n"
		"extern const struct embedded %s[];\nextern const int %s_count;\n",
		name, name);
	toolbox_write(path, &h);
}

static void
write_source(struct arena *a, char **argv, int files)
{
	struct buffer c = buffer_in(a, 0);

	toolbox_heading(&c, "embed");
	buffer_printf(&c, "#include \"%s\"\n\nconst struct embedded %s[] = {\n",
		toolbox_name(argv[3]), argv[1]);
	for (int i = 0; i < files; i++) {
		struct bytes text = toolbox_read(a, argv[4 + i]);

		buffer_printf(&c, "{ \"%s\",\n", toolbox_name(argv[4 + i]));
		toolbox_literal(&c, text);
		buffer_printf(&c, ",\n\t%zu },\n", text.len);
	}
	buffer_printf(&c, "{ 0 }\n};\n\nconst int %s_count = %d;\n", argv[1], files);
	toolbox_write(argv[2], &c);
}

int
main(int argc, char **argv)
{
	struct arena *a = arena_new();

	if (argc < 4) {
		fprintf(stderr, "usage: embed NAME OUT.c OUT.h FILE...\n");
		return 2;
	}
	write_source(a, argv, argc - 4);
	write_header(a, argv[1], argv[3]);
	arena_free(a);
	return 0;
}
