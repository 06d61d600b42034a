/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "format/csv.h"

#include "base/arena.h"
#include "weaken.h"

#include <string.h>

enum place {
	START,	/* of everything: a byte order mark may stand here */
	ROW,	/* at the beginning of a row */
	FIELD,	/* at the beginning of a field */
	PLAIN,	/* inside a field without quotes */
	QUOTED, /* inside quotes */
	QUOTE,	/* behind a quote inside quotes: the end, or the first of two */
	CR,	/* behind a CR that ended a row: an LF belongs to it */
};

static const unsigned char order_mark[] = {0xEF, 0xBB, 0xBF};

struct csv {
	struct bytes chunk;
	enum place place;
	bool ended;
	size_t marked;	 /* bytes of the order mark seen */
	bool stops[256]; /* what ends a run of plain bytes */
	char separator;
	int64_t line;

	struct buffer text; /* the fields of the row, a NUL behind each */
	size_t field;	    /* where the field begins in it */
	bool full;	    /* a limit was passed: the rest of the row is dropped */
	struct csv_row row;
	size_t starts[CSV_FIELDS];
	struct bytes fields[CSV_FIELDS];
};

static void
skip(struct csv *c, size_t n)
{
	c->chunk.at += n;
	c->chunk.len -= n;
}

static void
note(struct csv *c, const char *problem)
{
	if (!c->row.problem)
		c->row.problem = problem;
}

static void
limit(struct csv *c, const char *problem)
{
	note(c, problem);
	c->full = true;
}

static void
add(struct csv *c, const unsigned char *at, size_t n)
{
	if (c->full)
		return;
	if (n > CSV_FIELD - (c->text.len - c->field))
		limit(c, "a field is too long");
	else if (n > CSV_ROW - c->text.len)
		limit(c, "a row is too long");
	else
		buffer_add(&c->text, at, n);
}

static void
begin_row(struct csv *c)
{
	c->row = (struct csv_row){.fields = c->fields, .line = c->line};
	c->text.len = 0;
	c->field = 0;
	c->full = false;
	c->place = FIELD;
}

static void
end_field(struct csv *c)
{
	if (c->full)
		return;
	if (c->row.count == CSV_FIELDS) {
		limit(c, "a row has too many fields");
		return;
	}
	c->starts[c->row.count++] = c->field;
	buffer_char(&c->text, 0);
	c->field = c->text.len;
}

static bool
is_utf16(const struct csv *c)
{
	return c->row.line == 1 && c->text.len >= 2 &&
	       (memcmp(c->text.at, "\xFF\xFE", 2) == 0 ||
		       memcmp(c->text.at, "\xFE\xFF", 2) == 0);
}

static const struct csv_row *
end_row(struct csv *c, enum place next)
{
	end_field(c);
	for (int i = 0; i < c->row.count; i++) {
		size_t end = i + 1 < c->row.count ? c->starts[i + 1] : c->field;

		c->fields[i].at = (const unsigned char *)c->text.at + c->starts[i];
		c->fields[i].len = end - c->starts[i] - 1;
	}
	if (is_utf16(c))
		note(c, "the file is UTF-16, not UTF-8");
	c->place = next;
	return &c->row;
}

/* Skips the byte order mark. What only began like one is the first field's. */
static void
read_mark(struct csv *c)
{
	if (c->chunk.at[0] == order_mark[c->marked]) {
		skip(c, 1);
		if (++c->marked == sizeof order_mark)
			c->place = ROW;
	} else if (c->marked == 0) {
		c->place = ROW;
	} else {
		begin_row(c);
		add(c, order_mark, c->marked);
		c->place = PLAIN;
	}
}

/* Skips the ends of empty lines. */
static void
read_row(struct csv *c)
{
	unsigned char first = c->chunk.at[0];

	if (first == '\n' || first == '\r') {
		c->place = first == '\r' ? CR : ROW;
		c->line++;
		skip(c, 1);
	} else {
		begin_row(c);
	}
}

static const struct csv_row *
read_plain(struct csv *c)
{
	const unsigned char *at = c->chunk.at, *end = at + c->chunk.len;
	unsigned char stop;

	while (at < end && !c->stops[*at])
		at++;
	add(c, c->chunk.at, (size_t)(at - c->chunk.at));
	skip(c, (size_t)(at - c->chunk.at));
	if (at == end)
		return NULL;
	stop = *at;
	skip(c, 1);
	if (stop == (unsigned char)c->separator) {
		end_field(c);
		c->place = FIELD;
		return NULL;
	}
	c->line++;
	return end_row(c, stop == '\r' ? CR : ROW);
}

static int64_t
count_lines(const unsigned char *at, size_t n)
{
	const unsigned char *end = at + n;
	int64_t lines = 0;

	while ((at = memchr(at, '\n', (size_t)(end - at)))) {
		lines++;
		at++;
	}
	return lines;
}

static void
read_quoted(struct csv *c)
{
	const unsigned char *quote = memchr(c->chunk.at, '"', c->chunk.len);
	size_t n = quote ? (size_t)(quote - c->chunk.at) : c->chunk.len;

	c->line += count_lines(c->chunk.at, n);
	add(c, c->chunk.at, n);
	skip(c, n);
	if (quote) {
		skip(c, 1);
		c->place = QUOTE;
	}
}

static void
read_quote(struct csv *c)
{
	unsigned char next = c->chunk.at[0];

	if (next == '"') {
		add(c, &next, 1);
		skip(c, 1);
		c->place = QUOTED;
		return;
	}
	if (!c->stops[next])
		note(c, "something stands behind a closing quote");
	c->place = PLAIN;
}

/* What is left when no more bytes come. */
static const struct csv_row *
last_row(struct csv *c)
{
	switch (c->place) {
	case START:
		if (c->marked == 0)
			return NULL;
		begin_row(c);
		add(c, order_mark, c->marked);
		break;
	case ROW:
	case CR: return NULL;
	case QUOTED: note(c, "a quote is never closed"); break;
	case FIELD:
	case PLAIN:
	case QUOTE: break;
	}
	return end_row(c, ROW);
}

struct csv *
csv_new(struct arena *a, char separator)
{
	struct csv *c = arena_alloc(a, sizeof *c);

	c->place = START;
	c->line = 1;
	c->separator = separator;
	c->stops[(unsigned char)separator] = c->stops['\r'] = c->stops['\n'] = true;
	c->text = buffer_in(a, 0);
	return c;
}

void
csv_feed(struct csv *c, struct bytes chunk)
{
	c->chunk = chunk;
}

void
csv_end(struct csv *c)
{
	c->chunk = (struct bytes){NULL, 0};
	c->ended = true;
}

const struct csv_row *
csv_next(struct csv *c)
{
	const struct csv_row *row = NULL;

	while (c->chunk.len > 0 && !row) {
		switch (c->place) {
		case START: read_mark(c); break;
		case CR:
			if (c->chunk.at[0] == '\n')
				skip(c, 1);
			c->place = ROW;
			break;
		case ROW: read_row(c); break;
		case FIELD:
			c->place = c->chunk.at[0] == '"' ? QUOTED : PLAIN;
			skip(c, c->place == QUOTED);
			break;
		case PLAIN: row = read_plain(c); break;
		case QUOTED: read_quoted(c); break;
		case QUOTE: read_quote(c); break;
		}
	}
	return row || !c->ended ? row : last_row(c);
}

int
csv_column(const struct csv_row *head, const char *name)
{
	for (int i = 0; i < head->count; i++)
		if (bytes_equal_nocase(bytes_trim(head->fields[i]), bytes_of(name)))
			return i;
	return -1;
}

static bool
needs_quotes(const char *text)
{
	return strpbrk(text, ",\"\r\n") || text[0] == ' ' ||
	       (*text && text[strlen(text) - 1] == ' ');
}

static void
separate(struct csv_out *out)
{
	if (out->begun)
		buffer_char(out->to, ',');
	out->begun = true;
}

/* Would a spreadsheet take it for more than text? */
static bool
is_formula(const char *text)
{
#ifdef WEAKEN_CSV_FORMULA
	return false;
#endif
	return *text && strchr("=+-@\t\r\n", *text);
}

void
csv_put(struct csv_out *out, const char *text)
{
	bool quotes = text && needs_quotes(text);

	separate(out);
	if (!text)
		return;
	if (quotes)
		buffer_char(out->to, '"');
	if (is_formula(text))
		buffer_char(out->to, '\'');
	while (*text) {
		size_t n = strcspn(text, "\"");

		buffer_add(out->to, text, n);
		text += n;
		if (*text) {
			buffer_literal(out->to, "\"\"");
			text++;
		}
	}
	if (quotes)
		buffer_char(out->to, '"');
}

void
csv_put_int(struct csv_out *out, int64_t n)
{
	separate(out);
	buffer_int(out->to, n);
}

void
csv_put_end(struct csv_out *out)
{
	buffer_literal(out->to, "\r\n");
	out->begun = false;
}
