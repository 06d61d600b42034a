/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "web/admin/admin_machines.h"

#include "desk/machines.h"
#include "format/words.h"
#include "http/outgoing.h"
#include "rule/scopes.h"
#include "store/role_row.h"
#include "web/admin/sheet.h"
#include "web/moment.h"
#include "web/say.h"
#include "web/staff/staff_words.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { TRIES_OF_EACH = 10, TRIES = 50, DEFAULT_DAYS = 365, NOON = 43200 };

static const char *
number_text(struct work *w, int64_t n)
{
	return arena_printf(w->arena, "%" PRId64, n);
}

static struct sheet_fields
only(struct work *w, const char *name, int64_t id)
{
	struct sheet_field *at = arena_array(w->arena, 1, sizeof *at);

	*at = (struct sheet_field){name, number_text(w, id)};
	return (struct sheet_fields){at, 1};
}

/* --- tokens ------------------------------------------------------------------------- */

/* A role that has gone is called what it was stored as. */
static const char *
role_text(struct work *w, const char *name, const char *label)
{
	enum role r = role_named(name);

	return r == ROLE_COUNT && !*label ? name : staff_words_role_text(w, r, label);
}

/* Standard ones and those that the organisation made. */
static struct part_choices
role_choices(struct sheet *s)
{
	struct role_row_list list;
	struct part_choice *at;
	int count = 0;

	role_row_list(s->w, s->w->actor->org, &list);
	at = sheet_choices(s, list.count);
	for (int i = 0; i < list.count; i++)
		if (list.at[i].role != ROLE_CUSTOMER)
			at[count++] = (struct part_choice){
				.value = list.at[i].name,
				.label = role_text(
					s->w, list.at[i].name, list.at[i].label),
				.chosen = list.at[i].role == ROLE_SYSTEM,
			};
	return (struct part_choices){at, count};
}

static const char *
all_scopes(struct work *w)
{
	struct buffer b = buffer_in(w->arena, 128);

	for (enum scopes_word i = 0; i < SCOPES_COUNT; i++)
		buffer_printf(&b, "%s%s", i ? ", " : "", scopes_name(i));
	return words_text(w->arena, w->words, WORD_machines_token_note,
		words_values(word_value("scopes", buffer_text(&b))));
}

static const char *
day_text(struct work *w, int64_t at)
{
	struct date d = times_date(times_day(at));

	return arena_printf(w->arena, "%04d-%02d-%02d", d.year, d.month, d.day);
}

static enum outcome
show_tokens(struct work *w, const struct request *q, const char *secret, struct reply *r)
{
	static const struct admin_column heads[] = {{WORD_report_name, false},
		{WORD_machines_role, false}, {WORD_machines_scopes, false},
		{WORD_machines_used, false}, {WORD_machines_expires, false}};
	static const struct admin_columns columns = {heads, 5};
	const struct zone *z = moment_zone(w, w->actor->org);
	struct sheet *s = sheet_begin(w, q, WORD_machines_tokens);
	struct token_list list;

	token_list(w, w->actor->org, &list);
	if (secret)
		s->view.lead = words_text(w->arena, w->words, WORD_machines_token_made,
			words_values(word_value("token", secret)));
	sheet_section(s, WORD_machines_tokens_of, &columns, list.count)->note =
		all_scopes(w);
	sheet_form(s, "/admin/tokens", WORD_machines_token_make);
	for (int i = 0; i < list.count; i++) {
		const struct token *t = &list.at[i];
		const char *texts[] = {t->name, role_text(w, t->role, t->label),
			*t->scopes ? t->scopes : say(w, WORD_machines_all_scopes),
			t->used ? moment_at(w, z, t->used).exact
				: say(w, WORD_machines_never),
			day_text(w, t->expires)};

		sheet_row(s, texts, only(w, "end", t->id));
	}
	sheet_text(s, "name", WORD_report_name, "");
	sheet_select(s, "role", WORD_machines_role, role_choices(s));
	sheet_text(s, "scopes", WORD_machines_scopes, "");
	sheet_date(s, "expires", WORD_machines_expires,
		day_text(w, w->now + (int64_t)DEFAULT_DAYS * TIMES_DAY));
	sheet_text(s, "rate", WORD_machines_rate, "");
	return sheet_print(s, r);
}

enum outcome
admin_machines_tokens(struct work *w, const struct request *q, struct reply *r)
{
	return show_tokens(w, q, NULL, r);
}

static enum outcome
make_token(struct work *w, const struct request *q, struct reply *r)
{
	struct token t = {
		.org = w->actor->org,
		.person = w->actor->person,
		.name = form_text(q, "name"),
		.role = form_text(q, "role"),
		.scopes = form_text(q, "scopes"),
		.rate = *form_text(q, "rate") ? form_int(q, "rate") : 0,
	};
	const char *secret = NULL;
	struct date day;
	enum outcome end;

	if (*form_text(q, "rate") && t.rate < 1)
		t.rate = -1;
	if (times_parse_date(bytes_of(form_text(q, "expires")), &day))
		t.expires = times_days(day) * TIMES_DAY + NOON;
	end = machines_add_token(w, &t, &secret);
	if (end != DONE && end != INVALID)
		return end;
	if (end == INVALID)
		r->status = 422;
	return show_tokens(w, q, secret, r);
}

enum outcome
admin_machines_save_token(struct work *w, const struct request *q, struct reply *r)
{
	if (*form_text(q, "end"))
		return sheet_end(w, q,
			machines_end_token(w, w->actor->org, form_int(q, "end")),
			"tokens", admin_machines_tokens, r);
	return make_token(w, q, r);
}

/* --- webhooks ----------------------------------------------------------------------- */

static const char *
state_of(struct work *w, const struct webhook *h)
{
	if (!h->active)
		return *h->reason ? arena_printf(w->arena, "%s: %s",
					    say(w, WORD_machines_off), h->reason)
				  : say(w, WORD_machines_off);
	return say(w, h->failing_since ? WORD_machines_failing : WORD_machines_on);
}

static void
hooks_section(struct sheet *s, const struct webhook_list *list)
{
	static const struct admin_column heads[] = {{WORD_report_name, false},
		{WORD_machines_url, false}, {WORD_machines_events, false},
		{WORD_machines_services, false}, {WORD_admin_state, false}};
	static const struct admin_columns columns = {heads, 5};
	struct work *w = s->w;

	sheet_section(s, WORD_machines_hooks_of, &columns, list->count)->note = say(
		w, WORD_machines_hook_note);
	sheet_form(s, "/admin/webhooks", WORD_machines_hook_make);
	for (int i = 0; i < list->count; i++) {
		const struct webhook *h = &list->at[i];
		const char *texts[] = {h->name, h->url,
			*h->events ? h->events : say(w, WORD_machines_all),
			*h->services ? h->services : say(w, WORD_machines_all),
			state_of(w, h)};

		sheet_row(s, texts, only(w, "end", h->id));
	}
	sheet_text(s, "name", WORD_report_name, "");
	sheet_text(s, "url", WORD_machines_url, "https://");
	sheet_text(s, "events", WORD_machines_events, "");
	sheet_text(s, "services", WORD_machines_services, "");
}

static void
doing_section(struct sheet *s, const struct webhook_list *list)
{
	static const struct admin_columns none = {NULL, 0};
	static const struct {
		const char *value;
		enum word label;
	} deeds[] = {{"test", WORD_machines_do_test}, {"on", WORD_machines_do_on},
		{"off", WORD_machines_do_off}};
	struct part_choice *hooks = sheet_choices(s, list->count);
	struct part_choice *at = sheet_choices(s, 3);

	sheet_section(s, WORD_machines_do, &none, 0);
	s->sections[s->section_count - 1].bare = true;
	sheet_form(s, "/admin/webhooks/do", WORD_machines_do_button);
	for (int i = 0; i < list->count; i++)
		hooks[i] = (struct part_choice){
			.value = number_text(s->w, list->at[i].id),
			.label = list->at[i].name,
		};
	for (int i = 0; i < 3; i++)
		at[i] = (struct part_choice){
			.value = deeds[i].value, .label = say(s->w, deeds[i].label)};
	sheet_select(s, "webhook", WORD_machines_hook,
		(struct part_choices){hooks, list->count});
	sheet_select(s, "deed", WORD_machines_deed, (struct part_choices){at, 3});
}

static void
tries_section(struct sheet *s, const struct webhook_list *hooks)
{
	static const struct admin_column heads[] = {{WORD_machines_when, false},
		{WORD_machines_hook, false}, {WORD_machines_event, false},
		{WORD_machines_status, true}, {WORD_machines_took, true},
		{WORD_machines_answer, false}};
	static const struct admin_columns columns = {heads, 6};
	struct work *w = s->w;
	const struct zone *z = moment_zone(w, w->actor->org);
	struct part_choice *messages = sheet_choices(s, TRIES);
	int count = 0;

	sheet_section(s, WORD_machines_tries, &columns, TRIES);
	for (int i = 0; i < hooks->count && count < TRIES; i++) {
		struct webhook_try_list list;

		webhook_tries(w, &hooks->at[i], 0, TRIES_OF_EACH, &list);
		for (int k = 0; k < list.count && count < TRIES; k++) {
			const struct webhook_try *t = &list.at[k];
			const char *when = moment_at(w, z, t->at).exact;
			const char *texts[] = {when, hooks->at[i].name,
				t->event ? t->event : "", number_text(w, t->status),
				number_text(w, t->took), t->answer};

			sheet_row(s, texts, (struct sheet_fields){NULL, 0});
			messages[count++] = (struct part_choice){
				.value = arena_printf(w->arena, "%" PRId64 ".%" PRId64,
					hooks->at[i].id, t->message),
				.label = arena_printf(w->arena, "%s, %s, %s", when,
					hooks->at[i].name, t->event ? t->event : ""),
			};
		}
	}
	if (count == 0)
		return;
	sheet_form(s, "/admin/webhooks/replay", WORD_machines_replay);
	sheet_select(s, "message", WORD_machines_message,
		(struct part_choices){messages, count});
}

static enum outcome
show_hooks(struct work *w, const struct request *q, const char *secret, struct reply *r)
{
	struct sheet *s = sheet_begin(w, q, WORD_machines_hooks);
	struct webhook_list list;

	webhook_list(w, w->actor->org, &list);
	if (secret)
		s->view.lead = words_text(w->arena, w->words, WORD_machines_hook_made,
			words_values(word_value("secret", secret)));
	hooks_section(s, &list);
	if (list.count > 0) {
		doing_section(s, &list);
		tries_section(s, &list);
	}
	return sheet_print(s, r);
}

enum outcome
admin_machines_hooks(struct work *w, const struct request *q, struct reply *r)
{
	return show_hooks(w, q, NULL, r);
}

static enum outcome
make_hook(struct work *w, const struct request *q, struct reply *r)
{
	struct webhook h = {
		.org = w->actor->org,
		.name = form_text(q, "name"),
		.url = form_text(q, "url"),
		.events = form_text(q, "events"),
		.services = form_text(q, "services"),
		.active = true,
	};
	enum outcome end = INVALID;

	if (!outgoing_may(w->outgoing, w->arena, h.url))
		(void)work_problem(w, "url", "problem.webhook.url");
	else
		end = machines_save_webhook(w, &h);
	if (end != DONE && end != INVALID)
		return end;
	if (end == INVALID)
		r->status = 422;
	return show_hooks(w, q, end == DONE ? h.secret : NULL, r);
}

enum outcome
admin_machines_save_hook(struct work *w, const struct request *q, struct reply *r)
{
	if (*form_text(q, "end"))
		return sheet_end(w, q,
			machines_end_webhook(w, w->actor->org, form_int(q, "end")),
			"webhooks", admin_machines_hooks, r);
	return make_hook(w, q, r);
}

enum outcome
admin_machines_do_hook(struct work *w, const struct request *q, struct reply *r)
{
	int64_t id = form_int(q, "webhook");
	const char *deed = form_text(q, "deed");
	struct webhook h;
	enum outcome end = webhook_get(w, w->actor->org, id, &h);

	if (end == DONE && strcmp(deed, "test") == 0) {
		end = machines_try_webhook(w, w->actor->org, id);
	} else if (end == DONE) {
		h.active = strcmp(deed, "on") == 0;
		end = machines_save_webhook(w, &h);
	}
	return sheet_end(w, q, end, "webhooks", admin_machines_hooks, r);
}

enum outcome
admin_machines_replay(struct work *w, const struct request *q, struct reply *r)
{
	const char *chosen = form_text(q, "message");
	const char *dot = strchr(chosen, '.');

	if (!dot)
		return MISSING;
	return sheet_end(w, q,
		machines_replay(w, w->actor->org, strtoll(chosen, NULL, 10),
			strtoll(dot + 1, NULL, 10)),
		"webhooks", admin_machines_hooks, r);
}
