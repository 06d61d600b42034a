/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The HTML side of the view compiler: which place is this, and what may stand in it. */
#include "view.h"

#include "format/html.h"

#include <string.h>
#include <strings.h>

static bool
among(const char *name, const char *const *list)
{
	for (; *list; list++)
		if (strcmp(name, *list) == 0)
			return true;
	return false;
}

static const char *const voids[] = {"area", "base", "br", "col", "embed", "hr", "img",
	"input", "link", "meta", "source", "track", "wbr", NULL};

/* Elements whose content browsers read in their own way, differently with and without
 * script, or not at all. */
static const char *const refused[] = {"xmp", "noembed", "noframes", "noscript",
	"plaintext", "listing", "frameset", "frame", "applet", NULL};

static const char *const addresses[] = {"href", "src", "action", "formaction", "poster",
	"cite", "ping", "manifest", "data", "xlink:href", "background", "longdesc", NULL};

static bool
is_space(unsigned char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static bool
is_letter(unsigned char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool
is_name(unsigned char c)
{
	return is_letter(c) || (c >= '0' && c <= '9') || (c && strchr("-_:.", c));
}

static const char *
innermost(const struct view *v)
{
	return v->place.depth ? v->open[v->place.depth - 1].name : "";
}

static bool
within(const struct view *v, const char *name)
{
	for (int i = 0; i < v->place.depth; i++)
		if (strcmp(v->open[i].name, name) == 0)
			return true;
	return false;
}

bool
view_verbatim(const struct view *v)
{
	return within(v, "pre") || within(v, "textarea");
}

bool
view_only_text(const struct view *v)
{
	return strcmp(innermost(v), "textarea") == 0 ||
	       (strcmp(innermost(v), "title") == 0 && !within(v, "svg"));
}

/* The depth below which the block being read must not close anything. */
static int
floor_of(const struct view *v)
{
	return v->block_count ? v->blocks[v->block_count - 1].start.depth : 0;
}

/* A name in lower case. */
static const char *
read_name(struct view *v)
{
	char *name;
	size_t n = 0;

	while (is_name(view_peek(v, n)))
		n++;
	name = arena_text(v->arena, v->text.at + v->at, n);
	view_step(v, n);
	for (char *p = name; *p; p++)
		if (*p >= 'A' && *p <= 'Z')
			*p = (char)(*p - 'A' + 'a');
	return name;
}

static void
literal(struct view *v, const char *text)
{
	view_literal(v, text, strlen(text));
}

static void
open_element(struct view *v, const char *name)
{
	if (v->place.depth == VIEW_DEPTH) {
		view_wrong(v, "elements nested too deep");
		return;
	}
	v->open[v->place.depth++] = (struct view_element){name, v->line};
}

static void
close_element(struct view *v)
{
	const char *name;

	view_step(v, 2);
	name = read_name(v);
	while (is_space(view_peek(v, 0)))
		view_step(v, 1);
	if (!*name || view_peek(v, 0) != '>')
		view_wrong(v, "an end tag is </name>");
	else if (among(name, voids))
		view_wrong(v, "<%s> has no end tag", name);
	else if (v->place.depth == 0)
		view_wrong(v, "</%s> closes nothing", name);
	else if (strcmp(name, innermost(v)) != 0)
		view_wrong(v, "</%s> where </%s> of line %d is due", name, innermost(v),
			v->open[v->place.depth - 1].line);
	else if (v->place.depth <= floor_of(v))
		view_wrong(v, "</%s> closes what was opened outside of the block", name);
	if (v->wrong)
		return;
	view_step(v, 1);
	v->place.depth--;
	view_literal(v, "</", 2);
	literal(v, name);
	view_literal(v, ">", 1);
}

/* Script and style are copied as they are: no value is safe in them. */
static void
read_raw(struct view *v)
{
	const char *name = innermost(v);
	const char *end = arena_printf(v->arena, "</%s", name);

	while (!view_sees(v, end)) {
		unsigned char c = view_peek(v, 0);

		if (v->at >= v->text.len) {
			view_wrong(v, "<%s> without its end tag", name);
			return;
		}
		if (c == '{') {
			view_wrong(
				v, "no construct and no brace may stand in <%s>", name);
			return;
		}
		view_literal(v, (const char *)&c, 1);
		view_step(v, 1);
	}
	close_element(v);
}

static void
finish_tag(struct view *v, bool closed)
{
	bool foreign = within(v, "svg") || within(v, "math") ||
		       strcmp(v->tag, "svg") == 0;

	v->space = 0;
	v->place.state = STATE_TEXT;
	if (closed && !among(v->tag, voids) && !foreign) {
		view_wrong(v, "<%s/>: only elements of SVG may end like this", v->tag);
		return;
	}
	literal(v, closed && foreign ? "/>" : ">");
	if (among(v->tag, voids) || closed)
		return;
	open_element(v, v->tag);
	if (strcmp(v->tag, "script") == 0 || strcmp(v->tag, "style") == 0)
		read_raw(v);
	else if ((strcmp(v->tag, "textarea") == 0 || strcmp(v->tag, "pre") == 0) &&
		 view_peek(v, 0) == '{')
		literal(v, "\n"); /* browsers drop one: what was typed keeps its own */
}

static void
begin_value(struct view *v)
{
	const char *name = v->attribute;

	if (strncmp(name, "on", 2) == 0 || strcmp(name, "style") == 0 ||
		strcmp(name, "srcdoc") == 0) {
		view_wrong(
			v, "the attribute %s is not allowed: the policy blocks it", name);
		return;
	}
	if (strcmp(name, "http-equiv") == 0) {
		if (v->valued)
			view_wrong(v, "a tag with http-equiv is written without values");
		v->equiv = true;
	}
	v->place.state = STATE_VALUE;
	v->place.url = among(name, addresses) ? URL_START : URL_NO;
	v->prefix = buffer_in(v->arena, 64);
	v->quote = (char)view_peek(v, 0);
	view_literal(v, "=", 1);
	view_literal(v, &v->quote, 1);
	view_step(v, 1);
}

static void
read_attribute(struct view *v)
{
	if (!v->place.spaced) {
		view_wrong(v, "an attribute wants a blank before it");
		return;
	}
	v->attribute = read_name(v);
	v->place.attribute++;
	v->place.spaced = false;
	literal(v, v->attribute);
	if (view_peek(v, 0) != '=')
		return;
	view_step(v, 1);
	if (view_peek(v, 0) == '"' || view_peek(v, 0) == '\'')
		begin_value(v);
	else
		view_wrong(v, "the value of %s wants quotes", v->attribute);
}

static void
step_in_tag(struct view *v)
{
	unsigned char c = view_peek(v, 0);

	if (is_space(c)) {
		view_space(v, ' ');
		v->place.spaced = true;
		view_step(v, 1);
	} else if (c == '>' || (c == '/' && view_peek(v, 1) == '>')) {
		if (v->place.tag != 0 && v->block_count &&
			v->blocks[v->block_count - 1].start.state == STATE_TAG &&
			v->blocks[v->block_count - 1].start.tag == v->place.tag) {
			view_wrong(v, "the tag ends inside a block that began in it");
			return;
		}
		view_step(v, c == '/' ? 2 : 1);
		finish_tag(v, c == '/');
	} else if (is_letter(c)) {
		read_attribute(v);
	} else {
		view_wrong(v, "what is this in the tag <%s>?", v->tag);
	}
}

static void
step_in_value(struct view *v)
{
	char c = (char)view_peek(v, 0);

	if (c == v->quote) {
		view_check_prefix(v);
		v->place.state = STATE_TAG;
		v->place.url = URL_NO;
		v->place.spaced = false;
	} else if (v->place.url != URL_NO) {
		if (v->place.url == URL_WHOLE && !strchr("/?#", c))
			view_wrong(v, "only / ? or # may follow a whole address");
		if (c == '?' || c == '#')
			v->place.url = URL_QUERY;
		else if (v->place.url == URL_START || v->place.url == URL_WHOLE)
			v->place.url = URL_PATH;
		buffer_char(&v->prefix, c);
	}
	view_literal(v, &c, 1);
	view_step(v, 1);
}

static void
skip_comment(struct view *v)
{
	int line = v->line;

	view_step(v, 4);
	while (!view_sees(v, "-->")) {
		if (v->at >= v->text.len) {
			v->line = line;
			view_wrong(v, "a comment without its end");
			return;
		}
		if (view_peek(v, 0) == '{') {
			view_wrong(
				v, "no construct may stand in a comment; use {# ... }");
			return;
		}
		view_step(v, 1);
	}
	view_step(v, 3);
}

static void
begin_tag(struct view *v)
{
	view_step(v, 1);
	v->tag = read_name(v);
	v->equiv = false;
	v->valued = false;
	if (among(v->tag, refused)) {
		view_wrong(v, "<%s> is not allowed", v->tag);
		return;
	}
	view_literal(v, "<", 1);
	literal(v, v->tag);
	v->place.state = STATE_TAG;
	v->place.tag++;
	v->place.spaced = false;
}

static void
step_in_text(struct view *v)
{
	char c = (char)view_peek(v, 0);

	if (is_space((unsigned char)c) && !view_verbatim(v)) {
		view_space(v, c);
		view_step(v, 1);
	} else if (c != '<') {
		view_literal(v, &c, 1);
		view_step(v, 1);
	} else if (view_peek(v, 1) == '/') {
		close_element(v);
	} else if (view_only_text(v)) {
		view_wrong(v, "only text may stand in <%s>", innermost(v));
	} else if (view_sees(v, "<!--")) {
		skip_comment(v);
	} else if (view_sees(v, "<!doctype html>")) {
		literal(v, "<!doctype html>");
		view_step(v, 15);
	} else if (is_letter(view_peek(v, 1))) {
		begin_tag(v);
	} else {
		view_wrong(v, "a '<' that begins no tag is written &lt;");
	}
}

static void
step_in_plain(struct view *v)
{
	char c = (char)view_peek(v, 0);

	view_literal(v, &c, 1);
	view_step(v, 1);
}

void
view_markup(struct view *v)
{
	while (v->at < v->text.len && !v->wrong)
		if (view_peek(v, 0) == '{')
			view_construct(v);
		else if (v->place.state == STATE_TEXT)
			step_in_text(v);
		else if (v->place.state == STATE_TAG)
			step_in_tag(v);
		else if (v->place.state == STATE_VALUE)
			step_in_value(v);
		else
			step_in_plain(v);
	if (v->place.state == STATE_TAG || v->place.state == STATE_VALUE)
		view_wrong(v, "the tag <%s> does not end", v->tag);
	if (v->block_count)
		view_wrong(v, "the {%s} of line %d is not closed",
			v->blocks[v->block_count - 1].loop ? "for" : "if",
			v->blocks[v->block_count - 1].line);
	if (v->place.depth)
		view_wrong(v, "<%s> of line %d is not closed", innermost(v),
			v->open[v->place.depth - 1].line);
}
