/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "format/sanitise.h"

#include "base/cell.h"
#include "format/html.h"
#include "weaken.h"

#include <ctype.h>
#include <gumbo.h>
#include <stdlib.h>
#include <string.h>

enum fate {
	UNWRAP, /* the element goes, what is in it stays: the fate of all not listed */
	KEEP,
	BREAK,	 /* stands alone, has no end tag */
	HEADING, /* a strong paragraph: the page around has headings of its own */
	PICTURE,
	DROP, /* with all that is in it */
};

static const struct {
	const char *name; /* as it is written */
	enum fate fate;
	bool block; /* begins a line of the text */
} elements[GUMBO_TAG_LAST + 1] = {
	[GUMBO_TAG_P] = {"p", KEEP, true},
	[GUMBO_TAG_DIV] = {"div", KEEP, true},
	[GUMBO_TAG_BLOCKQUOTE] = {"blockquote", KEEP, true},
	[GUMBO_TAG_PRE] = {"pre", KEEP, true},
	[GUMBO_TAG_UL] = {"ul", KEEP, true},
	[GUMBO_TAG_OL] = {"ol", KEEP, true},
	[GUMBO_TAG_LI] = {"li", KEEP, true},
	[GUMBO_TAG_DL] = {"dl", KEEP, true},
	[GUMBO_TAG_DT] = {"dt", KEEP, true},
	[GUMBO_TAG_DD] = {"dd", KEEP, true},
	[GUMBO_TAG_TABLE] = {"table", KEEP, true},
	[GUMBO_TAG_CAPTION] = {"caption", KEEP, true},
	[GUMBO_TAG_THEAD] = {"thead", KEEP, false},
	[GUMBO_TAG_TBODY] = {"tbody", KEEP, false},
	[GUMBO_TAG_TR] = {"tr", KEEP, true},
	[GUMBO_TAG_TH] = {"th", KEEP, false},
	[GUMBO_TAG_TD] = {"td", KEEP, false},
	[GUMBO_TAG_A] = {"a", KEEP, false},
	[GUMBO_TAG_B] = {"strong", KEEP, false},
	[GUMBO_TAG_STRONG] = {"strong", KEEP, false},
	[GUMBO_TAG_I] = {"em", KEEP, false},
	[GUMBO_TAG_EM] = {"em", KEEP, false},
	[GUMBO_TAG_S] = {"s", KEEP, false},
	[GUMBO_TAG_DEL] = {"del", KEEP, false},
	[GUMBO_TAG_INS] = {"ins", KEEP, false},
	[GUMBO_TAG_SUB] = {"sub", KEEP, false},
	[GUMBO_TAG_SUP] = {"sup", KEEP, false},
	[GUMBO_TAG_CODE] = {"code", KEEP, false},
	[GUMBO_TAG_BR] = {"br", BREAK, true},
	[GUMBO_TAG_HR] = {"hr", BREAK, true},
	[GUMBO_TAG_H1] = {NULL, HEADING, true},
	[GUMBO_TAG_H2] = {NULL, HEADING, true},
	[GUMBO_TAG_H3] = {NULL, HEADING, true},
	[GUMBO_TAG_H4] = {NULL, HEADING, true},
	[GUMBO_TAG_H5] = {NULL, HEADING, true},
	[GUMBO_TAG_H6] = {NULL, HEADING, true},
	[GUMBO_TAG_IMG] = {NULL, PICTURE, false},
	[GUMBO_TAG_SECTION] = {NULL, UNWRAP, true},
	[GUMBO_TAG_ARTICLE] = {NULL, UNWRAP, true},
	[GUMBO_TAG_HEADER] = {NULL, UNWRAP, true},
	[GUMBO_TAG_FOOTER] = {NULL, UNWRAP, true},
	[GUMBO_TAG_SCRIPT] = {NULL, DROP, false},
	[GUMBO_TAG_STYLE] = {NULL, DROP, false},
	[GUMBO_TAG_TEMPLATE] = {NULL, DROP, false},
	[GUMBO_TAG_IFRAME] = {NULL, DROP, false},
	[GUMBO_TAG_OBJECT] = {NULL, DROP, false},
	[GUMBO_TAG_EMBED] = {NULL, DROP, false},
	[GUMBO_TAG_NOSCRIPT] = {NULL, DROP, false},
	[GUMBO_TAG_NOEMBED] = {NULL, DROP, false},
	[GUMBO_TAG_NOFRAMES] = {NULL, DROP, false},
	[GUMBO_TAG_TEXTAREA] = {NULL, DROP, false},
	[GUMBO_TAG_TITLE] = {NULL, DROP, false},
	[GUMBO_TAG_XMP] = {NULL, DROP, false},
	[GUMBO_TAG_PLAINTEXT] = {NULL, DROP, false},
	[GUMBO_TAG_SELECT] = {NULL, DROP, false},
	[GUMBO_TAG_AUDIO] = {NULL, DROP, false},
	[GUMBO_TAG_VIDEO] = {NULL, DROP, false},
	[GUMBO_TAG_CANVAS] = {NULL, DROP, false},
	[GUMBO_TAG_SVG] = {NULL, DROP, false},
	[GUMBO_TAG_MATH] = {NULL, DROP, false},
};

struct writing {
	struct buffer html, text;
	int depth; /* of elements that were kept */
	int preformatted;
};

static void *
allocate(void *arena, size_t n)
{
	return arena_alloc(arena, n);
}

/* Everything goes with the arena. */
static void
give_back(void *arena, void *at)
{
	(void)arena;
	(void)at;
}

/* The element that holds what was parsed. */
static const GumboNode *
parse(struct arena *a, const char *html, size_t n)
{
	GumboOptions options = kGumboDefaultOptions;
	const GumboOutput *out;

	options.allocator = allocate;
	options.deallocator = give_back;
	options.userdata = a;
	options.max_errors = 0;
	options.fragment_context = GUMBO_TAG_DIV;
	out = gumbo_parse_with_options(&options, html, n);
	return out ? out->root : NULL;
}

static enum fate
fate_of(const GumboNode *n)
{
	const GumboElement *e = &n->v.element;

	if (n->type == GUMBO_NODE_TEMPLATE || e->tag_namespace != GUMBO_NAMESPACE_HTML)
		return DROP;
	return elements[e->tag].fate;
}

static const char *
attribute(const GumboNode *n, const char *name)
{
	const GumboAttribute *at = gumbo_get_attribute(&n->v.element.attributes, name);

	return at ? at->value : NULL;
}

/* A link leads out of the house or nowhere: a local address would act with the reader's
 * own rights. */
static const char *
link_of(const GumboNode *n)
{
	const char *url = attribute(n, "href");

	if (!url || !html_url_allowed(url) || !isalpha((unsigned char)*url) ||
		url[strcspn(url, ":/?#")] != ':')
		return NULL;
	return url;
}

static void
write_span(struct buffer *b, const GumboNode *n, const char *name)
{
	const char *value = attribute(n, name);
	long span = value ? strtol(value, NULL, 10) : 0;

	if (span >= 2 && span <= 50)
		buffer_printf(b, " %s=\"%ld\"", name, span);
}

static void
write_attributes(struct buffer *b, const GumboNode *n)
{
	GumboTag tag = n->v.element.tag;

	if (tag == GUMBO_TAG_A && link_of(n)) {
		buffer_literal(b, " href=\"");
		html_url(b, link_of(n));
		buffer_literal(b, "\" rel=\"noopener noreferrer nofollow\"");
	} else if (tag == GUMBO_TAG_TD || tag == GUMBO_TAG_TH) {
		write_span(b, n, "colspan");
		write_span(b, n, "rowspan");
	}
}

/* A new line of the text, unless one has just begun. */
static void
new_line(struct buffer *text)
{
	while (text->len > 0 && text->at[text->len - 1] == ' ')
		text->len--;
	if (text->len > 0 && text->at[text->len - 1] != '\n')
		buffer_char(text, '\n');
}

static void
write_words(struct writing *w, const char *words)
{
	html_text(&w->html, words);
	if (w->preformatted) {
		buffer_text_add(&w->text, words);
		return;
	}
	for (const char *c = words; *c; c++) {
		bool blank = strchr(" \t\r\n\f", *c) != NULL;
		char last = w->text.len ? w->text.at[w->text.len - 1] : '\n';

		if (!blank)
			buffer_char(&w->text, *c);
		else if (last != ' ' && last != '\n')
			buffer_char(&w->text, ' ');
	}
}

static void
write_picture(struct writing *w, const GumboNode *n)
{
	const char *alt = attribute(n, "alt");

	if (alt && *alt) {
		write_words(w, "[");
		write_words(w, alt);
		write_words(w, "]");
	}
}

/* True when the element's own tag is written; `fate` is as the depth allows it. */
static bool
is_kept(const struct writing *w, const GumboNode *n)
{
	enum fate fate = fate_of(n);

	return (fate == KEEP || fate == HEADING) && w->depth < SANITISE_DEEPEST;
}

static void
enter(struct writing *w, const GumboNode *n, bool kept)
{
	GumboTag tag = n->v.element.tag;

	if (elements[tag].block)
		new_line(&w->text);
	if (tag == GUMBO_TAG_LI)
		buffer_literal(&w->text, "- ");
	if (tag == GUMBO_TAG_PRE)
		w->preformatted++;
	if (!kept)
		return;
	w->depth++;
	if (fate_of(n) == HEADING) {
		buffer_literal(&w->html, "<p><strong>");
		return;
	}
	buffer_char(&w->html, '<');
	buffer_text_add(&w->html, elements[tag].name);
	write_attributes(&w->html, n);
	/* A line break that follows would be taken for the tag's own. */
	buffer_text_add(&w->html, tag == GUMBO_TAG_PRE ? ">\n" : ">");
}

static void
leave(struct writing *w, const GumboNode *n, bool kept)
{
	GumboTag tag = n->v.element.tag;

	if (tag == GUMBO_TAG_PRE)
		w->preformatted--;
	if (tag == GUMBO_TAG_A && link_of(n))
		buffer_printf(&w->text, " (%s)", link_of(n));
	if (tag == GUMBO_TAG_TD || tag == GUMBO_TAG_TH)
		buffer_char(&w->text, ' ');
	if (elements[tag].block)
		new_line(&w->text);
	if (!kept)
		return;
	w->depth--;
	if (fate_of(n) == HEADING)
		buffer_literal(&w->html, "</strong></p>");
	else
		buffer_printf(&w->html, "</%s>", elements[tag].name);
}

static void
stand_alone(struct writing *w, const GumboNode *n)
{
	if (fate_of(n) == PICTURE) {
		write_picture(w, n);
		return;
	}
	buffer_printf(&w->html, "<%s>", elements[n->v.element.tag].name);
	new_line(&w->text);
	if (w->text.len > 0 && n->v.element.tag == GUMBO_TAG_HR)
		buffer_literal(&w->text, "---\n");
}

static bool
is_element(const GumboNode *n)
{
	return n->type == GUMBO_NODE_ELEMENT || n->type == GUMBO_NODE_TEMPLATE;
}

/* Whether its children are to be visited. */
static bool
is_open(const GumboNode *n)
{
	enum fate fate = is_element(n) ? fate_of(n) : DROP;

	return fate == KEEP || fate == HEADING || fate == UNWRAP;
}

static const GumboNode *
child(const GumboNode *n, size_t i)
{
	const GumboVector *children = &n->v.element.children;

	return i < children->length ? children->data[i] : NULL;
}

/* Without recursion: how deep a stranger nests is not for our stack to bear. What was
 * entered as kept is remembered in one bit an open element. */
static void
write_tree(struct arena *a, struct writing *w, const GumboNode *root)
{
	struct buffer kept = buffer_in(a, 256);
	const GumboNode *at = root;
	size_t next = 0;

	for (;;) {
		const GumboNode *n = child(at, next);

		if (!n) {
			if (at == root)
				return;
			leave(w, at, kept.at[--kept.len]);
			next = at->index_within_parent + 1;
			at = at->parent;
			continue;
		}
		next++;
		if (n->type == GUMBO_NODE_TEXT || n->type == GUMBO_NODE_WHITESPACE) {
			write_words(w, n->v.text.text);
		} else if (is_element(n) && is_open(n)) {
			bool keep = is_kept(w, n);

			enter(w, n, keep);
			buffer_char(&kept, keep);
			at = n;
			next = 0;
		} else if (is_element(n) && fate_of(n) != DROP) {
			stand_alone(w, n);
		}
	}
}

static struct writing
rewrite(struct arena *a, const char *html)
{
	struct writing w = {.html = buffer_in(a, strlen(html) + 64),
		.text = buffer_in(a, strlen(html) + 64)};
	const GumboNode *root = parse(a, html, strlen(html));

	if (root)
		write_tree(a, &w, root);
	return w;
}

/* Put into an element and parsed again, does all of it stay in there? */
static bool
is_contained(struct arena *a, const char *html)
{
	const char *whole = arena_printf(a, "<div>%s</div>", html);
	const GumboNode *root = parse(a, whole, strlen(whole));

	return root && root->v.element.children.length == 1;
}

/* What the tree of the first writing says is written until writing changes nothing: a
 * parser repairs what is nested wrongly, and what it made of our text must be our text.
 */
bool
sanitise(struct arena *a, struct bytes in, struct sanitised *out)
{
	const char *html;
	struct writing w;

	if (in.len > SANITISE_LONGEST)
		return false;
	html = bytes_text_lossy(a, in);
#ifdef WEAKEN_SANITISER
	*out = (struct sanitised){html, html};
	return true;
#endif
	for (int round = 0; round < 4; round++) {
		const char *was = html;

		w = rewrite(a, html);
		html = buffer_text(&w.html);
		if (round == 0)
			out->text = buffer_text(&w.text);
		if (strcmp(was, html) == 0) {
			out->html = html;
			return is_contained(a, html);
		}
	}
	return false;
}

/* Out of the cell come both texts, each with its NUL. */
bool
sanitise_task(struct arena *a, struct bytes in, struct bytes *out)
{
	struct sanitised s;
	struct buffer b = buffer_in(a, in.len * 2 + 64);

	if (!sanitise(a, in, &s))
		return false;
	buffer_add(&b, s.html, strlen(s.html) + 1);
	buffer_add(&b, s.text, strlen(s.text) + 1);
	*out = buffer_bytes(&b);
	return true;
}

bool
sanitise_in_cell(struct cell *c, struct arena *a, struct bytes in, struct sanitised *out)
{
	struct bytes whole;
	const unsigned char *end;

	if (in.len > SANITISE_LONGEST || !cell_run(c, 0, a, in, &whole))
		return false;
	end = memchr(whole.at, 0, whole.len);
	if (!end || whole.at[whole.len - 1] != 0 || end == whole.at + whole.len - 1)
		return false;
	out->html = (const char *)whole.at;
	out->text = (const char *)end + 1;
	return bytes_are_text(bytes_of(out->html)) && bytes_are_text(bytes_of(out->text));
}
