/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "desk/provider_entry.h"

#include "base/log.h"
#include "desk/group_role.h"
#include "desk/invite.h"
#include "desk/newcomer.h"
#include "desk/recognise.h"
#include "desk/sign_in.h"
#include "format/urlencoded.h"
#include "store/audit.h"

#include <inttypes.h>
#include <string.h>

enum { MOST_ROLES = 16 };

static void
note(struct work *w, const struct provider *p, const char *action, const char *detail)
{
	const struct actor *before = w->actor;
	struct actor house = work_house_actor(p->org);

	w->actor = &house;
	audit_add(w, action, p->name, detail);
	w->actor = before;
}

static enum outcome
refuse(struct work *w, const struct provider *p, const char *why)
{
	log_warning("identity provider %" PRId64 ": %s", p->id, why);
	note(w, p, "provider.refuse", arena_printf(w->arena, "why=%s", why));
	return DENIED;
}

/* A mapping to a role that there is no more gives nothing, and is said aloud. */
static bool
is_there(struct work *w, const struct provider *p, const char *role)
{
	struct pairs detail = {.count = 0};
	struct role_row r;

	if (group_role_get(w, p->org, role, &r) == DONE)
		return true;
	log_warning("identity provider %" PRId64 ": a group is to give the role \"%s\","
		    " which there is not",
		p->id, role);
	pairs_add(w->arena, &detail, "role", role);
	note(w, p, "provider.role-gone", urlencoded_write(w->arena, &detail));
	return false;
}

static bool
has_group(const struct provider_says *s, const char *group)
{
	for (int i = 0; i < s->group_count; i++)
		if (strcmp(s->groups[i], group) == 0)
			return true;
	return false;
}

static int
roles_of(struct work *w, const struct provider *p, const struct provider_says *s,
	const char *roles[static MOST_ROLES])
{
	struct bytes lines = bytes_of(provider_setting(p, "roles", ""));
	struct group_role g;
	int count = 0;

	while (count < MOST_ROLES && group_role_next(w->arena, &lines, &g)) {
		bool there = !has_group(s, g.group);

		for (int k = 0; k < count && !there; k++)
			there = strcmp(roles[k], g.role) == 0;
		if (!there && is_there(w, p, g.role))
			roles[count++] = g.role;
	}
	return count;
}

static void
make_account(struct work *w, const struct provider *p, const struct provider_says *s,
	const char *email, struct account *a)
{
	const struct newcomer n = {
		.org = p->org,
		.email = email,
		.name = s->name ? s->name : "",
		.password = "",
	};

	newcomer(w, &n, a);
	sign_in_audit(w, a, "provider.account", "");
}

static bool
is_invited(struct work *w, const struct provider *p, const char *email)
{
	struct invitation i;

	return strcmp(p->audience, "staff") == 0 &&
	       invitation_awaits(w, p->org, email, &i) == DONE;
}

/* The first time: by the address, which must be verified. */
static enum outcome
join(struct work *w, const struct provider *p, const struct provider_says *s,
	struct account *a, bool may_make)
{
	const char *email = s->email ? recognise_email(w->arena, s->email) : NULL;

	if (!email || !s->verified)
		return refuse(w, p, "no verified e-mail address");
	if (account_find(w, email, a) != DONE) {
		if (!may_make && !is_invited(w, p, email))
			return refuse(w, p, "no group of theirs has a role");
		make_account(w, p, s, email, a);
	} else if (a->org != p->org) {
		return refuse(w, p, "the address belongs to another organisation");
	}
	provider_put_person(w, p, s->subject, a->person);
	sign_in_audit(w, a, "provider.join",
		arena_printf(w->arena, "provider=%" PRId64, p->id));
	if (strcmp(p->audience, "staff") == 0 && !a->disabled)
		invite_vouched(w, a);
	return DONE;
}

enum outcome
provider_entry(struct work *w, const struct provider *p, const struct provider_says *s,
	struct account *a)
{
	bool staff = strcmp(p->audience, "staff") == 0;
	int64_t person = provider_person(w, p, s->subject);
	const char *roles[MOST_ROLES];
	int count = staff ? roles_of(w, p, s, roles) : 0;

	if (person == 0 || account_of(w, person, a) != DONE) {
		if (join(w, p, s, a, !staff || count > 0) != DONE)
			return DENIED;
	} else {
		provider_put_person(w, p, s->subject, person);
	}
	if (account_is_behind_glass(w, a->person))
		return refuse(w, p, "the account is behind glass");
	if (a->disabled)
		return refuse(w, p, "the account is disabled");
	if (!staff && !sign_in_may_link(w, a))
		return refuse(w, p, "the account has a role, and residents come here");
	if (staff && provider_put_roles(w, p, a->person, roles, count))
		sign_in_audit(w, a, "provider.roles",
			arena_printf(
				w->arena, "provider=%" PRId64 "&roles=%d", p->id, count));
	return DONE;
}
