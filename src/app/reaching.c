/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/reaching.h"

#include "base/buffer.h"
#include "base/times.h"
#include "format/json.h"
#include "format/urlencoded.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum {
	GET_SECONDS = 30,
	POST_SECONDS = 60,
	LARGEST = 4 * 1024 * 1024,
	SENTENCE = 300, /* bytes of what they say was wrong */
	SKEW_MATTERS = 60,
};

/* --- JSON as a tree ----------------------------------------------------------------- */

static const char *
text_of(struct arena *a, const struct json *v)
{
	switch (v->kind) {
	case JSON_KIND_TRUTH: return v->truth ? "true" : "false";
	case JSON_KIND_WHOLE: return arena_printf(a, "%" PRId64, v->whole);
	case JSON_KIND_REAL: return arena_printf(a, "%.6f", v->real);
	case JSON_KIND_TEXT: return v->text;
	default: return "";
	}
}

/* "attributes" -> "attribute". */
static const char *
singular(struct arena *a, const char *name)
{
	size_t n = strlen(name);

	return n > 1 && name[n - 1] == 's' ? arena_text(a, name, n - 1) : name;
}

/* Depth is bounded by json_read. */
static struct xml *
tree_of(struct arena *a, const char *name, const struct json *v, const char *element)
{
	struct xml *x = arena_alloc(a, sizeof *x);
	const struct xml **last = &x->first;

	*x = (struct xml){.name = name, .text = text_of(a, v)};
	for (int i = 0; i < v->count; i++) {
		const struct json *child = v->kind == JSON_KIND_RECORD
						   ? &v->members[i].value
						   : &v->items[i];
		const char *called = v->kind == JSON_KIND_RECORD ? v->members[i].name
								 : element;
		struct xml *c = tree_of(a, called, child, singular(a, called));

		*last = c;
		last = (const struct xml **)&c->next;
	}
	return x;
}

const struct xml *
reaching_read(struct arena *a, struct bytes in, const char *element, const char **problem)
{
	struct bytes trimmed = bytes_trim(in);
	const struct json *v;

	if (trimmed.len == 0 || (trimmed.at[0] != '[' && trimmed.at[0] != '{'))
		return xml_read(a, in, problem);
	v = json_read(a, trimmed, problem);
	return v ? tree_of(a, "", v, element) : NULL;
}

bool
reaching_is_id(const char *text)
{
	size_t n = strlen(text);

	return n > 0 && n <= REACHING_ID;
}

const char *
reaching_words(struct arena *a, const char *text)
{
	size_t n = REACHING_WORDS;

	if (strlen(text) <= n)
		return text;
	while (n > 0 && ((unsigned char)text[n] & 0xC0) == 0x80)
		n--;
	return arena_printf(a, "%.*s…", (int)n, text);
}

/* --- exchanges ---------------------------------------------------------------------- */

void
reaching_add(struct buffer *b, const char *name, const char *value)
{
	if (!value || !*value)
		return;
	if (b->len > 0)
		buffer_char(b, '&');
	urlencoded_add(b, name);
	buffer_char(b, '=');
	urlencoded_add(b, value);
}

/* The first failure of a kind in a conversation is the one that is told. */
static void
note(struct reaching *c, const char *what, const char *problem)
{
	for (int i = 0; i < c->noted_count; i++)
		if (strcmp(c->noted[i].what, what) == 0) {
			if (!c->noted[i].problem)
				c->noted[i].problem = problem;
			return;
		}
	if (c->noted_count == REACHING_KINDS)
		return;
	c->noted[c->noted_count].what = what;
	c->noted[c->noted_count++].problem = problem;
}

/* "Sun, 22 Nov 2026 01:15:00 GMT" (RFC 9110 5.6.7). */
static bool
read_date(struct arena *a, const char *said, int64_t *at)
{
	static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
	const char *month;

	if (strlen(said) != 29 || strcmp(said + 25, " GMT") != 0)
		return false;
	month = strstr(months, arena_text(a, said + 8, 3));
	if (!month || (month - months) % 3 != 0)
		return false;
	return times_parse_iso(
		bytes_of(arena_printf(a, "%.4s-%02d-%.2sT%.8sZ", said + 12,
			(int)(month - months) / 3 + 1, said + 5, said + 17)),
		at);
}

int64_t
reaching_skew(struct arena *a, const char *date, int64_t now)
{
	int64_t theirs, skew;

	if (!date || !read_date(a, date, &theirs))
		return 0;
	skew = theirs - now;
	return skew > -SKEW_MATTERS && skew < SKEW_MATTERS ? 0 : skew;
}

static bool
is_json(const struct reaching *c)
{
	return strcmp(c->body->format, "json") == 0;
}

static const char *
address(struct reaching *c, const struct reaching_call *call)
{
	struct buffer b = buffer_in(c->arena, 256);

	for (int i = 0; call->query && i < call->query->count; i++)
		reaching_add(&b, call->query->at[i].name, call->query->at[i].value);
	reaching_add(&b, "jurisdiction_id", c->body->jurisdiction);
	return arena_printf(c->arena, "%s%s.%s%s%s", c->body->url, call->path,
		is_json(c) ? "json" : "xml", b.len ? "?" : "", buffer_text(&b));
}

/* What their error says, in a line: "HTTP 400: service_code was not found". */
static const char *
error_of(struct arena *a, const struct outgoing_answer *got)
{
	const char *problem, *said;
	const struct xml *x = reaching_read(a, got->body, "error", &problem);
	struct buffer b = buffer_in(a, SENTENCE);

	buffer_printf(&b, "HTTP %d", got->status);
	said = xml_words(a, xml_child(x, "error"), "description");
	if (*said)
		buffer_printf(&b, ": %.*s", SENTENCE, said);
	return bytes_text_lossy(a, buffer_bytes(&b));
}

const struct xml *
reaching_get(struct reaching *c, const struct reaching_call *call, const char **problem,
	int *status)
{
	struct outgoing_call o = {
		.method = "GET",
		.url = address(c, call),
		.most = LARGEST,
		.seconds = GET_SECONDS,
	};
	struct outgoing_answer got = {.status = 0};
	const struct xml *x = NULL;

	*problem = NULL;
	if (outgoing_send(c->rules, c->arena, &o, &got) != DONE) {
		*problem = got.problem;
		c->down = true;
	} else if (got.cut) {
		*problem = "the answer is too long";
	} else if (got.status != 200) {
		*problem = error_of(c->arena, &got);
		c->down = got.status >= 500;
	} else {
		c->skew = reaching_skew(
			c->arena, pairs_get(&got.headers, "date"), times_now());
		x = reaching_read(c->arena, got.body, call->element, problem);
	}
	if (status)
		*status = got.status;
	note(c, call->what, *problem);
	return *problem ? NULL : x;
}

struct reaching_verdict
reaching_post(struct reaching *c, const struct reaching_letter *l)
{
	struct outgoing_call o = {
		.method = "POST",
		.url = arena_printf(c->arena, "%s%s.%s", c->body->url, l->path,
			is_json(c) ? "json" : "xml"),
		.body = bytes_of(l->form),
		.seconds = POST_SECONDS,
	};
	struct outgoing_answer got = {.status = 0};
	struct reaching_verdict v = {.problem = NULL};

	pairs_add(c->arena, &o.headers, "Content-Type",
		"application/x-www-form-urlencoded; charset=utf-8");
	pairs_add(c->arena, &o.headers, "Idempotency-Key", l->key);
	if (outgoing_send(c->rules, c->arena, &o, &got) != DONE) {
		v.problem = got.problem;
	} else if (got.status / 100 != 2) {
		v.problem = error_of(c->arena, &got);
		v.refused = got.status / 100 == 4 && got.status != 429 &&
			    got.status != 409 && got.status != 408;
	} else {
		v.taken = true;
		v.answer = reaching_read(c->arena, got.body, l->element, &v.problem);
	}
	note(c, l->what, v.problem);
	if (v.problem)
		v.answer = NULL;
	return v;
}
