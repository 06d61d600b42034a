/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rule/access.h"

#include "base/buffer.h"
#include "weaken.h"

#include <string.h>

#define MAY(r) RIGHT_BIT(RIGHT_##r)

/* Those who answer customers. */
#define HANDLE                                                                     \
	(MAY(SEE) | MAY(SEE_TEAM) | MAY(SEE_OWN) | MAY(READ) | MAY(CREATE) |       \
		MAY(REPLY) | MAY(NOTE) | MAY(CLAIM) | MAY(RESOLVE) | MAY(PEOPLE) | \
		MAY(SHARED))
#define ASSIGN (MAY(ASSIGN) | MAY(MOVE_OUT) | MAY(MOVE_IN))
#define FIGURES (MAY(FIGURES) | MAY(EXPORT))
/* Those who help from outside: what stands with their teams. */
#define OUTSIDE \
	(MAY(SEE_TEAM) | MAY(SEE_OWN) | MAY(READ) | MAY(NOTE) | MAY(CLAIM) | MAY(REPLY))

static const struct {
	const char *name;
	uint64_t rights;
} roles[ROLE_COUNT] = {
	[ROLE_APPRENTICE] = {"apprentice", HANDLE & ~MAY(RESOLVE)},
	[ROLE_ANALYST] = {"analyst", HANDLE | ASSIGN},
	[ROLE_SPECIALIST] = {"specialist", HANDLE | ASSIGN | MAY(PRIORITY)},
	[ROLE_LEADER] = {"leader", HANDLE | ASSIGN | MAY(PRIORITY) | MAY(AMEND) |
					   FIGURES | MAY(SEE_RESTRICTED) | MAY(EXPLAIN)},
	[ROLE_SERVICE_OWNER] = {"service-owner",
		HANDLE | ASSIGN | MAY(PRIORITY) | MAY(AMEND) | FIGURES},
	[ROLE_SUPPLIER] = {"supplier", OUTSIDE | MAY(RESOLVE)},
	[ROLE_PARTNER] = {"partner", OUTSIDE},
	[ROLE_FIELD_OFFICER] = {"field-officer", OUTSIDE | MAY(RESOLVE)},
	[ROLE_COUNTER_OFFICER] = {"counter-officer", HANDLE},
	[ROLE_HUB_CALLER] = {"hub-caller", OUTSIDE | MAY(CREATE) | MAY(PEOPLE)},
	[ROLE_VOLUNTEER_COORDINATOR] = {"volunteer-coordinator", OUTSIDE | MAY(CREATE)},
	[ROLE_MANAGER] = {"manager", MAY(SEE) | MAY(READ) | MAY(SEE_OWN) | FIGURES},
	[ROLE_CABINET_MEMBER] = {"cabinet-member", FIGURES | MAY(SEE_OWN)},
	[ROLE_GOVERNANCE_OFFICER] = {"governance-officer",
		MAY(SEE) | MAY(SEE_RESTRICTED) | MAY(READ) | MAY(SEE_OWN) | MAY(NOTE) |
			MAY(PEOPLE) | FIGURES | MAY(AUDIT) | MAY(EXPLAIN)},
	[ROLE_ADMINISTRATOR] = {"administrator",
		MAY(ADMIN) | MAY(SEE_OWN) | MAY(SHARING) | MAY(EXPLAIN) | MAY(SIMULATE)},
	[ROLE_SYSTEM] = {"system", HANDLE | ASSIGN | MAY(PRIORITY)},
	[ROLE_CUSTOMER] = {"customer", MAY(SEE_OWN)},
	[ROLE_LOCAL] = {"", 0},
};

static const char *const right_names[RIGHT_COUNT] = {
	[RIGHT_NONE] = "",
	[RIGHT_SEE] = "see",
	[RIGHT_SEE_TEAM] = "see-team",
	[RIGHT_SEE_OWN] = "see-own",
	[RIGHT_SEE_RESTRICTED] = "see-restricted",
	[RIGHT_READ] = "read",
	[RIGHT_CREATE] = "create",
	[RIGHT_REPLY] = "reply",
	[RIGHT_NOTE] = "note",
	[RIGHT_CLAIM] = "claim",
	[RIGHT_ASSIGN] = "assign",
	[RIGHT_MOVE_OUT] = "move-out",
	[RIGHT_MOVE_IN] = "move-in",
	[RIGHT_RESOLVE] = "resolve",
	[RIGHT_PRIORITY] = "priority",
	[RIGHT_AMEND] = "amend",
	[RIGHT_PEOPLE] = "people",
	[RIGHT_FIGURES] = "figures",
	[RIGHT_EXPORT] = "export",
	[RIGHT_ADMIN] = "admin",
	[RIGHT_AUDIT] = "audit",
	[RIGHT_SHARED] = "shared",
	[RIGHT_SHARING] = "sharing",
	[RIGHT_EXPLAIN] = "explain",
	[RIGHT_SIMULATE] = "simulate",
};

static const char *const detail_names[DETAIL_COUNT] = {
	[DETAIL_SUBJECT] = "subject",
	[DETAIL_WORDS] = "words",
	[DETAIL_NAME] = "name",
	[DETAIL_CONTACT] = "contact",
	[DETAIL_PLACE] = "place",
	[DETAIL_FILES] = "files",
	[DETAIL_PUBLIC] = "public",
	[DETAIL_INTERNAL] = "internal",
};

uint64_t
access_rights(const struct actor *a, int64_t org)
{
	uint64_t rights = 0;

	for (int i = 0; i < a->grant_count; i++)
		if (a->grants[i].org == org)
			rights |= a->grants[i].rights;
	return rights;
}

static bool
has(uint64_t rights, enum right r)
{
	return rights >> r & 1;
}

const char *
access_right_name(enum right r)
{
	return right_names[r];
}

enum right
access_right_named(const char *name)
{
	for (enum right r = RIGHT_NONE + 1; r < RIGHT_COUNT; r++)
		if (strcmp(right_names[r], name) == 0)
			return r;
	return RIGHT_NONE;
}

const char *
access_rights_text(struct arena *a, uint64_t rights)
{
	struct buffer b = buffer_in(a, 64);

	for (enum right r = RIGHT_NONE + 1; r < RIGHT_COUNT; r++)
		if (has(rights, r)) {
			buffer_text_add(&b, b.len ? " " : "");
			buffer_text_add(&b, right_names[r]);
		}
	return arena_text(a, b.at, b.len);
}

static bool
is_word(const char *at, size_t n, const char *name)
{
	return strlen(name) == n && memcmp(at, name, n) == 0;
}

/* Words as access_rights_text writes them are found in one pass: each search begins
 * behind the last one's find. */
uint64_t
access_rights_of(const char *words)
{
	uint64_t rights = 0;
	int last = RIGHT_NONE;

	while (*words) {
		size_t n = strcspn(words, " ");

		for (int i = 1; i < RIGHT_COUNT; i++) {
			int r = (last + i) % RIGHT_COUNT;

			if (r != RIGHT_NONE && is_word(words, n, right_names[r])) {
				rights |= RIGHT_BIT(r);
				last = r;
				break;
			}
		}
		words += n;
		words += strspn(words, " ");
	}
	return rights;
}

uint64_t
access_standard(enum role r)
{
	return r < ROLE_COUNT ? roles[r].rights : 0;
}

uint64_t
access_standard_gives(enum role r)
{
	const uint64_t all = MAY(COUNT) - 2; /* without RIGHT_NONE */

	return r == ROLE_ADMINISTRATOR ? all & ~MAY(AUDIT) : 0;
}

struct grant
access_grant(int64_t org, enum role r)
{
	return (struct grant){.org = org, .role = r, .rights = access_standard(r)};
}

const char *
access_detail_name(enum detail d)
{
	return detail_names[d];
}

enum detail
access_detail_named(const char *name)
{
	enum detail d = 0;

	while (d < DETAIL_COUNT && strcmp(detail_names[d], name) != 0)
		d++;
	return d;
}

const char *
role_name(enum role r)
{
	return roles[r].name;
}

enum role
role_named(const char *name)
{
	enum role r = 0;

	while (r < ROLE_LOCAL && strcmp(roles[r].name, name) != 0)
		r++;
	return r < ROLE_LOCAL ? r : ROLE_COUNT;
}

const char *
actor_kind_name(enum actor_kind k)
{
	switch (k) {
	case ACTOR_STAFF: return "staff";
	case ACTOR_API: return "api";
	case ACTOR_SYSTEM: return "system";
	case ACTOR_NOBODY:
	case ACTOR_CUSTOMER: break;
	}
	return "customer";
}

bool
access_may(const struct actor *a, int64_t org, enum right r)
{
	return has(access_rights(a, org), r);
}

bool
access_is_staff(const struct actor *a)
{
	for (int i = 0; i < a->grant_count; i++)
		if (a->grants[i].role != ROLE_CUSTOMER)
			return a->kind == ACTOR_STAFF;
	return false;
}

/* Agreements are used by those who may do the same at home. */
static bool
may_share(const struct actor *a, int64_t org, enum right r)
{
	uint64_t home = access_rights(a, a->org);

	return org != a->org && has(home, RIGHT_SHARED) &&
	       (r == RIGHT_SEE || has(home, r));
}

struct scope
access_scope(const struct actor *a, int64_t org, enum right r)
{
	uint64_t rights = access_rights(a, org);
	bool may = r == RIGHT_SEE || has(rights, r);

#ifdef WEAKEN_RESTRICTED
	rights |= RIGHT_BIT(RIGHT_SEE_RESTRICTED);
#endif

	return (struct scope){
		.org = org,
		.all = may && has(rights, RIGHT_SEE),
		.restricted = may && has(rights, RIGHT_SEE) &&
			      has(rights, RIGHT_SEE_RESTRICTED),
		.teams = may && has(rights, RIGHT_SEE_TEAM),
		.own = r == RIGHT_SEE && has(rights, RIGHT_SEE_OWN),
		.shared = may_share(a, org, r),
		.read = has(rights, RIGHT_READ),
		.taker = a->org,
		.right = r,
		.person = a->person,
		.who = a,
	};
}

struct scope
access_figures(const struct actor *a, int64_t org)
{
	bool may = access_may(a, org, RIGHT_FIGURES);

	return (struct scope){.org = org,
		.all = may,
		.restricted = may,
		.person = a->person,
		.right = RIGHT_FIGURES};
}

struct scope
access_people(const struct actor *a, int64_t org)
{
	bool may = access_may(a, org, RIGHT_PEOPLE);

	return (struct scope){.org = org,
		.all = may,
		.read = may,
		.person = a->person,
		.right = RIGHT_PEOPLE};
}

bool
access_covers(const struct scope *s, const struct access_ticket *t)
{
	if (s->org != t->org)
		return false;
	return (s->all && (!t->restricted || s->restricted)) ||
	       (s->teams && t->in_team) || (s->own && t->customer == s->person) ||
	       (s->shared && t->shared);
}

struct scope
access_house(int64_t org)
{
	return (struct scope){
		.org = org,
		.all = true,
		.restricted = true,
		.read = true,
		.house = true,
		.right = RIGHT_SEE,
	};
}

struct scope
access_proved(int64_t org)
{
	return access_house(org);
}

int64_t
access_ways(const struct scope *s)
{
#ifdef WEAKEN_SCOPE
	return SCOPE_ALL | SCOPE_RESTRICTED;
#endif
	return (s->all ? SCOPE_ALL : 0) | (s->restricted ? SCOPE_RESTRICTED : 0) |
	       (s->teams ? SCOPE_TEAMS : 0) | (s->own ? SCOPE_OWN : 0) |
	       (s->shared ? SCOPE_SHARED : 0);
}
