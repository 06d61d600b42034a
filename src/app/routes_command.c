/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/routes_command.h"

#include "app/dispatch.h"
#include "app/routes.h"
#include "rule/scopes.h"

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

/* "rules:read rules:write"; "-": any token. */
static const char *
scopes_text(struct arena *a, uint64_t scopes)
{
	struct buffer b = buffer_in(a, 64);

	for (enum scopes_word s = 0; s < SCOPES_COUNT; s++)
		if (scopes & SCOPES_BIT(s))
			buffer_printf(&b, "%s%s", b.len ? " " : "", scopes_name(s));
	return b.len ? buffer_text(&b) : "-";
}

int
routes_command(const struct config *c)
{
	struct arena *a = arena_new();
	struct routes all = routes_all(a);

	(void)c;
	for (int i = 0; i < all.count; i++) {
		const struct route *r = &all.at[i];
		uint64_t needs = r->needs |
				 (r->who == WHO_ADMIN ? RIGHT_BIT(RIGHT_ADMIN) : 0);
		struct buffer who = buffer_in(a, 32);

		dispatch_who(&who, r->who);
		printf("%s\t%s\t%s\t%s\t%s\n", methods[r->method], r->pattern,
			buffer_text(&who), needs ? access_rights_text(a, needs) : "-",
			scopes_text(a, r->scopes));
	}
	arena_free(a);
	return 0;
}
