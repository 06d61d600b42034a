/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "desk/provider_entry.h"

#include "base/log.h"
#include "desk/invite.h"
#include "desk/newcomer.h"
#include "desk/recognise.h"
#include "desk/sign_in.h"
#include "store/audit.h"

#include <inttypes.h>
#include <string.h>

enum { MOST_ROLES = 16 };

enum role
provider_entry_role(struct work *w, const struct provider *p, const char *group)
{
	struct bytes lines = bytes_of(provider_setting(p, "roles", ""));

	while (lines.len > 0) {
		struct bytes role = bytes_cut(&lines, '\n');
		/* The last "=" parts them: a DN has some of its own. */
		size_t n = role.len;

		while (n > 0 && role.at[n - 1] != '=')
			n--;
		if (n > 0 && bytes_equal(bytes_trim((struct bytes){role.at, n - 1}),
				     bytes_of(group))) {
			struct bytes name = bytes_trim(
				(struct bytes){role.at + n, role.len - n});
			enum role r = role_named(arena_text(w->arena, name.at, name.len));

			return r == ROLE_SYSTEM || r == ROLE_CUSTOMER ? ROLE_COUNT : r;
		}
	}
	return ROLE_COUNT;
}

static enum outcome
refuse(struct work *w, const struct provider *p, const char *why)
{
	const struct actor *before = w->actor;
	struct actor house = work_house_actor(p->org);

	log_warning("identity provider %" PRId64 ": %s", p->id, why);
	w->actor = &house;
	audit_add(w, "provider.refuse", p->name, arena_printf(w->arena, "why=%s", why));
	w->actor = before;
	return DENIED;
}

static int
roles_of(struct work *w, const struct provider *p, const struct provider_says *s,
	const char *roles[static MOST_ROLES])
{
	int count = 0;

	for (int i = 0; i < s->group_count && count < MOST_ROLES; i++) {
		enum role r = provider_entry_role(w, p, s->groups[i]);
		bool there = r == ROLE_COUNT;

		for (int k = 0; k < count && !there; k++)
			there = strcmp(roles[k], role_name(r)) == 0;
		if (!there)
			roles[count++] = role_name(r);
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
	if (account_is_behind_glass(w, a->person))
		return refuse(w, p, "the account is behind glass");
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
