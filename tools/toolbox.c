/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "toolbox.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PIECE = 65536, LITERAL_LINE = 100 };

static _Noreturn void
fail(const char *path)
{
	fprintf(stderr, "%s: %s\n", path, strerror(errno));
	exit(1);
}

struct bytes
toolbox_read(struct arena *a, const char *path)
{
	struct buffer b = buffer_in(a, PIECE);
	FILE *f = fopen(path, "rb");
	size_t n;

	if (!f)
		fail(path);
	while ((n = fread(buffer_room(&b, PIECE), 1, PIECE, f)) > 0)
		b.len += n;
	if (ferror(f))
		fail(path);
	fclose(f);
	b.at[b.len] = 0;
	return buffer_bytes(&b);
}

void
toolbox_write(const char *path, const struct buffer *b)
{
	FILE *f = fopen(path, "wb");

	if (!f || fwrite(b->at, 1, b->len, f) != b->len || fclose(f) != 0)
		fail(path);
}

const char *
toolbox_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

/* Three octal digits, so that a digit behind it is not taken for a part of it. */
static void
add_byte(struct buffer *out, unsigned char c)
{
	if (c == '"' || c == '\\') {
		buffer_char(out, '\\');
		buffer_char(out, (char)c);
	} else if (c >= ' ' && c < 0x7F && c != '?') {
		buffer_char(out, (char)c);
	} else {
		char digits[4] = {'\\', (char)('0' + (c >> 6)),
			(char)('0' + ((c >> 3) & 7)), (char)('0' + (c & 7))};

		buffer_add(out, digits, sizeof digits);
	}
}

void
toolbox_literal(struct buffer *out, struct bytes b)
{
	size_t start = 0;

	if (b.len == 0)
		buffer_literal(out, "\t\"\"");
	for (size_t i = 0; i < b.len; i++) {
		if (i == start)
			buffer_literal(out, "\t\"");
		if (b.at[i] == '\n')
			buffer_literal(out, "\\n");
		else
			add_byte(out, b.at[i]);
		if (b.at[i] == '\n' || i + 1 == b.len || i + 1 - start >= LITERAL_LINE) {
			buffer_char(out, '"');
			if (i + 1 < b.len)
				buffer_char(out, '\n');
			start = i + 1;
		}
	}
}

void
toolbox_heading(struct buffer *out, const char *by)
{
	buffer_printf(out, "/* Made by tools/%s; changes here are lost. */\n", by);
}
