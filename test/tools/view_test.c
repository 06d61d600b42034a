/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "testing.h"

#include "../tools/view.h"

#include <string.h>

#define HEAD "{part x of x_page from \"web/x.h\"}\n"

static struct view_made
compiled(const char *body)
{
	const char *text = arena_printf(testing_arena(), HEAD "%s", body);

	return view_compile(testing_arena(), "x.html", bytes_of(text));
}

static void
refuses(const char *body, const char *complaint)
{
	struct view_made made = compiled(body);

	if (!made.wrong || !strstr(made.wrong, complaint))
		fail_msg("%s\n  gives   %s\n  wanted  %s", body,
			made.wrong ? made.wrong : "no complaint", complaint);
	assert_null(made.code);
}

static void
makes(const char *body, const char *code)
{
	struct view_made made = compiled(body);

	if (made.wrong)
		fail_msg("%s\n  gives   %s", body, made.wrong);
	if (!strstr(made.code, code))
		fail_msg("%s\n  gives   %s\n  wanted  %s", body, made.code, code);
}

static void
values_are_refused_where_nothing_can_make_them_safe(void **state)
{
	static const char *const bodies[][2] = {
		{"<script>let x = '{p.x}'</script>", "<script>"},
		{"<script>\nif (a) { b }</script>", "x.html:3: "},
		{"<style>a { color: {p.x} }</style>", "<style>"},
		{"<!-- {p.x} -->", "comment"},
		{"<a onclick=\"{p.x}\">x</a>", "onclick is not allowed"},
		{"<a ONCLICK='go()'>x</a>", "onclick is not allowed"},
		{"<a style=\"color: {p.x}\">x</a>", "style is not allowed"},
		{"<iframe srcdoc=\"{p.x}\"></iframe>", "srcdoc is not allowed"},
		{"<a title={p.x}>x</a>", "wants quotes"},
		{"<a title=x>x</a>", "wants quotes"},
		{"<a {p.x}=\"y\">x</a>", "wants quotes"},
		{"<a {p.x}>x</a>", "wants quotes"},
		{"<a{_ k.x}>x</a>", "wants quotes"},
		{"<{p.x}>", "&lt;"},
		{"<base href=\"{p.x}\">", "<base>"},
		{"<iframe src=\"{p.x}\"></iframe>", "<iframe>"},
		{"<script src=\"{p.x}\"></script>", "<script>"},
		{"<script src=\"/x/{p.x}\"></script>", "<script>"},
		{"<img srcset=\"{p.x} 2x\">", "srcset"},
		{"<meta http-equiv=\"refresh\" content=\"{p.x}\">", "content"},
		{"<meta content=\"{p.x}\" http-equiv=\"refresh\">", "http-equiv"},
		{"<svg><animate values=\"{p.x}\"/></svg>", "values"},
		{"<svg><set to=\"{p.x}\"/></svg>", "to of <set>"},
		{"<noscript>{p.x}</noscript>", "<noscript> is not allowed"},
		{"<title><b>{p.x}</b></title>", "only text"},
		{"<title>{part y p.x}</title>", "no part"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++)
		refuses(bodies[i][0], bodies[i][1]);
}

static void
addresses_stay_addresses(void **state)
{
	(void)state;
	makes("<a href=\"{p.x}\">x</a>", "PRINT_URL(p->x)");
	makes("<a href='{p.x}?a=1'>x</a>", "PRINT_URL(p->x)");
	makes("<a href=\"/x/{p.x}\">x</a>", "PRINT_SEGMENT(p->x)");
	makes("<a href=\"/x/{p.y}/{p.x}\">x</a>", "PRINT_SEGMENT(p->x)");
	makes("<form action=\"/x?a={p.x}\"></form>", "PRINT_QUERY(p->x)");
	makes("<a href=\"#{p.x}\">x</a>", "PRINT_QUERY(p->x)");
	makes("<a href=\"mailto:{p.x}\">x</a>", "PRINT_ADDRESS(p->x)");
	makes("<a href=\"/x/{p.x}/y//{p.y}\">x</a>", "PRINT_SEGMENT(p->y)");
	makes("<a href=\"https://a.example/{p.x}\">x</a>", "PRINT_SEGMENT(p->x)");
	makes("<a title=\"{p.x}\">x</a>", "PRINT_ATTRIBUTE(p->x)");
	refuses("<a href=\"{p.x}{p.y}\">x</a>", "whole address");
	refuses("<a href=\"{p.x}:y\">x</a>", "only / ? or #");
	refuses("<a href=\"https://{p.x}/\">x</a>", "host");
	refuses("<a href=\"https://a{p.x}/\">x</a>", "host");
	refuses("<a href=\"javascript:{p.x}\">x</a>", "not http");
	refuses("<a href=\"JavaScript:alert()\">x</a>", "not http");
	refuses("<a href=\"//evil.example/\">x</a>", "not http");
	refuses("<a href=\"{_ k.x}\">x</a>", "no address");
	refuses("<a href=\"{if p.y}javascript:{/if}{p.x}\">x</a>", "not http");
	refuses("<a href=\"{if p.y}/a{/if}{p.x}\">x</a>", "branches");
	makes("<a href=\"{if p.y}/a/{else}/b/{/if}{p.x}\">x</a>", "PRINT_SEGMENT(p->x)");
}

static void
html_that_does_not_close_is_refused(void **state)
{
	static const char *const bodies[][2] = {
		{"<p>", "<p> of line 2 is not closed"},
		{"\n</p>", "x.html:3: </p> closes nothing"},
		{"<b><i></b></i>", "</b> where </i> of line 2 is due"},
		{"<br></br>", "no end tag"},
		{"<div/>", "only elements of SVG"},
		{"<p", "does not end"},
		{"<p class=\"x", "does not end"},
		{"a < b", "&lt;"},
		{"<script>x", "without its end"},
		{"<!-- x", "without its end"},
		{"{if p.x}<p>{/if}</p>", "does not end where it began"},
		{"<p>{if p.x}</p><p>{/if}</p>", "opened outside"},
		{"<p{if p.x}>{/if}", "ends inside a block"},
		{"<a title=\"{if p.x}\" class=\"{/if}\">x</a>", "does not end where"},
		{"<a title=\"{if p.x}y\"{/if}>x</a>", "does not end where"},
		{"<a{if p.x}title=\"y\"{/if}>x</a>", "wants a blank"},
		{"<a title=\"x\"class=\"y\">x</a>", "wants a blank"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++)
		refuses(bodies[i][0], bodies[i][1]);
	makes("<option{if p.x} selected{/if} value=\"1\">x</option>", " selected");
	makes("<svg><path d=\"M0\"/></svg>", "<path d=\\\"M0\\\"/>");
	makes("<br><img src=\"/x\" alt=\"\">", "<br><img");
}

static void
constructs_must_make_sense(void **state)
{
	static const char *const bodies[][2] = {
		{"{if p.x}", "the {if} of line 2 is not closed"},
		{"{/if}", "no block is open"},
		{"{if p.x}{/for}", "innermost open block is the {if}"},
		{"{else}", "no block is open"},
		{"{if p.x}{else}{else}{/if}", "behind {else}"},
		{"{x.y}", "neither a construct nor a path"},
		{"{row}", "neither a construct nor a path"},
		{"{for r in p.rs}{/for}{r.x}", "neither a construct nor a path"},
		{"{for p in p.rs}{/for}", "no name for a row"},
		{"{for r in p.rs}{for r in r.xs}{/for}{/for}", "already the row"},
		{"{for r of p.rs}{/for}", "a loop is"},
		{"{p.}", "not a path"},
		{"{p.x+1}", "not a path"},
		{"{p.x[0]}", "not a path"},
		{"{p.x", "without its '}'"},
		{"{}", "empty braces"},
		{"{frob p.x}", "no such construct"},
		{"{if p.x == \"y\"}{/if}", "constant, number or path"},
		{"{if p.x = 1}{/if}", "not a comparison"},
		{"{_ k.x \"y\"}", "name=path"},
		{"{_ k.x y=\"a\\b\"}", "neither a construct nor"},
		{"{_ 1.x}", "not a key"},
		{"{asset \"x.css\"}", "whole of an address"},
		{"{body}", "once, in a layout"},
		{"{number row}", "not a row"},
		{"{if first row}{/if}", "not a row"},
		{"{part y}", "a part is"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++)
		refuses(bodies[i][0], bodies[i][1]);
}

static void
paths_and_conditions_become_c(void **state)
{
	(void)state;
	makes("{p.a.b->c}", "PRINT_TEXT(p->a.b->c);");
	makes("{for r in p.rs}{r.x} {r}{/for}", "PRINT_TEXT(r->x);");
	makes("{for r in p.rs}{r.x} {r}{/for}", "PRINT_TEXT((*r));");
	makes("{for r in p}{/for}", "(int64_t)(*p).count");
	makes("{if not p.x}y{/if}", "if (!PRINT_IF(p->x)) {");
	makes("{if p.x == KIND_A}y{/if}", "if (p->x == KIND_A) {");
	makes("{if p.x >= -3}y{/if}", "if (p->x >= -3) {");
	makes("{for r in p.rs}{if p.x != r.y}y{/if}{/for}", "if (p->x != r->y) {");
	makes("{for r in p.rs}{if last r}y{/if}{/for}",
		"i_0 + 1 == (int64_t)p->rs.count");
	makes("{_ k.x n=p.c}", "word_value(WORD_HAS_k_x__n ? \"n\" : 0, p->c)");
	makes("<p title=\"{_ k.x}\">y</p>",
		"words_say_attribute(out, words, WORD_k_x, 0)");
	makes("<title>{p.x}</title>", "PRINT_ATTRIBUTE(p->x)");
	makes("<textarea>{p.x}</textarea>", "<textarea>\\n");
	makes("\n\n{p.x}", "#line 4 \"x.html\"\n\tPRINT_TEXT");
}

static void
white_space_is_joined_where_it_does_not_count(void **state)
{
	(void)state;
	makes("<p>\n\n\ta  b\n</p>", "\"<p>\\n\"\n\t\"a b\\n\"\n\t\"</p>\"");
	makes("<pre>a  b</pre>", "<pre>a  b</pre>");
	makes("a\n  {if p.x}\n  b\n  {/if}\nc", "\"b\\n\");\n");
	makes("a <!-- x --> b", "\"a b\"");
	makes("<a\n  class=\"x  y\"\n>z</a>", "<a class=\\\"x  y\\\">z</a>");
	makes("{{p.x}", "{p.x}");
}

static void
a_text_view_is_not_html(void **state)
{
	const char *text = "{part x of x_page from \"web/x.h\"}\nDear {p.name},\n"
			   "  {if p.x}\n  a < b\n  {/if}\nend";
	struct view_made made = view_compile(testing_arena(), "x.txt", bytes_of(text));

	(void)state;
	assert_null(made.wrong);
	assert_non_null(strstr(made.code, "PRINT_PLAIN(p->name)"));
	assert_non_null(strstr(made.code, "\"  a < b\\n\""));
	assert_non_null(strstr(made.code, "\",\\n\""));
}

static void
the_first_line_says_what_the_file_is(void **state)
{
	static const struct {
		const char *text, *wrong;
	} cases[] = {
		{"<p></p>", "the file begins with"},
		{"{view x of y}", "the file begins with"},
		{"{view x of y from z.h}", "in quotes"},
		{"{view x of y from \"z.h\" in}", "the file begins with"},
		{"{part x of y from \"z.h\" in staff}", "for a view"},
		{"{view x-y of y from \"z.h\"}", "C names"},
		{"{layout x of y from \"z.h\"}<p></p>", "without {body}"},
		{"{layout x of y from \"z.h\"}{if p.x}{body}{/if}", "outside of blocks"},
		{"{view x of y from \"z.h\"}\xff", "not UTF-8"},
	};
	struct view_made made;

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		made = view_compile(testing_arena(), "x.html", bytes_of(cases[i].text));
		assert_non_null(made.wrong);
		if (!strstr(made.wrong, cases[i].wrong))
			fail_msg("%s: %s", cases[i].text, made.wrong);
	}
	made = view_compile(testing_arena(), "x.html",
		bytes_of("{layout x of y from \"z.h\"}<p>{body}</p>"));
	assert_null(made.wrong);
	assert_non_null(strstr(made.code, "layout_x_top("));
	assert_non_null(strstr(made.code, "layout_x_bottom("));
	made = view_compile(testing_arena(), "x.html",
		bytes_of("{view x of y from \"z.h\" in staff}"));
	assert_non_null(strstr(made.code, "layout_staff_bottom(out, words, &p->page);"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(values_are_refused_where_nothing_can_make_them_safe),
		cmocka_unit_test(addresses_stay_addresses),
		cmocka_unit_test(html_that_does_not_close_is_refused),
		cmocka_unit_test(constructs_must_make_sense),
		cmocka_unit_test(paths_and_conditions_become_c),
		cmocka_unit_test(white_space_is_joined_where_it_does_not_count),
		cmocka_unit_test(a_text_view_is_not_html),
		cmocka_unit_test(the_first_line_says_what_the_file_is),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
