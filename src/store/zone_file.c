/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "store/zone_file.h"

#include "base/arena.h"

#include <stdio.h>
#include <string.h>

#define ZONES "/usr/share/zoneinfo"

/* The largest file of the system's holds 3.5 KB. */
enum { LARGEST = 16 * 1024, LONGEST_NAME = 64 };

/* Words of letters, digits, + - and _ with single slashes between them: no dot, so no
 * way out of the folder. */
static bool
is_zone_name(const char *name)
{
	static const char letters[] =
		"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
		"0123456789+-_";

	for (;;) {
		size_t n = strspn(name, letters);

		if (n == 0)
			return false;
		name += n;
		if (*name == 0)
			return true;
		if (*name++ != '/')
			return false;
	}
}

const struct zone *
zone_file_load(struct arena *a, const char *name, const char **problem)
{
	unsigned char at[LARGEST];
	size_t len;
	FILE *f;

	*problem = "not the name of a time zone";
	if (strlen(name) > LONGEST_NAME || !is_zone_name(name))
		return NULL;

	*problem = "there is no such time zone on this machine";
	f = fopen(arena_printf(a, "%s/%s", ZONES, name), "rbe");
	if (!f)
		return NULL;
	len = fread(at, 1, sizeof at, f);
	fclose(f);
	return zone_parse(a, name, (struct bytes){at, len}, problem);
}
