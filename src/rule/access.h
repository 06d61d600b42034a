/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef RULE_ACCESS_H
#define RULE_ACCESS_H

/*
 * Who may do what. Roles are granted to a person in an organisation; a role carries
 * rights; a right over tickets becomes a `struct scope`, the only key that opens them:
 * no store function reads tickets, people or figures without one, and only this file
 * makes them. The default is "no row". (clock.md section 8, "Permission".)
 */

#include "base/arena.h"
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
	ROLE_LOCAL,    /* one that an organisation made: its row has the name */
	ROLE_COUNT
};

/* The role's name in the database and the API ("analyst"), and back; ROLE_COUNT when
 * there is no such role. ROLE_LOCAL has none. */
const char *role_name(enum role r);
enum role role_named(const char *name);

/*
 * The vocabulary of what may be done (clock.md section 8). The first ones say where, the
 * others what; to see that a ticket exists, to read it and to change it are three rights.
 * Agreements keep them as bits: new ones go to the end.
 */
enum right {
	RIGHT_NONE,
	RIGHT_SEE,	      /* that tickets of the organisation exist: lists, counts */
	RIGHT_SEE_TEAM,	      /* the same of the actor's own teams */
	RIGHT_SEE_OWN,	      /* tickets they are the customer of; these are also read */
	RIGHT_SEE_RESTRICTED, /* also of restricted services, outside own teams */
	RIGHT_READ,	      /* what is in them: words, names, timeline, files */
	RIGHT_CREATE,	      /* on behalf of somebody */
	RIGHT_REPLY,	      /* to the customer */
	RIGHT_NOTE,	      /* internally */
	RIGHT_CLAIM,
	RIGHT_ASSIGN,	/* within the team where it stands */
	RIGHT_MOVE_OUT, /* to another team: of where it stands */
	RIGHT_MOVE_IN,	/* and of where it goes */
	RIGHT_RESOLVE,	/* close, and reopen */
	RIGHT_PRIORITY, /* change it by hand */
	RIGHT_AMEND,	/* say that something happened at another time than recorded */
	RIGHT_PEOPLE,	/* look people up */
	RIGHT_FIGURES,	/* reports, without names */
	RIGHT_EXPORT,	/* take what one may see away as a file */
	RIGHT_ADMIN,	/* services, teams, rules, accounts */
	RIGHT_AUDIT,	/* read the audit and the register of agreements */
	RIGHT_SHARED,	/* use what other organisations share with this one */
	RIGHT_SHARING,	/* make, amend and end sharing agreements */
	RIGHT_EXPLAIN,	/* ask why somebody can see a ticket */
	RIGHT_SIMULATE, /* look at the lists as somebody else would */
	RIGHT_COUNT
};

/* The bit of a right in a mask of rights. */
#define RIGHT_BIT(r) ((uint64_t)1 << (r))

/* "see-team", and back; RIGHT_NONE when there is none. */
const char *access_right_name(enum right r);
enum right access_right_named(const char *name);

/* A list of such words with blanks between, and back; what is no right gives nothing. */
const char *access_rights_text(struct arena *a, uint64_t rights);
uint64_t access_rights_of(const char *words);

/* What a role may do until an organisation says otherwise. */
uint64_t access_standard(enum role r);

/*
 * What those who have a role may hand on, and take back, until an organisation says
 * otherwise, whether they may use it or not: an administrator appoints who answers
 * customers and sees nothing of it. Who reads the audit is not chosen by those whom it
 * watches.
 */
uint64_t access_standard_gives(enum role r);

enum actor_kind { ACTOR_NOBODY, ACTOR_CUSTOMER, ACTOR_STAFF, ACTOR_API, ACTOR_SYSTEM };

/* A role somebody has in an organisation, and what it may do there: its row of the table
 * `role`, narrowed by the scopes of a token. `label`: of a ROLE_LOCAL. */
struct grant {
	int64_t org;
	enum role role;
	uint64_t rights;
	const char *label;
	const char *name; /* of a ROLE_LOCAL, as grants name it */
};

/* A grant with the role's standard rights. */
struct grant access_grant(int64_t org, enum role r);

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

/* All rights of the actor in an organisation, from all roles there. */
uint64_t access_rights(const struct actor *a, int64_t org);

/* Has the actor that right somewhere in the organisation? */
bool access_may(const struct actor *a, int64_t org, enum right r);

/* Is the actor staff anywhere: may they see the staff pages at all? */
bool access_is_staff(const struct actor *a);

/* The parts of a ticket that may be hidden from who sees that it exists. */
enum detail {
	DETAIL_SUBJECT,
	DETAIL_WORDS,	/* what people wrote, and the answers of the form */
	DETAIL_NAME,	/* the customer's */
	DETAIL_CONTACT, /* their addresses, telephones and adjustments */
	DETAIL_PLACE,
	DETAIL_FILES,
	DETAIL_PUBLIC,	 /* the timeline that the customer reads */
	DETAIL_INTERNAL, /* the rest of the timeline */
	DETAIL_COUNT
};

enum { DETAILS_ALL = (1 << DETAIL_COUNT) - 1 };

/* "subject", ... and back; DETAIL_COUNT when there is none. */
const char *access_detail_name(enum detail d);
enum detail access_detail_named(const char *name);

/*
 * Which tickets of one organisation. It is bound as the first parameters of every query
 * over tickets, $1 to $6, by SCOPE_VALUES; the condition is SCOPE_SQL(alias).
 *
 * There are two ways in: a role in the organisation of the tickets, and an agreement by
 * which that organisation shares some services with the one where the actor works
 * (`taker`). Agreements begin and end by the time of the work that asks, so nothing has
 * to be done when one ends.
 */
struct scope {
	int64_t org;
	bool all;	 /* unrestricted ones of the organisation */
	bool restricted; /* restricted ones too */
	bool teams;	 /* those with my teams */
	bool own;	 /* those I am the customer of */
	bool shared;	 /* those shared with `taker` by agreements that give `right` */
	bool read;	 /* not only that they exist; an agreement says by itself what */
	bool house;	 /* the house's own jobs: nothing is hidden */
	int64_t taker;
	enum right right;
	int64_t person;
	const struct actor *who; /* whose roles rule/field_rule asks; NULL: nobody's */
};

/* The tickets of `org` over which the actor has the right: RIGHT_SEE for reading; for
 * another right, those of the ones seen on which it may be used. */
struct scope access_scope(const struct actor *a, int64_t org, enum right r);

/* What is counted for reports, without names: all of the organisation when the actor may
 * see its figures (RIGHT_FIGURES), else nothing. */
struct scope access_figures(const struct actor *a, int64_t org);

/* Whom they may look up: everybody the organisation knows, or nobody. It is a right of
 * its own (RIGHT_PEOPLE): who calls people need not see other teams' tickets. */
struct scope access_people(const struct actor *a, int64_t org);

/* Is a ticket with these properties in the scope? `in_team`: the scope's person works in
 * its team. The same condition as SCOPE_SQL, for what was read already. */
struct access_ticket {
	int64_t org, customer;
	bool restricted, in_team;
	bool shared; /* by an agreement in force that gives the scope's right */
};
bool access_covers(const struct scope *s, const struct access_ticket *t);

/* The scope of the house's own jobs (routing, sending, rebuilding): all of one
 * organisation. Named so that it is easy to grep. */
struct scope access_house(int64_t org);

/* One ticket that a tracking session has proved to be its own: used with the id. */
struct scope access_proved(int64_t org);

enum {
	SCOPE_ALL = 1,
	SCOPE_RESTRICTED = 2,
	SCOPE_TEAMS = 4,
	SCOPE_OWN = 8,
	SCOPE_SHARED = 16
};

/* The ways in as one number, for $2. */
int64_t access_ways(const struct scope *s);

/* $1 the organisation of the tickets, $2 the ways in, $3 the organisation that takes from
 * agreements, $4 now, $5 the right's bit, $6 the person. Everything it reads of a ticket
 * stands in the indexes of the work lists. */
#define SCOPE_SQL(t)                                                                     \
	"(" t ".org = $1 and ((($2 & 1) = 1 and (" t ".restricted = 0 or ($2 & 2) = 2))" \
	" or (($2 & 4) = 4 and " t ".team in (select m.team from member m"               \
	" where m.org = $1 and m.person = $6))"                                          \
	" or (($2 & 8) = 8 and " t ".customer = $6)"                                     \
	" or (($2 & 16) = 16 and exists (select 1 from sharing_service shared"           \
	" where shared.org = $1 and shared.taker = $3"                                   \
	" and shared.service = " t ".service"                                            \
	" and shared.starts <= $4 and shared.ends > $4"                                  \
	" and (shared.rights & $5) = $5"                                                 \
	" and (shared.restricted = 1 or " t ".restricted = 0)"                           \
	" and (shared.team = 0 or exists (select 1 from member taking"                   \
	" where taking.org = $3 and taking.person = $6 and taking.team = shared.team))"  \
	"))))"

/* The work is called `w`, as everywhere; its time says which agreements are in force. */
#define SCOPE_VALUES(s)                                                               \
	(s)->org, access_ways(s), (s)->taker, w->now, (int64_t)RIGHT_BIT((s)->right), \
		(s)->person

#endif
