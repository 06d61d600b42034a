/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "desk/offering.h"

#include "rule/typed.h"
#include "store/audit.h"
#include "store/service.h"

#include <string.h>

enum { LONGEST_KEYWORDS = 500, LONGEST_WORDS = 2000 };

static bool
is_admin(struct work *w, int64_t org)
{
	return access_may(w->actor, org, RIGHT_ADMIN);
}

static void
note(struct work *w, const char *action, const char *service)
{
	audit_add(w, action, arena_printf(w->arena, "service %s", service), "");
}

enum outcome
offering_mark(struct work *w, int64_t org, const char *service, bool offered)
{
	struct service s;

	if (!is_admin(w, org))
		return DENIED;
	if (service_find(w, org, service, &s) != DONE)
		return MISSING;
	if (s.open311 != offered) {
		publication_mark(w, org, service, offered);
		note(w, offered ? "open311.offer" : "open311.withdraw", service);
	}
	return DONE;
}

enum outcome
offering_save(struct work *w, int64_t org, const struct offer *o)
{
	if (!is_admin(w, org))
		return DENIED;
	if (strcmp(o->type, "realtime") != 0 && strcmp(o->type, "batch") != 0)
		(void)work_problem(w, "type", "problem.bodies.type");
	if (typed_length(o->keywords) > LONGEST_KEYWORDS)
		(void)work_problem(w, "keywords", "problem.text.long");
	if (typed_length(o->stopper) > LONGEST_WORDS)
		(void)work_problem(w, "stopper", "problem.text.long");
	if (w->problems.count > 0)
		return INVALID;
	if (publication_save_offer(w, org, o) != DONE)
		return MISSING;
	note(w, "open311.terms", o->code);
	return DONE;
}

enum outcome
offering_stop(struct work *w, int64_t org, const char *service, struct stopper *s)
{
	struct stopper_list all;
	struct offer o;
	int said = typed_length(s->words);

	if (!is_admin(w, org))
		return DENIED;
	if (publication_offer(w, org, service, &o) != DONE)
		return MISSING;
	stopper_row_list(w, org, service, &all);
	if (said == 0 || said > LONGEST_WORDS)
		(void)work_problem(w, "words", "problem.bodies.words");
	if (s->kind >= STOPPER_KINDS || all.count == STOPPER_ROW_MOST)
		(void)work_problem(w, "kind", "problem.bodies.kind");
	else if (!stopper_is_whole(w->arena, s) && s->kind == STOPPER_ANSWER)
		(void)work_problem(w, "field", "problem.bodies.field");
	else if (!stopper_is_whole(w->arena, s))
		(void)work_problem(w, "area", "problem.bodies.area");
	if (w->problems.count > 0)
		return INVALID;
	stopper_row_add(w, org, service, s);
	note(w, "open311.stop", service);
	return DONE;
}

enum outcome
offering_unstop(struct work *w, int64_t org, const char *service, int64_t stopper)
{
	if (!is_admin(w, org))
		return DENIED;
	if (stopper_row_end(w, org, service, stopper) != DONE)
		return MISSING;
	note(w, "open311.unstop", service);
	return DONE;
}
