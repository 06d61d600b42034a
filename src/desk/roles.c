/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "desk/roles.h"

#include "desk/recognise.h"
#include "format/urlencoded.h"
#include "rule/typed.h"
#include "store/audit.h"
#include "store/session.h"
#include "store/team.h"
#include "weaken.h"

#include <inttypes.h>
#include <string.h>

enum { LONGEST_LABEL = 60, LONGEST_REASON = 500, SHORTEST_REASON = 3 };

static int64_t
here(const struct work *w)
{
	return w->actor->org;
}

static bool
is_admin(const struct work *w)
{
	return access_may(w->actor, here(w), RIGHT_ADMIN);
}

uint64_t
roles_gives(struct work *w)
{
	uint64_t gives = access_rights(w->actor, here(w));

	for (int i = 0; i < w->actor->grant_count; i++) {
		const struct grant *g = &w->actor->grants[i];
		struct role_row row;

		if (g->org == here(w) && g->rights & RIGHT_BIT(RIGHT_ADMIN) &&
			g->role < ROLE_CUSTOMER &&
			role_row_get(w, here(w), role_name(g->role), &row) == DONE)
			gives |= row.gives;
	}
	if (w->actor->kind == ACTOR_STAFF && is_admin(w))
		gives |= role_row_gives(w, here(w), w->actor->person);
	return gives;
}

bool
roles_may_give(struct work *w, uint64_t rights)
{
#ifdef WEAKEN_GIVING
	return true;
#endif
	return (rights & ~roles_gives(w)) == 0;
}

/* All that a role carries, to use and to hand on. */
static uint64_t
all_of(const struct role_row *r)
{
	return r->rights | r->gives;
}

void
roles_check_reason(struct work *w, const char *reason)
{
	int n = reason ? typed_length(reason) : 0;

	if (n < SHORTEST_REASON)
		(void)work_problem(w, "reason", "problem.roles.reason");
	else if (n > LONGEST_REASON)
		(void)work_problem(w, "reason", "problem.roles.long");
}

static void
add_words(struct work *w, struct pairs *detail, const char *name, const char *words)
{
	if (*words)
		pairs_add(w->arena, detail, name, words);
}

static void
note(struct work *w, const char *action, const char *subject, struct pairs *detail,
	const char *reason)
{
	add_words(w, detail, "reason", reason);
	audit_add(w, action, subject, urlencoded_write(w->arena, detail));
}

/* --- roles -------------------------------------------------------------------------- */

static const char *
subject_of(struct work *w, const char *role)
{
	return arena_printf(w->arena, "role %s", role);
}

static void
check_label(struct work *w, const char *label, const char *name)
{
	int n = label ? typed_length(label) : 0;
	struct role_row_list list;

	if (n == 0 || n > LONGEST_LABEL) {
		(void)work_problem(w, "label", "problem.roles.label");
		return;
	}
	role_row_list(w, here(w), &list);
	for (int i = 0; i < list.count; i++)
		if (strcmp(list.at[i].label, label) == 0 &&
			strcmp(list.at[i].name, name) != 0)
			(void)work_problem(w, "label", "problem.roles.label_taken");
}

enum outcome
roles_make(struct work *w, const char *label, const char *like, const char *reason,
	const char **name)
{
	struct role_row r = {.label = label};
	struct pairs detail = {.count = 0};
	struct role_row model;

	if (!is_admin(w))
		return DENIED;
	check_label(w, label, "");
	roles_check_reason(w, reason);
	if (*like && role_row_get(w, here(w), like, &model) != DONE)
		(void)work_problem(w, "like", "problem.roles.role");
	else if (*like)
		r.rights = model.rights & roles_gives(w);
	if (w->problems.count > 0)
		return INVALID;
	r.name = *name = arena_printf(w->arena, "local-%" PRId64, work_id(w));
	role_row_put(w, here(w), &r);
	pairs_add(w->arena, &detail, "label", label);
	pairs_add(w->arena, &detail, "rights", access_rights_text(w->arena, r.rights));
	note(w, "role.make", subject_of(w, r.name), &detail, reason);
	return DONE;
}

static bool
holds(struct work *w, const char *role)
{
	struct account_role_list list;

	account_roles(w, here(w), &list);
	for (int i = 0; i < list.count; i++)
		if (list.at[i].person == w->actor->person &&
			strcmp(list.at[i].role_name, role) == 0)
			return true;
	return false;
}

/* Runs what was just written against the last rule: somebody must be left. False: it was
 * undone, with a problem. Between a savepoint and this nothing else may write. */
static bool
somebody_left(struct work *w, const char *field)
{
	bool left = role_row_administrators(w, here(w)) > 0;

#ifdef WEAKEN_LAST_ADMINISTRATOR
	left = true;
#endif
	if (left) {
		db_savepoint_keep(w->db);
		return true;
	}
	db_savepoint_undo(w->db);
	(void)work_problem(w, field, "problem.roles.last");
	return false;
}

static void
check_change(struct work *w, const struct role_row *old, const struct role_row *new)
{
	uint64_t own = access_rights(w->actor, here(w));
	uint64_t added = new->rights & ~old->rights;
	uint64_t moved = (old->rights ^ new->rights) | (old->gives ^ new->gives);

	if (!roles_may_give(w, moved))
		(void)work_problem(w, "rights", "problem.roles.rights");
	else if (holds(w, old->name) &&
		 (added & ~own || new->gives & ~old->gives & ~roles_gives(w)))
		(void)work_problem(w, "rights", "problem.roles.self");
}

enum outcome
roles_change(struct work *w, const char *name, const struct roles_change *c)
{
	struct pairs detail = {.count = 0};
	struct role_row old, new;

	if (!is_admin(w))
		return DENIED;
	role_row_hold(w, here(w));
	if (role_row_get(w, here(w), name, &old) != DONE)
		return MISSING;
	new = old;
	new.rights = c->rights;
	new.gives = c->gives;
	if (old.role == ROLE_LOCAL) {
		check_label(w, c->label, name);
		new.label = c->label;
	}
	roles_check_reason(w, c->reason);
	check_change(w, &old, &new);
	if (w->problems.count > 0)
		return INVALID;
	db_savepoint(w->db);
	role_row_put(w, here(w), &new);
	if (!somebody_left(w, "rights"))
		return INVALID;
	add_words(w, &detail, "label", new.label);
	add_words(w, &detail, "added",
		access_rights_text(w->arena, new.rights & ~old.rights));
	add_words(w, &detail, "taken",
		access_rights_text(w->arena, old.rights & ~new.rights));
	add_words(w, &detail, "gives", access_rights_text(w->arena, new.gives));
	note(w, "role.change", subject_of(w, name), &detail, c->reason);
	return DONE;
}

enum outcome
roles_remove(struct work *w, const char *name, const char *reason)
{
	struct pairs detail = {.count = 0};
	struct role_row old;

	if (!is_admin(w))
		return DENIED;
	role_row_hold(w, here(w));
	if (role_row_get(w, here(w), name, &old) != DONE)
		return MISSING;
	roles_check_reason(w, reason);
	if (old.role != ROLE_LOCAL)
		(void)work_problem(w, "role", "problem.roles.standard");
	else if (old.holders > 0)
		(void)work_problem(w, "role", "problem.roles.held");
	if (w->problems.count > 0)
		return INVALID;
	if (!role_row_remove(w, here(w), name))
		return work_problem(w, "role", "problem.roles.held");
	pairs_add(w->arena, &detail, "label", old.label);
	note(w, "role.remove", subject_of(w, name), &detail, reason);
	return DONE;
}

/* --- people ------------------------------------------------------------------------- */

static bool
works_at(struct work *w, int64_t person, int64_t org)
{
	struct actor who = {.kind = ACTOR_STAFF};

	account_grants(w, person, 0, &who);
	for (int i = 0; i < who.grant_count; i++)
		if (who.grants[i].role != ROLE_CUSTOMER &&
			(org == 0 || who.grants[i].org == org))
			return true;
	return false;
}

enum outcome
roles_person(struct work *w, int64_t person, struct account *a)
{
	if (account_of(w, person, a) != DONE)
		return MISSING;
	return a->org == here(w) || works_at(w, person, here(w)) ? DONE : MISSING;
}

enum outcome
roles_by_email(struct work *w, const char *email, struct account *a)
{
	const char *normal = recognise_email(w->arena, email);

	if (!normal || account_find(w, normal, a) != DONE)
		return MISSING;
	return a->org == here(w) || works_at(w, a->person, 0) ? DONE : MISSING;
}

/* The account and the role of a deed, checked as far as both verbs ask the same. */
static enum outcome
begin(struct work *w, const struct roles_deed *d, struct account *a)
{
	if (!is_admin(w))
		return DENIED;
	role_row_hold(w, here(w));
	if (account_of(w, d->person, a) != DONE)
		return MISSING;
	roles_check_reason(w, d->reason);
	return DONE;
}

enum outcome
roles_may_hand_on(struct work *w, const char *role, struct role_row *r)
{
	if (role_row_get(w, here(w), role, r) != DONE)
		return MISSING;
	return roles_may_give(w, all_of(r)) ? DONE : DENIED;
}

bool
roles_check(struct work *w, const char *field, const char *role, struct role_row *r)
{
	switch (roles_may_hand_on(w, role, r)) {
	case DONE: return true;
	case MISSING: (void)work_problem(w, field, "problem.roles.role"); break;
	default: (void)work_problem(w, field, "problem.roles.rights");
	}
	return false;
}

static struct pairs
role_detail(struct work *w, const struct role_row *r)
{
	struct pairs detail = {.count = 0};

	pairs_add(w->arena, &detail, "role", r->name);
	if (*r->label)
		pairs_add(w->arena, &detail, "label", r->label);
	return detail;
}

enum outcome
roles_give(struct work *w, const struct roles_deed *d)
{
	uint64_t own = access_rights(w->actor, here(w));
	struct pairs detail;
	struct account a;
	struct role_row r;
	enum outcome end = begin(w, d, &a);

	if (end == DONE && a.org != here(w) && !works_at(w, d->person, 0))
		end = MISSING;
	if (end != DONE)
		return end;
	(void)roles_check(w, "role", d->role, &r);
	if (w->problems.count == 0 && d->person == w->actor->person && r.rights & ~own)
		(void)work_problem(w, "role", "problem.roles.self");
	if (w->problems.count == 0 && account_is_behind_glass(w, d->person))
		(void)work_problem(w, "role", "problem.roles.glass");
	if (w->problems.count > 0)
		return INVALID;
	detail = role_detail(w, &r);
	if (!account_give(w, here(w), d->person, r.name))
		return work_problem(w, "role", "problem.roles.has");
	note(w, "role.give", a.email, &detail, d->reason);
	return DONE;
}

enum outcome
roles_take(struct work *w, const struct roles_deed *d)
{
	struct pairs detail;
	struct account a;
	struct role_row r;
	enum outcome end = begin(w, d, &a);

	if (end == DONE && !works_at(w, d->person, here(w)))
		end = MISSING;
	if (end != DONE)
		return end;
	(void)roles_check(w, "role", d->role, &r);
	if (w->problems.count > 0)
		return INVALID;
	detail = role_detail(w, &r);
	db_savepoint(w->db);
	if (!account_take(w, here(w), d->person, r.name)) {
		db_savepoint_undo(w->db);
		return work_problem(w, "role", "problem.roles.has_not");
	}
	if (!somebody_left(w, "role"))
		return INVALID;
	note(w, "role.take", a.email, &detail, d->reason);
	return DONE;
}

/* --- teams -------------------------------------------------------------------------- */

/* Who works in a team sees its tickets, restricted ones too. */
static enum outcome
begin_team(struct work *w, const struct roles_deed *d, struct account *a, struct team *t)
{
	enum outcome end = begin(w, d, a);

	if (end == DONE && !works_at(w, d->person, here(w)))
		end = MISSING;
	if (end != DONE)
		return end;
	if (team_get(w, here(w), d->team, t) != DONE)
		(void)work_problem(w, "team", "problem.roles.team");
	return w->problems.count > 0 ? INVALID : DONE;
}

static enum outcome
note_team(struct work *w, const char *action, const struct account *a,
	const struct team *t, const char *reason)
{
	struct pairs detail = {.count = 0};

	pairs_add(w->arena, &detail, "team", t->name);
	note(w, action, a->email, &detail, reason);
	return DONE;
}

enum outcome
roles_join(struct work *w, const struct roles_deed *d)
{
	struct account a;
	struct team t;
	enum outcome end = begin_team(w, d, &a, &t);

	if (end != DONE)
		return end;
	if (d->person == w->actor->person &&
		!access_may(w->actor, here(w), RIGHT_SEE_RESTRICTED))
		return work_problem(w, "team", "problem.roles.self_team");
	if (team_has_member(w, here(w), t.id, d->person))
		return work_problem(w, "team", "problem.roles.team_has");
	team_join(w, here(w), t.id, d->person);
	return note_team(w, "team.join", &a, &t, d->reason);
}

enum outcome
roles_leave(struct work *w, const struct roles_deed *d)
{
	struct account a;
	struct team t;
	enum outcome end = begin_team(w, d, &a, &t);

	if (end != DONE)
		return end;
	if (!team_leave(w, here(w), t.id, d->person))
		return work_problem(w, "team", "problem.roles.team_has_not");
	return note_team(w, "team.leave", &a, &t, d->reason);
}

/* --- accounts ----------------------------------------------------------------------- */

static enum outcome
begin_own(struct work *w, const struct roles_deed *d, struct account *a)
{
	enum outcome end = begin(w, d, a);

	if (end == DONE && a->org != here(w))
		end = MISSING;
	if (end != DONE)
		return end;
	return w->problems.count > 0 ? INVALID : DONE;
}

static enum outcome
note_account(
	struct work *w, const char *action, const struct account *a, const char *reason)
{
	struct pairs detail = {.count = 0};

	note(w, action, a->email, &detail, reason);
	return DONE;
}

enum outcome
roles_disable(struct work *w, const struct roles_deed *d)
{
	struct account a;
	enum outcome end = begin_own(w, d, &a);

	if (end != DONE)
		return end;
	db_savepoint(w->db);
	account_set_disabled(w, a.email, true);
	session_end_all(w, a.person);
	if (!works_at(w, a.person, here(w)))
		db_savepoint_keep(w->db);
	else if (!somebody_left(w, "reason"))
		return INVALID;
	return note_account(w, "account.disable", &a, d->reason);
}

enum outcome
roles_enable(struct work *w, const struct roles_deed *d)
{
	struct account a;
	enum outcome end = begin_own(w, d, &a);

	if (end != DONE)
		return end;
	account_set_disabled(w, a.email, false);
	return note_account(w, "account.enable", &a, d->reason);
}

enum outcome
roles_sign_out(struct work *w, const struct roles_deed *d)
{
	struct account a;
	enum outcome end = begin_own(w, d, &a);

	if (end != DONE)
		return end;
	session_end_all(w, a.person);
	return note_account(w, "session.end", &a, d->reason);
}

enum outcome
roles_do(struct work *w, const char *name, const struct roles_deed *d)
{
	static const struct {
		const char *name;
		enum outcome (*run)(struct work *w, const struct roles_deed *d);
	} deeds[] = {
		{"give", roles_give},
		{"take", roles_take},
		{"join", roles_join},
		{"leave", roles_leave},
		{"disable", roles_disable},
		{"enable", roles_enable},
		{"sign-out", roles_sign_out},
	};

	for (size_t i = 0; i < sizeof deeds / sizeof *deeds; i++)
		if (strcmp(deeds[i].name, name) == 0)
			return deeds[i].run(w, d);
	return MISSING;
}
