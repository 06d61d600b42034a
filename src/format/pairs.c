/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "format/pairs.h"

#include <stddef.h>
#include <string.h>

const char *
pairs_get(const struct pairs *p, const char *name)
{
	for (int i = 0; i < p->count; i++)
		if (strcmp(p->at[i].name, name) == 0)
			return p->at[i].value;
	return NULL;
}
