/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/import/import_incident.h"

#include "app/import/import_agreement.h"
#include "desk/followup.h"
#include "desk/move.h"
#include "desk/promises.h"
#include "desk/routing.h"
#include "desk/timeline.h"
#include "store/contact.h"
#include "store/import_row.h"

#include <stdlib.h>
#include <string.h>

static const char source[] = "incident-log";
static const char service_desk[] = "Service Desk";

enum { HISTORY_NODE = 255, LOWEST_PRIORITY = 4 };

/* One incident in the making. */
struct story {
	struct incident_import *import;
	struct ticket ticket;
	const struct import_log_row *was; /* the row before; NULL: none yet */
	const struct import_log_row *row;
	bool told; /* the row has its first event */
};

static const char *
value(const struct story *s, const struct import_log_row *r, enum log_column c)
{
	return import_log_row_value(s->import->shape, r, c);
}

static bool
same_text(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : a == b;
}

static bool
changed(const struct story *s, enum log_column c)
{
	return !same_text(value(s, s->row, c), value(s, s->was, c));
}

/* What the row says that the row before did not, into its first event. */
static void
add_source(struct work *w, const struct story *s, struct event *e)
{
	const struct import_log_shape *shape = s->import->shape;

	for (int i = 0; i < shape->width; i++) {
		const char *text = s->row->text[i];

		if (s->was ? strcmp(text, s->was->text[i]) == 0 : strcmp(text, "?") == 0)
			continue;
		pairs_add(w->arena, &e->data, shape->facts[i], text);
	}
}

static void
about_to_tell(struct work *w, struct story *s, struct event *e)
{
	if (!s->told)
		add_source(w, s, e);
	s->told = true;
	s->import->entries++;
}

static void
tell(struct work *w, struct story *s, struct event *e)
{
	about_to_tell(w, s, e);
	timeline_add(w, &s->ticket, e);
}

static int64_t
person(struct work *w, struct story *s, enum log_column c)
{
	const char *name = value(s, s->row, c);

	return name ? import_names_person(s->import->names, w, name) : 0;
}

static struct event
by_updater(struct work *w, struct story *s, const char *kind)
{
	int64_t who = person(w, s, LOG_UPDATED_BY);

	return (struct event){
		.kind = kind,
		.at = s->row->updated,
		.actor = who,
		.actor_kind = who ? ACTOR_STAFF : ACTOR_SYSTEM,
	};
}

static int64_t
team(struct work *w, struct story *s)
{
	const char *name = value(s, s->row, LOG_GROUP);

	return name ? import_names_team(s->import->names, w, name, "resolver")
		    : import_names_team(s->import->names, w, service_desk, "desk");
}

static int64_t
assignee(struct work *w, struct story *s)
{
	int64_t who = person(w, s, LOG_ASSIGNED_TO);

	if (who)
		import_names_join(s->import->names, w, s->ticket.team, who);
	return who;
}

static const char *
or_nothing(const char *text)
{
	return text ? text : "";
}

/* A row without a group says nothing about where the incident is. */
static bool
is_elsewhere(const struct story *s)
{
	const char *group = value(s, s->row, LOG_GROUP);

	return group && strcmp(group, s->ticket.team_name) != 0;
}

static void
moved(struct work *w, struct story *s)
{
	struct event e = by_updater(w, s, "moved");
	struct team to = {
		.id = team(w, s),
		.name = value(s, s->row, LOG_GROUP),
	};

	about_to_tell(w, s, &e);
	move_to_team(w, &s->ticket, &e, &to);
}

static void
assigned(struct work *w, struct story *s, const char *from)
{
	struct event e = by_updater(w, s, "assigned");

	pairs_add(w->arena, &e.data, "from", or_nothing(from));
	pairs_add(w->arena, &e.data, "to", or_nothing(value(s, s->row, LOG_ASSIGNED_TO)));
	s->ticket.assignee = assignee(w, s);
	if (s->ticket.status == TICKET_NEW && s->ticket.assignee)
		s->ticket.status = TICKET_OPEN;
	tell(w, s, &e);
}

/* The log does not say when the caller was answered: there is no response to measure. */
static void
decide_terms(struct work *w, struct story *s, struct event *e, struct decision *d)
{
	struct promise_terms terms;

	import_agreement_terms(w, s->ticket.priority, &terms, d);
	timeline_terms(w, s->import->org, e, &terms, w->now);
}

static int64_t
priority_of(const struct story *s)
{
	int64_t level = import_log_row_level(value(s, s->row, LOG_PRIORITY));

	return level >= 1 && level <= LOWEST_PRIORITY ? level : LOWEST_PRIORITY;
}

static void
new_priority(struct work *w, struct story *s)
{
	struct event e = by_updater(w, s, "priority");
	struct decision d;

	pairs_add_int(w->arena, &e.data, "from", s->ticket.priority);
	s->ticket.priority = priority_of(s);
	pairs_add_int(w->arena, &e.data, "to", s->ticket.priority);
	decide_terms(w, s, &e, &d);
	tell(w, s, &e);
	decision_insert(w, &s->ticket, e.seq, &d);
}

static void
waits(struct work *w, struct story *s)
{
	struct event e = by_updater(w, s, "waiting");

	pairs_add(w->arena, &e.data, "reason", "customer");
	e.public = true;
	s->ticket.status = TICKET_WAITING;
	s->ticket.waiting_for = "customer";
	tell(w, s, &e);
}

static void
resumed(struct work *w, struct story *s)
{
	struct event e = by_updater(w, s, "resumed");

	pairs_add(w->arena, &e.data, "why", "staff");
	e.public = true;
	s->ticket.status = TICKET_OPEN;
	s->ticket.waiting_for = "";
	tell(w, s, &e);
}

static void
resolved(struct work *w, struct story *s)
{
	struct event e = by_updater(w, s, "resolved");
	int64_t who = person(w, s, LOG_RESOLVED_BY);

	if (who) {
		e.actor = who;
		e.actor_kind = ACTOR_STAFF;
		import_names_join(s->import->names, w, s->ticket.team, who);
		if (s->ticket.assignee == 0)
			s->ticket.assignee = who;
	}
	e.public = true;
	s->ticket.status = TICKET_RESOLVED;
	s->ticket.waiting_for = "";
	s->ticket.solved = s->row->updated;
	tell(w, s, &e);
}

static void
closed(struct work *w, struct story *s)
{
	struct event e = by_updater(w, s, "closed");

	pairs_add(w->arena, &e.data, "made_sla",
		or_nothing(value(s, s->row, LOG_MADE_SLA)));
	e.public = true;
	s->ticket.status = TICKET_CLOSED;
	s->ticket.waiting_for = "";
	s->ticket.closed = s->row->updated;
	if (s->ticket.solved == 0)
		s->ticket.solved = s->row->updated;
	tell(w, s, &e);
}

static void
reopened(struct work *w, struct story *s)
{
	struct event e = by_updater(w, s, "reopened");

	about_to_tell(w, s, &e);
	s->ticket.status = TICKET_OPEN; /* their rules held, not ours */
	s->ticket.solved = s->ticket.closed = 0;
	(void)!followup_reopen(w, &s->ticket, &e, "staff");
}

/* From the status as our ticket has it to the state of the row. */
static void
change_state(struct work *w, struct story *s)
{
	enum log_state to = s->row->state;
	enum ticket_status is = s->ticket.status;

	if (to == LOG_STATE_UNKNOWN)
		return;
	if (is == TICKET_WAITING && to < LOG_IS_RESOLVED && to != LOG_AWAITS_USER)
		resumed(w, s);
	if (to == LOG_AWAITS_USER && is != TICKET_WAITING)
		waits(w, s);
	if (to == LOG_IS_RESOLVED && is != TICKET_RESOLVED)
		resolved(w, s);
	if (to == LOG_IS_CLOSED && is != TICKET_CLOSED)
		closed(w, s);
	if ((to == LOG_IS_ACTIVE || to == LOG_AWAITS_OTHERS) &&
		s->ticket.status == TICKET_NEW)
		s->ticket.status = TICKET_OPEN;
}

static void
imported(struct work *w, struct story *s)
{
	struct event e = by_updater(w, s, "imported");

	tell(w, s, &e);
}

static bool
was_solved(const struct ticket *t)
{
	return t->status == TICKET_RESOLVED || t->status == TICKET_CLOSED;
}

static void
later_row(struct work *w, struct story *s)
{
	const char *was_with = value(s, s->was, LOG_ASSIGNED_TO);

	if (was_solved(&s->ticket) && s->row->state < LOG_IS_RESOLVED)
		reopened(w, s);
	if (is_elsewhere(s))
		moved(w, s);
	if (changed(s, LOG_ASSIGNED_TO))
		assigned(w, s, was_with);
	if (s->ticket.priority != priority_of(s))
		new_priority(w, s);
	change_state(w, s);
	if (!s->told)
		imported(w, s);
	s->ticket.impact = import_log_row_level(value(s, s->row, LOG_IMPACT));
	s->ticket.urgency = import_log_row_level(value(s, s->row, LOG_URGENCY));
}

/* "INC0000045: Category 55, Subcategory 170, Symptom 72" */
static const char *
subject(struct work *w, const struct story *s)
{
	static const enum log_column parts[] = {
		LOG_CATEGORY, LOG_SUBCATEGORY, LOG_SYMPTOM};
	struct buffer b = buffer_in(w->arena, 80);
	const char *between = ": ";

	buffer_text_add(&b, value(s, s->row, LOG_NUMBER));
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		const char *part = value(s, s->row, parts[i]);

		if (!part)
			continue;
		buffer_text_add(&b, between);
		buffer_text_add(&b, part);
		between = ", ";
	}
	return buffer_text(&b);
}

/* A free id of the minute in which the incident was opened, so that the order of ids is
 * that of time. */
static int64_t
id_in_time(struct work *w, const struct story *s)
{
	struct scope all = access_house(s->import->org);
	const char *digest = s->row->digest;
	int64_t id = id_of(s->row->opened * 1000, HISTORY_NODE,
		strtoll(arena_text(w->arena, digest, 4), NULL, 16));
	struct ticket taken;

	while (ticket_get(w, &all, id, &taken) == DONE)
		id++;
	return id;
}

static enum channel
channel_of(const struct story *s)
{
	const char *type = value(s, s->row, LOG_CONTACT_TYPE);

	if (type && strcmp(type, "Email") == 0)
		return CHANNEL_EMAIL;
	if (type && strcmp(type, "Self service") == 0)
		return CHANNEL_WEB;
	return type && strcmp(type, "Phone") == 0 ? CHANNEL_CALL : CHANNEL_IMPORT;
}

static int64_t
insert_contact(struct work *w, const struct story *s)
{
	struct contact c = {
		.org = s->import->org,
		.channel = channel_of(s),
		.key = arena_printf(
			w->arena, "%s@%s", value(s, s->row, LOG_NUMBER), source),
		.at = s->row->opened,
		.from = {.name = or_nothing(value(s, s->row, LOG_CALLER))},
		.service = s->ticket.service,
		.subject = s->ticket.subject,
	};

	return contact_insert(w, &c, "", s->ticket.id, s->ticket.customer);
}

static void
received(struct work *w, struct story *s, int64_t contact)
{
	struct event e = {
		.kind = "received",
		.at = s->row->opened,
		.actor = s->ticket.customer,
		.actor_kind = ACTOR_CUSTOMER,
		.public = true,
		.contact = contact,
	};
	struct decision d;

	pairs_add(w->arena, &e.data, "channel", s->ticket.channel);
	decide_terms(w, s, &e, &d);
	tell(w, s, &e);
	decision_insert(w, &s->ticket, e.seq, &d);
}

static const char *
service(struct work *w, struct story *s)
{
	const char *category = value(s, s->row, LOG_CATEGORY);

	return import_names_service(s->import->names, w,
		category ? category : "Not categorised",
		import_names_team(s->import->names, w, service_desk, "desk"));
}

static void
first_row(struct work *w, struct story *s)
{
	struct ticket *t = &s->ticket;

	*t = (struct ticket){
		.org = s->import->org,
		.id = id_in_time(w, s),
		.kind = "incident",
		.service = service(w, s),
		.subject = subject(w, s),
		.status = TICKET_NEW,
		.priority = priority_of(s),
		.impact = import_log_row_level(value(s, s->row, LOG_IMPACT)),
		.urgency = import_log_row_level(value(s, s->row, LOG_URGENCY)),
		.team = team(w, s),
		.team_name = value(s, s->row, LOG_GROUP),
		.customer = person(w, s, LOG_CALLER),
		.channel = contact_channel_name(channel_of(s)),
		.place = "",
		.waiting_for = "",
		.created = s->row->opened,
	};
	if (!t->team_name)
		t->team_name = service_desk;
	ticket_begin(w, t);
	promises_hold(t);
	received(w, s, insert_contact(w, s));
	if (value(s, s->row, LOG_ASSIGNED_TO))
		assigned(w, s, NULL);
	change_state(w, s);
	s->import->tickets++;
}

static void
take_row(struct work *w, struct story *s, const struct import_log_row *row)
{
	s->row = row;
	s->told = false;
	if (!s->was)
		first_row(w, s);
	else if (import_log_row_order(row, s->was) < 0)
		imported(w, s);
	else
		later_row(w, s);
	if (!s->was || import_log_row_order(row, s->was) >= 0)
		s->was = row;
	s->import->events++;
}

/* Notes each row as imported; those that are new, in order. */
static int
only_new(struct work *w, struct incident_import *i, const char *number,
	const struct import_log_row *rows, int count, struct import_log_row *fresh_rows)
{
	int fresh = 0;

	for (int r = 0; r < count; r++) {
		struct import_row note = {
			.org = i->org,
			.source = source,
			.key = arena_printf(w->arena, "%s %s", number, rows[r].digest),
		};

		if (import_row_insert(w, &note))
			fresh_rows[fresh++] = rows[r];
	}
	i->same += count - fresh;
	qsort(fresh_rows, (size_t)fresh, sizeof *fresh_rows, import_log_row_order);
	return fresh;
}

enum outcome
import_incident(struct work *w, struct incident_import *i,
	const struct import_log_row *all, int count)
{
	struct import_log_row *rows = arena_array(w->arena, (size_t)count, sizeof *rows);
	struct story s = {.import = i};
	const char *number = import_log_row_value(i->shape, &all[0], LOG_NUMBER);
	struct import_row whole = {.org = i->org, .source = source, .key = number};
	struct import_log_row last;
	bool known;

	count = only_new(w, i, number, all, count, rows);
	if (count == 0)
		return DONE;
	known = import_row_find(w, i->org, source, number, &whole) == DONE;
	if (known) {
		if (ticket_hold_for_house(w, i->org, whole.ticket, &s.ticket) != DONE)
			return FAULT;
		import_log_row_from_pairs(w->arena, i->shape, &whole.extra, &last);
		s.was = &last;
		promises_hold(&s.ticket);
	}
	for (int r = 0; r < count; r++)
		take_row(w, &s, &rows[r]);
	s.row = s.was;
	s.ticket.service = service(w, &s);
	promises_keep(w, &s.ticket);
	if (known)
		ticket_save(w, &s.ticket);
	else
		ticket_insert(w, &s.ticket);
	whole.ticket = s.ticket.id;
	whole.digest = s.was->digest;
	whole.extra = import_log_row_pairs(w->arena, i->shape, s.was);
	if (known)
		import_row_update(w, &whole);
	else
		import_row_insert(w, &whole);
	return DONE;
}
