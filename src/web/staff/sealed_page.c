/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "web/staff/sealed_page.h"

#include "desk/look.h"
#include "store/hiding.h"
#include "web/say.h"
#include "web/staff/ledger.h"
#include "web/staff/ticket_page.h"

enum outcome
sealed_page_print(
	struct work *w, const struct request *q, const struct ticket *t, struct reply *r)
{
	const char *to = arena_printf(w->arena, "/staff/tickets/%s/look", t->reference);
	struct ledger_view v;
	struct ledger_form *f;
	struct part_input *reason;

	ledger_begin(w, q, &v, WORD_sealed_title, SECTION_QUEUE);
	v.page.title_text = t->reference;
	v.heading = words_text(w->arena, w->words, WORD_sealed_heading,
		words_values(word_value("reference", t->reference)));
	v.lead = words_text(w->arena, w->words, WORD_sealed_lead,
		words_values(word_value("minutes", HIDING_LOOK_SECONDS / 60)));
	ledger_fact(w, &v, WORD_queue_service, t->service_name);
	ledger_fact(w, &v, WORD_queue_team, t->team_name);
	f = ledger_form(w, &v, to, WORD_sealed_open);
	reason = ledger_input(w, f, "reason", WORD_sealed_reason);
	reason->kind = PART_AREA;
	reason->rows = 3;
	reason->hint = say(w, WORD_sealed_hint);
	reason->value = form_text(q, "reason");
	return ledger_print(w, &v, r);
}

enum outcome
sealed_page_give(struct work *w, const struct request *q, struct reply *r)
{
	struct ticket t;
	enum outcome end;

	if (ticket_page_find(w, path_part(q, "ref"), &t) != DONE)
		return MISSING;
	end = t.sealed ? look_give(w, &t, form_text(q, "reason")) : DONE;
	if (end == INVALID)
		return sealed_page_print(w, q, &t, r);
	if (end != DONE)
		return end;
	return reply_see_other(r, "/staff/tickets/%s", t.reference);
}
