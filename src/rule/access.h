/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef RULE_ACCESS_H
#define RULE_ACCESS_H

/*
 * Who may do what. Roles are granted to a person in an organisation; a role carries
 * rights; a right over tickets becomes a `struct scope`, the only key that opens them:
 * no store function reads tickets, people or figures without one, and only this file
 * makes them. The default is "no row". (clock.md section 8, "Permission".)
 */

#include "base/bytes.h"

enum role {
	ROLE_APPRENTICE,
	ROLE_ANALYST,
	ROLE_SPECIALIST,
	ROLE_LEADER,
	ROLE_SERVICE_OWNER,
	ROLE_SUPPLIER,
	ROLE_PARTNER,
	ROLE_FIELD_OFFICER,
	ROLE_COUNTER_OFFICER,
	ROLE_HUB_CALLER,
	ROLE_VOLUNTEER_COORDINATOR,
	ROLE_MANAGER,
	ROLE_CABINET_MEMBER,
	ROLE_GOVERNANCE_OFFICER,
	ROLE_ADMINISTRATOR,
	ROLE_SYSTEM,   /* another system: an API token */
	ROLE_CUSTOMER, /* what everybody is: sees only their own */
	ROLE_COUNT
};

/* The role's name in the database and the API ("analyst"), and back; ROLE_COUNT when
 * there is no such role. */
const char *role_name(enum role r);
enum role role_named(const char *name);

enum right {
	RIGHT_SEE,	      /* tickets of the organisation */
	RIGHT_SEE_TEAM,	      /* tickets that stand with the actor's own teams */
	RIGHT_SEE_OWN,	      /* tickets they are the customer of */
	RIGHT_SEE_RESTRICTED, /* also of restricted services, outside own teams */
	RIGHT_CREATE,	      /* on behalf of somebody */
	RIGHT_REPLY,	      /* to the customer */
	RIGHT_NOTE,	      /* internally */
	RIGHT_CLAIM,
	RIGHT_ASSIGN,	/* to others and other teams */
	RIGHT_RESOLVE,	/* and reopen */
	RIGHT_PRIORITY, /* change it by hand */
	RIGHT_AMEND,	/* say that something happened at another time than recorded */
	RIGHT_PEOPLE,	/* look people up */
	RIGHT_FIGURES,	/* reports, without names */
	RIGHT_ADMIN,	/* services, teams, rules, accounts */
	RIGHT_AUDIT,	/* read the audit */
	RIGHT_COUNT
};

enum actor_kind { ACTOR_NOBODY, ACTOR_CUSTOMER, ACTOR_STAFF, ACTOR_API, ACTOR_SYSTEM };

struct grant {
	int64_t org;
	enum role role;
};

/* Who is asking. Made by the sign-in of a door, never by a handler. */
struct actor {
	enum actor_kind kind;
	int64_t org;	/* where they are working now */
	int64_t person; /* 0: nobody known */
	const char *name;
	const struct grant *grants;
	int grant_count;
};

/* "customer", "staff", ... as event.actor_kind says it. */
const char *actor_kind_name(enum actor_kind k);

/* Has the actor that right somewhere in the organisation? */
bool access_may(const struct actor *a, int64_t org, enum right r);

/* Is the actor staff anywhere: may they see the staff pages at all? */
bool access_is_staff(const struct actor *a);

/*
 * Which tickets of one organisation. The fields are bound as the first parameters of
 * every query over tickets, $1 to $6, by SCOPE_VALUES; the condition is SCOPE_SQL(alias).
 */
struct scope {
	int64_t org;
	bool all;	 /* unrestricted ones of the organisation */
	bool restricted; /* restricted ones too */
	bool teams;	 /* those with my teams */
	bool own;	 /* those I am the customer of */
	int64_t person;
};

/* The tickets of `org` over which the actor has the right: RIGHT_SEE for reading; for
 * another right, those of the ones seen on which it may be used. */
struct scope access_scope(const struct actor *a, int64_t org, enum right r);

/* What is counted for reports, without names: all of the organisation when the actor may
 * see its figures (RIGHT_FIGURES), else nothing. */
struct scope access_figures(const struct actor *a, int64_t org);

/* Is a ticket with these properties in the scope? `in_team`: the scope's person works in
 * its team. The same condition as SCOPE_SQL, for what was read already. */
struct access_ticket {
	int64_t org, customer;
	bool restricted, in_team;
};
bool access_covers(const struct scope *s, const struct access_ticket *t);

/* The scope of the house's own jobs (routing, sending, rebuilding): all of one
 * organisation. Named so that it is easy to grep. */
struct scope access_house(int64_t org);

/* One ticket that a tracking session has proved to be its own: used with the id. */
struct scope access_proved(int64_t org);

#define SCOPE_SQL(t)                                                         \
	"(" t ".org = $1 and (($2 = 1 and (" t ".restricted = 0 or $3 = 1))" \
	" or ($4 = 1 and " t ".team in (select m.team from member m"         \
	" where m.org = $1 and m.person = $6))"                              \
	" or ($5 = 1 and " t ".customer = $6)))"

#define SCOPE_VALUES(s) \
	(s)->org, (s)->all, (s)->restricted, (s)->teams, (s)->own, (s)->person

#endif
