/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "desk/notices.h"

#include "base/buffer.h"
#include "desk/outdated.h"
#include "desk/own_hours.h"
#include "format/words.h"
#include "rule/table.h"
#include "store/calendar_row.h"
#include "store/escalation_row.h"
#include "store/outbox.h"
#include "store/shelf.h"
#include "store/team.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_TOLD = 100 };

struct told {
	struct escalation_person at[MOST_TOLD];
	int count;
};

static void
add_all(struct told *told, const struct escalation_people *people)
{
	for (int i = 0; i < people->count; i++) {
		bool known = false;

		for (int j = 0; j < told->count; j++)
			known = known || told->at[j].person == people->at[i].person;
		if (!known && *people->at[i].email && told->count < MOST_TOLD)
			told->at[told->count++] = people->at[i];
	}
}

static void
find(struct work *w, const struct ticket *t, unsigned notify, struct told *told)
{
	struct escalation_people people;

	told->count = 0;
	if (notify & TABLE_NOTIFY_ASSIGNEE && t->assignee) {
		escalation_row_assignee(w, t, &people);
		add_all(told, &people);
	}
	if (notify & TABLE_NOTIFY_LEADER) {
		escalation_row_with_role(w, t, "leader", false, &people);
		add_all(told, &people);
	}
	if (notify & TABLE_NOTIFY_OWNER) {
		escalation_row_with_role(w, t, "service-owner", true, &people);
		add_all(told, &people);
	}
}

/* The first open instant of their working hours. */
static int64_t
when(struct work *w, const struct organisation *o, const struct escalation_person *p)
{
	return own_hours_next(
		w, o->id, p->person, p->calendar ? p->calendar : o->calendar);
}

static enum word
clock_word(enum promise_kind k)
{
	static const enum word words[PROMISE_KINDS] = {
		[PROMISE_RESPONSE] = WORD_notice_clock_response,
		[PROMISE_RESOLUTION] = WORD_notice_clock_resolution,
		[PROMISE_UPDATE] = WORD_notice_clock_update,
		[PROMISE_TEAM] = WORD_notice_clock_team,
		[PROMISE_SUPPLIER] = WORD_notice_clock_supplier,
	};

	return words[k];
}

static enum word
step_word(const struct escalation_step *s)
{
	if (!s)
		return WORD_notice_breach;
	if (s->kind == ESCALATION_PERCENT)
		return s->amount == 100 ? WORD_notice_used_up : WORD_notice_percent;
	return s->amount < 0 ? WORD_notice_before : WORD_notice_after;
}

/* "30 minutes", "2 working days": the offset of a step as the clock counts it. */
static const char *
offset(struct work *w, const struct words *words, const struct notice *n)
{
	static const enum word counts[CLOCK_UNITS] = {
		[CLOCK_SECONDS] = WORD_notice_minutes,
		[CLOCK_WORKING_DAYS] = WORD_notice_days,
		[CLOCK_MONTHS] = WORD_dates_days,
		[CLOCK_DAYS] = WORD_dates_days,
	};
	enum clock_unit unit = n->clock->clock.unit;
	int64_t length = n->step ? llabs(n->step->amount) : 0;

	if (unit == CLOCK_SECONDS)
		length /= 60;
	else if (n->step && n->step->kind == ESCALATION_OFFSET)
		length = (length + TIMES_DAY - 1) / TIMES_DAY;
	return words_text(
		w->arena, words, counts[unit], words_values(word_value("count", length)));
}

/* "75 % of the time for a solution is used up" */
static const char *
what(struct work *w, const struct words *words, const struct notice *n)
{
	return words_text(w->arena, words, step_word(n->step),
		words_values(
			word_value("clock", words_text(w->arena, words,
						    clock_word(n->clock->kind), NULL)),
			word_value("percent", n->step ? n->step->amount : 0),
			word_value("time", offset(w, words, n))));
}

static const char *
due(struct work *w, const struct words *words, const struct organisation *o,
	const struct notice *n)
{
	struct clock_reading r = clock_read(&n->clock->clock, w->now);
	int64_t at = r.breach != TIMES_NONE ? r.breach : r.due, version;
	const struct calendar *c = shelf_calendar(
		w, o->id, o->calendar, w->now, &version);
	struct zone_time local;

	if (at == TIMES_NONE || !c)
		return "";
	local = zone_time_at(calendar_zone(c), at);
	return words_date_time(w->arena, words, local.date, local.second);
}

static void
send(struct work *w, const struct ticket *t, const struct notice *n,
	const struct organisation *o, const struct escalation_person *p)
{
	const struct words *words = words_of(p->language);
	const char *said = what(w, words, n);
	struct letter l = {
		.org = t->org,
		.kind = "email",
		.ticket = t->id,
		.recipient = p->email,
		.sender = o->email,
		.subject = words_text(w->arena, words, WORD_notice_subject,
			words_values(word_value("reference", t->reference),
				word_value("what", said))),
		.automatic = true,
		.not_before = n->any_hour ? 0 : when(w, o, p),
		.about = outdated_with_clock(w, n->clock),
	};

	l.body = arena_printf(w->arena, "%s\n",
		words_text(w->arena, words, WORD_notice_body,
			words_values(word_value("name", p->name),
				word_value("what", said),
				word_value("due", due(w, words, o, n)),
				word_value("reference", t->reference),
				word_value("subject", t->restricted ? "" : t->subject),
				word_value("team", t->team_name),
				word_value("priority", t->priority),
				word_value("link",
					arena_printf(w->arena, "%s/staff/tickets/%s",
						w->base, t->reference)))));
	outbox_insert(w, &l);
}

const char *
notices_step(struct work *w, const struct ticket *t, const struct notice *n)
{
	struct buffer names = buffer_in(w->arena, 64);
	struct organisation o;
	struct told told;

	find(w, t, n->notify, &told);
	if (told.count == 0 || team_organisation(w, t->org, &o) != DONE)
		return "";
	for (int i = 0; i < told.count; i++) {
		send(w, t, n, &o, &told.at[i]);
		if (i > 0)
			buffer_text_add(&names, ", ");
		buffer_text_add(&names, told.at[i].name);
	}
	return buffer_text(&names);
}

struct news {
	enum word subject, body;
	bool any_hour;
	const char *about;
};

/* To the leaders of the team that has it. */
static void
tell_leaders(struct work *w, const struct ticket *t, const struct news *news)
{
	struct escalation_people leaders;
	struct organisation o;
	struct team team;

	if (team_organisation(w, t->org, &o) != DONE ||
		team_get(w, t->org, t->team, &team) != DONE)
		return;
	escalation_row_with_role(w, t, "leader", false, &leaders);
	for (int i = 0; i < leaders.count; i++) {
		const struct escalation_person *p = &leaders.at[i];
		const struct word_value *values = words_values(
			word_value("reference", t->reference),
			word_value("subject", t->restricted ? "" : t->subject),
			word_value("team", team.name),
			word_value("link", arena_printf(w->arena, "%s/staff/tickets/%s",
						   w->base, t->reference)),
			word_value("organisation", o.name));
		struct letter l = {
			.org = t->org,
			.kind = "email",
			.ticket = t->id,
			.recipient = p->email,
			.sender = o.email,
			.subject = words_text(
				w->arena, words_of(p->language), news->subject, values),
			.body = words_text(
				w->arena, words_of(p->language), news->body, values),
			.automatic = true,
			.not_before = news->any_hour ? 0 : when(w, &o, p),
			.about = news->about,
		};

		if (*p->email)
			outbox_insert(w, &l);
	}
}

void
notices_unplaced(struct work *w, const struct ticket *t, bool any_hour)
{
	const struct news news = {
		.subject = WORD_assign_letter_subject,
		.body = WORD_assign_letter_body,
		.any_hour = any_hour,
		.about = outdated_with_placing(w, t->team),
	};

	tell_leaders(w, t, &news);
}

void
notices_looped(struct work *w, const struct ticket *t)
{
	const struct news news = {
		.subject = WORD_loop_letter_subject,
		.body = WORD_loop_letter_body,
	};

	tell_leaders(w, t, &news);
}

bool
notices_closure(struct work *w, const struct notice_closure *c,
	const struct escalation_person *approver)
{
	const struct words *words = words_of(approver->language);
	struct escalation_people by;
	struct organisation o;
	struct letter l = {.org = c->org, .kind = "email", .automatic = true};
	const struct word_value *values;

	if (!*approver->email || team_organisation(w, c->org, &o) != DONE)
		return false;
	escalation_row_person(w, c->org, w->actor->person, &by);
	values = words_values(word_value("name", approver->name),
		word_value("who", by.count ? by.at[0].name : o.name),
		word_value("date", words_date(w->arena, words, c->date, DATE_LONG)),
		word_value("calendar", calendar_row_name(w, c->org, c->calendar)),
		word_value("reason", c->reason), word_value("references", c->references),
		word_value("organisation", o.name));
	l.recipient = approver->email;
	l.sender = o.email;
	l.subject = words_text(w->arena, words, WORD_closure_letter_subject, values);
	l.body = words_text(w->arena, words, WORD_closure_letter_body, values);
	l.not_before = when(w, &o, approver);
	outbox_insert(w, &l);
	return true;
}
