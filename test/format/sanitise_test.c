/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "testing.h"
#include "testing_inert.h"

#include "base/buffer.h"
#include "format/json.h"
#include "format/sanitise.h"

#include <string.h>

static const char *
html_of(const char *in)
{
	struct sanitised s;

	assert_true(sanitise(testing_arena(), bytes_of(in), &s));
	assert_true(testing_inert(s.html));
	return s.html;
}

static const char *
text_of(const char *in)
{
	struct sanitised s;

	assert_true(sanitise(testing_arena(), bytes_of(in), &s));
	return s.text;
}

static void
ordinary_writing_stays(void **state)
{
	static const struct {
		const char *in, *out;
	} cases[] = {
		{"plain", "plain"},
		{"<p>a <b>b</b> <i>c</i></p>", "<p>a <strong>b</strong> <em>c</em></p>"},
		{"<h1 class=x>Title</h1>text", "<p><strong>Title</strong></p>text"},
		{"<ul><li>1<li>2</ul>", "<ul><li>1</li><li>2</li></ul>"},
		{"a<br/>b<hr>", "a<br>b<hr>"},
		{"<a href=https://example.org/?a=1&amp;b=2 onclick=x()>l</a>",
			"<a href=\"https://example.org/?a=1&amp;b=2\""
			" rel=\"noopener noreferrer nofollow\">l</a>"},
		{"<table><tr><td colspan=2 style='x'>c</table>",
			"<table><tbody><tr><td "
			"colspan=\"2\">c</td></tr></tbody></table>"},
		{"<section><font color=red>x</font></section>", "x"},
		{"<img src=http://t.example.org/1.gif alt='the hole'>", "[the hole]"},
		{"a &lt;b&gt; &amp; c", "a &lt;b&gt; &amp; c"},
		{"<pre>\n\n x</pre>", "<pre>\n\n x</pre>"},
		{"<p>\xC3\xA9\xFF</p>", "<p>\xC3\xA9\xEF\xBF\xBD</p>"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_string_equal(html_of(cases[i].in), cases[i].out);
}

static void
what_could_act_goes(void **state)
{
	static const struct {
		const char *in, *out;
	} cases[] = {
		{"<script>x</script>a", "a"},
		{"<scr<script>ipt>alert(1)</script>", "ipt&gt;alert(1)"},
		{"<img src=x onerror=alert(1)>", ""},
		{"<svg onload=alert(1)><p>x</svg>y", "y"},
		{"<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>", NULL},
		{"<svg></p><style><a id=\"</style><img src=1 onerror=alert(1)>\">", NULL},
		{"<a href='javascript:alert(1)'>a</a>", "<a>a</a>"},
		{"<a href=' java\nscript:alert(1)'>a</a>", "<a>a</a>"},
		{"<a href='data:text/html,x'>a</a>", "<a>a</a>"},
		{"<a href='/staff/tickets/x/claim'>a</a>", "<a>a</a>"},
		{"<a href='//evil.example'>a</a>", "<a>a</a>"},
		{"<a href='https:\\\\evil'>a</a>", "<a>a</a>"},
		{"<iframe src=javascript:alert(1)></iframe>b", "b"},
		{"<form action=/staff/sign-out method=post><input name=token>x</form>",
			"x"},
		{"<base href=//evil.example><link rel=stylesheet href=x><meta "
		 "http-equiv=refresh content='0;url=x'>z",
			"z"},
		{"<style>*{display:none}</style>s", "s"},
		{"<div style='position:fixed;inset:0'>d</div>", "<div>d</div>"},
		{"<!--><img src=x onerror=alert(1)>-->c", "--&gt;c"},
		{"<textarea></textarea><img src=x onerror=y>", ""},
		{"<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">", NULL},
		{"</div></div></main><h1>Sign in again</h1>",
			"<p><strong>Sign in again</strong></p>"},
		{"<p id=main name=cookie>clobber</p>", "<p>clobber</p>"},
		{"<object data=x><embed src=y>o</object>e", NULL},
		{"<template><script>alert(1)</script></template>t", "t"},
		{"<xmp><script>alert(1)</script></xmp>x", "x"},
		{"<select><option><style></select><img src=x onerror=alert(1)></style>",
			NULL},
		{"<b><p>1</b>2</p>", NULL},
		{"<li><div><li>x</li></div></li>", NULL},
		{"<table><a href=http://a.example>1<tr><td>2</a></table>", NULL},
		{"<a href=http://a.example><a href=http://b.example>2</a></a>", NULL},
		{"\x3C\x00script\x3E", NULL},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const char *out = html_of(cases[i].in);

		if (cases[i].out)
			assert_string_equal(out, cases[i].out);
	}
}

static void
the_text_says_the_same(void **state)
{
	(void)state;
	assert_string_equal(text_of("<p>One  two</p>\n <p>three<br>four</p>"),
		"One two\nthree\nfour\n");
	assert_string_equal(text_of("<ul><li>a<li>b</ul>"), "- a\n- b\n");
	assert_string_equal(text_of("<a href=https://example.org>here</a>"),
		"here (https://example.org)");
	assert_string_equal(text_of("<script>x</script><b>&lt;b&gt;</b>"), "<b>");
}

/* Depth, size and repair are bounded: a second for the worst of them, with sanitizers. */
static void
the_worst_letters_cost_little(void **state)
{
	static const char *const heaps[] = {"<div>", "<b>", "<a href=http://a.example>",
		"<table><td>", "<li><div>", "</p>", "<b><p>", "<font><table>", "&#x41;",
		"<p><i>", "<", "<!--", "<a b=", "<select><table>", "<svg><desc>"};

	(void)state;
	for (size_t i = 0; i < sizeof heaps / sizeof *heaps; i++) {
		struct arena *a = arena_new();
		struct buffer b = buffer_in(a, 0);
		struct sanitised s;

		while (b.len < 20000)
			buffer_text_add(&b, heaps[i]);
		if (sanitise(a, buffer_bytes(&b), &s))
			assert_true(testing_inert(s.html));
		arena_free(a);
	}
	assert_false(sanitise(testing_arena(),
		(struct bytes){arena_alloc(testing_arena(), SANITISE_LONGEST + 1),
			SANITISE_LONGEST + 1},
		&(struct sanitised){NULL, NULL}));
}

/* Every payload of two public collections: what comes out is inert, and says the same
 * when it goes in again. */
static int
try_payload(const char *payload)
{
	struct sanitised s, again;

	if (!sanitise(testing_arena(), bytes_of(payload), &s))
		return 0;
	if (!testing_inert(s.html))
		fail_msg("not inert: %s\nfrom: %s", s.html, payload);
	assert_true(sanitise(testing_arena(), bytes_of(s.html), &again));
	assert_string_equal(again.html, s.html);
	return 1;
}

static void
known_attacks_come_out_inert(void **state)
{
	struct bytes file = testing_data("html/dompurify-expect.json");
	const char *problem;
	const struct json *list = json_read(testing_arena(), file, &problem);
	int tried = 0, taken = 0;

	(void)state;
	assert_non_null(list);
	for (int i = 0; i < list->count; i++) {
		tried++;
		taken += try_payload(json_words(json_get(&list->items[i], "payload")));
	}
	assert_true(tried >= 200);
	assert_true(taken >= tried - 5);
}

static void
naughty_strings_come_out_inert(void **state)
{
	struct bytes file = testing_data("html/naughty-strings.json");
	const char *problem;
	const struct json *list = json_read(testing_arena(), file, &problem);
	int tried = 0;

	(void)state;
	assert_non_null(list);
	for (int i = 0; i < list->count; i++)
		tried += try_payload(json_words(&list->items[i]));
	assert_true(tried >= 500);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ordinary_writing_stays),
		cmocka_unit_test(what_could_act_goes),
		cmocka_unit_test(the_text_says_the_same),
		cmocka_unit_test(the_worst_letters_cost_little),
		cmocka_unit_test(known_attacks_come_out_inert),
		cmocka_unit_test(naughty_strings_come_out_inert),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
