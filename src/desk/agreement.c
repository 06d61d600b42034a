/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "desk/agreement.h"

#include "format/urlencoded.h"
#include "store/audit.h"
#include "store/service.h"
#include "store/team.h"

#include <string.h>

enum { LONGEST_LINE = 200, LONGEST_TEXT = 2000 };

const char *const agreement_bases[] = {"public-task", "legal-obligation",
	"vital-interests", "consent", "contract", "legitimate-interests", NULL};

static void
check_text(struct work *w, const char *field, const char *value, size_t longest)
{
	if (!value || !*value)
		(void)work_problem(
			w, field, arena_printf(w->arena, "problem.sharing.%s", field));
	else if (strlen(value) > longest)
		(void)work_problem(w, field, "problem.sharing.long");
}

static void
check_services(struct work *w, const struct sharing *s)
{
	struct bytes rest = bytes_of(s->services);
	struct service service;

	if (rest.len == 0)
		(void)work_problem(w, "services", "problem.sharing.services");
	while (rest.len > 0) {
		struct bytes code = bytes_cut(&rest, ' ');

		if (service_find(w, s->org, arena_text(w->arena, code.at, code.len),
			    &service) != DONE) {
			(void)work_problem(w, "services", "problem.sharing.services");
			return;
		}
	}
}

static void
check_basis(struct work *w, const struct sharing *s)
{
	for (int i = 0; agreement_bases[i]; i++)
		if (s->basis && strcmp(agreement_bases[i], s->basis) == 0)
			return;
	(void)work_problem(w, "basis", "problem.sharing.basis");
}

static void
check_parties(struct work *w, const struct sharing *s)
{
	struct organisation o;
	struct team t;

	if (s->taker == s->org || team_organisation(w, s->taker, &o) != DONE)
		(void)work_problem(w, "taker", "problem.sharing.taker");
	else if (s->team != 0 && team_get(w, s->taker, s->team, &t) != DONE)
		(void)work_problem(w, "team", "problem.sharing.team");
}

/* In the giver's audit and in the taker's: both must be able to show it. */
static void
note(struct work *w, const struct sharing *s, const char *action)
{
	const struct actor *here = w->actor;
	struct actor there = *here;
	struct pairs detail = {.count = 0};

	pairs_add_int(w->arena, &detail, "version", s->version);
	pairs_add_int(w->arena, &detail, "org", s->org);
	pairs_add_int(w->arena, &detail, "taker", s->taker);
	w->actor = &there;
	for (int i = 0; i < 2; i++) {
		there.org = i == 0 ? s->org : s->taker;
		audit_add(w, action,
			arena_printf(w->arena, "agreement %lld", (long long)s->id),
			urlencoded_write(w->arena, &detail));
	}
	w->actor = here;
}

enum outcome
agreement_save(struct work *w, struct sharing *s)
{
	bool first = s->id == 0;

	if (!access_may(w->actor, s->org, RIGHT_SHARING) || s->org != w->actor->org)
		return DENIED;
	check_text(w, "name", s->name, LONGEST_LINE);
	check_parties(w, s);
	check_text(w, "purpose", s->purpose, LONGEST_TEXT);
	check_basis(w, s);
	check_services(w, s);
	if (s->ends <= s->starts)
		(void)work_problem(w, "ends", "problem.sharing.ends");
	check_text(w, "signed_for_org", s->signed_for_org, LONGEST_LINE);
	check_text(w, "signed_for_taker", s->signed_for_taker, LONGEST_LINE);
	if (!first)
		check_text(w, "note", s->note, LONGEST_TEXT);
	if (w->problems.count > 0)
		return INVALID;
	sharing_save(w, s);
	note(w, s, first ? "agreement.make" : "agreement.amend");
	return DONE;
}

enum outcome
agreement_find(struct work *w, int64_t id, struct sharing *s)
{
	struct sharing_list list;

	sharing_versions(w, w->actor->org, id, &list);
	if (list.count == 0)
		return MISSING;
	*s = list.at[0];
	return DONE;
}

enum outcome
agreement_end(struct work *w, int64_t id, const char *reason)
{
	struct sharing s;

	if (agreement_find(w, id, &s) != DONE || s.org != w->actor->org)
		return MISSING;
	if (!access_may(w->actor, s.org, RIGHT_SHARING))
		return DENIED;
	check_text(w, "note", reason, LONGEST_TEXT);
	if (w->problems.count > 0)
		return INVALID;
	s.note = reason;
	if (s.ends > w->now)
		s.ends = w->now > s.starts ? w->now : s.starts;
	sharing_save(w, &s);
	note(w, &s, "agreement.end");
	return DONE;
}
