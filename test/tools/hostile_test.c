/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Whatever a text holds, a compiled view prints it as text: every tag and attribute of
 * the page is one that the view has, and every address one that may be followed. */
#include "testing.h"

#include "base/buffer.h"
#include "format/words.h"
#include "testing_html.h"
#include "tools/hostile_page.h"

#include <jansson.h>
#include <string.h>
#include <strings.h>

void part_hostile(
	struct buffer *out, const struct words *words, const struct hostile_page *p);

static const char *const built_in[] = {"", "x", "<", ">", "&", "&amp;", "&lt;script&gt;",
	"\"", "'", "\"><script>alert(1)</script>", "'><img src=x onerror=alert(1)>",
	"</title><script>alert(1)</script>", "</textarea><script>alert(1)</script>",
	"</pre><b>", "--><b>", "<!--", "]]>", "\" onmouseover=\"alert(1)",
	"' onmouseover='alert(1)", "javascript:alert(1)", "JaVaScRiPt:alert(1)",
	" javascript:alert(1)", "java\tscript:alert(1)", "java\nscript:alert(1)",
	"\x01javascript:alert(1)", "javascript&#58;alert(1)", "javascript&colon;alert(1)",
	"data:text/html,<script>alert(1)</script>", "vbscript:x", "//evil.example/",
	"/\\evil.example/", "\\\\evil.example", "/\t/evil.example", "https:evil",
	"https://good.example/a?b=c&d=e#f", "mailto:a@b.example", "tel:+441234", "..",
	".", "../../admin", "%2e%2e", "%00", "a/b?c#d", "\n\nleading lines", "{p.text}",
	"{{x}}", "{name}", "%s%n", "\u202Eevil", "\xEF\xBB\xBF<b>", "\xF0\x9F\x92\xA9",
	"\x7F", "a\rb"};

static const char *
rendered(const char *text)
{
	struct buffer out = buffer_in(testing_arena(), 4096);
	const char *rows[] = {text, "second"};
	struct hostile_page page = {
		.text = text,
		.number = -5,
		.rows = {rows, 2},
	};

	part_hostile(&out, words_of("en"), &page);
	return buffer_text(&out);
}

/* The scheme of an address as a browser finds it: blanks before it and tabs and newlines
 * in it do not count. NULL: none. */
static const char *
scheme_of(const char *url)
{
	struct buffer out = buffer_in(testing_arena(), 32);

	while (*url && (unsigned char)*url <= ' ')
		url++;
	for (; *url && !strchr("/?#", *url); url++) {
		if (*url == ':')
			return buffer_text(&out);
		if (!strchr("\t\n\r", *url))
			buffer_char(&out, *url);
	}
	return NULL;
}

static void
address_is_harmless(const char *url)
{
	static const char *const good[] = {"http", "https", "mailto", "tel"};
	const char *scheme = scheme_of(url);
	bool known = !scheme;

	for (size_t i = 0; i < sizeof good / sizeof *good; i++)
		known = known || strcasecmp(scheme, good[i]) == 0;
	if (!known)
		fail_msg("an address to follow: %s", url);
	for (const char *p = url; *p; p++)
		if (strchr("\t\n\r\\", *p))
			fail_msg("an address browsers read otherwise: %s", url);
	assert_false(url[0] == '/' && url[1] == '/');
}

static void
check(const char *text)
{
	struct html_tokens plain = testing_html(testing_arena(), rendered("word"));
	struct html_tokens all = testing_html(testing_arena(), rendered(text));
	int k = 0;

	if (!*text)
		return; /* another branch of the view */
	for (int i = 0; i < all.count; i++) {
		const struct html_token *t = &all.at[i];

		if (t->kind == HTML_TEXT)
			continue;
		while (k < plain.count && plain.at[k].kind == HTML_TEXT)
			k++;
		assert_true(k < plain.count);
		if (strcmp(t->text, plain.at[k].text) != 0 ||
			t->attribute_count != plain.at[k].attribute_count)
			fail_msg("other markup because of: %s", text);
		for (int n = 0; n < t->attribute_count; n++) {
			const struct html_attribute *at = &t->attributes[n];

			assert_string_equal(at->name, plain.at[k].attributes[n].name);
			if (strstr(at->name, "href") || strstr(at->name, "action"))
				address_is_harmless(at->value);
		}
		k++;
	}
	/* <p title=... data-x=...> and <textarea> give back the very text */
	assert_string_equal(all.at[3].attributes[0].value, text);
	assert_string_equal(all.at[3].attributes[1].value, text);
}

static void
built_in_hostile_texts_stay_texts(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof built_in / sizeof *built_in; i++)
		check(built_in[i]);
	check(arena_printf(testing_arena(), "%01000d<b>", 0));
}

static void
naughty_strings_stay_texts(void **state)
{
	struct bytes file = testing_data("html/naughty-strings.json");
	json_t *list = json_loadb((const char *)file.at, file.len, JSON_ALLOW_NUL, NULL);
	json_t *text;
	size_t i;

	(void)state;
	assert_true(json_array_size(list) > 400);
	json_array_foreach(list, i,
		text) if (strlen(json_string_value(text)) == json_string_length(text))
		check(json_string_value(text));
	json_decref(list);
}

static void
addresses_are_encoded_part_by_part(void **state)
{
	(void)state;
	assert_non_null(strstr(rendered("a/b?c#d e"), "href=\"/a/a%2Fb%3Fc%23d%20e/b\""));
	assert_non_null(strstr(rendered(".."), "href=\"/a/-/b\""));
	assert_non_null(
		strstr(rendered("a&b=c"), "?q=a%26b%3Dc&amp;r=a%26b%3Dc#a%26b%3Dc"));
	assert_non_null(
		strstr(rendered("a+b@c.example"), "href=\"mailto:a+b@c.example\""));
	assert_non_null(strstr(rendered("https://x.example/?a=1&b=2"),
		"href=\"https://x.example/?a=1&amp;b=2\""));
	assert_non_null(strstr(rendered("javascript:alert(1)"), "<a href=\"#\">whole"));
	assert_non_null(strstr(rendered(""), "href=\"/a/-/b\""));
}

static void
nothing_prints_nothing(void **state)
{
	const char *html = rendered(NULL);

	(void)state;
	assert_non_null(strstr(html, "<title></title>"));
	assert_non_null(strstr(html, "<i>1</i>\n<i>second2</i>"));
	assert_non_null(strstr(html, "<u></u>"));
	assert_non_null(strstr(html, ">Page </p>"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(built_in_hostile_texts_stay_texts),
		cmocka_unit_test(naughty_strings_stay_texts),
		cmocka_unit_test(addresses_are_encoded_part_by_part),
		cmocka_unit_test(nothing_prints_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
