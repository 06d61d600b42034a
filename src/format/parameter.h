/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FORMAT_PARAMETER_H
#define FORMAT_PARAMETER_H

/*
 * Header values with parameters (RFC 9110 5.6.6): `main; name=value; name="value"`,
 * as in Content-Type and Content-Disposition.
 */

#include "base/arena.h"
#include "base/bytes.h"

enum parameter {
	PARAMETER_ABSENT,
	PARAMETER_FOUND,
	PARAMETER_ILL, /* not of that shape, or the name comes twice */
};

/* What stands before the first ';', trimmed. */
struct bytes parameter_main(struct bytes header);

/* Finds a parameter by its name, without regard to case. The value is unquoted (copied
 * to the arena only when it held an escape). In a quoted value \" and \\ are escapes;
 * any other backslash stays, because old browsers send paths. */
enum parameter parameter_find(
	struct arena *a, struct bytes header, const char *name, struct bytes *value);

#endif
