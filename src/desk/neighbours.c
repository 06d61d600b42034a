/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "desk/neighbours.h"

#include "desk/neighbour.h"
#include "desk/wishes.h"
#include "rule/area.h"
#include "rule/typed.h"
#include "store/audit.h"
#include "store/service.h"
#include "store/team.h"

#include <string.h>

enum { LONGEST_NAME = 100, LONGEST_URL = 1000, LONGEST_CODE = 200, MOST_PAIRS = 200 };

static bool
is_admin(struct work *w, int64_t org)
{
	return access_may(w->actor, org, RIGHT_ADMIN);
}

static bool
services_known(struct work *w, const struct body *b)
{
	struct service s;

	if (b->services.count > MOST_PAIRS)
		return false;
	for (int i = 0; i < b->services.count; i++) {
		const struct pair *p = &b->services.at[i];

		if (!*p->value || strlen(p->value) > LONGEST_CODE ||
			service_find(w, b->org, p->name, &s) != DONE)
			return work_problem_detail(w, "services",
				       "problem.bodies.service", p->name) == DONE;
	}
	return true;
}

static bool
statuses_known(struct work *w, const struct body *b)
{
	for (int i = 0; i < b->statuses.count; i++) {
		const struct pair *p = &b->statuses.at[i];

		if (!wishes_known(p->name) || !neighbour_deed(p->value))
			return work_problem_detail(w, "statuses", "problem.bodies.status",
				       arena_printf(w->arena, "%s = %s", p->name,
					       p->value)) == DONE;
	}
	return true;
}

static void
check(struct work *w, const struct body *b)
{
	int named = typed_length(b->name);
	struct area area;
	struct team team;

	if (named == 0 || named > LONGEST_NAME)
		(void)work_problem(w, "name", "problem.webhook.name");
	if (strlen(b->url) > LONGEST_URL || b->url[strcspn(b->url, " \t\r\n@?#")])
		(void)work_problem(w, "url", "problem.webhook.url");
	if (b->id == 0 && !b->key)
		(void)work_problem(w, "api_key", "problem.bodies.key");
	if (team_get(w, b->org, b->team, &team) != DONE)
		(void)work_problem(w, "team", "problem.team.unknown");
	(void)services_known(w, b);
	(void)statuses_known(w, b);
	if (*b->area && !area_read(w->arena, b->area, &area))
		(void)work_problem(w, "area", "problem.bodies.area");
}

static void
note(struct work *w, const char *action, int64_t id)
{
	audit_add(w, action, arena_printf(w->arena, "open311 body %lld", (long long)id),
		"");
}

enum outcome
neighbours_save(struct work *w, struct body *b)
{
	size_t n = strlen(b->url);
	bool new = b->id == 0;
	struct body old;

	if (!is_admin(w, b->org))
		return DENIED;
	if (!new &&body_get(w, b->org, b->id, &old) != DONE)
		return MISSING;
	check(w, b);
	if (w->problems.count > 0)
		return INVALID;
	if (n > 0 && b->url[n - 1] != '/')
		b->url = arena_printf(w->arena, "%s/", b->url);
	if (new)
		body_insert(w, b);
	else
		body_save(w, b);
	note(w, new ? "open311.make" : "open311.change", b->id);
	return DONE;
}

enum outcome
neighbours_end(struct work *w, int64_t org, int64_t id)
{
	struct body b;

	if (!is_admin(w, org))
		return DENIED;
	if (body_get(w, org, id, &b) != DONE)
		return MISSING;
	body_delete(w, &b);
	note(w, "open311.end", id);
	return DONE;
}

enum outcome
neighbours_again(struct work *w, int64_t org, int64_t id)
{
	struct body b;

	if (!is_admin(w, org))
		return DENIED;
	if (body_get(w, org, id, &b) != DONE)
		return MISSING;
	body_again(w, &b);
	note(w, "open311.again", id);
	return DONE;
}
