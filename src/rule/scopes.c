/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rule/scopes.h"

#include <string.h>

#define BIT(r) RIGHT_BIT(RIGHT_##r)

static const struct {
	const char *name;
	uint64_t rights;
} scopes[SCOPES_COUNT] = {
	[SCOPES_TICKETS_READ] = {"tickets:read", BIT(SEE) | BIT(SEE_TEAM) | BIT(SEE_OWN) |
							 BIT(SEE_RESTRICTED) | BIT(READ) |
							 BIT(SHARED)},
	[SCOPES_TICKETS_WRITE] = {"tickets:write",
		BIT(CREATE) | BIT(REPLY) | BIT(NOTE) | BIT(CLAIM) | BIT(ASSIGN) |
			BIT(MOVE_OUT) | BIT(MOVE_IN) | BIT(RESOLVE) | BIT(PRIORITY) |
			BIT(AMEND)},
	[SCOPES_PEOPLE_READ] = {"people:read", BIT(PEOPLE)},
	[SCOPES_FIGURES_READ] = {"figures:read", BIT(FIGURES) | BIT(EXPORT)},
	[SCOPES_AUDIT_READ] = {"audit:read", BIT(AUDIT) | BIT(EXPLAIN)},
	[SCOPES_ADMIN] = {"admin", BIT(ADMIN) | BIT(SHARING) | BIT(SIMULATE)},
};

const char *
scopes_name(enum scopes_word s)
{
	return scopes[s].name;
}

static enum scopes_word
named(const char *name, size_t n)
{
	enum scopes_word s = 0;

	while (s < SCOPES_COUNT &&
		(strlen(scopes[s].name) != n || memcmp(scopes[s].name, name, n) != 0))
		s++;
	return s;
}

enum scopes_word
scopes_named(const char *name)
{
	return named(name, strlen(name));
}

uint64_t
scopes_rights(const char *words)
{
	uint64_t rights = 0;

	if (!*words)
		return UINT64_MAX;
	for (;;) {
		size_t n;
		enum scopes_word s;

		words += strspn(words, " ");
		n = strcspn(words, " ");
		if (n == 0)
			return rights;
		s = named(words, n);
		if (s < SCOPES_COUNT)
			rights |= scopes[s].rights;
		words += n;
	}
}
