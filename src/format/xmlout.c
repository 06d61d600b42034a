/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "format/xmlout.h"

#include <assert.h>
#include <string.h>

struct xmlout
xmlout_to(struct buffer *b)
{
	buffer_literal(b, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
	return (struct xmlout){.to = b};
}

static void
tag(struct xmlout *x, const char *before, const char *name)
{
	buffer_text_add(x->to, before);
	buffer_text_add(x->to, name);
	buffer_char(x->to, '>');
}

void
xmlout_begin(struct xmlout *x, const char *name)
{
	assert(x->depth < XMLOUT_DEPTH);
	x->open[x->depth++] = name;
	tag(x, "<", name);
}

void
xmlout_end(struct xmlout *x)
{
	assert(x->depth > 0);
	tag(x, "</", x->open[--x->depth]);
}

/* The characters U+FFFE and U+FFFF, which XML 1.0 has not: EF BF BE, EF BF BF. */
static bool
is_none(const unsigned char *c)
{
	return c[0] == 0xEF && c[1] == 0xBF && (c[2] == 0xBE || c[2] == 0xBF);
}

static void
escape(struct buffer *b, const char *text)
{
	for (const unsigned char *c = (const unsigned char *)text; *c; c++)
		switch (*c) {
		case '&': buffer_literal(b, "&amp;"); break;
		case '<': buffer_literal(b, "&lt;"); break;
		case '>': buffer_literal(b, "&gt;"); break;
		case '\r': buffer_literal(b, "&#13;"); break;
		default:
			if (is_none(c))
				c += 2;
			else if (*c >= 0x20 || *c == '\t' || *c == '\n')
				buffer_char(b, (char)*c);
		}
}

void
xmlout_text(struct xmlout *x, const char *name, const char *text)
{
	tag(x, "<", name);
	if (text)
		escape(x->to, text);
	tag(x, "</", name);
}
