/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "message.h"

#include "base/buffer.h"

#include <stdbool.h>
#include <string.h>

static const char *
escape(struct arena *a, const char *text)
{
	struct buffer out = buffer_in(a, strlen(text) + 32);

	for (; *text; text++)
		switch (*text) {
		case '&': buffer_literal(&out, "&amp;"); break;
		case '<': buffer_literal(&out, "&lt;"); break;
		case '>': buffer_literal(&out, "&gt;"); break;
		case '"': buffer_literal(&out, "&#34;"); break;
		case '\'': buffer_literal(&out, "&#39;"); break;
		default: buffer_char(&out, *text);
		}
	return buffer_text(&out);
}

static void
add(struct message *m, struct word_piece piece)
{
	if (m->count == MESSAGE_PIECES)
		m->wrong = "too many pieces";
	else
		m->at[m->count++] = piece;
}

static void
add_text(struct arena *a, struct message *m, const char *text)
{
	if (*text)
		add(m, (struct word_piece){
			       .kind = PIECE_TEXT,
			       .text = text,
			       .html = escape(a, text),
		       });
}

static bool
is_name(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
}

/* Behind a '{': the name and its '}' or ':'. Returns what follows. */
static const char *
read_value(struct arena *a, struct message *m, const char *p, int *open)
{
	const char *start = p;
	const char *name;

	while (is_name(*p))
		p++;
	name = arena_text(a, start, (size_t)(p - start));
	if (p == start || (*p != '}' && *p != ':')) {
		m->wrong =
			"a '{' wants a name and then '}' or ':' (a brace itself is {{)";
		return p;
	}
	*open += *p == ':';
	if (*open > MESSAGE_DEPTH)
		m->wrong = "too many '{name:' in one another";
	add(m, (struct word_piece){
		       .kind = *p == ':' ? PIECE_OPEN : PIECE_VALUE, .text = name});
	return p + 1;
}

struct message
message_parse(struct arena *a, const char *text)
{
	struct message m = {.count = 0};
	struct buffer run = buffer_in(a, 0);
	int open = 0;

	for (const char *p = text; *p && !m.wrong;) {
		if (p[0] == '{' && p[1] == '{') {
			buffer_char(&run, '{');
			p += 2;
		} else if (*p == '{' || (*p == '}' && open > 0)) {
			add_text(a, &m, buffer_text(&run));
			run = buffer_in(a, 0);
			if (*p == '{') {
				p = read_value(a, &m, p + 1, &open);
			} else {
				add(&m, (struct word_piece){.kind = PIECE_CLOSE});
				open--;
				p++;
			}
		} else {
			buffer_char(&run, *p++);
		}
	}
	add_text(a, &m, buffer_text(&run));
	if (open > 0 && !m.wrong)
		m.wrong = "a '{name:' without its '}'";
	return m;
}
