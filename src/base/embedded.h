/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef BASE_EMBEDDED_H
#define BASE_EMBEDDED_H

#include <stddef.h>

/* A file that became part of the program at build time (tools/embed). */
struct embedded {
	const char *name; /* without its folder: "0001_start.sql" */
	const char *text; /* followed by a NUL that is not counted */
	size_t length;
};

#endif
