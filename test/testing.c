/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "testing.h"

struct arena *
testing_arena(void)
{
	static struct arena *arena;

	if (!arena)
		arena = arena_new();
	return arena;
}
