/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "catalogue.h"

#include "toolbox.h"

#include <string.h>

void
catalogue_write_header(struct catalogue *c, const char *path)
{
	struct buffer h = buffer_in(c->arena, 0);

	toolbox_heading(&h, "catalogue");
	/* Two bytes wide and packed, so that _Generic can tell a word from a number. */
	buffer_literal(&h,
		"#pragma once\n\nenum __attribute__((packed)) word {\n\tWORD_NONE,\n");
	for (int i = 0; i < c->key_count; i++)
		buffer_printf(&h, "\tWORD_%s,\n",
			catalogue_identifier(c->arena, c->keys[i]->key));
	buffer_literal(&h, "\tWORD_WIDTH_ = 0xFFFF\n};\n\n"
			   "/* How many values a message takes, and which. */\nenum {\n");
	for (int i = 0; i < c->key_count; i++) {
		const char *names[VALUES];
		const char *id = catalogue_identifier(c->arena, c->keys[i]->key);
		int count = catalogue_values(c, i, names);

		buffer_printf(&h, "\tWORD_TAKES_%s = %d,\n", id, count);
		for (int k = 0; k < count; k++)
			buffer_printf(&h, "\tWORD_HAS_%s__%s = 1,\n", id, names[k]);
	}
	buffer_literal(&h, "\tWORD_TAKES_NOTHING_ = 0\n};\n");
	toolbox_write(path, &h);
}

static void
write_text(struct buffer *s, const char *text)
{
	if (!text) {
		buffer_literal(s, "\t0");
		return;
	}
	toolbox_literal(s, bytes_of(text));
}

static void
write_piece(struct buffer *s, const struct word_piece *p)
{
	static const char *const kinds[] = {
		"PIECE_TEXT", "PIECE_VALUE", "PIECE_OPEN", "PIECE_CLOSE"};

	buffer_printf(s, "\t{ %s, %zu, %zu,\n", kinds[p->kind],
		p->text ? strlen(p->text) : 0, p->html ? strlen(p->html) : 0);
	write_text(s, p->text);
	buffer_literal(s, ",\n");
	write_text(s, p->html);
	buffer_literal(s, " },\n");
}

/* The pieces of all forms of all messages, and the forms; returns nothing, but the
 * entries below count on the order. */
static void
write_language(struct catalogue *c, struct buffer *s, const struct language *l)
{
	struct buffer forms = buffer_in(c->arena, 0);
	int at = 0;

	buffer_printf(s, "static const struct word_piece pieces_%s[] = {\n", l->tag);
	for (int i = 0; i < c->key_count; i++) {
		const struct po_entry *e = l->entries[i];

		for (int f = 0; e && f < (e->plural ? l->forms : 1); f++) {
			struct message m = message_parse(c->arena, e->forms[f]);

			for (int k = 0; k < m.count; k++)
				write_piece(s, &m.at[k]);
			buffer_printf(&forms, "\t{ pieces_%s + %d, %d },\n", l->tag, at,
				m.count);
			at += m.count;
		}
	}
	buffer_literal(s, "\t{ 0 }\n};\n\n");
	buffer_printf(s,
		"static const struct word_form forms_%s[] = {\n%s\t{ 0 }\n};\n\n"
		"static int __attribute__((unused))\nchoose_%s(uint64_t "
		"n)\n{\n\t(void)n;\n"
		"\tunsigned form = (unsigned)(%s);\n\n"
		"\treturn form < %d ? (int)form : %d;\n}\n\n",
		l->tag, buffer_text(&forms), l->tag, l->plural, l->forms, l->forms - 1);
}

static void
write_entries(struct catalogue *c, struct buffer *s, const struct language *l)
{
	const struct language *english = &c->languages[0];
	int own = 0;
	int fallback = 0;

	buffer_printf(
		s, "static const struct word_entry entries_%s[] = {\n\t{ 0 },\n", l->tag);
	for (int i = 0; i < c->key_count; i++) {
		const struct language *from = l->entries[i] ? l : english;
		int *at = l->entries[i] ? &own : &fallback;
		bool plural = from->entries[i]->plural;
		int count = plural ? from->forms : 1;

		if (plural)
			buffer_printf(s, "\t{ forms_%s + %d, %d, choose_%s },\n",
				from->tag, *at, count, from->tag);
		else
			buffer_printf(s, "\t{ forms_%s + %d, 1, 0 },\n", from->tag, *at);
		own += l->entries[i] ? count : 0;
		fallback += c->keys[i]->plural ? english->forms : 1;
	}
	buffer_literal(s, "};\n\n");
}

/* What a language calls itself stands in its own catalogue. */
static const char *
name_of(const struct catalogue *c, const struct language *l)
{
	for (int i = 0; i < c->key_count; i++)
		if (strcmp(c->keys[i]->key, "language.name") == 0 && l->entries[i])
			return l->entries[i]->forms[0];
	return l->tag;
}

void
catalogue_write_source(struct catalogue *c, const char *path)
{
	struct buffer s = buffer_in(c->arena, 1 << 16);

	toolbox_heading(&s, "catalogue");
	buffer_literal(&s, "#include \"format/word_pieces.h\"\n\n"
			   "const char *const words_keys[] = {\n\t\"\",\n");
	for (int i = 0; i < c->key_count; i++)
		buffer_printf(&s, "\t\"%s\",\n", c->keys[i]->key);
	buffer_printf(&s, "};\n\nconst int words_key_count = %d;\n\n", c->key_count + 1);
	for (int i = 0; i < c->language_count; i++)
		write_language(c, &s, &c->languages[i]);
	for (int i = 0; i < c->language_count; i++)
		write_entries(c, &s, &c->languages[i]);
	buffer_literal(&s, "const struct words words_languages[] = {\n");
	for (int i = 0; i < c->language_count; i++) {
		const struct language *l = &c->languages[i];

		buffer_printf(&s, "\t{ \"%s\",\n", l->tag);
		write_text(&s, name_of(c, l));
		buffer_printf(&s, ", entries_%s },\n", l->tag);
	}
	buffer_printf(
		&s, "};\n\nconst int words_language_count = %d;\n", c->language_count);
	toolbox_write(path, &s);
}
