/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Pages with everything on them, in both faces and both languages, are valid HTML.
 * PORTREEVE_FACES=FOLDER keeps the pages, for looking at them in a browser. */
#include "testing.h"

#include "assets_table.h"
#include "base/buffer.h"
#include "http/assets.h"
#include "testing_html.h"
#include "web/sample_page.h"

#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

void view_form(
	struct buffer *out, const struct words *words, const struct sample_form *p);
void view_answers(
	struct buffer *out, const struct words *words, const struct sample_answers *p);
void view_desk(
	struct buffer *out, const struct words *words, const struct sample_desk *p);

static const struct page_language english_here[] = {
	{"en", "English", "/x?lang=en", true}, {"cy", "Cymraeg", "/x?lang=cy", false}};

static struct page
page_of(enum page_section section, const char *title)
{
	return (struct page){
		.title_text = title,
		.language = "en",
		.organisation = "Seaborough Council",
		.token = "0123456789abcdef",
		.section = section,
		.languages = {english_here, 2},
	};
}

static const struct part_input more = {.kind = PART_TEXT,
	.id = "phone",
	.label = "Telephone number",
	.type = "tel",
	.autocomplete = "tel",
	.class = "govuk-input--width-20"};

static const struct part_choice ways[] = {
	{.value = "email", .label = "E-mail", .hint = "We answer within a day"},
	{.value = "phone", .label = "Telephone", .chosen = true, .more = &more},
	{.label = "or", .divider = true},
	{.value = "none", .label = "Do not contact me", .exclusive = true},
};

static const struct part_input inputs[] = {
	{.kind = PART_TEXT,
		.id = "email",
		.label = "E-mail address",
		.type = "email",
		.hint = "We only use it for this",
		.autocomplete = "email",
		.no_spelling = true,
		.value = "ann\"@<b>",
		.error = "Enter an e-mail address like a@b.example"},
	{.kind = PART_TEXT,
		.id = "cost",
		.label = "Cost",
		.prefix = "£",
		.suffix = "per week",
		.class = "govuk-input--width-5",
		.inputmode = "decimal"},
	{.kind = PART_AREA,
		.id = "words",
		.label = "What has happened?",
		.most = 2000,
		.value = "\nIt floods & <floods>"},
	{.kind = PART_RADIOS,
		.id = "how",
		.label = "How should we answer?",
		.hint = "Choose one",
		.choices = {ways, 4}},
	{.kind = PART_CHECKBOXES,
		.id = "all",
		.label = "Which of these?",
		.error = "Choose at least one",
		.choices = {ways, 1}},
	{.kind = PART_DATE,
		.id = "when",
		.label = "When did you see it?",
		.hint = "For example, 27 3 2026",
		.error = "The month must be 1 to 12",
		.day = "2",
		.month = "13",
		.year = "2026",
		.wrong = PART_WRONG_MONTH},
	{.kind = PART_SELECT,
		.id = "which",
		.label = "Which street?",
		.choices = {ways, 2}},
	{.kind = PART_FILE,
		.id = "photo",
		.label = "Photograph",
		.multiple = true,
		.accept = "image/jpeg,image/png"},
	{.kind = PART_HIDDEN, .id = "once", .value = "abc"},
};

static const struct part_problem problems[] = {
	{"Enter an e-mail address like a@b.example", "email"},
	{"The month must be 1 to 12", "when-month"},
};

static const char *
form_page(const char *language)
{
	struct buffer out = buffer_in(testing_arena(), 16384);
	struct sample_form p = {
		.page = page_of(SECTION_SERVICES, "Report a blocked drain"),
		.problems = {problems, 2},
		.inputs = {inputs, sizeof inputs / sizeof *inputs},
		.send = {.text = "Continue"},
		.later = {.kind = BUTTON_SECONDARY,
			.text = "Save",
			.name = "later",
			.value = "1"},
	};

	p.page.wrong = true;
	p.page.back = "/services/sample";
	p.page.language = language;
	view_form(&out, words_of(language), &p);
	return buffer_text(&out);
}

static const char *
answers_page(void)
{
	static const struct part_row rows[] = {
		{.key = "Name",
			.value = "Ann <Price>",
			.href = "/x/name",
			.hidden = "name"},
		{.key = "Place", .value = "Corner of High Street"},
	};
	static const struct part_page numbers[] = {{1, "/x?page=1", false, false},
		{.gap = true}, {7, "/x?page=7", true, false}};
	static const struct page_link trail[] = {
		{"Home", "/"}, {"Services", "/services"}};
	struct buffer out = buffer_in(testing_arena(), 16384);
	struct sample_answers p = {
		.page = page_of(SECTION_TRACK, "Check your answers"),
		.summary = {rows, 2, true},
		.pages = {"/x?page=6", "/x?page=8", numbers, 3},
	};

	p.page.person = "Ann Price";
	p.page.trail = (struct page_links){trail, 2};
	p.page.notice = (struct page_notice){
		NOTICE_SUCCESS, "Your draft is kept", "/x/undo"};
	view_answers(&out, words_of("en"), &p);
	return buffer_text(&out);
}

static const char *
desk_page(bool empty)
{
	static const struct sample_row rows[] = {
		{"BXR-4T7-K2M",
			"Blocked drain floods the path at the corner of High Street",
			"Ann Price", "Highways", "20 minutes ago",
			"10:30am on 2 March 2026", "tag-bad", "Late", 1},
		{"C3D-9QW-7HN", "New laptop for a starter on Monday",
			"Councillor Jo Bell", "Service desk", "in 3 hours",
			"2pm on 2 March 2026", "tag-active", "In progress", 2},
		{"K8P-2ZX-5RT", "Missed bin", "Li Wei", "Waste", "in 2 days",
			"5pm on 4 March 2026", "tag-good", "Done", 4},
	};
	struct buffer out = buffer_in(testing_arena(), 16384);
	struct sample_desk p = {
		.page = page_of(SECTION_QUEUE, "Queue"),
		.rows = {rows, empty ? 0 : 3},
		.inputs = {inputs, 4},
		.send = {.text = "Keep"},
	};

	p.page.person = "Sam Lee";
	p.page.may_admin = true;
	p.page.live = "/events?queue=mine";
	p.page.notice = (struct page_notice){
		NOTICE_SUCCESS, "Given to Highways", "/x/undo"};
	view_desk(&out, words_of("en"), &p);
	return buffer_text(&out);
}

static const char *
folder(void)
{
	static char made[] = "/tmp/portreeve-faces-XXXXXX";
	static const char *where;

	if (!where)
		where = getenv("PORTREEVE_FACES");
	if (!where)
		where = mkdtemp(made);
	return where;
}

static const char *
keep(const char *name, const char *html)
{
	const char *path = arena_printf(testing_arena(), "%s/%s.html", folder(), name);
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	fputs(html, f);
	fclose(f);
	return path;
}

/* The style sheets, beside kept pages. */
static void
keep_assets(void)
{
	mkdir(arena_printf(testing_arena(), "%s/assets", folder()), 0755);
	for (int i = 0; i < assets_count; i++) {
		FILE *f = fopen(arena_printf(testing_arena(), "%s%s", folder(),
					assets_all[i].path),
			"w");

		assert_non_null(f);
		fwrite(assets_all[i].plain.at, 1, assets_all[i].plain.len, f);
		fclose(f);
	}
}

static void
pages_of_both_faces_are_valid_html(void **state)
{
	char tool[] = PROJECT_ROOT "/node_modules/.bin/html-validate";
	char config[] = "--config=" PROJECT_ROOT "/test/web/htmlvalidate.json";
	const char *paths[] = {keep("form", form_page("en")),
		keep("ffurflen", form_page("cy")), keep("answers", answers_page()),
		keep("desk", desk_page(false)), keep("empty", desk_page(true))};
	char *arguments[] = {tool, config, (char *)(uintptr_t)paths[0],
		(char *)(uintptr_t)paths[1], (char *)(uintptr_t)paths[2],
		(char *)(uintptr_t)paths[3], (char *)(uintptr_t)paths[4], NULL};
	int status = -1;
	pid_t pid;

	(void)state;
	if (getenv("PORTREEVE_FACES"))
		keep_assets();
	if (posix_spawn(&pid, tool, NULL, NULL, arguments, environ) != 0) {
		print_message(
			"html-validate cannot be run here: nothing is shown by this\n");
		skip();
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
	for (size_t i = 0; !getenv("PORTREEVE_FACES") && i < 5; i++)
		unlink(paths[i]);
	if (!getenv("PORTREEVE_FACES"))
		rmdir(folder());
}

/* How often an element of that name begins. */
static int
elements(const char *html, const char *name)
{
	struct html_tokens tokens = testing_html(testing_arena(), html);
	int n = 0;

	for (int i = 0; i < tokens.count; i++)
		n += tokens.at[i].kind == HTML_START &&
		     strcmp(tokens.at[i].text, name) == 0;
	return n;
}

static void
a_page_that_came_back_says_so(void **state)
{
	const char *html = form_page("en");
	const char *welsh = form_page("cy");

	(void)state;
	assert_non_null(strstr(html,
		"<title>Error: Report a blocked drain – Seaborough Council</title>"));
	assert_non_null(strstr(html, "<a href=\"#when-month\">The month"));
	assert_non_null(strstr(html, "value=\"ann&#34;@&lt;b&gt;\""));
	assert_non_null(strstr(html, ">\n\nIt floods &amp; &lt;floods&gt;</textarea>"));
	assert_int_equal(elements(html, "h1"), 1);
	assert_int_equal(elements(html, "main"), 1);
	assert_non_null(strstr(welsh, "<html lang=\"cy\""));
	assert_non_null(strstr(welsh, "<title>Gwall: "));
	assert_non_null(strstr(welsh, "Mae problem"));
}

static void
no_page_names_what_only_govuk_may_use(void **state)
{
	const char *pages[] = {form_page("en"), answers_page(), desk_page(false)};

	(void)state;
	for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
		assert_null(strstr(pages[i], "crest"));
		assert_null(strstr(pages[i], "crown"));
		assert_null(strstr(pages[i], "GDS"));
		assert_null(strstr(pages[i], "style=\""));
		assert_null(strstr(pages[i], "https://"));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pages_of_both_faces_are_valid_html),
		cmocka_unit_test(a_page_that_came_back_says_so),
		cmocka_unit_test(no_page_names_what_only_govuk_may_use),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
