/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "store/ticket.h"

#include "base/random.h"
#include "rule/reference.h"
#include "store/hiding.h"
#include "store/kept_clock.h"
#include "store/person.h"
#include "store/team.h"

#include <assert.h>
#include <string.h>

enum { MOST_MERGED = 32 };

static const char *const status_names[TICKET_STATUS_COUNT] = {
	[TICKET_NEW] = "new",
	[TICKET_OPEN] = "open",
	[TICKET_WAITING] = "waiting",
	[TICKET_RESOLVED] = "resolved",
	[TICKET_CLOSED] = "closed",
	[TICKET_CANCELLED] = "cancelled",
};

/* The columns in the order ticket_read wants them. */
#define COLUMNS                                                                          \
	"select t.org, t.id, t.reference, t.kind, t.service, t.form_version, t.subject," \
	" t.status, t.priority, t.impact, t.urgency, t.team, t.assignee, t.customer,"    \
	" t.restricted, t.channel, t.place, t.waiting_for, t.created, t.updated,"        \
	" t.solved, t.closed, t.due, t.handovers, t.reopened, t.events, t.version,"      \
	" s.name, g.name, " PERSON_NAME("a", "t.assignee") ", c.name, g.push, g.kind"
/* Of one ticket its clocks too. */
#define WITH_CLOCKS COLUMNS ", t.next_at, t.clocks"
#define FROM                                                           \
	" from ticket t"                                               \
	" left join service s on s.org = t.org and s.code = t.service" \
	" left join team g on g.org = t.org and g.id = t.team"         \
	" left join person a on a.org = t.org and a.id = t.assignee"   \
	" left join person c on c.org = t.org and c.id = t.customer"

static const char *
text(const struct rows *r, int column, struct arena *a)
{
	const char *copy = row_copy(r, column, a);

	return copy ? copy : "";
}

static void
ticket_read(struct work *w, const struct rows *r, struct ticket *t)
{
	struct arena *a = w->arena;

	*t = (struct ticket){
		.org = row_int(r, 0),
		.id = row_int(r, 1),
		.reference = text(r, 2, a),
		.kind = text(r, 3, a),
		.service = text(r, 4, a),
		.form_version = row_int(r, 5),
		.subject = text(r, 6, a),
		.status = ticket_status_named(row_text(r, 7)),
		.priority = row_int(r, 8),
		.impact = row_int(r, 9),
		.urgency = row_int(r, 10),
		.team = row_int(r, 11),
		.assignee = row_int(r, 12),
		.customer = row_int(r, 13),
		.restricted = row_int(r, 14),
		.channel = text(r, 15, a),
		.place = text(r, 16, a),
		.waiting_for = text(r, 17, a),
		.created = row_int(r, 18),
		.updated = row_int(r, 19),
		.solved = row_int(r, 20),
		.closed = row_int(r, 21),
		.due = row_int(r, 22),
		.handovers = row_int(r, 23),
		.reopened = row_int(r, 24),
		.events = row_int(r, 25),
		.version = row_int(r, 26),
		.service_name = text(r, 27, a),
		.team_name = text(r, 28, a),
		.assignee_name = text(r, 29, a),
		.customer_name = text(r, 30, a),
		.push = row_int(r, 31) != 0,
		.team_kind = text(r, 32, a),
	};
}

/* Whole when `s` is NULL. */
static enum outcome
read_one(struct work *w, const struct scope *s, struct rows *r, struct ticket *t)
{
	if (!rows_next(r))
		return MISSING;
	ticket_read(w, r, t);
	t->next_at = row_null(r, 33) ? TIMES_NONE : row_int(r, 33);
	t->kept = text(r, 34, w->arena);
	rows_end(r);
	if (s) {
		struct hiding h = hiding_begin(w, s);

		hiding_apply(&h, t);
	}
	return DONE;
}

const char *
ticket_status_name(enum ticket_status s)
{
	return status_names[s];
}

enum ticket_status
ticket_status_named(const char *name)
{
	enum ticket_status s = 0;

	while (s < TICKET_STATUS_COUNT && strcmp(status_names[s], name) != 0)
		s++;
	return s;
}

bool
ticket_is_open(enum ticket_status s)
{
	return s <= TICKET_WAITING;
}

enum outcome
ticket_find(
	struct work *w, const struct scope *s, const char *reference, struct ticket *t)
{
	struct rows r = db_query(w->db,
		WITH_CLOCKS FROM " where t.reference = $7 and " SCOPE_SQL("t"),
		SCOPE_VALUES(s), reference);

	return read_one(w, s, &r, t);
}

enum outcome
ticket_get(struct work *w, const struct scope *s, int64_t id, struct ticket *t)
{
	struct rows r = db_query(w->db,
		WITH_CLOCKS FROM " where t.id = $7 and " SCOPE_SQL("t"), SCOPE_VALUES(s),
		id);

	return read_one(w, s, &r, t);
}

/* For who is about to change it. */
static enum outcome
get_whole(struct work *w, const struct scope *s, int64_t id, struct ticket *t)
{
	struct rows r = db_query(w->db,
		WITH_CLOCKS FROM " where t.id = $7 and " SCOPE_SQL("t"), SCOPE_VALUES(s),
		id);

	return read_one(w, NULL, &r, t);
}

/* Raises the version; the id, or 0 when no such ticket is in the scope. */
static int64_t
hold(struct work *w, const struct scope *s, const char *reference, int64_t id,
	int64_t version)
{
	if (reference)
		return db_int(w->db, 0,
			"update ticket as t set version = version + 1"
			" where t.reference = $7 and ($8 = 0 or t.version = $8)"
			" and " SCOPE_SQL("t") " returning id",
			SCOPE_VALUES(s), reference, version);
	return db_int(w->db, 0,
		"update ticket as t set version = version + 1"
		" where t.id = $7 and " SCOPE_SQL("t") " returning id",
		SCOPE_VALUES(s), id);
}

static bool
is_sealed(struct work *w, const struct scope *see, int64_t id)
{
	struct ticket t;

	return db_int(w->db, 0,
		       "select restricted from ticket where org = $1 and id = $2",
		       see->org, id) == 1 &&
	       (ticket_get(w, see, id, &t) != DONE || t.sealed);
}

enum outcome
ticket_hold(struct work *w, int64_t org, const char *reference, enum right r,
	int64_t version, struct ticket *t)
{
	struct scope see = access_scope(w->actor, org, RIGHT_SEE);
	struct scope may = access_scope(w->actor, org, r);
	struct ticket now;
	int64_t id = hold(w, &may, reference, 0, version);

	if (id > 0)
		return is_sealed(w, &see, id) ? DENIED : get_whole(w, &may, id, t);
	if (ticket_find(w, &see, reference, &now) != DONE)
		return MISSING;
	*t = now;
	return version > 0 && now.version != version ? CONFLICT : DENIED;
}

bool
ticket_may(struct work *w, const struct ticket *t, enum right r)
{
	struct scope s = access_scope(w->actor, t->org, r);
	struct access_ticket a = {
		.org = t->org,
		.customer = t->customer,
		.restricted = t->restricted,
	};

	if (access_covers(&s, &a) ||
		(s.teams && team_has_member(w, t->org, t->team, s.person)))
		return true;
	return s.shared && db_int(w->db, 0,
				   "select 1 from ticket t where t.id = $7"
				   " and " SCOPE_SQL("t"),
				   SCOPE_VALUES(&s), t->id) == 1;
}

enum outcome
ticket_hold_for_house(struct work *w, int64_t org, int64_t id, struct ticket *t)
{
	struct scope all = access_house(org);

	if (hold(w, &all, NULL, id, 0) == 0)
		return MISSING;
	return get_whole(w, &all, id, t);
}

enum outcome
ticket_hold_proved(struct work *w, int64_t org, int64_t id, struct ticket *t)
{
	struct scope proved = access_proved(org);

	if (hold(w, &proved, NULL, id, 0) == 0)
		return MISSING;
	return get_whole(w, &proved, id, t);
}

static bool
find_in(struct work *w, int64_t org, const char *reference, struct ticket *t)
{
	struct scope see = access_scope(w->actor, org, RIGHT_SEE);

	return access_ways(&see) != 0 && ticket_find(w, &see, reference, t) == DONE;
}

enum outcome
ticket_reach(struct work *w, const char *reference, struct ticket *t)
{
	const struct actor *a = w->actor;
	struct sharing_givers givers;

	if (find_in(w, a->org, reference, t))
		return DONE;
	for (int i = 0; i < a->grant_count; i++)
		if (a->grants[i].org != a->org && a->grants[i].role != ROLE_CUSTOMER &&
			find_in(w, a->grants[i].org, reference, t))
			return DONE;
	if (!access_may(a, a->org, RIGHT_SHARED))
		return MISSING;
	sharing_givers(w, a->org, &givers);
	for (int i = 0; i < givers.count; i++)
		if (find_in(w, givers.at[i].org, reference, t))
			return DONE;
	return MISSING;
}

enum outcome
ticket_hold_as_it_is(struct work *w, int64_t org, int64_t id, struct ticket *t)
{
	struct scope all = access_house(org);

	if (db_run(w->db,
		    "update ticket set version = version where org = $1 and id = $2", org,
		    id) == 0)
		return MISSING;
	return ticket_get(w, &all, id, t);
}

void
ticket_begin(struct work *w, struct ticket *t)
{
	char *reference = arena_alloc(w->arena, REFERENCE_ROOM);

	if (t->id == 0)
		t->id = work_id(w);
	t->version = 1;
	t->updated = t->created;
	t->next_at = TIMES_NONE;
	t->reference = reference;
	t->kept = "";
	do
		reference_write(random_number(), reference);
	while (db_int(w->db, 0, "select 1 from ticket where reference = $1 limit 1",
		       t->reference) == 1);
}

static struct db_value
instant(int64_t at)
{
	return at == TIMES_NONE ? db_null : db_value_int(at);
}

void
ticket_insert(struct work *w, struct ticket *t)
{
	struct kept_clock k;

	kept_clock_of(w, t);
	k = kept_clock_keep(w, t, "");
	db_run(w->db,
		"insert into ticket (org, id, reference, kind, service, form_version,"
		" subject, status, open, priority, impact, urgency, team, assignee,"
		" customer, restricted, channel, place, waiting_for, created, updated,"
		" solved, closed, due, handovers, reopened, events, ticking, next_at,"
		" clocks) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12,"
		" $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26,"
		" $27, $28, $29, $30)",
		t->org, t->id, t->reference, t->kind, t->service, t->form_version,
		t->subject, ticket_status_name(t->status), ticket_is_open(t->status),
		t->priority, t->impact, t->urgency, t->team, t->assignee, t->customer,
		t->restricted, t->channel, t->place ? t->place : "",
		t->waiting_for ? t->waiting_for : "", t->created, t->updated, t->solved,
		t->closed, t->due, t->handovers, t->reopened, t->events, k.ticking,
		instant(k.next_at), k.text);
	t->kept = k.text;
	t->next_at = k.next_at;
}

#define SAVE                                                                        \
	"update ticket set kind = $3, service = $4, subject = $5, status = $6,"     \
	" open = $7, priority = $8, impact = $9, urgency = $10, team = $11,"        \
	" assignee = $12, customer = $13, restricted = $14, place = $15,"           \
	" waiting_for = $16, updated = $17, solved = $18, closed = $19, due = $20," \
	" handovers = $21, reopened = $22, events = $23"
#define SAVE_VALUES(t)                                                              \
	(t)->org, (t)->id, (t)->kind, (t)->service, (t)->subject,                   \
		ticket_status_name((t)->status), ticket_is_open((t)->status),       \
		(t)->priority, (t)->impact, (t)->urgency, (t)->team, (t)->assignee, \
		(t)->customer, (t)->restricted, (t)->place, (t)->waiting_for,       \
		(t)->updated, (t)->solved, (t)->closed, (t)->due, (t)->handovers,   \
		(t)->reopened, (t)->events

void
ticket_save(struct work *w, struct ticket *t)
{
	struct kept_clock k;

	assert(t->hidden == 0 && t->kept); /* it was held */
	if (!t->clocks) {
		db_run(w->db, SAVE " where org = $1 and id = $2", SAVE_VALUES(t));
		return;
	}
	k = kept_clock_keep(w, t, t->kept);
	db_run(w->db,
		SAVE ", ticking = $24, next_at = $25, clocks = $26"
		     " where org = $1 and id = $2",
		SAVE_VALUES(t), k.ticking, instant(k.next_at), k.text);
	t->kept = k.text;
	t->next_at = k.next_at;
}

#define STATUS " and ($11 is null or t.status = $11)"
/* Written so that the index finds the place: no page costs more than the first. */
#define AFTER " and t.due >= $7 and (t.due > $7 or t.id > $8)"
#define BY_DUE " order by t.due, t.id limit $9"

static struct rows
query_rows(struct work *w, const struct scope *s, const struct ticket_query *q, int limit)
{
	int64_t due = q->after_id ? q->after_due : INT64_MIN;
	int64_t id = q->after_id ? q->after_id : INT64_MAX;

	switch (q->view) {
	case TICKET_MINE:
		return db_query(w->db,
			COLUMNS FROM
			" where t.open = 1 and t.org = $1 and t.assignee = $10"
			" and t.assignee > 0"
			" and " SCOPE_SQL("t") AFTER STATUS BY_DUE,
			SCOPE_VALUES(s), due, q->after_id, limit, w->actor->person,
			q->status);
	case TICKET_TEAM:
		return db_query(w->db,
			COLUMNS FROM " where t.open = 1 and t.org = $1 and t.team = $10"
				     " and " SCOPE_SQL("t") AFTER STATUS BY_DUE,
			SCOPE_VALUES(s), due, q->after_id, limit, q->team, q->status);
	case TICKET_OF_CUSTOMER:
		return db_query(w->db,
			COLUMNS FROM
			" where t.org = $1 and t.customer = $9 and t.id < $7"
			" and ($10 is null or t.status = $10)"
			" and " SCOPE_SQL("t") " order by t.id desc limit $8",
			SCOPE_VALUES(s), id, limit, q->customer, q->status);
	case TICKET_EVERY:
		return db_query(w->db,
			COLUMNS FROM
			" where t.org = $1 and t.id < $7"
			" and ($9 is null or t.status = $9)"
			" and " SCOPE_SQL("t") " order by t.id desc limit $8",
			SCOPE_VALUES(s), id, limit, q->status);
	case TICKET_SOLVED:
		return db_query(w->db,
			COLUMNS FROM
			" where t.org = $1 and t.solved > 0"
			" and t.solved <= $7 and (t.solved < $7 or t.id < $8)"
			" and ($10 is null or t.status = $10)"
			" and " SCOPE_SQL(
				"t") " order by t.solved desc, t.id desc limit $9",
			SCOPE_VALUES(s), q->after_id ? q->after_due : INT64_MAX, id,
			limit, q->status);
	case TICKET_ALL: break;
	}
	return db_query(w->db,
		COLUMNS FROM " where t.open = 1 and t.org = $1 and " SCOPE_SQL("t") AFTER
		" and ($10 is null or t.status = $10)" BY_DUE,
		SCOPE_VALUES(s), due, q->after_id, limit, q->status);
}

static bool
is_before(const struct ticket *a, const struct ticket *b)
{
	return a->due != b->due ? a->due < b->due : a->id < b->id;
}

/* The first `most` of two lists in order, in the first. */
static void
merge(struct work *w, struct ticket_list *list, const struct ticket_list *other, int most)
{
	struct ticket *at = arena_array(w->arena, (size_t)most, sizeof *at);
	int i = 0, j = 0, n = 0;

	while (n < most && (i < list->count || j < other->count))
		if (j == other->count ||
			(i < list->count && is_before(&list->at[i], &other->at[j])))
			at[n++] = list->at[i++];
		else
			at[n++] = other->at[j++];
	*list = (struct ticket_list){.at = at, .count = n};
}

static void
read_rows(struct work *w, const struct scope *s, struct rows *r, int most,
	struct ticket_list *list)
{
	struct hiding h = hiding_begin(w, s);

	*list = (struct ticket_list){
		.at = arena_array(w->arena, (size_t)most, sizeof(struct ticket)),
	};
	while (list->count < most && rows_next(r))
		ticket_read(w, r, &list->at[list->count++]);
	rows_end(r);
	for (int i = 0; i < list->count; i++)
		hiding_apply(&h, &list->at[i]);
}

/* All teams of the actor: each team's beginning by its index, put together here. One
 * query over them all would have to sort everything that waits. */
static void
query_my_teams(struct work *w, const struct scope *s, const struct ticket_query *q,
	int most, struct ticket_list *list)
{
	struct ticket_query one = *q;
	struct team_list teams;

	*list = (struct ticket_list){.count = 0};
	team_of_person(w, s->org, s->person, &teams);
	for (int i = 0; i < teams.count && i < MOST_MERGED; i++) {
		struct ticket_list of_team;
		struct rows r;

		one.team = teams.at[i].id;
		r = query_rows(w, s, &one, most);
		read_rows(w, s, &r, most, &of_team);
		if (i == 0)
			*list = of_team;
		else
			merge(w, list, &of_team, most);
	}
}

void
ticket_query(struct work *w, const struct scope *s, const struct ticket_query *q,
	struct ticket_list *list)
{
	assert(q->limit >= 1 && q->limit <= 200);
	if (q->view == TICKET_TEAM && q->team == 0) {
		query_my_teams(w, s, q, q->limit + 1, list);
	} else {
		struct rows r = query_rows(w, s, q, q->limit + 1);

		read_rows(w, s, &r, q->limit + 1, list);
	}
	list->more = list->count > q->limit;
	if (list->more)
		list->count = q->limit;
}

void
ticket_of_people(struct work *w, const struct scope *s, const int64_t *people, int count,
	struct ticket_list *list)
{
	int64_t p[TICKET_PEOPLE] = {0};
	struct rows r;

	for (int i = 0; i < count && i < TICKET_PEOPLE; i++)
		p[i] = people[i];
	r = db_query(w->db,
		COLUMNS FROM
		" where t.org = $1 and t.id in (select ranked.id from"
		" (select t.id, row_number() over (partition by t.customer"
		" order by t.id desc) as place from ticket t where t.org = $1"
		" and t.customer in ($8, $9, $10, $11, $12, $13, $14, $15, $16, $17)"
		" and t.customer > 0 and " SCOPE_SQL(
			"t") ") ranked"
			     " where ranked.place <= $7) order by t.customer, t.id desc",
		SCOPE_VALUES(s), TICKET_EACH, p[0], p[1], p[2], p[3], p[4], p[5], p[6],
		p[7], p[8], p[9]);
	read_rows(w, s, &r, TICKET_PEOPLE * TICKET_EACH, list);
}

int64_t
ticket_count(
	struct work *w, const struct scope *s, const struct ticket_query *q, int64_t most)
{
	switch (q->view) {
	case TICKET_MINE:
		return db_int(w->db, 0,
			"select count(*) from (select 1 from ticket t where t.open = 1"
			" and t.org = $1 and t.assignee = $6 and t.assignee > 0"
			" and t.due > 0 and " SCOPE_SQL("t") " limit $7) counted",
			SCOPE_VALUES(s), most);
	case TICKET_TEAM:
		/* Team by team, each from its own stretch of the index. */
		if (q->team == 0)
			return db_int(w->db, 0,
				"select count(*) from (select 1 from member mine"
				" cross join ticket t where mine.org = $1"
				" and mine.person = $6 and t.org = $1"
				" and t.team = mine.team and t.open = 1"
				" and t.due > 0 and " SCOPE_SQL("t") " limit $7) counted",
				SCOPE_VALUES(s), most);
		return db_int(w->db, 0,
			"select count(*) from (select 1 from ticket t where t.open = 1"
			" and t.org = $1 and t.team = $8 and t.due > 0 and " SCOPE_SQL(
				"t") " limit $7) counted",
			SCOPE_VALUES(s), most, q->team);
	case TICKET_OF_CUSTOMER:
		return db_int(w->db, 0,
			"select count(*) from (select 1 from ticket t where t.org = $1"
			" and t.customer = $8 and " SCOPE_SQL("t") " limit $7) counted",
			SCOPE_VALUES(s), most, q->customer);
	case TICKET_EVERY:
	case TICKET_SOLVED:
	case TICKET_ALL: break;
	}
	return db_int(w->db, 0,
		"select count(*) from (select 1 from ticket t where t.open = 1"
		" and t.org = $1 and t.due > 0 and " SCOPE_SQL("t") " limit $7) counted",
		SCOPE_VALUES(s), most);
}
