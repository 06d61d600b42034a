/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include <stdio.h>

int
main(int argc, char **argv)
{
	if (argc < 2) {
		fprintf(stderr, "usage: %s COMMAND [OPTION...]\n", argv[0]);
		return 2;
	}
	return 0;
}
