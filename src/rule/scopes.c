/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rule/scopes.h"

#include <string.h>

#define BIT(r) RIGHT_BIT(RIGHT_##r)
#define WORD(s) SCOPES_BIT(SCOPES_##s)

static const struct {
	const char *name;
	uint64_t rights;
	uint64_t words; /* it contains these too */
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
	[SCOPES_ADMIN] = {"admin", BIT(ADMIN) | BIT(SHARING) | BIT(SIMULATE),
		WORD(RULES_READ) | WORD(RULES_WRITE) | WORD(STAFFING_READ) |
			WORD(STAFFING_WRITE) | WORD(ACCOUNTS_READ) |
			WORD(ACCOUNTS_WRITE) | WORD(SHARING_READ) | WORD(SHARING_WRITE) |
			WORD(LETTERS)},
	[SCOPES_RULES_READ] = {"rules:read", BIT(ADMIN)},
	[SCOPES_RULES_WRITE] = {"rules:write", BIT(ADMIN), WORD(RULES_READ)},
	[SCOPES_STAFFING_READ] = {"staffing:read", BIT(ADMIN)},
	[SCOPES_STAFFING_WRITE] = {"staffing:write", BIT(ADMIN), WORD(STAFFING_READ)},
	[SCOPES_ACCOUNTS_READ] = {"accounts:read", BIT(ADMIN)},
	[SCOPES_ACCOUNTS_WRITE] = {"accounts:write", BIT(ADMIN), WORD(ACCOUNTS_READ)},
	[SCOPES_SHARING_READ] = {"sharing:read", BIT(SHARING)},
	[SCOPES_SHARING_WRITE] = {"sharing:write", BIT(SHARING), WORD(SHARING_READ)},
	[SCOPES_LETTERS] = {"letters", BIT(ADMIN)},
	[SCOPES_AUDIT_WRITE] = {"audit:write", BIT(AUDIT) | BIT(EXPLAIN),
		WORD(AUDIT_READ)},
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

/* Cuts the next word off; SCOPES_COUNT for one that is no scope, -1 behind the last. */
static int
next_word(const char **words)
{
	size_t n;
	enum scopes_word s;

	*words += strspn(*words, " ");
	n = strcspn(*words, " ");
	if (n == 0)
		return -1;
	s = named(*words, n);
	*words += n;
	return (int)s;
}

uint64_t
scopes_rights(const char *words)
{
	uint64_t rights = 0;

	if (!*words)
		return UINT64_MAX;
	for (int s; (s = next_word(&words)) >= 0;)
		if (s < SCOPES_COUNT)
			rights |= scopes[s].rights;
	return rights;
}

uint64_t
scopes_bits(const char *words)
{
	uint64_t bits = 0;

	if (!*words)
		return UINT64_MAX;
	for (int s; (s = next_word(&words)) >= 0;)
		if (s < SCOPES_COUNT)
			bits |= SCOPES_BIT(s) | scopes[s].words;
	return bits;
}
