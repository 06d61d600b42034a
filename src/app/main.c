/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/clock_check.h"
#include "app/serve.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

int
main(int argc, char **argv)
{
	struct arena *a = arena_new();
	struct config c;

	if (argc >= 2 && strcmp(argv[1], "clock") == 0)
		return clock_check_command(argc - 1, argv + 1);
	if (argc < 2 || strcmp(argv[1], "serve") != 0 || sodium_init() < 0) {
		fprintf(stderr, "usage: %s COMMAND [OPTION...]\n", argv[0]);
		return 2;
	}
	if (!config_read(a, argc - 2, argv + 2, &c))
		return 2;
	return serve_command(&c);
}
