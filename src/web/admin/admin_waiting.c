/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "web/admin/admin_waiting.h"

#include "desk/waiting_rules.h"
#include "format/words.h"
#include "store/service.h"
#include "web/admin/sheet.h"
#include "web/say.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static const char *
number_text(struct work *w, int64_t n)
{
	return arena_printf(w->arena, "%" PRId64, n);
}

static const char *
words_of_reason(struct work *w, const struct wait_reason *r)
{
	return *r->words ? r->words : say(w, WORD_wait_customer);
}

static const char *
proof_text(struct work *w, enum wait_proof proof)
{
	return say(w, proof == WAIT_QUESTION ? WORD_waiting_proof_question
					     : WORD_waiting_proof_evidence);
}

static const char *
chases_text(struct work *w, const struct wait_reason *r)
{
	if (r->chase_days == 0)
		return say(w, WORD_waiting_no_reminders);
	return words_text(w->arena, w->words, WORD_waiting_reminders,
		words_values(word_value("count", r->chase_limit),
			word_value("days", r->chase_days)));
}

static const char *
ends_text(struct work *w, const struct wait_reason *r)
{
	if (r->review_days == 0)
		return say(w, WORD_waiting_ends_chase);
	return words_text(w->arena, w->words, WORD_waiting_ends_review,
		words_values(word_value("count", r->review_days)));
}

/* Which one is in the form: a new one unless the address names it. */
static struct wait_reason
in_form(const struct wait_reason_list *list, const char *code)
{
	for (int i = 0; i < list->count; i++)
		if (strcmp(list->at[i].code, code) == 0)
			return list->at[i];
	return (struct wait_reason){
		.code = "", .words = "", .chase_days = 5, .chase_limit = 2};
}

static struct part_choices
reason_choices(struct sheet *s, const struct wait_reason_list *list,
	const struct wait_reason *now)
{
	struct part_choice *at = sheet_choices(s, list->count + 1);

	at[0] = (struct part_choice){.value = "", .label = say(s->w, WORD_waiting_new)};
	for (int i = 0; i < list->count; i++)
		at[i + 1] = (struct part_choice){
			.value = list->at[i].code,
			.label = words_of_reason(s->w, &list->at[i]),
			.chosen = strcmp(list->at[i].code, now->code) == 0,
		};
	return (struct part_choices){at, list->count + 1};
}

static struct part_choices
whom_choices(struct sheet *s)
{
	struct part_choice *at = sheet_choices(s, 3);

	at[0] = (struct part_choice){
		.value = "customer", .label = say(s->w, WORD_waiting_whom_customer)};
	at[1] = (struct part_choice){
		.value = "team", .label = say(s->w, WORD_waiting_whom_team)};
	at[2] = (struct part_choice){
		.value = "supplier", .label = say(s->w, WORD_waiting_whom_supplier)};
	return (struct part_choices){at, 3};
}

static struct part_choices
proof_choices(struct sheet *s, enum wait_proof chosen)
{
	struct part_choice *at = sheet_choices(s, 2);

	at[0] = (struct part_choice){.value = "question",
		.label = proof_text(s->w, WAIT_QUESTION),
		.chosen = chosen == WAIT_QUESTION};
	at[1] = (struct part_choice){.value = "evidence",
		.label = proof_text(s->w, WAIT_EVIDENCE),
		.chosen = chosen == WAIT_EVIDENCE};
	return (struct part_choices){at, 2};
}

static void
reasons_section(struct sheet *s)
{
	static const struct admin_column heads[] = {{WORD_waiting_reason, false},
		{WORD_waiting_proof, false}, {WORD_waiting_chases, false},
		{WORD_waiting_ends, false}};
	static const struct admin_columns columns = {heads, 4};
	struct work *w = s->w;
	struct wait_reason_list list;
	struct sheet_section *section;
	struct wait_reason now;

	wait_reason_list(w, w->actor->org, &list);
	now = in_form(&list, query_text(s->q, "reason"));
	section = sheet_section(s, WORD_waiting_reasons, &columns, list.count);
	section->note = say(w, WORD_waiting_reasons_note);
	sheet_form(s, "/admin/waiting", WORD_sheet_save);
	for (int i = 0; i < list.count; i++) {
		const struct wait_reason *r = &list.at[i];
		const char *texts[] = {words_of_reason(w, r), proof_text(w, r->proof),
			chases_text(w, r), ends_text(w, r)};
		const struct sheet_field gone[] = {{"reason", r->code}, {"ended", "1"}};

		sheet_row(s, texts, sheet_fields(w, gone, 2));
		section->rows.at[i].href = arena_printf(
			w->arena, "/admin/waiting?reason=%s", r->code);
	}
	sheet_select(s, "reason", WORD_waiting_which, reason_choices(s, &list, &now));
	sheet_text(s, "words", WORD_waiting_words,
		*now.code ? words_of_reason(w, &now) : "");
	sheet_select(s, "whom", WORD_waiting_whom, whom_choices(s));
	sheet_select(s, "proof", WORD_waiting_proof, proof_choices(s, now.proof));
	sheet_text(
		s, "chase_days", WORD_waiting_chase_days, number_text(w, now.chase_days));
	sheet_text(s, "chase_limit", WORD_waiting_chase_limit,
		number_text(w, now.chase_limit));
	sheet_text(s, "review_days", WORD_waiting_review_days,
		number_text(w, now.review_days));
}

static void
reopen_section(struct sheet *s)
{
	static const struct admin_column heads[] = {{WORD_queue_service, false},
		{WORD_admin_code, false}, {WORD_waiting_reopen_days, true}};
	static const struct admin_columns columns = {heads, 3};
	struct work *w = s->w;
	struct service_reopen_list list;
	struct sheet_section *section;
	struct part_choice *at;

	service_reopen_list(w, w->actor->org, &list);
	at = sheet_choices(s, list.count);
	section = sheet_section(s, WORD_waiting_reopen, &columns, list.count);
	section->note = say(w, WORD_waiting_reopen_note);
	sheet_form(s, "/admin/waiting/reopen", WORD_sheet_save);
	for (int i = 0; i < list.count; i++) {
		const struct service_reopen *one = &list.at[i];
		const char *texts[] = {one->name, one->code, number_text(w, one->days)};

		sheet_row(s, texts, (struct sheet_fields){NULL, 0});
		at[i] = (struct part_choice){.value = one->code,
			.label = arena_printf(w->arena, "%s (%s)", one->name, one->code)};
	}
	sheet_select(
		s, "service", WORD_queue_service, (struct part_choices){at, list.count});
	sheet_text(s, "days", WORD_waiting_reopen_days, "10");
}

enum outcome
admin_waiting_show(struct work *w, const struct request *q, struct reply *r)
{
	struct sheet *s = sheet_begin(w, q, WORD_waiting_title);

	reasons_section(s);
	reopen_section(s);
	return sheet_print(s, r);
}

/* Days or times as typed; nothing is none, what is no number is none of them. */
static int64_t
typed(const struct request *q, const char *name)
{
	const char *text = form_text(q, name);
	char *end;
	int64_t n = strtoll(text, &end, 10);

	return *end ? -1 : n;
}

enum outcome
admin_waiting_save(struct work *w, const struct request *q, struct reply *r)
{
	struct bytes words = bytes_trim(bytes_of(form_text(q, "words")));
	struct wait_reason reason = {
		.org = w->actor->org,
		.code = form_text(q, "reason"),
		.words = arena_text(w->arena, words.at, words.len),
		.proof = strcmp(form_text(q, "proof"), "evidence") == 0 ? WAIT_EVIDENCE
									: WAIT_QUESTION,
		.chase_days = typed(q, "chase_days"),
		.chase_limit = typed(q, "chase_limit"),
		.review_days = typed(q, "review_days"),
	};
	enum outcome end;

	if (strcmp(form_text(q, "ended"), "1") == 0)
		end = waiting_rules_end(w, reason.org, reason.code);
	else
		end = waiting_rules_save(w, &reason, form_text(q, "whom"));
	return sheet_end(w, q, end, "waiting", admin_waiting_show, r);
}

enum outcome
admin_waiting_reopen(struct work *w, const struct request *q, struct reply *r)
{
	enum outcome end = waiting_rules_reopen(
		w, w->actor->org, form_text(q, "service"), typed(q, "days"));

	return sheet_end(w, q, end, "waiting", admin_waiting_show, r);
}
