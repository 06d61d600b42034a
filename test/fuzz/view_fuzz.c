/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "fuzz.h"

#include "../tools/view.h"

#include <string.h>

/* Code or a complaint, never both; and C that a literal of the view cannot break out
 * of: every line of it begins as the compiler begins lines. */
static void
check(struct view_made made, const char *file)
{
	static const char *const begins[] = {"", "\t", "}", "{", "void", "view_x",
		"#line ", "#include ", "part_", "layout_", "view_"};

	fuzz_require(!made.code != !made.wrong);
	if (made.wrong) {
		fuzz_require(strncmp(made.wrong, file, strlen(file)) == 0);
		return;
	}
	for (const char *line = made.code; line; line = strchr(line, '\n')) {
		bool known = false;

		line += *line == '\n';
		for (size_t i = 1; i < sizeof begins / sizeof *begins; i++)
			known = known || strncmp(line, begins[i], strlen(begins[i])) == 0;
		fuzz_require(known || *line == '\n' || *line == 0);
	}
}

void
fuzz_one(struct arena *a, struct bytes in)
{
	const char *const file = fuzz_take(&in, 7) == 0 ? "x.txt" : "x.html";
	const char *text = bytes_text_lossy(a, in);

	check(view_compile(a, file, in), file);
	text = arena_printf(a, "{view x of x from \"x.h\"}%s", text);
	check(view_compile(a, file, bytes_of(text)), file);
}
