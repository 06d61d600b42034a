/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "format/jsonout.h"

#include "base/arena.h"
#include "base/times.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Everything that comes before a value: its place is checked, the comma written. */
static void
begin_value(struct jsonout *j)
{
	bool in_record = j->depth > 0 && j->open[j->depth - 1] == '}';

	assert(in_record == j->named);
	assert(j->depth > 0 || !j->comma);
	if (j->comma && !in_record)
		buffer_char(j->to, ',');
	j->comma = true;
	j->named = false;
}

static void
open_level(struct jsonout *j, char begin, char end)
{
	begin_value(j);
	assert(j->depth < JSONOUT_DEPTH);
	j->open[j->depth++] = end;
	j->comma = false;
	buffer_char(j->to, begin);
}

/* How many bytes at the front must be escaped together, 0 when the first need not. */
static size_t
special_length(const unsigned char *p)
{
	if (*p < 0x20 || *p == '"' || *p == '\\' || *p == '<' || *p == '>' || *p == '&')
		return 1;
	if (*p == 0xE2 && p[1] == 0x80 && (p[2] == 0xA8 || p[2] == 0xA9))
		return 3;
	return 0;
}

static void
add_escape(struct buffer *b, const unsigned char *p)
{
	switch (*p) {
	case '"': buffer_literal(b, "\\\""); break;
	case '\\': buffer_literal(b, "\\\\"); break;
	case '\n': buffer_literal(b, "\\n"); break;
	case '\r': buffer_literal(b, "\\r"); break;
	case '\t': buffer_literal(b, "\\t"); break;
	case 0xE2: buffer_printf(b, "\\u20%02x", p[2] - 0x80u); break;
	default: buffer_printf(b, "\\u%04x", *p); break;
	}
}

static void
add_text(struct buffer *b, const char *text)
{
	const unsigned char *p = (const unsigned char *)text, *from = p;

	buffer_char(b, '"');
	while (*p) {
		size_t n = special_length(p);

		if (n == 0) {
			p++;
			continue;
		}
		buffer_add(b, from, (size_t)(p - from));
		add_escape(b, p);
		p += n;
		from = p;
	}
	buffer_add(b, from, (size_t)(p - from));
	buffer_char(b, '"');
}

struct jsonout
jsonout_to(struct buffer *b)
{
	return (struct jsonout){.to = b};
}

void
jsonout_record(struct jsonout *j)
{
	open_level(j, '{', '}');
}

void
jsonout_list(struct jsonout *j)
{
	open_level(j, '[', ']');
}

void
jsonout_end(struct jsonout *j)
{
	assert(j->depth > 0 && !j->named);
	buffer_char(j->to, j->open[--j->depth]);
	j->comma = true;
}

void
jsonout_name(struct jsonout *j, const char *name)
{
	assert(j->depth > 0 && j->open[j->depth - 1] == '}' && !j->named);
	if (j->comma)
		buffer_char(j->to, ',');
	add_text(j->to, name);
	buffer_char(j->to, ':');
	j->named = true;
}

void
jsonout_text(struct jsonout *j, const char *text)
{
	if (!text) {
		jsonout_null(j);
		return;
	}
	begin_value(j);
	add_text(j->to, text);
}

void
jsonout_id(struct jsonout *j, int64_t id)
{
	begin_value(j);
	buffer_char(j->to, '"');
	buffer_int(j->to, id);
	buffer_char(j->to, '"');
}

void
jsonout_whole(struct jsonout *j, int64_t n)
{
	begin_value(j);
	buffer_int(j->to, n);
}

void
jsonout_truth(struct jsonout *j, bool truth)
{
	begin_value(j);
	buffer_text_add(j->to, truth ? "true" : "false");
}

void
jsonout_null(struct jsonout *j)
{
	begin_value(j);
	buffer_literal(j->to, "null");
}

void
jsonout_real(struct jsonout *j, double n)
{
	char digits[32];
	char *comma;

	if (!isfinite(n)) {
		jsonout_null(j);
		return;
	}
	for (int precision = 15; precision <= 17; precision++) {
		snprintf(digits, sizeof digits, "%.*g", precision, n);
		if (strtod(digits, NULL) == n)
			break;
	}
	/* The decimal point is the locale's. */
	comma = strchr(digits, ',');
	if (comma)
		*comma = '.';
	begin_value(j);
	buffer_text_add(j->to, digits);
}

void
jsonout_instant(struct jsonout *j, int64_t instant)
{
	jsonout_text(j, instant == TIMES_NONE ? NULL : times_iso(j->to->arena, instant));
}

void
jsonout_member(struct jsonout *j, const char *name, const char *text)
{
	jsonout_name(j, name);
	jsonout_text(j, text);
}

void
jsonout_member_id(struct jsonout *j, const char *name, int64_t id)
{
	jsonout_name(j, name);
	jsonout_id(j, id);
}

void
jsonout_member_whole(struct jsonout *j, const char *name, int64_t n)
{
	jsonout_name(j, name);
	jsonout_whole(j, n);
}

void
jsonout_member_truth(struct jsonout *j, const char *name, bool truth)
{
	jsonout_name(j, name);
	jsonout_truth(j, truth);
}

void
jsonout_member_instant(struct jsonout *j, const char *name, int64_t instant)
{
	jsonout_name(j, name);
	jsonout_instant(j, instant);
}
