/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The constructs of the view compiler: what stands in braces, and its C. */
#include "view_code.h"

#include <string.h>

static bool
is_blank(unsigned char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Reads from '{' past '}'. A token may hold one text in quotes with blanks in it. */
static struct construct
read_construct(struct view *v)
{
	struct construct c = {.count = 0};
	int line = v->line;

	view_step(v, 1);
	for (;;) {
		size_t n = 0;
		bool quoted = false;

		while (is_blank(view_peek(v, 0)))
			view_step(v, 1);
		if (view_peek(v, 0) == '}' || view_peek(v, 0) == 0 ||
			c.count == VIEW_TOKENS)
			break;
		for (unsigned char b; (b = view_peek(v, n)) != 0; n++) {
			if (b == '"')
				quoted = !quoted;
			else if (!quoted && (b == '}' || is_blank(b)))
				break;
		}
		c.at[c.count++] = arena_text(v->arena, v->text.at + v->at, n);
		view_step(v, n);
	}
	if (view_peek(v, 0) != '}') {
		v->line = line;
		view_wrong(v, "a '{' without its '}' (a brace itself is written {{)");
	}
	view_step(v, 1);
	return c;
}

static void
print_path(struct view *v, const char *path)
{
	const char *code = view_path(v, path);
	const char *printer = code ? view_printer(v) : NULL;

	if (printer)
		view_code(v, "\t%s(%s);", printer, code);
}

static void
print_number_of(struct view *v, const char *name)
{
	const struct view_block *loop = view_find_loop(v, name, strlen(name));

	if (!loop)
		view_wrong(v, "%s: not a row of a loop", name);
	else if (v->place.state == STATE_TAG)
		view_wrong(v, "a value wants quotes");
	else
		view_code(v, "\tbuffer_int(out, i_%d + 1);", (int)(loop - v->blocks));
	if (v->place.url == URL_START)
		view_wrong(v, "a number is no address");
}

/* The identifier of a dotted key, or NULL after view_wrong. */
static const char *
key_code(struct view *v, const char *key)
{
	char *id = arena_copy(v->arena, key);

	for (char *p = id; *p; p++)
		if (*p == '.' || *p == '-')
			*p = '_';
	if (!view_is_name(id)) {
		view_wrong(v, "%s: not a key", key);
		return NULL;
	}
	return id;
}

/* name=path, name=3, name="text" */
static void
add_value(struct view *v, struct buffer *out, const char *id, const char *token)
{
	const char *equals = strchr(token, '=');
	const char *name = equals ? arena_text(v->arena, token, (size_t)(equals - token))
				  : "";
	const char *code = equals ? equals + 1 : "";

	if (!view_is_name(name)) {
		view_wrong(v, "%s: a value is name=path", token);
		return;
	}
	if (!view_is_quoted(code) && !view_is_number(code))
		code = view_path(v, code);
	if (code)
		buffer_printf(out, "word_value(WORD_HAS_%s__%s ? \"%s\" : 0, %s), ", id,
			name, name, code);
}

/* {_ key name=path ...} */
static void
do_message(struct view *v, const struct construct *c)
{
	struct buffer values = buffer_in(v->arena, 0);
	const char *speaker = view_speaker(v);
	const char *id = c->count > 1 ? key_code(v, c->at[1]) : NULL;

	if (c->count < 2)
		view_wrong(v, "a message is {_ key name=value ...}");
	if (!id || !speaker)
		return;
	for (int i = 2; i < c->count; i++)
		add_value(v, &values, id, c->at[i]);
	view_code(v,
		"\t_Static_assert(WORD_TAKES_%s == %d, \"the message %s takes other "
		"values\");",
		id, c->count - 2, c->at[1]);
	if (c->count == 2)
		view_code(v, "\t%s(out, words, WORD_%s, 0);", speaker, id);
	else
		view_code(v,
			"\t%s(out, words, WORD_%s, (const struct word_value[]){ %s{ 0 } "
			"});",
			speaker, id, buffer_text(&values));
}

/* {part name path} */
static void
do_part(struct view *v, const struct construct *c)
{
	const char *path = c->count == 3 ? view_path(v, c->at[2]) : NULL;

	if (c->count != 3 || !view_is_name(c->at[1]))
		view_wrong(v, "a part is {part name path}");
	else if (v->place.state != STATE_TEXT && v->place.state != STATE_PLAIN)
		view_wrong(v, "a part stands between tags");
	else if (view_only_text(v))
		view_wrong(v, "no part may stand in <title> or <textarea>");
	else if (path)
		view_code(v, "\tpart_%s(out, words, PRINT_PART(PART_%s, %s));", c->at[1],
			c->at[1], path);
}

/* {asset "staff.css"} */
static void
do_asset(struct view *v, const struct construct *c)
{
	char *id = c->count == 2 ? arena_copy(v->arena, view_unquoted(v, c->at[1]))
				 : NULL;

	for (char *p = id; p && *p; p++)
		if (*p == '.' || *p == '-')
			*p = '_';
	if (!id || !view_is_name(id))
		view_wrong(v, "an asset is {asset \"name\"}");
	else if (v->place.state != STATE_VALUE || v->place.url != URL_START)
		view_wrong(v, "an asset is the whole of an address");
	else
		view_code(v, "\tbuffer_literal(out, ASSET_%s);", id);
	v->place.url = URL_WHOLE;
}

/* {body}, in a layout: here the function of the upper half ends. */
static void
do_body(struct view *v)
{
	if (v->heading.kind != VIEW_LAYOUT || v->body_seen) {
		view_wrong(v, "{body} stands once, in a layout");
		return;
	}
	if (v->block_count || v->place.state != STATE_TEXT || view_verbatim(v) ||
		view_only_text(v)) {
		view_wrong(v, "{body} stands between tags, outside of blocks");
		return;
	}
	view_flush(v);
	v->body_seen = true;
	v->split = v->code.len;
}

/* The construct at v->at stands alone on its line: then the line leaves no trace.
 * `end` is behind its '}'. */
static bool
stands_alone(const struct view *v, size_t start, size_t end)
{
	while (start > 0 && strchr(" \t", v->text.at[start - 1]))
		start--;
	if (start > 0 && v->text.at[start - 1] != '\n')
		return false;
	while (end < v->text.len && strchr(" \t\r", v->text.at[end]))
		end++;
	return end == v->text.len || v->text.at[end] == '\n';
}

static void
forget_line(struct view *v)
{
	while (v->run.len > 0 && v->place.state == STATE_PLAIN &&
		strchr(" \t", v->run.at[v->run.len - 1]))
		v->run.len--;
	while (v->at < v->text.len && view_peek(v, 0) != '\n')
		view_step(v, 1);
	view_step(v, 1);
	/* A blank stands before the line already: those after it add nothing. */
	while (v->place.state == STATE_TEXT && is_blank(view_peek(v, 0)))
		view_step(v, 1);
}

static void
dispatch(struct view *v, const struct construct *c)
{
	const char *first = c->at[0];

	if (strcmp(first, "if") == 0)
		view_if(v, c);
	else if (strcmp(first, "else") == 0)
		view_else(v, c);
	else if (strcmp(first, "for") == 0)
		view_for(v, c);
	else if (c->count == 1 && strcmp(first, "/if") == 0)
		view_end(v, false);
	else if (c->count == 1 && strcmp(first, "/for") == 0)
		view_end(v, true);
	else if (c->count == 1 && strcmp(first, "body") == 0)
		do_body(v);
	else if (strcmp(first, "_") == 0)
		do_message(v, c);
	else if (strcmp(first, "part") == 0)
		do_part(v, c);
	else if (strcmp(first, "asset") == 0)
		do_asset(v, c);
	else if (c->count == 2 && strcmp(first, "number") == 0)
		print_number_of(v, c->at[1]);
	else if (c->count == 1)
		print_path(v, first);
	else
		view_wrong(v, "{%s ...}: no such construct", first);
}

static bool
leaves_no_trace(const char *first)
{
	static const char *const words[] = {
		"if", "else", "for", "/if", "/for", "#", "body", "part"};

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (strcmp(first, words[i]) == 0)
			return true;
	return false;
}

/* {# a comment } */
static void
skip_comment(struct view *v)
{
	while (v->at < v->text.len && view_peek(v, 0) != '}')
		view_step(v, 1);
	if (v->at == v->text.len)
		view_wrong(v, "a {# without its }");
	view_step(v, 1);
}

void
view_construct(struct view *v)
{
	size_t start = v->at;
	struct construct c = {.at = {"#"}, .count = 1};
	bool between = v->place.state == STATE_PLAIN ||
		       (v->place.state == STATE_TEXT && !view_verbatim(v) &&
			       !view_only_text(v));
	bool alone;

	if (view_peek(v, 1) == '{') {
		view_literal(v, "{", 1);
		view_step(v, 2);
		return;
	}
	if (view_peek(v, 1) == '#')
		skip_comment(v);
	else
		c = read_construct(v);
	if (c.count == 0)
		view_wrong(v, "empty braces");
	if (v->wrong)
		return;
	alone = between && leaves_no_trace(c.at[0]) && stands_alone(v, start, v->at);
	if (alone && v->place.state == STATE_PLAIN)
		while (v->run.len > 0 && strchr(" \t", v->run.at[v->run.len - 1]))
			v->run.len--;
	if (strcmp(c.at[0], "#") != 0)
		dispatch(v, &c);
	if (alone && !v->wrong)
		forget_line(v);
}

static const char *
heading_word(struct view *v, const struct construct *c, int n, const char *before)
{
	if (n >= c->count || strcmp(c->at[n - 1], before) != 0) {
		view_wrong(v, "the file begins with {view NAME of STRUCT from \"HEADER\" "
			      "in LAYOUT}, "
			      "{layout NAME of ...} or {part NAME of ...}");
		return "";
	}
	return c->at[n];
}

void
view_read_heading(struct view *v)
{
	static const char *const kinds[] = {"view", "layout", "part"};
	struct view_heading *h = &v->heading;
	struct construct c = {.count = 0};

	if (view_peek(v, 0) == '{')
		c = read_construct(v);
	for (int i = 0; i < 3; i++)
		if (c.count && strcmp(c.at[0], kinds[i]) == 0)
			h->kind = (enum view_kind)i;
	h->name = heading_word(v, &c, 1, kinds[h->kind]);
	h->type = heading_word(v, &c, 3, "of");
	h->header = heading_word(v, &c, 5, "from");
	if (v->wrong)
		return;
	h->header = view_unquoted(v, h->header);
	if (c.count > 6) {
		h->layout = heading_word(v, &c, 7, "in");
		if (h->kind != VIEW_PAGE || !view_is_name(h->layout) || c.count > 8)
			view_wrong(
				v, "what follows the header is: in LAYOUT, for a view");
	}
	if (!view_is_name(h->name) || !view_is_name(h->type) ||
		strspn(h->header, "abcdefghijklmnopqrstuvwxyz0123456789_/.") !=
			strlen(h->header))
		view_wrong(v, "name, struct and header are C names and a path");
	while (is_blank(view_peek(v, 0)))
		view_step(v, 1);
}
