/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rule/access.h"

#include <string.h>

#define MAY(r) (1u << RIGHT_##r)

enum {
	/* Those who answer customers. */
	HANDLE = MAY(SEE) | MAY(SEE_TEAM) | MAY(SEE_OWN) | MAY(CREATE) | MAY(REPLY) |
		 MAY(NOTE) | MAY(CLAIM) | MAY(RESOLVE) | MAY(PEOPLE),
	OUTSIDE = MAY(SEE_TEAM) | MAY(SEE_OWN) | MAY(NOTE) | MAY(CLAIM) | MAY(REPLY),
};

static const struct {
	const char *name;
	unsigned rights;
} roles[ROLE_COUNT] = {
	[ROLE_APPRENTICE] = {"apprentice", HANDLE & ~MAY(RESOLVE)},
	[ROLE_ANALYST] = {"analyst", HANDLE | MAY(ASSIGN)},
	[ROLE_SPECIALIST] = {"specialist", HANDLE | MAY(ASSIGN) | MAY(PRIORITY)},
	[ROLE_LEADER] = {"leader", HANDLE | MAY(ASSIGN) | MAY(PRIORITY) | MAY(AMEND) |
					   MAY(FIGURES) | MAY(SEE_RESTRICTED)},
	[ROLE_SERVICE_OWNER] = {"service-owner",
		HANDLE | MAY(ASSIGN) | MAY(PRIORITY) | MAY(AMEND) | MAY(FIGURES)},
	[ROLE_SUPPLIER] = {"supplier", OUTSIDE | MAY(RESOLVE)},
	[ROLE_PARTNER] = {"partner", OUTSIDE},
	[ROLE_FIELD_OFFICER] = {"field-officer", OUTSIDE | MAY(RESOLVE)},
	[ROLE_COUNTER_OFFICER] = {"counter-officer", HANDLE},
	[ROLE_HUB_CALLER] = {"hub-caller", OUTSIDE | MAY(CREATE) | MAY(PEOPLE)},
	[ROLE_VOLUNTEER_COORDINATOR] = {"volunteer-coordinator", OUTSIDE | MAY(CREATE)},
	[ROLE_MANAGER] = {"manager", MAY(SEE) | MAY(SEE_OWN) | MAY(FIGURES)},
	[ROLE_CABINET_MEMBER] = {"cabinet-member", MAY(FIGURES) | MAY(SEE_OWN)},
	[ROLE_GOVERNANCE_OFFICER] = {"governance-officer",
		MAY(SEE) | MAY(SEE_RESTRICTED) | MAY(SEE_OWN) | MAY(NOTE) | MAY(PEOPLE) |
			MAY(FIGURES) | MAY(AUDIT)},
	[ROLE_ADMINISTRATOR] = {"administrator", MAY(ADMIN) | MAY(SEE_OWN)},
	[ROLE_SYSTEM] = {"system", HANDLE | MAY(ASSIGN) | MAY(PRIORITY)},
	[ROLE_CUSTOMER] = {"customer", MAY(SEE_OWN)},
};

static unsigned
rights_in(const struct actor *a, int64_t org)
{
	unsigned rights = 0;

	for (int i = 0; i < a->grant_count; i++)
		if (a->grants[i].org == org)
			rights |= roles[a->grants[i].role].rights;
	return rights;
}

static bool
has(unsigned rights, enum right r)
{
	return rights >> r & 1;
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

	while (r < ROLE_COUNT && strcmp(roles[r].name, name) != 0)
		r++;
	return r;
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
	return has(rights_in(a, org), r);
}

bool
access_is_staff(const struct actor *a)
{
	for (int i = 0; i < a->grant_count; i++)
		if (a->grants[i].role != ROLE_CUSTOMER)
			return a->kind == ACTOR_STAFF;
	return false;
}

struct scope
access_scope(const struct actor *a, int64_t org, enum right r)
{
	unsigned rights = rights_in(a, org);
	bool may = r == RIGHT_SEE || has(rights, r);

	return (struct scope){
		.org = org,
		.all = may && has(rights, RIGHT_SEE),
		.restricted = may && has(rights, RIGHT_SEE) &&
			      has(rights, RIGHT_SEE_RESTRICTED),
		.teams = may && has(rights, RIGHT_SEE_TEAM),
		.own = r == RIGHT_SEE && has(rights, RIGHT_SEE_OWN),
		.person = a->person,
	};
}

struct scope
access_figures(const struct actor *a, int64_t org)
{
	bool may = access_may(a, org, RIGHT_FIGURES);

	return (struct scope){
		.org = org, .all = may, .restricted = may, .person = a->person};
}

bool
access_covers(const struct scope *s, const struct access_ticket *t)
{
	if (s->org != t->org)
		return false;
	return (s->all && (!t->restricted || s->restricted)) ||
	       (s->teams && t->in_team) || (s->own && t->customer == s->person);
}

struct scope
access_house(int64_t org)
{
	return (struct scope){.org = org, .all = true, .restricted = true};
}

struct scope
access_proved(int64_t org)
{
	return access_house(org);
}
