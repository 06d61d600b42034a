/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "testing_command.h"

#include "testing.h"
#include "testing_db.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { MOST_WORDS = 32 };

/* The stream's descriptor leads into a file until it is given back. */
struct caught {
	FILE *stream, *file;
	int before;
};

static struct caught
catch_stream(FILE *stream)
{
	struct caught c = {stream, tmpfile(), dup(fileno(stream))};

	assert_non_null(c.file);
	fflush(stream);
	assert_true(dup2(fileno(c.file), fileno(stream)) >= 0);
	return c;
}

static const char *
give_back(struct caught *c)
{
	char *text;
	long n;

	fflush(c->stream);
	dup2(c->before, fileno(c->stream));
	close(c->before);
	fseek(c->file, 0, SEEK_END);
	n = ftell(c->file);
	rewind(c->file);
	text = arena_alloc(testing_arena(), (size_t)n + 1);
	assert_int_equal(fread(text, 1, (size_t)n, c->file), n);
	fclose(c->file);
	return text;
}

struct testing_run
testing_command(int (*run)(const struct config *c), ...)
{
	char *words[MOST_WORDS];
	struct testing_run r = {0};
	struct caught out, err;
	struct config c;
	va_list args;
	int count = 0;
	const char *word;

	va_start(args, run);
	while ((word = va_arg(args, const char *)) && count < MOST_WORDS)
		words[count++] = arena_copy(testing_arena(), word);
	va_end(args);
	out = catch_stream(stdout);
	err = catch_stream(stderr);
	r.status = config_read(testing_arena(), count, words, &c) ? run(&c) : 2;
	r.out = give_back(&out);
	r.err = give_back(&err);
	return r;
}

const char *
testing_command_file(const char *name, const char *text)
{
	const char *path = arena_printf(testing_arena(), "%s/%s", testing_folder(), name);
	FILE *f = fopen(path, "wb");

	assert_non_null(f);
	assert_true(fputs(text, f) >= 0);
	assert_int_equal(fclose(f), 0);
	return path;
}

const char *
testing_command_project(const char *path)
{
	return arena_printf(testing_arena(), "%s/%s", TESTING_ROOT, path);
}

const char *
testing_command_data(const char *path)
{
	const char *folder = getenv("PORTREEVE_DATA");
	const char *whole;

	if (!folder)
		folder = testing_command_project("../shared/data");
	whole = arena_printf(testing_arena(), "%s/%s", folder, path);
	if (access(whole, R_OK) == 0)
		return whole;
	print_message("%s is not there: the case that needs it is left out\n", path);
	return NULL;
}
