/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "desk/waiting_rules.h"

#include "store/audit.h"
#include "store/service.h"

#include <inttypes.h>
#include <string.h>

enum { LONGEST_WORDS = 200, MOST_DAYS = 365, MOST_REMINDERS = 10 };

static bool
between(int64_t n, int64_t most)
{
	return n >= 0 && n <= most;
}

static enum outcome
check(struct work *w, const struct wait_reason *r, const char *whom)
{
	if (strcmp(whom, "customer") != 0)
		(void)!work_problem(w, "whom", "problem.waiting.whom");
	if (!r->words[strspn(r->words, " \t\r\n")] || strlen(r->words) > LONGEST_WORDS)
		(void)!work_problem(w, "words", "problem.waiting.words");
	if (!between(r->chase_days, MOST_DAYS))
		(void)!work_problem(w, "chase_days", "problem.waiting.days");
	if (!between(r->chase_limit, MOST_REMINDERS))
		(void)!work_problem(w, "chase_limit", "problem.waiting.limit");
	if (!between(r->review_days, MOST_DAYS))
		(void)!work_problem(w, "review_days", "problem.waiting.days");
	if (w->problems.count)
		return INVALID;
	if (r->chase_days > 0 && r->proof == WAIT_EVIDENCE)
		return work_problem(w, "chase_days", "problem.waiting.no_question");
	if (r->review_days == 0 && (r->chase_days == 0 || r->chase_limit == 0))
		return work_problem(w, "review_days", "problem.waiting.ends");
	return DONE;
}

static int
place_of(const struct wait_reason_list *list, const char *code)
{
	for (int i = 0; i < list->count; i++)
		if (strcmp(list->at[i].code, code) == 0)
			return i + 1;
	return 0;
}

enum outcome
waiting_rules_save(struct work *w, struct wait_reason *r, const char *whom)
{
	struct wait_reason_list list;
	int position;

	if (!access_may(w->actor, r->org, RIGHT_ADMIN))
		return DENIED;
	wait_reason_list(w, r->org, &list);
	position = place_of(&list, r->code);
	if (*r->code && position == 0)
		return MISSING;
	if (check(w, r, whom) != DONE)
		return INVALID;
	/* The house's own reason stays when there is a second. */
	for (int i = 0; position == 0 && i < list.count; i++)
		wait_reason_save(w, &list.at[i], i + 1);
	if (position == 0)
		wait_reason_place(w, r->org, r->words, r, &position);
	wait_reason_save(w, r, position);
	audit_add(w, "waiting.reason", arena_printf(w->arena, "reason %s", r->code),
		arena_printf(w->arena,
			"proof=%s&chase_days=%" PRId64 "&chase_limit=%" PRId64
			"&review_days=%" PRId64,
			r->proof == WAIT_QUESTION ? "question" : "evidence",
			r->chase_days, r->chase_limit, r->review_days));
	return DONE;
}

enum outcome
waiting_rules_end(struct work *w, int64_t org, const char *code)
{
	if (!access_may(w->actor, org, RIGHT_ADMIN))
		return DENIED;
	if (wait_reason_end(w, org, code) != DONE)
		return work_problem(w, "reason", "problem.waiting.gone");
	audit_add(w, "waiting.end", arena_printf(w->arena, "reason %s", code), "");
	return DONE;
}

enum outcome
waiting_rules_reopen(struct work *w, int64_t org, const char *service, int64_t days)
{
	if (!access_may(w->actor, org, RIGHT_ADMIN))
		return DENIED;
	if (!between(days, MOST_DAYS))
		return work_problem(w, "days", "problem.waiting.days");
	if (service_reopen_set(w, org, service, days) != DONE)
		return work_problem(w, "service", "problem.service.unknown");
	audit_add(w, "service.reopen", arena_printf(w->arena, "service %s", service),
		arena_printf(w->arena, "days=%" PRId64, days));
	return DONE;
}
