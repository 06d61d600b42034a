/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "store/event.h"

#include "format/urlencoded.h"
#include "store/person.h"

#include <string.h>

static enum actor_kind
kind_named(const char *name)
{
	if (strcmp(name, "staff") == 0)
		return ACTOR_STAFF;
	if (strcmp(name, "api") == 0)
		return ACTOR_API;
	if (strcmp(name, "customer") == 0)
		return ACTOR_CUSTOMER;
	return ACTOR_SYSTEM;
}

void
event_insert(struct work *w, const struct ticket *t, const struct event *e)
{
	db_run(w->db,
		"insert into event (org, ticket, seq, at, kind, actor, actor_kind, "
		"public,"
		" contact, body, html, data)"
		" values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
		t->org, t->id, e->seq, e->at, e->kind, e->actor,
		actor_kind_name(e->actor_kind), e->public, e->contact,
		e->body ? e->body : "", e->html, urlencoded_write(w->arena, &e->data));
}

int64_t
event_insert_run(
	struct work *w, int64_t org, int64_t first, int64_t last, const struct event *e)
{
	return db_run(w->db,
		"insert into event (org, ticket, seq, at, kind, actor, actor_kind, "
		"public,"
		" contact, body, html, data)"
		" select org, id, events, updated, $4, cast($5 as bigint), $6,"
		" cast($7 as bigint), 0, $8, null, $9 from ticket"
		" where org = $1 and id >= $2 and id <= $3 and ticking = 1 order by id",
		org, first, last, e->kind, e->actor, actor_kind_name(e->actor_kind),
		e->public, e->body ? e->body : "", urlencoded_write(w->arena, &e->data));
}

/* Rows come newest first, because the newest are wanted; pages read oldest first. */
static void
reverse(struct event_list *list)
{
	for (int i = 0, j = list->count - 1; i < j; i++, j--) {
		struct event swap = list->at[i];

		list->at[i] = list->at[j];
		list->at[j] = swap;
	}
}

/* What people wrote, and the customer's name. */
static void
hide(const struct ticket *t, struct event *e)
{
	if (!ticket_shows(t, DETAIL_WORDS)) {
		e->body = "";
		e->html = NULL;
	}
	if (!ticket_shows(t, DETAIL_NAME) && e->actor_kind == ACTOR_CUSTOMER)
		e->actor_name = "";
}

void
event_read(struct work *w, const struct ticket *t, enum event_reader who, int64_t before,
	int limit, struct event_list *list)
{
	bool house = who == EVENT_FOR_HOUSE;
	bool no_internal = who == EVENT_FOR_CUSTOMER ||
			   (!house && !ticket_shows(t, DETAIL_INTERNAL));
	bool no_public = !house && !ticket_shows(t, DETAIL_PUBLIC);
	struct rows r = db_query(w->db,
		"select e.seq, e.at, e.kind, e.actor, e.actor_kind, e.public, e.contact,"
		" e.body, e.data, " PERSON_NAME("p",
			"e.actor") ", e.html from event e left join person p on p.org = "
				   "e.org and p.id = e.actor"
				   " where e.org = $1 and e.ticket = $2 and e.seq < "
				   "$3 and ($4 = 0 or "
				   "e.public = 1)"
				   " and ($6 = 0 or e.public = 0)"
				   " order by e.seq desc limit $5",
		t->org, t->id, before ? before : INT64_MAX, no_internal, limit + 1,
		no_public);

	*list = (struct event_list){
		.at = arena_array(w->arena, (size_t)limit, sizeof(struct event)),
	};
	while (rows_next(&r)) {
		if (list->count == limit) {
			list->more = true;
			rows_end(&r);
			break;
		}
		list->at[list->count++] = (struct event){
			.seq = row_int(&r, 0),
			.at = row_int(&r, 1),
			.kind = row_copy(&r, 2, w->arena),
			.actor = row_int(&r, 3),
			.actor_kind = kind_named(row_text(&r, 4)),
			.public = row_int(&r, 5),
			.contact = row_int(&r, 6),
			.body = row_copy(&r, 7, w->arena),
			.data = urlencoded_read(w->arena, row_text(&r, 8)),
			.actor_name = row_copy(&r, 9, w->arena),
			.html = row_copy(&r, 10, w->arena),
		};
	}
	reverse(list);
	for (int i = 0; i < list->count && !house; i++)
		hide(t, &list->at[i]);
}

enum outcome
event_get(struct work *w, const struct ticket *t, int64_t seq, struct event *e)
{
	struct event_list list;

	event_read(w, t, EVENT_FOR_STAFF, seq + 1, 1, &list);
	if (list.count == 0 || list.at[0].seq != seq)
		return MISSING;
	*e = list.at[0];
	return DONE;
}

static void
add(struct work *w, struct event_list *list, int *size, struct event e)
{
	if (list->count == *size) {
		struct event *more = arena_array(
			w->arena, (size_t)(*size = *size * 2 + 16), sizeof *more);

		if (list->count)
			memcpy(more, list->at, (size_t)list->count * sizeof *more);
		list->at = more;
	}
	list->at[list->count++] = e;
}

static void
take_facts(struct work *w, struct rows *r, struct event_list *list)
{
	int size = 0;

	*list = (struct event_list){NULL, 0, false};
	while (rows_next(r))
		add(w, list, &size,
			(struct event){
				.ticket = row_int(r, 0),
				.seq = row_int(r, 1),
				.at = row_int(r, 2),
				.kind = row_copy(r, 3, w->arena),
				.actor = row_int(r, 4),
				.actor_kind = kind_named(row_text(r, 5)),
				.public = row_int(r, 6),
				.body = "",
				.data = urlencoded_read(w->arena, row_text(r, 7)),
			});
}

enum outcome
event_last(struct work *w, const struct ticket *t, const char *kind, struct event *e)
{
	struct rows r = db_query(w->db,
		"select ticket, seq, at, kind, actor, actor_kind, public, data from event"
		" where org = $1 and ticket = $2 and kind = $3 order by seq desc limit 1",
		t->org, t->id, kind);
	struct event_list list;

	take_facts(w, &r, &list);
	if (list.count == 0)
		return MISSING;
	*e = list.at[0];
	return DONE;
}

/* The kinds are those of promise_matters (rule/promise). */
void
event_read_facts(
	struct work *w, int64_t org, int64_t first, int64_t last, struct event_list *list)
{
	struct rows r = db_query(w->db,
		"select ticket, seq, at, kind, actor, actor_kind, public, data from event"
		" where org = $1 and ticket >= $2 and ticket <= $3"
		" and kind in ('received', 'message', 'reply', 'called', 'waiting',"
		" 'resumed', 'resolved', 'closed', 'reopened', 'cancelled', 'moved',"
		" 'priority', 'extended', 'promised', 'calendar', 'amended') order by "
		"ticket, seq",
		org, first, last);
	take_facts(w, &r, list);
}

void
event_read_moves(
	struct work *w, int64_t org, int64_t first, int64_t last, struct event_list *list)
{
	struct rows r = db_query(w->db,
		"select ticket, seq, at, kind, actor, actor_kind, public, data from event"
		" where org = $1 and ticket >= $2 and ticket <= $3"
		" and kind in ('moved', 'reopened') order by ticket, seq",
		org, first, last);

	take_facts(w, &r, list);
}

void
event_read_course(struct work *w, int64_t org, int64_t ticket, struct event_list *list)
{
	struct rows r = db_query(w->db,
		"select ticket, seq, at, kind, actor, actor_kind, public, data from event"
		" where org = $1 and ticket = $2 and kind in ('received', 'resolved',"
		" 'closed', 'reopened', 'cancelled', 'priority', 'calendar', 'amended')"
		" order by seq",
		org, ticket);

	take_facts(w, &r, list);
}
