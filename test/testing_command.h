/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef TESTING_COMMAND_H
#define TESTING_COMMAND_H

/* Commands of the program, run inside the test. */

#include "app/config.h"

struct testing_run {
	int status;
	const char *out, *err; /* what it said */
};

/* Runs a command with these words behind its name, the last of them NULL. */
struct testing_run testing_command(int (*run)(const struct config *c), ...)
	__attribute__((sentinel));

/* Writes a file into a fresh folder; its path. */
const char *testing_command_file(const char *name, const char *text);

/* The file in the project's own folder: "seed/services.csv". */
const char *testing_command_project(const char *path);

/* The path of a file of the reference data, or NULL where it is absent (said). */
const char *testing_command_data(const char *path);

#endif
