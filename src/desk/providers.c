/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "desk/providers.h"

#include "base/buffer.h"
#include "desk/group_role.h"
#include "desk/roles.h"
#include "store/account.h"
#include "store/audit.h"
#include "weaken.h"

#include <inttypes.h>
#include <string.h>

const char *const providers_settings[] = {"issuer", "client", "scope", "strength", "url",
	"ca", "bind", "base", "login", "group-base", "email", "name-claim", "groups",
	NULL};

static void
check_role(struct work *w, int64_t org, const struct group_role *g)
{
	struct role_row r;
	enum outcome end = group_role_get(w, org, g->role, &r);

#ifndef WEAKEN_MAPPING
	if (end == DONE)
		end = roles_may_hand_on(w, g->role, &r);
#endif
	if (!*g->group || !*g->role)
		(void)!work_problem_detail(w, "roles", "problem.idp.line", g->group);
	else if (end == MISSING)
		(void)!work_problem_detail(w, "roles", "problem.idp.role", g->role);
	else if (end != DONE)
		(void)!work_problem_detail(
			w, "roles", "problem.idp.rights", *r.label ? r.label : g->role);
}

static void
replace(struct provider *p, const char *name, const char *value)
{
	for (int i = 0; i < p->settings.count; i++)
		if (strcmp(p->settings.at[i].name, name) == 0)
			p->settings.at[i].value = value;
}

/* Checks the lines, up to the first wrong one, and writes them by the names of roles. */
static void
check_roles(struct work *w, struct provider *p)
{
	struct bytes lines = bytes_of(provider_setting(p, "roles", ""));
	struct buffer b = buffer_in(w->arena, lines.len + 64);
	int before = w->problems.count;
	struct group_role g;

	while (w->problems.count == before && group_role_next(w->arena, &lines, &g)) {
		g.role = group_role_named(w, p->org, g.role);
		check_role(w, p->org, &g);
		buffer_printf(&b, "%s = %s\n", g.group, g.role);
	}
	if (w->problems.count == before)
		replace(p, "roles", buffer_text(&b));
}

const char *
providers_roles(struct work *w, const struct provider *p, const char **gone)
{
	struct bytes lines = bytes_of(provider_setting(p, "roles", ""));
	struct buffer b = buffer_in(w->arena, lines.len + 64);
	struct group_role g;

	*gone = NULL;
	while (group_role_next(w->arena, &lines, &g)) {
		struct role_row r = {.label = ""};

		if (group_role_get(w, p->org, g.role, &r) != DONE && !*gone)
			*gone = g.role;
		buffer_printf(&b, "%s = %s\n", g.group, *r.label ? r.label : g.role);
	}
	return buffer_text(&b);
}

static void
check(struct work *w, struct provider *p)
{
	bool oidc = strcmp(p->kind, "oidc") == 0;

	if (!*p->name)
		(void)!work_problem(w, "name", "problem.idp.name");
	if (oidc && !*provider_setting(p, "issuer", ""))
		(void)!work_problem(w, "issuer", "problem.idp.issuer");
	if (oidc && !*provider_setting(p, "client", ""))
		(void)!work_problem(w, "client", "problem.idp.client");
	if (!oidc && !*provider_setting(p, "url", ""))
		(void)!work_problem(w, "url", "problem.idp.url");
	check_roles(w, p);
}

enum outcome
providers_save(struct work *w, struct provider *p)
{
	bool fresh = p->id == 0;

	if (!access_may(w->actor, p->org, RIGHT_ADMIN))
		return DENIED;
	check(w, p);
	if (w->problems.count > 0)
		return INVALID;
	provider_save(w, p);
	audit_add(w, fresh ? "provider.add" : "provider.change", p->name,
		arena_printf(w->arena, "id=%" PRId64, p->id));
	return DONE;
}

enum outcome
providers_second_factor(struct work *w, int64_t org, bool wanted)
{
	if (!access_may(w->actor, org, RIGHT_ADMIN))
		return DENIED;
	account_rule(w, org, wanted);
	audit_add(w, "sign-in.rule", "organisation",
		wanted ? "second-factor=yes" : "second-factor=no");
	return DONE;
}
