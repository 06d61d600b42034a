/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "testing_html.h"

#include "base/buffer.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

struct reader {
	struct arena *arena;
	const char *at;
	struct html_tokens tokens;
	int room;
	bool verbatim;
};

static bool
is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r';
}

static bool
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static const char *
resolve(struct arena *a, const char *at, size_t n)
{
	static const char *const names[][2] = {{"&amp;", "&"}, {"&lt;", "<"},
		{"&gt;", ">"}, {"&quot;", "\""}, {"&#34;", "\""}, {"&#39;", "'"},
		{"&ctdot;", "\xE2\x8B\xAF"}};
	struct buffer out = buffer_in(a, n + 1);

	for (size_t i = 0; i < n;) {
		size_t k = 0;

		for (; k < sizeof names / sizeof *names; k++)
			if (strncmp(at + i, names[k][0], strlen(names[k][0])) == 0)
				break;
		if (k < sizeof names / sizeof *names) {
			buffer_text_add(&out, names[k][1]);
			i += strlen(names[k][0]);
		} else {
			buffer_char(&out, at[i++]);
		}
	}
	return buffer_text(&out);
}

static struct html_token *
add(struct reader *r)
{
	if (r->tokens.count == r->room) {
		int room = r->room ? r->room * 2 : 64;
		struct html_token *at = arena_array(r->arena, (size_t)room, sizeof *at);

		if (r->tokens.count)
			memcpy(at, r->tokens.at, (size_t)r->tokens.count * sizeof *at);
		r->tokens.at = at;
		r->room = room;
	}
	return &r->tokens.at[r->tokens.count++];
}

static const char *
joined_space(struct arena *a, const char *text)
{
	struct buffer out = buffer_in(a, strlen(text) + 1);
	bool space = false;

	for (; *text; text++)
		if (is_space(*text)) {
			space = true;
		} else {
			if (space && out.len)
				buffer_char(&out, ' ');
			space = false;
			buffer_char(&out, *text);
		}
	return buffer_text(&out);
}

static void
add_text(struct reader *r, const char *at, size_t n)
{
	const char *text = arena_text(r->arena, at, n);

	if (!r->verbatim)
		text = joined_space(r->arena, text);
	if (*text) {
		struct html_token *t = add(r);

		t->kind = HTML_TEXT;
		t->text = resolve(r->arena, text, strlen(text));
	}
}

static const char *
read_name(struct reader *r, const char *until)
{
	const char *start = r->at;
	char *name;

	while (*r->at && !is_space(*r->at) && !strchr(until, *r->at))
		r->at++;
	name = arena_text(r->arena, start, (size_t)(r->at - start));
	for (char *p = name; *p; p++)
		*p |= is_letter(*p) ? 0x20 : 0;
	return name;
}

static const char *
read_value(struct reader *r)
{
	const char *start;

	if (*r->at == '"' || *r->at == '\'') {
		char quote = *r->at++;

		start = r->at;
		while (*r->at && *r->at != quote)
			r->at++;
		r->at += *r->at != 0;
		return resolve(r->arena, start, (size_t)(r->at - start) - 1);
	}
	start = r->at;
	while (*r->at && !is_space(*r->at) && *r->at != '>')
		r->at++;
	return resolve(r->arena, start, (size_t)(r->at - start));
}

static void
read_attributes(struct reader *r, struct html_token *t)
{
	while (*r->at && *r->at != '>') {
		struct html_attribute attribute = {.value = ""};

		if (is_space(*r->at) || *r->at == '/') {
			r->at++;
			continue;
		}
		attribute.name = read_name(r, "=>/");
		while (is_space(*r->at))
			r->at++;
		if (*r->at == '=') {
			r->at++;
			while (is_space(*r->at))
				r->at++;
			attribute.value = read_value(r);
		}
		if (t->attribute_count < HTML_ATTRIBUTES)
			t->attributes[t->attribute_count++] = attribute;
	}
	r->at += *r->at == '>';
}

/* The content of elements in which no tag begins: up to their own end tag. */
static void
read_raw(struct reader *r, const char *name)
{
	const char *start = r->at;
	size_t n = strlen(name);

	while (*r->at && (r->at[0] != '<' || r->at[1] != '/' ||
				 strncasecmp(r->at + 2, name, n) != 0))
		r->at++;
	r->verbatim = true;
	if (*start == '\n' && strcmp(name, "textarea") == 0)
		start++;
	add_text(r, start, (size_t)(r->at - start));
	r->verbatim = false;
}

static void
read_tag(struct reader *r)
{
	static const char *const raw[] = {"title", "textarea", "script", "style"};
	bool end = r->at[1] == '/';
	struct html_token *t = add(r);
	const char *name;

	r->at += end ? 2 : 1;
	t->kind = end ? HTML_END : HTML_START;
	name = t->text = read_name(r, "/>");
	read_attributes(r, t);
	if (strcmp(name, "pre") == 0)
		r->verbatim = !end;
	for (size_t i = 0; !end && i < sizeof raw / sizeof *raw; i++)
		if (strcmp(name, raw[i]) == 0)
			read_raw(r, name);
}

struct html_tokens
testing_html(struct arena *a, const char *html)
{
	struct reader r = {.arena = a, .at = html};

	while (*r.at) {
		const char *start = r.at;

		if (strncmp(r.at, "<!--", 4) == 0) {
			const char *end = strstr(r.at, "-->");

			r.at = end ? end + 3 : r.at + strlen(r.at);
		} else if (r.at[0] == '<' && (r.at[1] == '!' || r.at[1] == '?')) {
			r.at += strcspn(r.at, ">");
			r.at += *r.at == '>';
		} else if (r.at[0] == '<' &&
			   (is_letter(r.at[1]) ||
				   (r.at[1] == '/' && is_letter(r.at[2])))) {
			read_tag(&r);
		} else {
			r.at++;
			r.at += strcspn(r.at, "<");
			add_text(&r, start, (size_t)(r.at - start));
		}
	}
	return r.tokens;
}

static int
by_name(const void *a, const void *b)
{
	return strcmp(((const struct html_attribute *)a)->name,
		((const struct html_attribute *)b)->name);
}

static int
by_text(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static const char *
sorted_words(struct arena *a, const char *text)
{
	const char *words[64];
	struct bytes rest = bytes_of(joined_space(a, text));
	struct buffer out = buffer_in(a, 0);
	size_t n = 0;

	while (rest.len > 0 && n < 64) {
		struct bytes word = bytes_cut(&rest, ' ');

		words[n++] = arena_text(a, word.at, word.len);
	}
	qsort(words, n, sizeof *words, by_text);
	for (size_t i = 0; i < n; i++)
		buffer_printf(&out, "%s%s", i ? " " : "", words[i]);
	return buffer_text(&out);
}

const char *
testing_html_normal(struct arena *a, const char *html)
{
	struct html_tokens tokens = testing_html(a, html);
	struct buffer out = buffer_in(a, 0);

	for (int i = 0; i < tokens.count; i++) {
		struct html_token *t = &tokens.at[i];

		if (t->kind != HTML_START) {
			buffer_printf(
				&out, t->kind == HTML_END ? "</%s>\n" : "%s\n", t->text);
			continue;
		}
		qsort(t->attributes, (size_t)t->attribute_count, sizeof *t->attributes,
			by_name);
		buffer_printf(&out, "<%s", t->text);
		for (int k = 0; k < t->attribute_count; k++) {
			struct html_attribute *at = &t->attributes[k];

			buffer_printf(&out, " %s=\"%s\"", at->name,
				strcmp(at->name, "class") == 0
					? sorted_words(a, at->value)
					: at->value);
		}
		buffer_literal(&out, ">\n");
	}
	return buffer_text(&out);
}
