/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "testing_mail.h"

#include "testing.h"
#include "testing_db.h"

#include "base/buffer.h"
#include "base/random.h"

#include <dirent.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

static const char *folder;
static const char *port;
static bool running;

static int
tool(const char *action)
{
	const char *tools = getenv("PORTREEVE_TOOLS");
	char *path = arena_printf(
		testing_arena(), "%s/mailserver", tools ? tools : "../tools");
	char *words[] = {path, arena_copy(testing_arena(), action),
		arena_copy(testing_arena(), folder), arena_copy(testing_arena(), port),
		NULL};
	int status = 1;
	pid_t pid;

	assert_int_equal(posix_spawn(&pid, path, NULL, NULL, words, environ), 0);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return status;
}

void
testing_mail_stop(void)
{
	if (running)
		assert_int_equal(tool("stop"), 0);
	running = false;
}

void
testing_mail_again(void)
{
	assert_int_equal(tool("start"), 0);
	running = true;
}

const char *
testing_mail_start(void)
{
	if (!folder) {
		folder = testing_folder();
		port = arena_printf(
			testing_arena(), "%d", (int)(20000 + random_number() % 10000));
		atexit(testing_mail_stop);
		testing_mail_again();
	}
	return arena_printf(testing_arena(), "smtp://127.0.0.1:%s", port);
}

static const char *
read_file(const char *path)
{
	struct buffer b = buffer_in(testing_arena(), 4096);
	FILE *f = fopen(path, "r");
	int c;

	assert_non_null(f);
	while ((c = fgetc(f)) != EOF)
		buffer_char(&b, (char)c);
	fclose(f);
	return buffer_text(&b);
}

/* Walks over the letters; returns how many hold `mark` and the last of those. */
static int
look(const char *mark, const char **letter)
{
	char *path = arena_printf(testing_arena(), "%s/mail/new", folder);
	DIR *d = opendir(path);
	int count = 0;

	for (struct dirent *e = d ? readdir(d) : NULL; e; e = readdir(d)) {
		const char *text;

		if (e->d_name[0] == '.')
			continue;
		text = read_file(arena_printf(testing_arena(), "%s/%s", path, e->d_name));
		if (!strstr(text, mark))
			continue;
		*letter = text;
		count++;
	}
	if (d)
		closedir(d);
	return count;
}

int
testing_mail_count(void)
{
	const char *letter;

	return look("", &letter);
}

const char *
testing_mail_with(const char *mark)
{
	const char *letter = NULL;

	assert_int_equal(look(mark, &letter), 1);
	return letter;
}
