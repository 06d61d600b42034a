/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "store/hiding.h"

#include "rule/field_rule.h"
#include "store/audit.h"
#include "store/shelf.h"
#include "weaken.h"

#include <string.h>

struct hiding
hiding_begin(struct work *w, const struct scope *s)
{
	return (struct hiding){.w = w, .scope = s};
}

struct hiding
hiding_alone(struct work *w, const struct scope *s)
{
	return (struct hiding){.w = w, .scope = s, .alone = true};
}

static bool
in_team(struct hiding *h, int64_t team)
{
	if (!h->knows_teams)
		team_of_person(h->w, h->scope->org, h->scope->person, &h->teams);
	h->knows_teams = true;
	for (int i = 0; i < h->teams.count; i++)
		if (h->teams.at[i].id == team)
			return true;
	return false;
}

/* By a role in the organisation of the ticket? */
static bool
by_role(struct hiding *h, const struct ticket *t)
{
	const struct scope *s = h->scope;

	return (s->all && (!t->restricted || s->restricted)) ||
	       (s->teams && in_team(h, t->team));
}

/* The parts that the agreements in force name for it. */
static unsigned
shared_details(struct hiding *h, struct ticket *t)
{
	const struct scope *s = h->scope;
	uint64_t right = RIGHT_BIT(s->right);
	unsigned details = 0;

	if (!h->knows_terms)
		sharing_terms(h->w, s->org, s->taker, s->person, &h->terms);
	h->knows_terms = true;
	for (int i = 0; i < h->terms.count; i++) {
		const struct sharing_term *term = &h->terms.at[i];

		if (strcmp(term->service, t->service) != 0 ||
			(term->rights & right) == 0 ||
			(t->restricted && !term->restricted))
			continue;
		details |= term->details;
		if (t->agreement == 0)
			t->agreement = term->agreement;
	}
	return details;
}

static bool
has_looked(struct work *w, const struct ticket *t, int64_t person)
{
	return db_int(w->db, 0,
		       "select 1 from look where org = $1 and ticket = $2"
		       " and person = $3 and at <= $4 and until > $4 limit 1",
		       t->org, t->id, person, w->now) == 1;
}

/* Of another team's restricted ticket, before a reason was given? */
static bool
is_sealed(struct hiding *h, const struct ticket *t)
{
#ifdef WEAKEN_SEAL
	return false;
#endif
	return t->restricted && t->assignee != h->scope->person && !in_team(h, t->team) &&
	       !has_looked(h->w, t, h->scope->person);
}

/* What the organisation's table keeps from somebody with these roles. */
static unsigned
unread(struct hiding *h, const struct ticket *t)
{
#ifdef WEAKEN_FIELD_READ
	return 0;
#endif
	if (!h->alone || !h->scope->who)
		return 0;
	return field_rule_unread(shelf_table(h->w, t->org, "field"),
		&(struct table_facts){
			.kind = t->kind,
			.service = t->service,
			.category = t->category,
			.from_status = ticket_status_name(t->status),
		},
		h->scope->who, t->org);
}

static unsigned
hidden_of(struct hiding *h, struct ticket *t)
{
	const struct scope *s = h->scope;
	unsigned own = 0;
	unsigned shown = 0;

	if (s->house)
		return 0;
	if (s->own && t->customer == s->person && s->person != 0)
		own = DETAILS_ALL & ~(1u << DETAIL_INTERNAL);
	if (by_role(h, t))
		shown = s->read ? DETAILS_ALL : 0;
	else if (s->shared)
		shown = shared_details(h, t);
	if (shown != 0 && is_sealed(h, t)) {
		t->sealed = own == 0;
		shown = 0;
	}
	if (shown != 0)
		shown &= ~unread(h, t);
	return DETAILS_ALL & ~(own | shown);
}

void
hiding_apply(struct hiding *h, struct ticket *t)
{
	t->hidden = hidden_of(h, t);
#ifdef WEAKEN_DETAILS
	t->hidden = 0;
#endif
	if (t->hidden == 0)
		return;
	if (!ticket_shows(t, DETAIL_SUBJECT))
		t->subject = "";
	if (!ticket_shows(t, DETAIL_PLACE))
		t->place = "";
	if (!ticket_shows(t, DETAIL_NAME))
		t->customer_name = "";
}

void
hiding_look(struct work *w, const struct ticket *t, const char *reason)
{
	db_run(w->db,
		"insert into look (org, ticket, person, at, until, reason)"
		" values ($1, $2, $3, $4, $5, $6) on conflict do nothing",
		t->org, t->id, w->actor->person, w->now, w->now + HIDING_LOOK_SECONDS,
		reason);
}

bool
hiding_looked(struct work *w, const struct ticket *t, int64_t person,
	struct hiding_reason *given)
{
	struct rows r = db_query(w->db,
		"select reason, until from look where org = $1 and ticket = $2"
		" and person = $3 and at <= $4 and until > $4 order by at desc limit 1",
		t->org, t->id, person, w->now);

	if (!rows_next(&r))
		return false;
	*given = (struct hiding_reason){row_copy(&r, 0, w->arena), row_int(&r, 1)};
	rows_end(&r);
	return true;
}
