/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "po.h"

#include "base/buffer.h"

#include <string.h>

struct reader {
	struct arena *arena;
	const char *file;
	int line;
	struct po po;
	int room;
	struct po_entry entry; /* being read */
	bool begun;	       /* a msgid was seen */
	bool fuzzy;	       /* of the comments before the next msgid */
	const char **into;     /* which text further lines go on */
	const char *ignored;   /* the msgid_plural */
};

static void
wrong(struct reader *r, const char *what)
{
	if (!r->po.wrong)
		r->po.wrong = arena_printf(r->arena, "%s:%d: %s", r->file, r->line, what);
}

static bool
starts(struct bytes b, const char *with)
{
	size_t n = strlen(with);

	return b.len >= n && memcmp(b.at, with, n) == 0;
}

/* The text between the quotes, its escapes undone. */
static const char *
unquote(struct reader *r, struct bytes b)
{
	struct buffer out = buffer_in(r->arena, b.len + 1);

	b = bytes_trim(b);
	if (b.len < 2 || b.at[0] != '"' || b.at[b.len - 1] != '"') {
		wrong(r, "a text in double quotes is wanted");
		return "";
	}
	for (size_t i = 1; i + 1 < b.len; i++) {
		unsigned char c = b.at[i];

		if (c == '"') {
			wrong(r, "a double quote inside a text needs a backslash");
		} else if (c == '\\') {
			if (++i + 1 >= b.len) {
				wrong(r, "a lone backslash");
				break;
			}
			c = b.at[i];
			c = c == 'n' ? '\n' : c == 't' ? '\t' : c;
			if (!strchr("\n\t\"\\", c))
				wrong(r, "an escape other than \\n \\t \\\" \\\\");
		}
		buffer_char(&out, (char)c);
	}
	return buffer_text(&out);
}

static void
keep_entry(struct reader *r)
{
	struct po *po = &r->po;

	if (!r->begun)
		return;
	if (!r->entry.forms[0])
		wrong(r, "a msgid without a msgstr");
	if (r->entry.key[0] == 0) {
		po->header = r->entry.forms[0];
	} else {
		if (po->count == r->room) {
			int room = r->room ? r->room * 2 : 64;
			struct po_entry *at = arena_array(
				r->arena, (size_t)room, sizeof *at);

			if (po->count)
				memcpy(at, po->at, (size_t)po->count * sizeof *at);
			po->at = at;
			r->room = room;
		}
		po->at[po->count++] = r->entry;
	}
	r->entry = (struct po_entry){0};
	r->begun = false;
	r->into = NULL;
}

static void
read_form(struct reader *r, struct bytes b)
{
	int form = 0;

	if (!r->begun) {
		wrong(r, "a msgstr without a msgid");
		return;
	}
	if (b.len > 3 && b.at[0] == '[') {
		form = b.at[1] - '0';
		if (b.at[2] != ']' || form < 0 || form >= PO_FORMS || !r->entry.plural) {
			wrong(r, "a plural form that is not expected here");
			return;
		}
		b = (struct bytes){b.at + 3, b.len - 3};
	} else if (r->entry.plural) {
		wrong(r, "msgid_plural wants msgstr[0], msgstr[1] ...");
	}
	if (r->entry.forms[form])
		wrong(r, "the same form twice");
	r->into = &r->entry.forms[form];
	*r->into = unquote(r, b);
}

static struct bytes
without(struct bytes b, const char *front)
{
	size_t n = strlen(front);

	return (struct bytes){b.at + n, b.len - n};
}

static void
read_line(struct reader *r, struct bytes b)
{
	if (b.len == 0)
		return;
	if (b.at[0] == '#') {
		keep_entry(r);
		if (starts(b, "#,") && memmem(b.at, b.len, "fuzzy", 5))
			r->fuzzy = true;
	} else if (starts(b, "msgid_plural")) {
		if (!r->begun || r->entry.forms[0])
			wrong(r, "a msgid_plural that does not follow a msgid");
		r->entry.plural = true;
		r->into = &r->ignored;
		unquote(r, without(b, "msgid_plural"));
	} else if (starts(b, "msgid")) {
		keep_entry(r);
		r->begun = true;
		r->entry = (struct po_entry){
			.file = r->file, .line = r->line, .fuzzy = r->fuzzy};
		r->fuzzy = false;
		r->entry.key = unquote(r, without(b, "msgid"));
		r->into = &r->entry.key;
	} else if (starts(b, "msgstr")) {
		read_form(r, without(b, "msgstr"));
	} else if (b.at[0] == '"' && r->into) {
		const char *more = unquote(r, b);

		if (r->into != &r->ignored)
			*r->into = arena_printf(r->arena, "%s%s", *r->into, more);
	} else {
		wrong(r, "neither msgid, msgstr, a text nor a comment");
	}
}

struct po
po_parse(struct arena *a, const char *file, struct bytes text)
{
	struct reader r = {.arena = a, .file = file};

	if (!bytes_are_text(text))
		wrong(&r, "not UTF-8");
	while (text.len > 0 && !r.po.wrong) {
		r.line++;
		read_line(&r, bytes_trim(bytes_cut(&text, '\n')));
	}
	keep_entry(&r);
	return r.po;
}

const char *
po_field(struct arena *a, const struct po *po, const char *name)
{
	struct bytes rest = bytes_of(po->header);

	while (rest.len > 0) {
		struct bytes line = bytes_cut(&rest, '\n');
		struct bytes field = bytes_cut(&line, ':');

		if (bytes_equal_nocase(field, bytes_of(name))) {
			line = bytes_trim(line);
			return arena_text(a, line.at, line.len);
		}
	}
	return NULL;
}
