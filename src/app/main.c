/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/apply_calendar.h"
#include "app/backup.h"
#include "app/check.h"
#include "app/clock_check.h"
#include "app/demo/demo.h"
#include "app/import_command.h"
#include "app/migrate_command.h"
#include "app/restore.h"
#include "app/routes_command.h"
#include "app/serve.h"
#include "app/user.h"
#include "app/version.h"
#include "base/arena.h"

#include <signal.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

static int clock_command(const struct config *c);
static int help_command(const struct config *c);
static int not_yet(const struct config *c);

static const struct command {
	const char *name;
	int (*run)(const struct config *c);
	int most; /* arguments */
	const char *arguments;
	const char *help;
} commands[] = {
	{"serve", serve_command, 0, "", "answer on --listen until SIGTERM"},
	{"demo", demo_command, 0, "",
		"load the demonstration; accounts go to --credentials"},
	{"migrate", migrate_command, 0, "",
		"bring the schema of the database up to date"},
	{"import", import_command, 2, "KIND FILE",
		"services, people, bank-holidays or incident-log"},
	{"check", check_command, 0, "",
		"verify clocks, timelines, letters, files and audit"},
	{"backup", backup_command, 1, "FILE",
		"copy the database, while it is used, to a file"},
	{"restore", restore_command, 1, "FILE", "put a backup into an empty database"},
	{"user", user_command, 4, "VERB",
		"add EMAIL NAME ROLE, password, disable, enable, list"},
	{"routes", routes_command, 0, "", "every address, who may ask, which right"},
	{"apply-calendar", apply_calendar_command, 1, "ID",
		"count what runs by the newest version of a calendar"},
	{"clock", clock_command, 1, "FILE", "check a table of clock vectors"},
	{"export", not_yet, 1, "FILE", "not there yet"},
	{"voice", not_yet, 0, "", "not there yet"},
	{"version", version_command, 0, "", "say which version this is"},
	{"help", help_command, 0, "", "say what there is"},
};

enum { COMMANDS = sizeof commands / sizeof *commands };

static int
help_command(const struct config *c)
{
	(void)c;
	printf("usage: portreeve COMMAND [ARGUMENT...] [--OPTION VALUE...]\n\n");
	for (int i = 0; i < COMMANDS; i++) {
		char left[40];

		snprintf(left, sizeof left, "%s %s", commands[i].name,
			commands[i].arguments);
		printf("  %-28s %s\n", left, commands[i].help);
	}
	printf("\nOptions: --db URL (sqlite:PATH or postgresql://...), --config FILE,\n"
	       "--org CODE and more: see portreeve(1).\n");
	return 0;
}

static int
clock_command(const struct config *c)
{
	char name[] = "clock";
	bool one = c->argument_count == 1;
	char *words[] = {name, one ? c->arguments[0] : NULL, NULL};

	return clock_check_command(one ? 2 : 1, words);
}

static int
not_yet(const struct config *c)
{
	(void)c;
	fprintf(stderr, "portreeve: this command is not there yet\n");
	return 1;
}

static const struct command *
command_named(const char *name)
{
	for (int i = 0; i < COMMANDS; i++)
		if (strcmp(commands[i].name, name) == 0)
			return &commands[i];
	return NULL;
}

static int
run(const struct command *command, int count, char **words)
{
	struct arena *a = arena_new();
	struct config c;
	int status = 2;

	if (config_read(a, count, words, &c)) {
		if (c.argument_count > command->most)
			fprintf(stderr, "portreeve %s: \"%s\" is too much\n",
				command->name, c.arguments[command->most]);
		else
			status = command->run(&c);
	}
	arena_free(a);
	return status;
}

int
main(int argc, char **argv)
{
	const struct command *command = argc > 1 ? command_named(argv[1]) : NULL;

	signal(SIGPIPE, SIG_IGN);
	if (argc < 2) {
		fprintf(stderr, "portreeve: a command is wanted; see `portreeve help`\n");
		return 2;
	}
	if (!command) {
		fprintf(stderr,
			"portreeve: there is no command \"%s\"; see `portreeve help`\n",
			argv[1]);
		return 2;
	}
	if (sodium_init() < 0) {
		fprintf(stderr, "portreeve: libsodium cannot start\n");
		return 1;
	}
	return run(command, argc - 2, argv + 2);
}
