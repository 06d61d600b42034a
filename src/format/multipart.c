/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "format/multipart.h"

#include "format/parameter.h"

#include <string.h>

/* Where the next byte belongs. */
enum place {
	PREAMBLE, /* before the first boundary: ignored */
	BOUNDARY, /* behind a boundary: "--" or the end of its line */
	HEAD,	  /* the header lines of a part */
	DATA,
	EPILOGUE, /* behind the last boundary: ignored */
};

enum { LONGEST_BOUNDARY = 70, LONGEST_TYPE = 255, LONGEST_PADDING = 128 };

struct multipart {
	struct arena *arena;
	struct multipart_sink sink;
	const char *problem;
	enum place place;
	int parts;

	/* "\r\n--" and the boundary. CR stands only at its front, so that after a false
	 * start the search goes on at the byte that differed and never goes back. */
	unsigned char mark[4 + LONGEST_BOUNDARY];
	size_t mark_len;
	size_t matched; /* bytes of the mark seen so far */

	/* The line behind a boundary, or the header lines of the part. */
	unsigned char held[MULTIPART_HEAD];
	size_t held_len;
};

static bool
refuse(struct multipart *m, const char *problem)
{
	m->problem = problem;
	return false;
}

static void
skip(struct bytes *b, size_t n)
{
	b->at += n;
	b->len -= n;
}

static bool
give(struct multipart *m, const unsigned char *at, size_t len)
{
	if (len == 0 || m->place != DATA)
		return true;
	if (!m->sink.data(m->sink.context, (struct bytes){at, len}))
		return refuse(m, "the taker refused the data");
	return true;
}

/* Eats the chunk up to and with the mark, giving what stands before it as data. *found
 * says whether the mark was completed. */
static bool
search_mark(struct multipart *m, struct bytes *chunk, bool *found)
{
	const unsigned char *from = chunk->at, *at = from, *end = at + chunk->len;
	size_t before = m->matched; /* bytes of the mark held back by earlier chunks */

	*found = false;
	while (at < end && !*found) {
		if (m->matched == 0) {
			const unsigned char *cr = memchr(at, '\r', (size_t)(end - at));

			at = cr ? cr + 1 : end;
			m->matched = cr != NULL;
		} else if (*at == m->mark[m->matched]) {
			at++;
			*found = ++m->matched == m->mark_len;
		} else {
			if (!give(m, m->mark, before))
				return false;
			before = 0;
			m->matched = 0;
		}
	}
	skip(chunk, (size_t)(at - from));
	if (!give(m, from, (size_t)(at - from) - (m->matched - before)))
		return false;
	if (*found)
		m->matched = 0;
	return true;
}

/* Moves bytes up to and with the first LF from the chunk to the held line, at most
 * until that is `most` long. *line says whether it ends in LF now. */
static bool
hold_line(struct multipart *m, struct bytes *chunk, size_t most, bool *line)
{
	const unsigned char *lf = memchr(chunk->at, '\n', chunk->len);
	size_t n = lf ? (size_t)(lf - chunk->at) + 1 : chunk->len;

	if (n > most - m->held_len)
		return refuse(m, "a header or boundary line is too long");
	memcpy(m->held + m->held_len, chunk->at, n);
	m->held_len += n;
	skip(chunk, n);
	*line = lf != NULL;
	if (lf && (m->held_len < 2 || m->held[m->held_len - 2] != '\r'))
		return refuse(m, "a line does not end in CRLF");
	return true;
}

static bool
begin_head(struct multipart *m)
{
	struct bytes padding = {m->held, m->held_len};

	if (bytes_trim(padding).len > 0)
		return refuse(m, "something stands behind a boundary");
	if (++m->parts > MULTIPART_PARTS)
		return refuse(m, "too many parts");
	m->place = HEAD;
	m->held_len = 0;
	return true;
}

static bool
read_boundary(struct multipart *m, struct bytes *chunk)
{
	bool line;

	/* "--" decides before its line ends, for the last line may have no end. */
	while (m->held_len < 2 && chunk->len > 0 && chunk->at[0] == '-') {
		m->held[m->held_len++] = '-';
		skip(chunk, 1);
	}
	if (m->held_len == 2 && m->held[0] == '-' && m->held[1] == '-') {
		m->place = EPILOGUE;
		return true;
	}
	if (chunk->len == 0)
		return true;
	if (!hold_line(m, chunk, LONGEST_PADDING, &line))
		return false;
	return line ? begin_head(m) : true;
}

/* The text of a name: browsers write '"' in it as %22 (WHATWG HTML 4.10.21.8). */
static const char *
name_text(struct arena *a, struct bytes raw)
{
	const char *text = bytes_text(a, raw);
	char *out, *hit;

	if (!text)
		return NULL;
	out = arena_copy(a, text);
	for (hit = out; (hit = strstr(hit, "%22"));) {
		*hit++ = '"';
		memmove(hit, hit + 2, strlen(hit + 2) + 1);
	}
	return out;
}

/* The parameter as text. NULL when it is absent, and with a problem noted when it is
 * ill, not text or too long. */
static const char *
name_parameter(struct multipart *m, struct bytes header, const char *name, size_t most)
{
	struct bytes value;

	switch (parameter_find(m->arena, header, name, &value)) {
	case PARAMETER_ABSENT: return NULL;
	case PARAMETER_FOUND: break;
	case PARAMETER_ILL:
		m->problem = "a Content-Disposition is not well formed";
		return NULL;
	}
	if (value.len > most)
		m->problem = "a field's or file's name is too long";
	else if (!bytes_are_text(value))
		m->problem = "a field's or file's name is not UTF-8";
	return m->problem ? NULL : name_text(m->arena, value);
}

static bool
read_disposition(struct multipart *m, struct bytes value, struct multipart_part *part)
{
	if (part->name)
		return refuse(m, "a part has two Content-Dispositions");
	if (!bytes_equal_nocase(parameter_main(value), bytes_of("form-data")))
		return refuse(m, "a part is not form-data");
	part->name = name_parameter(m, value, "name", MULTIPART_NAME);
	part->filename = name_parameter(m, value, "filename", MULTIPART_FILENAME);
	if (!m->problem && !part->name)
		return refuse(m, "a part has no name");
	return !m->problem;
}

static bool
read_type(struct multipart *m, struct bytes value, struct multipart_part *part)
{
	if (part->type)
		return refuse(m, "a part has two Content-Types");
	if (value.len > LONGEST_TYPE || !bytes_are_text(value))
		return refuse(m, "a part's Content-Type is ill");
	part->type = bytes_text(m->arena, value);
	return true;
}

/* Bytes are taken as they come, so any other encoding would be stored unread. */
static bool
read_encoding(struct multipart *m, struct bytes value)
{
	if (!bytes_equal_nocase(value, bytes_of("binary")) &&
		!bytes_equal_nocase(value, bytes_of("8bit")) &&
		!bytes_equal_nocase(value, bytes_of("7bit")))
		return refuse(m, "a part has a Content-Transfer-Encoding");
	return true;
}

static bool
read_header(struct multipart *m, struct bytes line, struct multipart_part *part)
{
	struct bytes value = line;
	struct bytes name = bytes_cut(&value, ':');

	if (name.len == 0 || name.len == line.len || bytes_trim(name).len != name.len ||
		memchr(line.at, '\r', line.len))
		return refuse(m, "a header line is ill");
	value = bytes_trim(value);
	if (bytes_equal_nocase(name, bytes_of("Content-Disposition")))
		return read_disposition(m, value, part);
	if (bytes_equal_nocase(name, bytes_of("Content-Type")))
		return read_type(m, value, part);
	if (bytes_equal_nocase(name, bytes_of("Content-Transfer-Encoding")))
		return read_encoding(m, value);
	return true;
}

static bool
begin_part(struct multipart *m)
{
	struct bytes lines = {m->held, m->held_len - 2};
	struct multipart_part part = {0};

	while (lines.len > 0) {
		struct bytes line = bytes_cut(&lines, '\n');

		line.len--; /* CR */
		if (!read_header(m, line, &part))
			return false;
	}
	if (!part.name)
		return refuse(m, "a part has no Content-Disposition");
	if (!part.type)
		part.type = part.filename ? "application/octet-stream" : "text/plain";
	if (!m->sink.begin(m->sink.context, &part))
		return refuse(m, "the taker refused a part");
	m->place = DATA;
	return true;
}

static bool
read_head(struct multipart *m, struct bytes *chunk)
{
	bool line;

	if (!hold_line(m, chunk, sizeof m->held, &line))
		return false;
	if (!line)
		return true;
	if (m->held_len == 2 || memcmp(m->held + m->held_len - 4, "\r\n\r\n", 4) == 0)
		return begin_part(m);
	return true;
}

static bool
read_data(struct multipart *m, struct bytes *chunk)
{
	bool found;

	if (!search_mark(m, chunk, &found))
		return false;
	if (!found)
		return true;
	if (m->place == DATA && !m->sink.end(m->sink.context))
		return refuse(m, "the taker refused the end of a part");
	m->place = BOUNDARY;
	m->held_len = 0;
	return true;
}

static bool
is_boundary(struct bytes b)
{
	/* RFC 2046 5.1.1. */
	static const char others[] = "'()+_,-./:=? ";

	if (b.len < 1 || b.len > LONGEST_BOUNDARY || b.at[b.len - 1] == ' ')
		return false;
	for (size_t i = 0; i < b.len; i++) {
		unsigned char c = b.at[i];

		if (!(c >= '0' && c <= '9') && !(c >= 'A' && c <= 'Z') &&
			!(c >= 'a' && c <= 'z') && (!c || !strchr(others, c)))
			return false;
	}
	return true;
}

struct multipart *
multipart_new(struct arena *a, struct bytes type, const struct multipart_sink *sink)
{
	struct bytes boundary;
	struct multipart *m;

	if (!bytes_equal_nocase(parameter_main(type), bytes_of("multipart/form-data")) ||
		parameter_find(a, type, "boundary", &boundary) != PARAMETER_FOUND ||
		!is_boundary(boundary))
		return NULL;

	m = arena_alloc(a, sizeof *m);
	m->arena = a;
	m->sink = *sink;
	memcpy(m->mark, "\r\n--", 4);
	memcpy(m->mark + 4, boundary.at, boundary.len);
	m->mark_len = 4 + boundary.len;
	/* The first boundary may stand at the very front, without a line end before. */
	m->matched = 2;
	return m;
}

bool
multipart_feed(struct multipart *m, struct bytes chunk)
{
	bool fine = !m->problem;

	while (fine && chunk.len > 0 && m->place != EPILOGUE) {
		switch (m->place) {
		case PREAMBLE:
		case DATA: fine = read_data(m, &chunk); break;
		case BOUNDARY: fine = read_boundary(m, &chunk); break;
		case HEAD: fine = read_head(m, &chunk); break;
		case EPILOGUE: break;
		}
	}
	return fine;
}

bool
multipart_finish(struct multipart *m)
{
	if (!m->problem && m->place != EPILOGUE)
		refuse(m, "the body ends before its last boundary");
	return !m->problem;
}

const char *
multipart_problem(const struct multipart *m)
{
	return m->problem;
}
