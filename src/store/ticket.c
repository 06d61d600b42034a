/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "store/ticket.h"

#include "base/random.h"
#include "rule/reference.h"
#include "store/hiding.h"
#include "store/kept_clock.h"
#include "store/team.h"
#include "store/ticket_row.h"

#include <assert.h>
#include <string.h>

static const char *const status_names[TICKET_STATUS_COUNT] = {
	[TICKET_NEW] = "new",
	[TICKET_OPEN] = "open",
	[TICKET_WAITING] = "waiting",
	[TICKET_RESOLVED] = "resolved",
	[TICKET_CLOSED] = "closed",
	[TICKET_CANCELLED] = "cancelled",
};

/* Of one ticket its clocks too. */
#define WITH_CLOCKS TICKET_COLUMNS ", t.next_at, t.clocks"
/* Whole when `s` is NULL. */
static enum outcome
read_one(struct work *w, const struct scope *s, struct rows *r, struct ticket *t)
{
	if (!rows_next(r))
		return MISSING;
	ticket_row_read(w, r, t);
	t->next_at = row_null(r, 34) ? TIMES_NONE : row_int(r, 34);
	t->kept = row_copy(r, 35, w->arena);
	rows_end(r);
	if (s) {
		struct hiding h = hiding_alone(w, s);

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
		WITH_CLOCKS TICKET_FROM " where t.reference = $7 and " SCOPE_SQL("t"),
		SCOPE_VALUES(s), reference);

	return read_one(w, s, &r, t);
}

enum outcome
ticket_get(struct work *w, const struct scope *s, int64_t id, struct ticket *t)
{
	struct rows r = db_query(w->db,
		WITH_CLOCKS TICKET_FROM " where t.id = $7 and " SCOPE_SQL("t"),
		SCOPE_VALUES(s), id);

	return read_one(w, s, &r, t);
}

/* For who is about to change it. */
static enum outcome
get_whole(struct work *w, const struct scope *s, int64_t id, struct ticket *t)
{
	struct rows r = db_query(w->db,
		WITH_CLOCKS TICKET_FROM " where t.id = $7 and " SCOPE_SQL("t"),
		SCOPE_VALUES(s), id);

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
		db_value_instant(k.next_at), k.text);
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
		SAVE_VALUES(t), k.ticking, db_value_instant(k.next_at), k.text);
	t->kept = k.text;
	t->next_at = k.next_at;
}
