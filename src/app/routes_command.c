/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/routes_command.h"

#include "app/dispatch.h"
#include "app/routes.h"

#include <stdio.h>

static const char *const methods[] = {
	[GET] = "GET",
	[HEAD] = "HEAD",
	[POST] = "POST",
	[PUT] = "PUT",
	[PATCH] = "PATCH",
	[DELETE] = "DELETE",
	[OPTIONS] = "OPTIONS",
};

int
routes_command(const struct config *c)
{
	struct arena *a = arena_new();

	(void)c;
	for (int i = 0; i < routes_count; i++) {
		const struct route *r = &routes_all[i];
		uint64_t needs = r->needs |
				 (r->who == WHO_ADMIN ? RIGHT_BIT(RIGHT_ADMIN) : 0);
		struct buffer who = buffer_in(a, 32);

		dispatch_who(&who, r->who);
		printf("%s\t%s\t%s\t%s\n", methods[r->method], r->pattern,
			buffer_text(&who), needs ? access_rights_text(a, needs) : "-");
	}
	arena_free(a);
	return 0;
}
