/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Paths and conditions of views, and their C. */
#include "view_code.h"

#include <string.h>

static bool
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* A C name. */
bool
view_is_name(const char *text)
{
	if (!is_letter(*text))
		return false;
	while (is_letter(*text) || is_digit(*text))
		text++;
	return *text == 0;
}

bool
view_is_number(const char *text)
{
	if (*text == '-')
		text++;
	return *text && strlen(text) < 18 && strspn(text, "0123456789") == strlen(text);
}

/* "quoted", holding no quote and no backslash. */
bool
view_is_quoted(const char *text)
{
	size_t n = strlen(text);

	return n >= 2 && text[0] == '"' && text[n - 1] == '"' &&
	       strcspn(text + 1, "\"\\\n") == n - 2;
}

const char *
view_unquoted(struct view *v, const char *text)
{
	if (!view_is_quoted(text)) {
		view_wrong(v, "%s: a text in quotes is wanted", text);
		return "";
	}
	return arena_text(v->arena, text + 1, strlen(text) - 2);
}

const struct view_block *
view_find_loop(const struct view *v, const char *name, size_t n)
{
	for (int i = v->block_count; i-- > 0;) {
		const struct view_block *b = &v->blocks[i];

		if (b->loop && !b->other && strlen(b->name) == n &&
			strncmp(b->name, name, n) == 0)
			return b;
	}
	return NULL;
}

/* The C of a path: p.a.b, row.a, row; NULL after view_wrong. */
const char *
view_path(struct view *v, const char *text)
{
	size_t root = strcspn(text, ".-");
	const char *rest = text + root;
	const char *row = "";

	if (*rest == 0)
		row = "*";
	if (!view_find_loop(v, text, root) && (root != 1 || *text != 'p')) {
		view_wrong(v,
			"%s: neither a construct nor a path that begins with p or a row",
			text);
		return NULL;
	}
	for (const char *p = rest; *p;) {
		size_t dot = *p == '.' ? 1 : strncmp(p, "->", 2) == 0 ? 2 : 0;

		p += dot;
		if (dot == 0 || !is_letter(*p)) {
			view_wrong(v, "%s: not a path", text);
			return NULL;
		}
		while (is_letter(*p) || is_digit(*p))
			p++;
	}
	if (*rest == '.')
		return arena_printf(v->arena, "%.*s->%s", (int)root, text, rest + 1);
	return arena_printf(v->arena, *row ? "(%s%s)" : "%s%s", row, text);
}

static bool
is_row_or_page(const struct view *v, const char *text)
{
	size_t root = strcspn(text, ".-");

	return (root == 1 && *text == 'p') || view_find_loop(v, text, root);
}

/* "first row", "last row" */
static const char *
edge_code(struct view *v, const char *edge, const char *name)
{
	const struct view_block *loop = view_find_loop(v, name, strlen(name));

	if (!loop) {
		view_wrong(v, "%s: not a row of a loop", name);
		return NULL;
	}
	if (strcmp(edge, "first") == 0)
		return arena_printf(v->arena, "i_%d == 0", (int)(loop - v->blocks));
	return arena_printf(v->arena, "i_%d + 1 == (int64_t)%s.count",
		(int)(loop - v->blocks), loop->slice);
}

/* What stands behind "if": [not] path | path == constant | first row */
const char *
view_condition(struct view *v, const char *const *at, int count)
{
	static const char *const operators[] = {"==", "!=", "<", ">", "<=", ">="};
	bool not = count > 1 && strcmp(at[0], "not") == 0;
	const char *left;

	at += not ;
	count -= not ;
	if (count == 2 && (strcmp(at[0], "first") == 0 || strcmp(at[0], "last") == 0)) {
		left = edge_code(v, at[0], at[1]);
		return left ? arena_printf(v->arena, not ? "!(%s)" : "%s", left) : NULL;
	}
	if (count != 1 && (count != 3 || not )) {
		view_wrong(v,
			"a condition is: x, not x, x == CONSTANT, first row, last row");
		return NULL;
	}
	left = view_path(v, at[0]);
	if (!left || count == 1)
		return left ? arena_printf(v->arena,
				      not ? "!PRINT_IF(%s)" : "PRINT_IF(%s)", left)
			    : NULL;
	for (size_t i = 0; i < sizeof operators / sizeof *operators; i++)
		if (strcmp(at[1], operators[i]) == 0) {
			const char *right = at[2];

			if (is_row_or_page(v, right))
				right = view_path(v, right);
			else if (!view_is_number(right) && !view_is_name(right))
				view_wrong(v, "%s: a constant, number or path is wanted",
					right);
			return right ? arena_printf(
					       v->arena, "%s %s %s", left, at[1], right)
				     : NULL;
		}
	view_wrong(v, "%s: not a comparison", at[1]);
	return NULL;
}
