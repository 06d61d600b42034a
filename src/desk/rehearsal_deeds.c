/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "desk/rehearsal_deeds.h"

#include "rule/field_rule.h"
#include "rule/status_rule.h"
#include "store/account.h"
#include "store/happened.h"
#include "store/shelf.h"

#include <string.h>

enum { PAGE = 200 };

/* Who did something, with the roles they have now. */
struct doer {
	struct doer *next;
	struct actor actor;
};

struct stage {
	struct work *work;
	struct scope eyes;
	const struct table *live, *draft;
	bool statuses; /* else fields */
	struct doer *doers;
	struct rehearsal *r;

	/* The ticket at hand, as its events left it. */
	int64_t ticket;
	const char *stands; /* its status */
	bool assigned;
	struct happened
		first_reply; /* may have been the question of a wait; seq 0: none */
};

static bool
is(const char *a, const char *b)
{
	return strcmp(a, b) == 0;
}

static bool
by_staff(const struct happened *h)
{
	return is(h->actor_kind, "staff") || is(h->actor_kind, "api");
}

static const struct actor *
doer_of(struct stage *s, const struct happened *h)
{
	struct doer *d = s->doers;

	while (d && d->actor.person != h->actor)
		d = d->next;
	if (d)
		return &d->actor;
	d = arena_alloc(s->work->arena, sizeof *d);
	*d = (struct doer){.next = s->doers,
		.actor = {.kind = ACTOR_STAFF,
			.org = s->work->actor->org,
			.person = h->actor}};
	account_grants(s->work, h->actor, d->actor.org, &d->actor);
	return &(s->doers = d)->actor;
}

/* --- asking ------------------------------------------------------------------------- */

/* One change, and how a table answers it. */
struct deed {
	const struct happened *h;
	const char *from, *to; /* statuses */
	enum ticket_field field;
};

static unsigned
lacking(const struct stage *s, const struct happened *h, const struct table_row *row)
{
	unsigned lacks = row->demands;

	if (h->said || is(h->kind, "waiting"))
		lacks &= ~(unsigned)TABLE_DEMANDS_WORDS;
	if (s->assigned)
		lacks &= ~(unsigned)TABLE_DEMANDS_ASSIGNEE;
	if (h->has_customer)
		lacks &= ~(unsigned)TABLE_DEMANDS_CUSTOMER;
	if (h->has_place)
		lacks &= ~(unsigned)TABLE_DEMANDS_PLACE;
	return lacks;
}

static struct rehearsal_answer
ask_status(struct stage *s, const struct table *t, const struct deed *d)
{
	const struct table_facts facts = {
		.kind = d->h->ticket_kind,
		.service = d->h->service,
		.category = d->h->category,
		.from_status = d->from,
		.to_status = d->to,
	};
	struct status_ruling by = status_rule_ask(t, &facts);
	const char *right = by.row && by.row->needs_right ? by.row->needs_right : "";

	if (!by.allowed)
		return (struct rehearsal_answer){REHEARSAL_REFUSED, by.row};
	if (*right && by_staff(d->h) &&
		!access_may(
			doer_of(s, d->h), s->work->actor->org, access_right_named(right)))
		return (struct rehearsal_answer){REHEARSAL_RIGHT, by.row};
	if (by.row && lacking(s, d->h, by.row))
		return (struct rehearsal_answer){REHEARSAL_LACKS, by.row};
	return (struct rehearsal_answer){REHEARSAL_ALLOWED, by.row};
}

static struct rehearsal_answer
ask_field(struct stage *s, const struct table *t, const struct deed *d)
{
	const struct table_facts facts = {
		.kind = d->h->ticket_kind,
		.service = d->h->service,
		.category = d->h->category,
		.from_status = d->from,
	};
	struct field_ruling by = field_rule_ask(
		t, &facts, doer_of(s, d->h), s->work->actor->org, d->field);

	if (by.allowed)
		return (struct rehearsal_answer){REHEARSAL_ALLOWED, by.row};
	return (struct rehearsal_answer){
		by.row->refused ? REHEARSAL_REFUSED : REHEARSAL_RIGHT, by.row};
}

static void
show(struct stage *s, const struct deed *d, const struct rehearsal_deed *made)
{
	struct rehearsal *r = s->r;
	struct ticket seen;
	bool may_see = ticket_get(s->work, &s->eyes, d->h->ticket, &seen) == DONE;

	if (!may_see && d->h->restricted)
		return;
	r->deeds[r->shown] = *made;
	r->deeds[r->shown++].reference = may_see ? d->h->reference : NULL;
}

static void
compare(struct stage *s, const struct deed *d)
{
	struct rehearsal *r = s->r;
	struct rehearsal_deed made = {
		.at = d->h->at,
		.service = d->h->service,
		.channel = d->h->channel,
		.from = d->from,
		.to = d->to,
		.field = s->statuses ? NULL : field_rule_name(d->field),
	};

	made.was = s->statuses ? ask_status(s, s->live, d) : ask_field(s, s->live, d);
	made.is = s->statuses ? ask_status(s, s->draft, d) : ask_field(s, s->draft, d);
	r->looked++;
	r->answers[made.was.kind][made.is.kind]++;
	if (made.was.kind == made.is.kind)
		return;
	r->changed++;
	if (r->shown < REHEARSAL_SHOWN)
		show(s, d, &made);
}

/* --- folding ------------------------------------------------------------------------ */

static bool
is_recent(const struct stage *s, const struct happened *h)
{
	return h->at >= s->r->since && !is(h->actor_kind, "import");
}

/* The ticket gets a status with this event. */
static void
become(struct stage *s, const struct happened *h, const char *to)
{
	const struct deed d = {.h = h, .from = s->stands, .to = to};

	if (s->statuses && !is(s->stands, to) && is_recent(s, h))
		compare(s, &d);
	s->stands = to;
}

/* The first answer makes what is new open, unless it was the question of a wait. */
static void
settle_reply(struct stage *s)
{
	struct happened h = s->first_reply;

	s->first_reply.seq = 0;
	if (h.seq)
		become(s, &h, "open");
}

static void
change_status(struct stage *s, const struct happened *h)
{
	static const char *const ends[][2] = {{"waiting", "waiting"}, {"resumed", "open"},
		{"resolved", "resolved"}, {"closed", "closed"},
		{"cancelled", "cancelled"}, {"reopened", "open"}};

	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
		if (is(h->kind, ends[i][0]))
			become(s, h, ends[i][1]);
	if (!is(s->stands, "new") || !by_staff(h))
		return;
	if (is(h->kind, "reply"))
		s->first_reply = *h;
	else if (is(h->kind, "claimed") || is(h->kind, "called") ||
		 (is(h->kind, "assigned") && s->assigned))
		become(s, h, "open");
}

static void
change_person(struct stage *s, const struct happened *h)
{
	const char *to = pairs_get(&h->data, "to");

	if (is(h->kind, "claimed") || (is(h->kind, "resolved") && by_staff(h)))
		s->assigned = true;
	else if (is(h->kind, "assigned"))
		s->assigned = to && *to;
	else if (is(h->kind, "moved"))
		s->assigned = false;
}

static void
change_field(struct stage *s, const struct happened *h)
{
	static const struct {
		const char *kind;
		enum ticket_field field;
	} fields[] = {{"priority", FIELD_PRIORITY}, {"moved", FIELD_TEAM},
		{"claimed", FIELD_PERSON}, {"assigned", FIELD_PERSON},
		{"promised", FIELD_PROMISE}, {"amended", FIELD_TIMES}};

	if (s->statuses || !by_staff(h) || h->actor == 0 || !is_recent(s, h))
		return;
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
		if (is(h->kind, fields[i].kind))
			compare(s, &(const struct deed){.h = h,
					   .from = s->stands,
					   .field = fields[i].field});
}

static void
fold(struct stage *s, const struct happened *h)
{
	if (s->ticket != h->ticket) {
		settle_reply(s);
		s->ticket = h->ticket;
		s->stands = "new";
		s->assigned = false;
	}
	if (is(h->kind, "waiting") && pairs_get(&h->data, "question"))
		s->first_reply.seq = 0;
	settle_reply(s);
	change_field(s, h);
	change_person(s, h);
	change_status(s, h);
}

void
rehearsal_deeds_run(
	struct work *w, const char *name, const struct table *draft, struct rehearsal *r)
{
	const struct scope house = access_house(w->actor->org);
	struct stage s = {
		.work = w,
		.eyes = access_scope(w->actor, w->actor->org, RIGHT_SEE),
		.live = shelf_table(w, w->actor->org, name),
		.draft = draft,
		.statuses = is(name, "status"),
		.r = r,
	};
	int tickets = 0, before = -1;
	int64_t below = 0;

	r->over = REHEARSAL_DEEDS;
	r->computable = true;
	r->deeds = arena_array(w->arena, REHEARSAL_SHOWN, sizeof *r->deeds);
	while (tickets != before && tickets < REHEARSAL_MOST) {
		struct rows rows = happened_read(w, &house, r->since, below, PAGE);
		struct happened h;

		before = tickets;
		while (happened_next(w, &rows, &h)) {
			tickets += h.ticket != below;
			below = h.ticket;
			fold(&s, &h);
		}
	}
	settle_reply(&s);
	r->cut = tickets != before;
}
