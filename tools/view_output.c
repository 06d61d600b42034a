/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "view.h"

#include "toolbox.h"

#include <stdarg.h>
#include <string.h>
#include <strings.h>

void
view_wrong(struct view *v, const char *format, ...)
{
	va_list args;
	const char *what;

	if (v->wrong)
		return;
	va_start(args, format);
	what = arena_vprintf(v->arena, format, args);
	va_end(args);
	v->wrong = arena_printf(v->arena, "%s:%d: %s", v->file, v->line, what);
}

unsigned char
view_peek(const struct view *v, size_t ahead)
{
	return ahead < v->text.len - v->at ? v->text.at[v->at + ahead] : 0;
}

void
view_step(struct view *v, size_t n)
{
	for (; n > 0 && v->at < v->text.len; n--)
		if (v->text.at[v->at++] == '\n')
			v->line++;
}

bool
view_sees(const struct view *v, const char *what)
{
	size_t n = strlen(what);

	return v->text.len - v->at >= n &&
	       strncasecmp((const char *)v->text.at + v->at, what, n) == 0;
}

static void
write_space(struct view *v)
{
	if (v->space)
		buffer_char(&v->run, v->space);
	v->space = 0;
}

void
view_literal(struct view *v, const char *at, size_t n)
{
	write_space(v);
	buffer_add(&v->run, at, n);
}

void
view_space(struct view *v, char c)
{
	if (v->space != '\n')
		v->space = c == '\n' ? '\n' : ' ';
}

void
view_flush(struct view *v)
{
	write_space(v);
	if (v->run.len == 0)
		return;
	buffer_literal(&v->code, "\tbuffer_literal(out,\n");
	toolbox_literal(&v->code, buffer_bytes(&v->run));
	buffer_literal(&v->code, ");\n");
	v->run.len = 0;
}

void
view_code(struct view *v, const char *format, ...)
{
	va_list args;

	view_flush(v);
	buffer_printf(&v->code, "#line %d \"%s\"\n", v->line, v->file);
	va_start(args, format);
	buffer_text_add(&v->code, arena_vprintf(v->arena, format, args));
	va_end(args);
	buffer_char(&v->code, '\n');
}
