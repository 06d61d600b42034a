/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "http/router.h"

#include "base/log.h"
#include "http/fields.h"

#include <stdlib.h>
#include <string.h>

enum { METHODS = OPTIONS + 1, LONGEST_PATTERN = 32 };

static const char *const method_names[METHODS] = {
	"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"};

/* A node for each front of a pattern. The names of parts are the route's, for two
 * routes may call one segment differently; the node knows only its ending. */
struct node {
	struct bytes word;   /* of a words child: the segment; of a part: its ending */
	struct node **words; /* sorted by bytes */
	struct node **parts; /* longest ending first */
	struct node *rest;
	int word_count, part_count;
	const struct route *routes[METHODS];
};

struct router {
	struct arena *arena;
	const struct route *routes;
	int count;
	struct node root;
};

/* What matched: the texts of the parts, in order. */
struct trail {
	struct bytes texts[LONGEST_PATTERN];
	int count;
};

static int
compare(struct bytes a, struct bytes b)
{
	size_t n = a.len < b.len ? a.len : b.len;
	int c = n ? memcmp(a.at, b.at, n) : 0;

	return c ? c : (a.len > b.len) - (a.len < b.len);
}

static struct node *
node_new(struct arena *a, struct bytes word)
{
	struct node *n = arena_alloc(a, sizeof *n);

	n->word = word;
	return n;
}

/* Puts a child in its place of an array one longer. */
static struct node **
inserted(struct arena *a, struct node **children, int count, int at, struct node *child)
{
	struct node **longer = arena_array(a, (size_t)count + 1, sizeof *longer);

	for (int i = 0; i < count; i++)
		longer[i < at ? i : i + 1] = children[i];
	longer[at] = child;
	return longer;
}

static struct node *
word_child(struct arena *a, struct node *n, struct bytes word)
{
	int at = 0;

	while (at < n->word_count && compare(n->words[at]->word, word) < 0)
		at++;
	if (at < n->word_count && bytes_equal(n->words[at]->word, word))
		return n->words[at];
	n->words = inserted(a, n->words, n->word_count++, at, node_new(a, word));
	return n->words[at];
}

static struct node *
part_child(struct arena *a, struct node *n, struct bytes ending)
{
	int at = 0;

	while (at < n->part_count && n->parts[at]->word.len >= ending.len) {
		if (bytes_equal(n->parts[at]->word, ending))
			return n->parts[at];
		at++;
	}
	n->parts = inserted(a, n->parts, n->part_count++, at, node_new(a, ending));
	return n->parts[at];
}

/* Splits ":id.json" behind the colon into the name and its ending. */
static struct bytes
cut_name(struct bytes *ending)
{
	struct bytes name = {ending->at, 0};

	while (name.len < ending->len &&
		(ending->at[name.len] == '_' ||
			(ending->at[name.len] >= 'a' && ending->at[name.len] <= 'z')))
		name.len++;
	ending->at += name.len;
	ending->len -= name.len;
	return name;
}

static struct node *
child_for(struct router *r, struct node *n, struct bytes segment, bool is_last)
{
	struct bytes ending = {segment.at + 1, segment.len - 1};

	if (segment.len == 0 || (segment.at[0] != ':' && segment.at[0] != '*'))
		return word_child(r->arena, n, segment);
	if (cut_name(&ending).len == 0)
		return NULL;
	if (segment.at[0] == ':')
		return part_child(r->arena, n, ending);
	if (ending.len > 0 || !is_last)
		return NULL;
	if (!n->rest)
		n->rest = node_new(r->arena, ending);
	return n->rest;
}

static void
add_route(struct router *r, const struct route *route)
{
	struct bytes rest = bytes_of(route->pattern);
	struct node *n = &r->root;
	int segments = 0;

	if (rest.len == 0 || bytes_cut(&rest, '/').len != 0)
		log_fatal("the route %s does not begin with a slash", route->pattern);
	while (n && segments < LONGEST_PATTERN) {
		bool is_last = !memchr(rest.at, '/', rest.len);

		n = child_for(r, n, bytes_cut(&rest, '/'), is_last);
		segments++;
		if (is_last)
			break;
	}
	if (!n || rest.len > 0)
		log_fatal("the route %s is ill formed", route->pattern);
	if (n->routes[route->method])
		log_fatal("the route %s %s stands there twice",
			method_names[route->method], route->pattern);
	n->routes[route->method] = route;
}

struct router *
router_new(struct arena *a, const struct route *routes, int count)
{
	struct router *r = arena_alloc(a, sizeof *r);

	r->arena = a;
	r->routes = routes;
	r->count = count;
	for (int i = 0; i < count; i++)
		add_route(r, &routes[i]);
	return r;
}

static const struct node *
find_word(const struct node *n, struct bytes word)
{
	int low = 0, high = n->word_count;

	while (low < high) {
		int middle = (low + high) / 2;
		int c = compare(n->words[middle]->word, word);

		if (c == 0)
			return n->words[middle];
		if (c < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

static bool
ends_with(struct bytes segment, struct bytes ending)
{
	return segment.len > ending.len &&
	       (ending.len == 0 || memcmp(segment.at + segment.len - ending.len,
					   ending.at, ending.len) == 0);
}

static const struct route *
route_of(const struct node *n, enum method m)
{
	if (m == HEAD && !n->routes[HEAD])
		m = GET;
	return n->routes[m];
}

struct search {
	enum method method;
	struct trail trail;
};

/* Depth is bounded by the patterns, not by the path. `rest` is what stands behind the
 * slash that led to n; at the end of the path there was none. */
static const struct node *
walk(const struct node *n, struct bytes rest, bool at_end, struct search *s)
{
	const struct node *hit;
	struct bytes whole = rest, segment;
	bool is_last;
	int parts = s->trail.count;

	if (at_end)
		return route_of(n, s->method) ? n : NULL;
	is_last = rest.len == 0 || !memchr(rest.at, '/', rest.len);
	segment = bytes_cut(&rest, '/');

	hit = find_word(n, segment);
	if (hit && (hit = walk(hit, rest, is_last, s)))
		return hit;
	for (int i = 0; i < n->part_count; i++) {
		struct bytes ending = n->parts[i]->word;

		if (!ends_with(segment, ending))
			continue;
		s->trail.count = parts;
		s->trail.texts[s->trail.count++] = (struct bytes){
			segment.at, segment.len - ending.len};
		hit = walk(n->parts[i], rest, is_last, s);
		if (hit)
			return hit;
	}
	s->trail.count = parts;
	if (!n->rest || !route_of(n->rest, s->method) || whole.len == 0)
		return NULL;
	s->trail.texts[s->trail.count++] = whole;
	return n->rest;
}

static const struct node *
search(const struct router *r, const char *path, struct search *s)
{
	struct bytes rest = bytes_of(path);

	bytes_cut(&rest, '/');
	return walk(&r->root, rest, false, s);
}

const struct route *
router_find(const struct router *r, const struct request *q)
{
	struct search s = {.method = q->method};
	const struct node *n = search(r, q->path, &s);

	return n ? route_of(n, q->method) : NULL;
}

/* Gives the texts the names that stand in the pattern. */
static void
name_parts(struct request *q, const char *pattern, const struct trail *t)
{
	struct bytes rest = bytes_of(pattern);

	q->parts = (struct pairs){0};
	while (rest.len > 0 && q->parts.count < t->count) {
		struct bytes segment = bytes_cut(&rest, '/');
		struct bytes ending, text = t->texts[q->parts.count];

		if (segment.len == 0 || (segment.at[0] != ':' && segment.at[0] != '*'))
			continue;
		ending = (struct bytes){segment.at + 1, segment.len - 1};
		segment = cut_name(&ending);
		fields_add(q->arena, &q->parts,
			arena_text(q->arena, segment.at, segment.len),
			arena_text(q->arena, text.at, text.len));
	}
}

const struct route *
router_match(const struct router *r, struct request *q)
{
	struct search s = {.method = q->method};
	const struct node *n = search(r, q->path, &s);
	const struct route *route = n ? route_of(n, q->method) : NULL;

	if (route)
		name_parts(q, route->pattern, &s.trail);
	return route;
}

const char *
router_allow(const struct router *r, const struct request *q)
{
	struct buffer b = buffer_in(q->arena, 64);

	for (enum method m = GET; m <= OPTIONS; m++) {
		struct search s = {.method = m};

		if (!search(r, q->path, &s))
			continue;
		if (b.len > 0)
			buffer_literal(&b, ", ");
		buffer_text_add(&b, method_names[m]);
	}
	return b.len > 0 ? buffer_text(&b) : NULL;
}

void
router_print(const struct router *r, struct buffer *out,
	void (*who)(struct buffer *out, unsigned bits))
{
	for (int i = 0; i < r->count; i++) {
		const struct route *route = &r->routes[i];

		buffer_printf(
			out, "%-7s %-48s ", method_names[route->method], route->pattern);
		if (who)
			who(out, route->who);
		else
			buffer_printf(out, "%x", route->who);
		if (route->flags & ROUTE_SLOW)
			buffer_literal(out, " slow");
		if (route->flags & ROUTE_STREAM)
			buffer_literal(out, " stream");
		if (route->flags & ROUTE_OPEN)
			buffer_literal(out, " open");
		buffer_char(out, '\n');
	}
}
