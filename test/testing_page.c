/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "testing_page.h"

#include "app/routes.h"
#include "format/urlencoded.h"
#include "store/session.h"
#include "testing.h"
#include "testing_html.h"

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { DEEPEST = 200, MOST_IDS = 4000 };

/* --- visits ------------------------------------------------------------------------ */

static void
set_target(struct request *q, const char *target)
{
	struct bytes query = bytes_of(target);
	struct bytes path = bytes_cut(&query, '?');

	q->path = urlencoded_decode(q->arena, path);
	assert_non_null(q->path);
	assert_true(urlencoded_parse(q->arena, query, &q->query));
}

static struct upload
upload_of(const struct testing_file *file)
{
	struct upload u = {
		.field = file->field,
		.filename = file->filename,
		.type = "application/octet-stream",
		.fd = memfd_create("upload", 0),
		.size = (int64_t)file->data.len,
	};

	assert_true(u.fd >= 0);
	assert_int_equal(write(u.fd, file->data.at, file->data.len), file->data.len);
	lseek(u.fd, 0, SEEK_SET);
	return u;
}

static const char *
header_of(const struct reply *r, const char *name)
{
	const char *value = pairs_get(&r->headers, name);

	return value ? value : "";
}

static struct visit
visit(struct work *w, struct request *q)
{
	struct routes all = routes_all(w->arena);
	struct router *routes = router_new(w->arena, all.at, all.count);
	const struct route *route = router_match(routes, q);
	struct reply r = reply_in(w->arena);
	struct visit v = {.end = DONE};

	if (!route)
		fail_msg("no route for %s", q->path);
	w->problems = (struct problems){0};
	w->prepared = NULL;
	db_savepoint(w->db);
	if (route->prepare)
		v.end = route->prepare(w, q, &r);
	if (v.end == DONE)
		v.end = route->handle(w, q, &r);
	assert_false(db_failed(w->db));
	if (v.end == DONE)
		db_savepoint_keep(w->db);
	else
		db_savepoint_undo(w->db);
	v.status = r.status;
	v.body = arena_text(w->arena, r.body.at, r.body.len);
	v.location = header_of(&r, "Location");
	v.cookie = header_of(&r, "Set-Cookie");
	for (int i = 0; i < q->upload_count; i++)
		close(q->uploads[i].fd);
	return v;
}

struct visit
testing_get(struct work *w, const char *target)
{
	struct request q = {.arena = w->arena, .method = GET, .peer = "127.0.0.1"};

	set_target(&q, target);
	return visit(w, &q);
}

struct visit
testing_post_file(struct work *w, const char *target, const char *form,
	const struct testing_file *file)
{
	struct request q = {.arena = w->arena, .method = POST, .peer = "127.0.0.1"};
	struct upload upload;

	set_target(&q, target);
	assert_true(urlencoded_parse(w->arena, bytes_of(form), &q.form));
	if (file) {
		upload = upload_of(file);
		q.uploads = &upload;
		q.upload_count = 1;
	}
	return visit(w, &q);
}

struct visit
testing_post(struct work *w, const char *target, const char *form)
{
	return testing_post_file(w, target, form, NULL);
}

void
testing_session(struct work *w)
{
	struct session *s = arena_alloc(w->arena, sizeof *s);

	session_start(w, w->actor->org, 0, SESSION_ANONYMOUS, "127.0.0.1", s);
	w->session = s;
}

/* --- pages ------------------------------------------------------------------------- */

bool
testing_says(const struct visit *v, const char *text)
{
	struct html_tokens page = testing_html(testing_arena(), v->body);
	struct buffer all = buffer_in(testing_arena(), 0);

	for (int i = 0; i < page.count; i++) {
		const struct html_token *t = &page.at[i];

		if (t->kind == HTML_TEXT)
			buffer_text_add(&all, t->text);
		for (int k = 0; t->kind == HTML_START && k < t->attribute_count; k++)
			if (t->attributes[k].value &&
				strstr(t->attributes[k].value, text))
				return true;
	}
	return strstr(buffer_text(&all), text) != NULL;
}

static const char *
attribute(const struct html_token *t, const char *name)
{
	for (int i = 0; i < t->attribute_count; i++)
		if (strcmp(t->attributes[i].name, name) == 0)
			return t->attributes[i].value;
	return NULL;
}

static bool
is_void(const char *name)
{
	static const char *const names[] = {"meta", "link", "input", "br", "hr", "img",
		"path", "circle", "rect", "col", "source", "wbr"};

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (strcmp(names[i], name) == 0)
			return true;
	return false;
}

static void
check_nesting(const struct html_tokens *page)
{
	const char *open[DEEPEST];
	int depth = 0;

	for (int i = 0; i < page->count; i++) {
		const struct html_token *t = &page->at[i];

		if (t->kind == HTML_START && !is_void(t->text)) {
			assert_true(depth < DEEPEST);
			open[depth++] = t->text;
		} else if (t->kind == HTML_END && !is_void(t->text)) {
			if (depth == 0 || strcmp(open[depth - 1], t->text) != 0)
				fail_msg("</%s> closes <%s>", t->text,
					depth ? open[depth - 1] : "nothing");
			depth--;
		}
	}
	if (depth)
		fail_msg("<%s> is not closed", open[depth - 1]);
}

struct ids {
	const char *at[MOST_IDS];
	int count;
};

static bool
has_id(const struct ids *ids, const char *id, size_t n)
{
	for (int i = 0; i < ids->count; i++)
		if (strlen(ids->at[i]) == n && memcmp(ids->at[i], id, n) == 0)
			return true;
	return false;
}

static void
collect_ids(const struct html_tokens *page, struct ids *ids)
{
	ids->count = 0;
	for (int i = 0; i < page->count; i++) {
		const char *id = attribute(&page->at[i], "id");

		if (page->at[i].kind != HTML_START || !id)
			continue;
		if (has_id(ids, id, strlen(id)))
			fail_msg("two elements have the id %s", id);
		assert_true(ids->count < MOST_IDS);
		ids->at[ids->count++] = id;
	}
}

/* Each of the words of an attribute must be an id. */
static void
check_reference(const struct ids *ids, const struct html_token *t, const char *name)
{
	const char *value = attribute(t, name);

	while (value && *(value += strspn(value, " "))) {
		size_t n = strcspn(value, " ");

		if (!has_id(ids, value, n))
			fail_msg("<%s %s> names no element: %.*s", t->text, name, (int)n,
				value);
		value += n;
	}
}

static bool
has_label(const struct html_tokens *page, const char *id)
{
	for (int i = 0; i < page->count; i++) {
		const char *of = attribute(&page->at[i], "for");

		if (page->at[i].kind == HTML_START && of && strcmp(of, id) == 0)
			return true;
	}
	return false;
}

static void
check_labelled(const struct html_tokens *page, const struct html_token *t)
{
	const char *type = attribute(t, "type");
	const char *id = attribute(t, "id");
	bool asks = strcmp(t->text, "select") == 0 || strcmp(t->text, "textarea") == 0 ||
		    (strcmp(t->text, "input") == 0 &&
			    (!type || strcmp(type, "hidden") != 0));

	if (asks && !attribute(t, "aria-label") && !attribute(t, "aria-labelledby") &&
		!(id && has_label(page, id)))
		fail_msg("<%s name=%s> has no label", t->text, attribute(t, "name"));
}

void
testing_is_page(const struct visit *v)
{
	struct html_tokens page = testing_html(testing_arena(), v->body);
	struct ids *ids = arena_alloc(testing_arena(), sizeof *ids);
	int h1 = 0, title = 0;

	check_nesting(&page);
	collect_ids(&page, ids);
	for (int i = 0; i < page.count; i++) {
		const struct html_token *t = &page.at[i];
		const char *href = attribute(t, "href");

		if (t->kind != HTML_START)
			continue;
		h1 += strcmp(t->text, "h1") == 0;
		title += strcmp(t->text, "title") == 0;
		check_reference(ids, t, "for");
		check_reference(ids, t, "aria-describedby");
		check_reference(ids, t, "aria-labelledby");
		check_reference(ids, t, "aria-controls");
		if (href && href[0] == '#' && href[1] &&
			!has_id(ids, href + 1, strlen(href + 1)))
			fail_msg("%s leads nowhere", href);
		check_labelled(&page, t);
	}
	if (h1 != 1)
		fail_msg("%d h1 on the page", h1);
	assert_int_equal(title, 1);
}
