/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "web/staff/ticket_aside.h"

#include "desk/field.h"
#include "desk/status.h"
#include "format/words.h"
#include "rule/form.h"
#include "store/contact.h"
#include "store/person.h"
#include "store/shelf.h"
#include "store/team.h"
#include "store/ticket_list.h"
#include "views.h"
#include "web/fieldwords.h"
#include "web/frame.h"
#include "web/say.h"
#include "web/staff/ticket_promises.h"

#include <inttypes.h>
#include <string.h>

enum { OTHERS = 5, LOWEST = 4 };

const char *
ticket_aside_field(const char *field)
{
	static const char *const ids[][2] = {
		{"words", "words"},
		{"team", "assign-team"},
		{"person", "assign-person"},
		{"priority", "rank"},
		{"reason", "rank-reason"},
		{"reopen", "reopen-reason"},
		{"cancel", "cancel-reason"},
		{"by", "by-day"},
		{"waits", "waits"},
		{"call", "call"},
		{"call_at", "call-day"},
		{"call_reason", "call-reason"},
		{"refusal", "refusal"},
	};

	for (size_t i = 0; i < sizeof ids / sizeof *ids; i++)
		if (strcmp(ids[i][0], field) == 0)
			return ids[i][1];
	return NULL;
}

static const char *
id_text(struct work *w, int64_t id)
{
	return arena_printf(w->arena, "%" PRId64, id);
}

static struct part_choices
team_choices(struct work *w, int64_t org, int64_t chosen)
{
	struct team_list teams;
	struct part_choice *at;

	team_list(w, org, &teams);
	at = arena_array(w->arena, (size_t)teams.count, sizeof *at);
	for (int i = 0; i < teams.count; i++)
		at[i] = (struct part_choice){
			.value = id_text(w, teams.at[i].id),
			.label = teams.at[i].name,
			.chosen = teams.at[i].id == chosen,
		};
	return (struct part_choices){at, teams.count};
}

static struct part_input
people_of(struct work *w, int64_t org, int64_t team, int64_t chosen)
{
	struct team_member_list members;
	struct part_choice *at;

	team_members(w, org, team, &members);
	at = arena_array(w->arena, (size_t)members.count + 1, sizeof *at);
	at[0] = (struct part_choice){
		.value = "0",
		.label = say(w, WORD_ticket_assign_nobody),
	};
	for (int i = 0; i < members.count; i++)
		at[i + 1] = (struct part_choice){
			.value = id_text(w, members.at[i].person),
			.label = members.at[i].name,
			.chosen = members.at[i].person == chosen,
		};
	return (struct part_input){
		.kind = PART_SELECT,
		.id = "assign-person",
		.name = "person",
		.label = say(w, WORD_ticket_assign_person),
		.error = frame_problem(w, "person"),
		.choices = {at, members.count + 1},
	};
}

void
ticket_aside_people(
	struct work *w, const struct ticket *t, int64_t team, struct buffer *out)
{
	struct part_input people = people_of(w, t->org, team, 0);

	if (access_may(w->actor, t->org, RIGHT_ASSIGN))
		part_input(out, w->words, &people);
}

static void
fill_assign(struct work *w, const struct ticket *t, const struct ticket_typed *typed,
	struct ticket_sheet *v)
{
	int64_t team = typed->team ? typed->team : t->team;

	v->team_id = t->team;
	v->assign_open = typed->team != 0 || frame_problem(w, "person") != NULL;
	v->assign_team = (struct part_input){
		.kind = PART_SELECT,
		.id = "assign-team",
		.name = "team",
		.label = say(w, WORD_ticket_assign_team),
		.error = frame_problem(w, "team"),
		.choices = team_choices(w, t->org, team),
	};
	v->assign_person = people_of(
		w, t->org, team, typed->person ? typed->person : t->assignee);
}

static void
fill_rank(struct work *w, const struct ticket *t, const struct ticket_typed *typed,
	struct ticket_sheet *v)
{
	struct part_choice *at = arena_array(w->arena, LOWEST, sizeof *at);
	int64_t now = typed->priority ? typed->priority : t->priority;

	for (int i = 0; i < LOWEST; i++)
		at[i] = (struct part_choice){
			.value = id_text(w, i + 1),
			.label = words_text(w->arena, w->words, WORD_why_priority_is,
				words_values(word_value("n", i + 1),
					word_value("word", staff_words_priority(i + 1)))),
			.chosen = i + 1 == now,
		};
	v->rank = (struct part_input){
		.kind = PART_SELECT,
		.id = "rank",
		.name = "priority",
		.label = say(w, WORD_ticket_rank_label),
		.error = frame_problem(w, "priority"),
		.choices = {at, LOWEST},
	};
	v->rank_reason = (struct part_input){
		.kind = PART_TEXT,
		.id = "rank-reason",
		.name = "reason",
		.label = say(w, WORD_ticket_rank_reason),
		.value = typed->reason,
		.error = frame_problem(w, "reason"),
	};
}

/* Only what would be done is offered. */
static void
fill_rights(struct work *w, const struct ticket *t, const struct ticket_typed *typed,
	struct ticket_sheet *v)
{
	bool open = ticket_is_open(t->status), ends = ticket_may(w, t, RIGHT_RESOLVE);
	unsigned next = status_choices(w, t);

	v->may_reply = ticket_may(w, t, RIGHT_REPLY) &&
		       (t->status != TICKET_NEW || status_among(next, TICKET_OPEN));
	v->may_wait = v->may_reply && open &&
		      (t->status == TICKET_WAITING || status_among(next, TICKET_WAITING));
	v->may_note = ticket_may(w, t, RIGHT_NOTE);
	v->may_write = v->may_reply || v->may_note;
	v->may_resolve = ends && open && status_among(next, TICKET_RESOLVED);
	v->may_reopen = ends && !open && status_among(next, TICKET_OPEN);
	v->may_close = ends && status_among(next, TICKET_CLOSED);
	v->may_cancel = ends && status_among(next, TICKET_CANCELLED);
	v->may_claim = ticket_may(w, t, RIGHT_CLAIM) && open && t->assignee == 0 &&
		       field_may(w, t, FIELD_PERSON);
	v->may_move = field_may(w, t, FIELD_TEAM);
	v->may_give = field_may(w, t, FIELD_PERSON);
	v->may_assign = ticket_may(w, t, RIGHT_ASSIGN) && open &&
			(v->may_move || v->may_give);
	v->may_rank = ticket_may(w, t, RIGHT_PRIORITY) && open &&
		      field_may(w, t, FIELD_PRIORITY);
	if (v->may_assign)
		fill_assign(w, t, typed, v);
	if (v->may_rank)
		fill_rank(w, t, typed, v);
	v->reopen_reason = (struct part_input){
		.kind = PART_TEXT,
		.id = "reopen-reason",
		.name = "reason",
		.label = say(w, WORD_ticket_reopen_reason),
		.value = typed->reason,
		.error = frame_problem(w, "reopen"),
	};
	v->cancel_reason = v->reopen_reason;
	v->cancel_reason.id = "cancel-reason";
	v->cancel_reason.label = say(w, WORD_ticket_cancel_reason);
	v->cancel_reason.error = frame_problem(w, "cancel");
}

static struct ticket_links
others(struct work *w, const struct zone *z, const struct ticket *t)
{
	struct scope see = access_scope(w->actor, t->org, RIGHT_SEE);
	struct ticket_query q = {
		.view = TICKET_OF_CUSTOMER,
		.customer = t->customer,
		.limit = OTHERS + 1,
	};
	struct ticket_link *at = arena_array(w->arena, OTHERS, sizeof *at);
	struct ticket_links links = {at, 0};
	struct ticket_list list;

	ticket_list_read(w, &see, &q, &list);
	for (int i = 0; i < list.count && links.count < OTHERS; i++)
		if (list.at[i].id != t->id)
			at[links.count++] = (struct ticket_link){
				.reference = list.at[i].reference,
				.subject = list.at[i].subject,
				.status = staff_words_status(list.at[i].status),
				.status_class = staff_words_status_class(
					list.at[i].status),
				.created = moment_at(w, z, list.at[i].created),
			};
	return links;
}

/* Who may not look people up reads the name that the ticket shows and no more; an
 * agreement says by itself whether it shows how to reach them. */
static void
fill_customer(struct work *w, const struct ticket *t, struct ticket_sheet *v)
{
	struct scope look = access_people(w->actor, t->org);
	struct person p;

	if (t->customer == 0) {
		v->unheard = say(w, WORD_ticket_unheard_anonymous);
		return;
	}
	v->customer.name = *t->customer_name ? t->customer_name
					     : say(w, WORD_said_somebody);
	if (ticket_shows(t, DETAIL_NAME))
		v->customer.others = others(w, moment_zone(w, t->org), t);
	if (look.all && t->hidden == 0 && t->org == w->actor->org)
		v->customer.href = arena_printf(
			w->arena, "/staff/people/%" PRId64, t->customer);
	if (person_of_ticket(w, t, &p) != DONE)
		return;
	v->customer.email = p.email;
	v->customer.phone = p.phone;
	v->customer.body = p.body;
	v->customer.address = *p.postcode ? arena_printf(w->arena, "%s%s%s", p.address,
						    *p.address ? "\n" : "", p.postcode)
					  : p.address;
	v->customer.adjustments = p.adjustments;
	v->customer.vip = p.vip;
	v->customer.vulnerable = p.vulnerable;
	if (*p.email == 0)
		v->unheard = say(w, WORD_ticket_unheard_address);
}

/* Several answers to one question stand below each other: a place told both exactly and
 * in words. */
static void
fill_answers(struct work *w, const struct ticket *t, struct ticket_sheet *v)
{
	struct pairs answers = contact_fields(w, t);
	const struct form *form = shelf_form(w, t->org, t->service, t->form_version);
	struct part_row *at = arena_array(w->arena, (size_t)answers.count, sizeof *at);
	const struct field *last = NULL;

	v->answers = (struct part_summary){.at = at};
	for (int i = 0; i < answers.count; i++) {
		const struct pair *a = &answers.at[i];
		const struct field *f = form ? form_field(form, a->name) : NULL;
		const char *value = a->value;

		if (!*value)
			continue;
		if (f)
			value = fieldwords_answer(w->arena, w->words, f, value);
		if (f && f == last) {
			struct part_row *row = &at[v->answers.count - 1];

			row->value = arena_printf(w->arena, "%s\n%s", row->value, value);
			continue;
		}
		last = f;
		at[v->answers.count++] = (struct part_row){
			.key = f ? fieldwords_of(w->arena, w->words, t->service, f).label
				 : form_label(w->arena, a->name),
			.value = value,
		};
	}
}

void
ticket_aside_fill(struct work *w, const struct ticket *t,
	const struct ticket_typed *typed, struct ticket_sheet *v)
{
	fill_rights(w, t, typed, v);
	ticket_promises_fill(w, t, typed, v);
	fill_customer(w, t, v);
	fill_answers(w, t, v);
}
