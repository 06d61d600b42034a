/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "desk/providers.h"

#include "store/account.h"
#include "store/audit.h"

#include <inttypes.h>
#include <string.h>

const char *const providers_settings[] = {"issuer", "client", "scope", "strength", "url",
	"ca", "bind", "base", "login", "group-base", "email", "name-claim", "groups",
	NULL};

static void
check(struct work *w, const struct provider *p)
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
