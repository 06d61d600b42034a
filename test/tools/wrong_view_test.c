/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* What a view gets wrong about C (a member, a key, a value, an asset, a type) is an error
 * of the C compiler at the view's own line. */
#include "testing.h"

#include "../tools/view.h"

#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static const char PRELUDE[] =
	"#include \"format/print.h\"\n"
	"#include \"assets_table.h\"\n#include \"views.h\"\n"
	"void view_x(struct buffer *out, const struct words *words,\n"
	"\tconst struct page *p);\n";

/* What the compiler says about a file; NULL when it is content. */
static const char *
complaint(const char *source)
{
	char out[] = "/tmp/portreeve-cc-XXXXXX";
	char path[] = "/tmp/portreeve-view-XXXXXX.c";
	char *arguments[] = {(char[]){"cc"}, (char[]){"-fsyntax-only"},
		(char[]){"-std=gnu17"}, (char[]){"-D_GNU_SOURCE"}, (char[]){"-Werror"},
		(char[]){"-Wall"}, (char[]){"-I" PROJECT_ROOT "/src"},
		(char[]){"-I" BUILD_ROOT "/tools"}, path, NULL};
	posix_spawn_file_actions_t actions;
	struct buffer said = buffer_in(testing_arena(), 4096);
	int fd = mkstemps(path, 2), log = mkstemp(out), status;
	ssize_t n;
	pid_t pid;

	assert_int_equal(write(fd, source, strlen(source)), strlen(source));
	close(fd);
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, log, 2);
	assert_int_equal(posix_spawnp(&pid, "cc", &actions, NULL, arguments, environ), 0);
	posix_spawn_file_actions_destroy(&actions);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	lseek(log, 0, SEEK_SET);
	while ((n = read(log, buffer_room(&said, 4096), 4096)) > 0)
		said.len += (size_t)n;
	said.at[said.len] = 0;
	close(log);
	unlink(out);
	unlink(path);
	return status == 0 ? NULL : buffer_text(&said);
}

static const char *
complaint_about(const char *body)
{
	const char *text = arena_printf(
		testing_arena(), "{view x of page from \"web/page.h\"}\n\n%s", body);
	struct view_made made = view_compile(
		testing_arena(), "views/x.html", bytes_of(text));

	assert_null(made.wrong);
	return complaint(arena_printf(testing_arena(), "%s%s", PRELUDE, made.code));
}

static void
mistakes_are_reported_at_the_line_of_the_view(void **state)
{
	static const char *const bodies[][2] = {
		{"{p.titel}", "titel"},
		{"{p.trail}", "_Generic"},
		{"{p.wrong}", "_Generic"},
		{"{p.section}", "_Generic"},
		{"{if p.notice}x{/if}", ""},
		{"{if p.section == SECTION_QUEU}x{/if}", "SECTION_QUEU"},
		{"{for x in p.trail}{x.txet}{/for}", "txet"},
		{"{for x in p.title}{/for}", ""},
		{"{_ page.titel}", "WORD_page_titel"},
		{"{_ page.page_n}", "page.page_n takes other values"},
		{"{_ page.page_n m=3}", "WORD_HAS_page_page_n__m"},
		{"{_ page.back n=3}", "page.back takes other values"},
		{"{_ page.page_n n=p.wrong}", "_Generic"},
		{"<a href=\"{asset \"x.css\"}\">x</a>", "ASSET_x_css"},
		{"<a href=\"{p.section}\">x</a>", "_Generic"},
		{"{part inptu p}", "inptu"},
		{"{part input p}", "_Generic"},
	};

	(void)state;
	assert_null(complaint_about("{p.title} {p.language} {_ page.page_n n=3}"));
	for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++) {
		const char *said = complaint_about(bodies[i][0]);

		if (!said || !strstr(said, "views/x.html:3:") ||
			!strstr(said, bodies[i][1]))
			fail_msg("%s: %s", bodies[i][0], said ? said : "compiles");
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(mistakes_are_reported_at_the_line_of_the_view),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
