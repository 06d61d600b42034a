/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The constructs of the view compiler: what stands in braces, and its C. */
#include "view.h"

#include <string.h>

enum { TOKENS = 48 };

/* A construct cut into blank-separated words, its braces gone. */
struct construct {
	const char *at[TOKENS];
	int count;
};

static bool
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* A C name. */
static bool
is_name(const char *text)
{
	if (!is_letter(*text))
		return false;
	while (is_letter(*text) || is_digit(*text))
		text++;
	return *text == 0;
}

static bool
is_number(const char *text)
{
	if (*text == '-')
		text++;
	return *text && strlen(text) < 18 && strspn(text, "0123456789") == strlen(text);
}

/* "quoted", holding no quote and no backslash. */
static bool
is_quoted(const char *text)
{
	size_t n = strlen(text);

	return n >= 2 && text[0] == '"' && text[n - 1] == '"' &&
	       strcspn(text + 1, "\"\\\n") == n - 2;
}

static const char *
unquoted(struct view *v, const char *text)
{
	if (!is_quoted(text)) {
		view_wrong(v, "%s: a text in quotes is wanted", text);
		return "";
	}
	return arena_text(v->arena, text + 1, strlen(text) - 2);
}

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
		if (view_peek(v, 0) == '}' || view_peek(v, 0) == 0 || c.count == TOKENS)
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

static const struct view_block *
find_loop(const struct view *v, const char *name, size_t n)
{
	for (int i = v->block_count; i-- > 0;) {
		const struct view_block *b = &v->blocks[i];

		if (b->loop && !b->other && strlen(b->name) == n &&
			strncmp(b->name, name, n) == 0)
			return b;
	}
	return NULL;
}

/* The C of a path: p.a.b, row.a, row; NULL after view_wrong. */
static const char *
path_code(struct view *v, const char *text)
{
	size_t root = strcspn(text, ".-");
	const char *rest = text + root;
	const char *row = "";

	if (*rest == 0)
		row = "*";
	if (!find_loop(v, text, root) && (root != 1 || *text != 'p')) {
		view_wrong(v,
			"%s: neither a construct nor a path that begins with p or a row",
			text);
		return NULL;
	}
	for (const char *p = rest; *p;) {
		size_t dot = *p == '.' ? 1 : strncmp(p, "->", 2) == 0 ? 2 : 0;

		p += dot;
		if (dot == 0 || !is_letter(*p)) {
			view_wrong(v, "%s: not a path", text);
			return NULL;
		}
		while (is_letter(*p) || is_digit(*p))
			p++;
	}
	if (*rest == '.')
		return arena_printf(v->arena, "%.*s->%s", (int)root, text, rest + 1);
	return arena_printf(v->arena, *row ? "(%s%s)" : "%s%s", row, text);
}

static bool
is_row_or_page(const struct view *v, const char *text)
{
	size_t root = strcspn(text, ".-");

	return (root == 1 && *text == 'p') || find_loop(v, text, root);
}

static void
print_path(struct view *v, const char *path)
{
	const char *code = path_code(v, path);
	const char *printer = code ? view_printer(v) : NULL;

	if (printer)
		view_code(v, "\t%s(%s);", printer, code);
}

static void
print_number_of(struct view *v, const char *name)
{
	const struct view_block *loop = find_loop(v, name, strlen(name));

	if (!loop)
		view_wrong(v, "%s: not a row of a loop", name);
	else if (v->place.state == STATE_TAG)
		view_wrong(v, "a value wants quotes");
	else
		view_code(v, "\tbuffer_int(out, i_%d + 1);", (int)(loop - v->blocks));
	if (v->place.url == URL_START)
		view_wrong(v, "a number is no address");
}

/* "first row", "last row" */
static const char *
edge_code(struct view *v, const char *edge, const char *name)
{
	const struct view_block *loop = find_loop(v, name, strlen(name));

	if (!loop) {
		view_wrong(v, "%s: not a row of a loop", name);
		return NULL;
	}
	if (strcmp(edge, "first") == 0)
		return arena_printf(v->arena, "i_%d == 0", (int)(loop - v->blocks));
	return arena_printf(v->arena, "i_%d + 1 == (int64_t)%s.count",
		(int)(loop - v->blocks), loop->slice);
}

/* What stands behind "if": [not] path | path == constant | first row */
static const char *
condition_code(struct view *v, const char *const *at, int count)
{
	static const char *const operators[] = {"==", "!=", "<", ">", "<=", ">="};
	bool not = count > 1 && strcmp(at[0], "not") == 0;
	const char *left;

	at += not ;
	count -= not ;
	if (count == 2 && (strcmp(at[0], "first") == 0 || strcmp(at[0], "last") == 0)) {
		left = edge_code(v, at[0], at[1]);
		return left ? arena_printf(v->arena, not ? "!(%s)" : "%s", left) : NULL;
	}
	if (count != 1 && (count != 3 || not )) {
		view_wrong(v,
			"a condition is: x, not x, x == CONSTANT, first row, last row");
		return NULL;
	}
	left = path_code(v, at[0]);
	if (!left || count == 1)
		return left ? arena_printf(v->arena,
				      not ? "!PRINT_IF(%s)" : "PRINT_IF(%s)", left)
			    : NULL;
	for (size_t i = 0; i < sizeof operators / sizeof *operators; i++)
		if (strcmp(at[1], operators[i]) == 0) {
			const char *right = at[2];

			if (is_row_or_page(v, right))
				right = path_code(v, right);
			else if (!is_number(right) && !is_name(right))
				view_wrong(v, "%s: a constant, number or path is wanted",
					right);
			return right ? arena_printf(
					       v->arena, "%s %s %s", left, at[1], right)
				     : NULL;
		}
	view_wrong(v, "%s: not a comparison", at[1]);
	return NULL;
}

static struct view_block *
begin_block(struct view *v, bool loop)
{
	struct view_block *b = &v->blocks[v->block_count];

	if (v->block_count == VIEW_BLOCKS) {
		view_wrong(v, "blocks nested too deep");
		return NULL;
	}
	view_check_prefix(v);
	*b = (struct view_block){.loop = loop, .line = v->line, .start = v->place};
	v->block_count++;
	return b;
}

/* Both ways through a block must lead to the same place. */
static void
join(struct view *v, struct view_block *b)
{
	struct view_place *p = &v->place;

	if (p->state == STATE_TAG && b->start.state == STATE_TAG &&
		p->tag == b->start.tag) /* attributes may come and go */
		p->attribute = b->start.attribute;
	view_check_prefix(v);
	if (p->state != b->start.state || p->depth != b->start.depth ||
		((p->state == STATE_TAG || p->state == STATE_VALUE) &&
			(p->tag != b->start.tag || p->attribute != b->start.attribute)))
		view_wrong(v,
			"the block that began in line %d does not end where it began",
			b->line);
	if (b->ended) {
		p->spaced = p->spaced && b->end.spaced;
		if (p->url != b->end.url)
			p->url = URL_MIXED;
	}
	b->end = *p;
	b->ended = true;
}

static struct view_block *
innermost(struct view *v)
{
	if (v->block_count == 0) {
		view_wrong(v, "no block is open here");
		return NULL;
	}
	return &v->blocks[v->block_count - 1];
}

static void
do_if(struct view *v, const struct construct *c)
{
	const char *condition = condition_code(v, c->at + 1, c->count - 1);

	if (condition && begin_block(v, false))
		view_code(v, "\tif (%s) {", condition);
}

static void
do_else(struct view *v, const struct construct *c)
{
	struct view_block *b = innermost(v);
	const char *condition = NULL;

	if (!b)
		return;
	if (b->other) {
		view_wrong(v, "something behind {else} of line %d", b->line);
		return;
	}
	if (c->count > 1 && !b->loop && strcmp(c->at[1], "if") == 0)
		condition = condition_code(v, c->at + 2, c->count - 2);
	else if (c->count > 1)
		view_wrong(v, "{else} or {else if ...} is wanted");
	join(v, b);
	if (b->loop)
		view_code(v, "\t} if (%s.count == 0) {", b->slice);
	else if (condition)
		view_code(v, "\t} else if (%s) {", condition);
	else
		view_code(v, "\t} else {");
	b->other = !condition;
	v->place = b->start;
}

static void
do_end(struct view *v, bool loop)
{
	struct view_block *b = innermost(v);

	if (!b)
		return;
	if (b->loop != loop) {
		view_wrong(v, "the innermost open block is the {%s} of line %d",
			b->loop ? "for" : "if", b->line);
		return;
	}
	join(v, b);
	if (!b->other) { /* the way on which nothing is printed */
		struct view_place none = b->start;

		none.attribute = v->place.attribute;
		v->place.spaced = v->place.spaced && none.spaced;
		if (v->place.url != none.url)
			v->place.url = URL_MIXED;
	}
	view_code(v, "\t}");
	v->block_count--;
}

/* {for row in p.rows} */
static void
do_for(struct view *v, const struct construct *c)
{
	static const char *const taken[] = {
		"p", "out", "words", "in", "not", "first", "last"};
	const char *slice;
	struct view_block *b;

	if (c->count != 4 || strcmp(c->at[2], "in") != 0 || !is_name(c->at[1])) {
		view_wrong(v, "a loop is {for row in p.rows}");
		return;
	}
	for (size_t i = 0; i < sizeof taken / sizeof *taken; i++)
		if (strcmp(c->at[1], taken[i]) == 0)
			view_wrong(v, "%s: no name for a row", c->at[1]);
	if (find_loop(v, c->at[1], strlen(c->at[1])))
		view_wrong(v, "%s: already the row of a loop around this one", c->at[1]);
	slice = path_code(v, c->at[3]);
	b = slice ? begin_block(v, true) : NULL;
	if (!b)
		return;
	b->name = c->at[1];
	b->slice = slice;
	view_code(v,
		"\tfor (int64_t i_%d = 0; i_%d < (int64_t)%s.count; i_%d++) {"
		" __typeof__(&%s.at[0]) %s = &%s.at[i_%d]; (void)%s;",
		v->block_count - 1, v->block_count - 1, slice, v->block_count - 1, slice,
		b->name, slice, v->block_count - 1, b->name);
}

/* The identifier of a dotted key, or NULL after view_wrong. */
static const char *
key_code(struct view *v, const char *key)
{
	char *id = arena_copy(v->arena, key);

	for (char *p = id; *p; p++)
		if (*p == '.' || *p == '-')
			*p = '_';
	if (!is_name(id)) {
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

	if (!is_name(name)) {
		view_wrong(v, "%s: a value is name=path", token);
		return;
	}
	if (!is_quoted(code) && !is_number(code))
		code = path_code(v, code);
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
	const char *path = c->count == 3 ? path_code(v, c->at[2]) : NULL;

	if (c->count != 3 || !is_name(c->at[1]))
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
	char *id = c->count == 2 ? arena_copy(v->arena, unquoted(v, c->at[1])) : NULL;

	for (char *p = id; p && *p; p++)
		if (!is_letter(*p) && !is_digit(*p))
			*p = '_';
	if (!id || !*id)
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
		do_if(v, c);
	else if (strcmp(first, "else") == 0)
		do_else(v, c);
	else if (strcmp(first, "for") == 0)
		do_for(v, c);
	else if (c->count == 1 && strcmp(first, "/if") == 0)
		do_end(v, false);
	else if (c->count == 1 && strcmp(first, "/for") == 0)
		do_end(v, true);
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
	h->header = unquoted(v, h->header);
	if (c.count > 6) {
		h->layout = heading_word(v, &c, 7, "in");
		if (h->kind != VIEW_PAGE || !is_name(h->layout) || c.count > 8)
			view_wrong(
				v, "what follows the header is: in LAYOUT, for a view");
	}
	if (!is_name(h->name) || !is_name(h->type) ||
		strspn(h->header, "abcdefghijklmnopqrstuvwxyz0123456789_/.") !=
			strlen(h->header))
		view_wrong(v, "name, struct and header are C names and a path");
	while (is_blank(view_peek(v, 0)))
		view_step(v, 1);
}
