/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * Who sees what, decided twice: by the program through each of its surfaces, and here by
 * plain loops over what was put in, written from the rules and not from the program. Any
 * difference in any case is a failure. (clock.md section 8, "Test".)
 */
#include "app/live.h"
#include "base/times.h"
#include "rule/access.h"
#include "store/account.h"
#include "store/attachment.h"
#include "store/event.h"
#include "store/hiding.h"
#include "store/person.h"
#include "store/role_row.h"
#include "store/service.h"
#include "store/sharing.h"
#include "store/team.h"
#include "store/ticket_list.h"
#include "testing.h"
#include "testing_desk.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	ORGS = 3,
	TEAMS = 4,    /* in each organisation */
	SERVICES = 4, /* in each organisation; the last one is restricted */
	PEOPLE = 36,
	TICKETS = 48,
	AGREEMENTS = 24,
	GRANTS = 3,
	ROUNDS = 12,
	PLAYS = 5,
	DAY = 86400,
};

struct person_known {
	int64_t id;
	int home;
	int grants;
	struct {
		int org;
		enum role role;
	} grant[GRANTS];
	bool member[ORGS][TEAMS];
};

struct agreement_known {
	int giver, taker, team; /* team -1: any */
	bool service[SERVICES];
	bool restricted;
	uint64_t rights;
	unsigned details;
	int64_t starts, ends;
};

struct ticket_known {
	struct ticket row;
	int org, team, service, customer; /* places in the arrays; -1 nobody */
	int assignee;
	int64_t file;
};

struct world {
	struct work *w;
	uint64_t dice;
	int64_t org[ORGS], team[ORGS][TEAMS];
	uint64_t rights[ORGS][ROLE_COUNT];
	struct person_known person[PEOPLE];
	struct agreement_known agreement[AGREEMENTS];
	struct ticket_known ticket[TICKETS];
	bool looked[PEOPLE][TICKETS];
	int64_t begun;
	int64_t cases;
	int64_t roles, owns, agreements, seals, changes; /* that were met */
};

static uint64_t throw(struct world * x)
{
	x->dice ^= x->dice << 13;
	x->dice ^= x->dice >> 7;
	x->dice ^= x->dice << 17;
	return x->dice;
}

static int
below(struct world *x, int n)
{
	return (int)((throw(x) >> 11) % (uint64_t)n);
}

static bool
one_in(struct world *x, int n)
{
	return below(x, n) == 0;
}

/* ---- what is put in ---- */

static const char *
code_of(struct world *x, int org, int service)
{
	return arena_printf(x->w->arena, "S%d-%d", org, service);
}

static void
make_organisations(struct world *x)
{
	for (int o = 0; o < ORGS; o++) {
		struct organisation row = {
			.id = 100 + o,
			.code = arena_printf(x->w->arena, "org%d", o),
			.name = arena_printf(x->w->arena, "Organisation %d", o),
			.kind = "council",
			.language = "en",
			.email = "",
			.phone = "",
			.calendar = 0,
		};

		team_save_organisation(x->w, &row, false);
		x->org[o] = row.id;
		for (int t = 0; t < TEAMS; t++)
			x->team[o][t] = team_ensure(x->w, row.id,
				arena_printf(x->w->arena, "Team %d", t), "resolver");
		for (enum role r = 0; r < ROLE_CUSTOMER; r++) {
			uint64_t rights = throw(x);

			rights |= one_in(x, 2) ? RIGHT_BIT(RIGHT_SEE) : 0;
			rights |= one_in(x, 4) ? 0 : RIGHT_BIT(RIGHT_SHARED);
			rights |= one_in(x, 2) ? RIGHT_BIT(RIGHT_SEE_TEAM) : 0;
			rights &= (RIGHT_BIT(RIGHT_COUNT) - 1) & ~RIGHT_BIT(RIGHT_NONE);
			x->rights[o][r] = rights;
			role_row_save(x->w, row.id, r, rights);
		}
		x->rights[o][ROLE_CUSTOMER] = RIGHT_BIT(RIGHT_SEE_OWN);
	}
}

static void
make_services(struct world *x)
{
	for (int o = 0; o < ORGS; o++)
		for (int s = 0; s < SERVICES; s++) {
			struct service row = testing_offer(
				x->org[o], code_of(x, o, s), x->team[o][0]);

			row.restricted = s == SERVICES - 1;
			row.geo = "none";
			row.fields = "details:long";
			service_save(x->w, &row, row.code);
		}
}

static void
make_people(struct world *x)
{
	for (int i = 0; i < PEOPLE; i++) {
		struct person_known *k = &x->person[i];
		struct person row = {.name = arena_printf(x->w->arena, "Person %d", i)};

		k->home = below(x, ORGS);
		row.org = x->org[k->home];
		person_insert(x->w, &row);
		k->id = row.id;
		k->grants = one_in(x, 8) ? 0 : 1 + below(x, GRANTS);
		for (int g = 0; g < k->grants; g++) {
			k->grant[g].org = one_in(x, 3) ? below(x, ORGS) : k->home;
			k->grant[g].role = (enum role)below(x, ROLE_CUSTOMER);
			account_grant(
				x->w, x->org[k->grant[g].org], k->id, k->grant[g].role);
		}
		for (int o = 0; o < ORGS; o++)
			for (int t = 0; t < TEAMS; t++)
				if (one_in(x, o == k->home ? 3 : 12)) {
					k->member[o][t] = true;
					team_join(x->w, x->org[o], x->team[o][t], k->id);
				}
	}
}

static void
make_tickets(struct world *x)
{
	static const char *const bodies[] = {"The first words", "A note inside"};

	for (int i = 0; i < TICKETS; i++) {
		struct ticket_known *k = &x->ticket[i];
		struct contact_file file = {.filename = "a.txt",
			.type = "text/plain",
			.data = bytes_of("bytes")};
		struct attachment_list files;
		bool solved = one_in(x, 4);

		k->org = below(x, ORGS);
		k->team = below(x, TEAMS);
		k->service = below(x, SERVICES);
		k->customer = one_in(x, 5) ? -1 : below(x, PEOPLE);
		k->assignee = one_in(x, 2) ? -1 : below(x, PEOPLE);
		k->row = (struct ticket){
			.org = x->org[k->org],
			.kind = "request",
			.service = code_of(x, k->org, k->service),
			.subject = arena_printf(x->w->arena, "Subject %d", i),
			.status = solved ? TICKET_CLOSED : TICKET_OPEN,
			.priority = 3,
			.team = x->team[k->org][k->team],
			.assignee = k->assignee < 0 ? 0 : x->person[k->assignee].id,
			.customer = k->customer < 0 ? 0 : x->person[k->customer].id,
			.restricted = k->service == SERVICES - 1 || one_in(x, 6),
			.channel = "web",
			.place = "Here",
			.created = x->begun,
			.solved = solved ? x->begun + 10 + i : 0,
			.due = x->begun + 1000 + i,
			.events = 2,
		};
		ticket_begin(x->w, &k->row);
		ticket_insert(x->w, &k->row);
		for (int e = 0; e < 2; e++) {
			struct event row = {.seq = e + 1,
				.at = x->begun,
				.kind = e ? "note" : "message",
				.actor_kind = e ? ACTOR_STAFF : ACTOR_CUSTOMER,
				.public = e == 0,
				.body = bodies[e]};

			event_insert(x->w, &k->row, &row);
		}
		attachment_insert(x->w, &k->row, 1, &file);
		attachment_read(x->w, &k->row, &files);
		k->file = files.at[0].id;
	}
}

static void
make_agreements(struct world *x)
{
	struct actor house = *x->w->actor;

	for (int i = 0; i < AGREEMENTS; i++) {
		struct agreement_known *k = &x->agreement[i];
		struct sharing row = {.name = "n",
			.purpose = "p",
			.basis = "consent",
			.signed_for_org = "a",
			.signed_for_taker = "b",
			.services = ""};

		k->giver = below(x, ORGS);
		k->taker = (k->giver + 1 + below(x, ORGS - 1)) % ORGS;
		k->team = one_in(x, 3) ? below(x, TEAMS) : -1;
		k->restricted = one_in(x, 2);
		k->details = (unsigned) throw(x) & DETAILS_ALL;
		k->rights = RIGHT_BIT(RIGHT_SEE) | (throw(x) & sharing_grantable());
		/* Over, in force, or not yet, as the clock of the test moves on. */
		k->starts = x->begun + (below(x, 16) - 10) * DAY;
		k->ends = k->starts + (1 + below(x, 12)) * DAY;
		for (int s = 0; s < SERVICES; s++)
			if ((k->service[s] = one_in(x, 2)))
				row.services = arena_printf(x->w->arena, "%s%s%s",
					row.services, *row.services ? " " : "",
					code_of(x, k->giver, s));
		row.org = x->org[k->giver];
		row.taker = x->org[k->taker];
		row.team = k->team < 0 ? 0 : x->team[k->taker][k->team];
		row.restricted = k->restricted;
		row.rights = k->rights;
		row.details = k->details;
		row.starts = k->starts;
		row.ends = k->ends;
		house.org = row.org;
		x->w->actor = &house;
		sharing_save(x->w, &row);
	}
}

/* ---- the rules once more, without the program ---- */

static uint64_t
rights_of(const struct world *x, int p, int org)
{
	const struct person_known *k = &x->person[p];
	uint64_t rights = 0;

	if (k->home == org)
		rights |= x->rights[org][ROLE_CUSTOMER];
	for (int g = 0; g < k->grants; g++)
		if (k->grant[g].org == org)
			rights |= x->rights[org][k->grant[g].role];
	return rights;
}

static bool
has(uint64_t rights, enum right r)
{
	return (rights & RIGHT_BIT(r)) != 0;
}

static bool
works_in(const struct world *x, int p, const struct ticket_known *t)
{
	return x->person[p].member[t->org][t->team];
}

static bool
by_role(const struct world *x, int p, const struct ticket_known *t, enum right r)
{
	uint64_t rights = rights_of(x, p, t->org);

	if (r != RIGHT_SEE && !has(rights, r))
		return false;
	if (has(rights, RIGHT_SEE) &&
		(!t->row.restricted || has(rights, RIGHT_SEE_RESTRICTED)))
		return true;
	return has(rights, RIGHT_SEE_TEAM) && works_in(x, p, t);
}

static bool
by_own(const struct world *x, int p, const struct ticket_known *t, enum right r)
{
	return r == RIGHT_SEE && t->customer == p &&
	       has(rights_of(x, p, t->org), RIGHT_SEE_OWN);
}

static bool
agreement_fits(const struct world *x, const struct agreement_known *a, int p, int here,
	const struct ticket_known *t, enum right r)
{
	return a->giver == t->org && a->taker == here && a->service[t->service] &&
	       a->starts <= x->w->now && x->w->now < a->ends && has(a->rights, r) &&
	       (a->restricted || !t->row.restricted) &&
	       (a->team < 0 || x->person[p].member[here][a->team]);
}

static bool
by_agreement(const struct world *x, int p, int here, const struct ticket_known *t,
	enum right r)
{
	uint64_t rights = rights_of(x, p, here);

	if (t->org == here || !has(rights, RIGHT_SHARED) ||
		(r != RIGHT_SEE && !has(rights, r)))
		return false;
	for (int i = 0; i < AGREEMENTS; i++)
		if (agreement_fits(x, &x->agreement[i], p, here, t, r))
			return true;
	return false;
}

static bool
allowed(const struct world *x, int p, int here, const struct ticket_known *t,
	enum right r)
{
	return by_role(x, p, t, r) || by_own(x, p, t, r) ||
	       by_agreement(x, p, here, t, r);
}

/* What the ways in would show, and whether a reason has to be given first. */
static unsigned
shown_behind_seal(const struct world *x, int p, int here, const struct ticket_known *t)
{
	unsigned details = 0;

	if (by_role(x, p, t, RIGHT_SEE))
		return has(rights_of(x, p, t->org), RIGHT_READ) ? DETAILS_ALL : 0;
	if (!by_agreement(x, p, here, t, RIGHT_SEE))
		return 0;
	for (int i = 0; i < AGREEMENTS; i++)
		if (agreement_fits(x, &x->agreement[i], p, here, t, RIGHT_SEE))
			details |= x->agreement[i].details;
	return details;
}

static bool
is_sealed(const struct world *x, int p, const struct ticket_known *t)
{
	return t->row.restricted && t->assignee != p && !works_in(x, p, t) &&
	       !x->looked[p][t - x->ticket];
}

static unsigned
shown(const struct world *x, int p, int here, const struct ticket_known *t)
{
	unsigned own = by_own(x, p, t, RIGHT_SEE) ? DETAILS_ALL & ~(1u << DETAIL_INTERNAL)
						  : 0;

	return own | (is_sealed(x, p, t) ? 0 : shown_behind_seal(x, p, here, t));
}

/* ---- the program's surfaces against them ---- */

static void
act_as(struct world *x, int p, int here)
{
	struct actor *a = arena_alloc(x->w->arena, sizeof *a);

	*a = (struct actor){.kind = ACTOR_STAFF,
		.org = x->org[here],
		.person = x->person[p].id,
		.name = ""};
	account_grants(x->w, x->person[p].id, x->org[x->person[p].home], a);
	x->w->actor = a;
}

/* One person, one place of work, one organisation's tickets. */
struct stand {
	int p, here, org;
};

static void
differs(const struct world *x, const struct stand *s, int t, const char *surface)
{
	print_error("%s: person %d in %d, ticket %d of %d at day %lld\n", surface, s->p,
		s->here, t, s->org, (long long)((x->w->now - x->begun) / DAY));
	fail();
}

static bool
wanted_by(const struct world *x, const struct stand *s, const struct ticket_query *q,
	const struct ticket_known *t)
{
	bool open = t->row.status == TICKET_OPEN;

	switch (q->view) {
	case TICKET_MINE: return open && t->assignee == s->p;
	case TICKET_TEAM: return open && t->row.team == q->team;
	case TICKET_ALL: return open;
	case TICKET_OF_CUSTOMER: return t->row.customer == q->customer;
	case TICKET_EVERY: return true;
	case TICKET_SOLVED: return !open;
	}
	(void)x;
	return false;
}

static void
compare_list(struct world *x, const struct stand *s, const struct ticket_query *q,
	const char *surface)
{
	struct scope see = access_scope(x->w->actor, x->org[s->org], RIGHT_SEE);
	struct ticket_list list;
	int expected = 0;

	ticket_list_read(x->w, &see, q, &list);
	for (int t = 0; t < TICKETS; t++) {
		const struct ticket_known *k = &x->ticket[t];
		bool want = k->org == s->org && wanted_by(x, s, q, k) &&
			    allowed(x, s->p, s->here, k, RIGHT_SEE);
		bool found = false;

		for (int i = 0; i < list.count; i++)
			if (list.at[i].id == k->row.id) {
				found = true;
				if (list.at[i].hidden !=
					(DETAILS_ALL & ~shown(x, s->p, s->here, k)))
					differs(x, s, t, "hidden in a list");
				if ((*list.at[i].subject != 0) !=
					ticket_shows(&list.at[i], DETAIL_SUBJECT))
					differs(x, s, t, "subject in a list");
			}
		if (found != want)
			differs(x, s, t, surface);
		expected += want;
		x->cases++;
	}
	if (q->view != TICKET_EVERY && q->view != TICKET_SOLVED &&
		ticket_list_count(x->w, &see, q, 1000) != expected)
		differs(x, s, -1, "count");
}

static void
compare_lists(struct world *x, const struct stand *s)
{
	struct ticket_query q = {.limit = 200};

	q.view = TICKET_EVERY;
	compare_list(x, s, &q, "every");
	q.view = TICKET_ALL;
	compare_list(x, s, &q, "all");
	q.view = TICKET_MINE;
	compare_list(x, s, &q, "mine");
	q.view = TICKET_SOLVED;
	compare_list(x, s, &q, "solved");
	q.view = TICKET_TEAM;
	q.team = x->team[s->org][below(x, TEAMS)];
	compare_list(x, s, &q, "team");
	q.view = TICKET_OF_CUSTOMER;
	q.customer = x->person[below(x, PEOPLE)].id;
	compare_list(x, s, &q, "history of a customer");
}

static void
compare_found_people(struct world *x, const struct stand *s)
{
	struct scope see = access_scope(x->w->actor, x->org[s->org], RIGHT_SEE);
	int64_t ids[TICKET_PEOPLE];
	struct ticket_list list;
	int first = below(x, PEOPLE - TICKET_PEOPLE);

	for (int i = 0; i < TICKET_PEOPLE; i++)
		ids[i] = x->person[first + i].id;
	ticket_list_of_people(x->w, &see, ids, TICKET_PEOPLE, &list);
	for (int i = 0; i < TICKET_PEOPLE; i++) {
		int want = 0, found = 0;

		for (int t = 0; t < TICKETS; t++)
			want += x->ticket[t].org == s->org &&
				x->ticket[t].customer == first + i &&
				allowed(x, s->p, s->here, &x->ticket[t], RIGHT_SEE);
		for (int n = 0; n < list.count; n++)
			found += list.at[n].customer == ids[i];
		if (found != (want > TICKET_EACH ? TICKET_EACH : want))
			differs(x, s, -1, "search by people");
		x->cases++;
	}
}

static void
compare_one(struct world *x, const struct stand *s, int i, const void *watcher)
{
	const struct ticket_known *k = &x->ticket[i];
	struct scope see = access_scope(x->w->actor, x->org[s->org], RIGHT_SEE);
	bool want = allowed(x, s->p, s->here, k, RIGHT_SEE);
	unsigned parts = want ? shown(x, s->p, s->here, k) : 0;
	struct change change = {.org = k->row.org,
		.ticket = k->row.id,
		.team = k->row.team,
		.customer = k->row.customer,
		.restricted = k->row.restricted,
		.service = k->row.service,
		.at = x->w->now,
		.reference = "",
		.what = ""};
	struct access_ticket seen = {.org = k->row.org,
		.customer = k->row.customer,
		.restricted = k->row.restricted,
		.in_team = works_in(x, s->p, k),
		.shared = by_agreement(x, s->p, s->here, k, RIGHT_SEE)};
	struct event_list events;
	struct attachment file;
	struct bytes data;
	struct ticket t;

	if ((ticket_find(x->w, &see, k->row.reference, &t) == DONE) != want)
		differs(x, s, i, "by reference");
	if ((ticket_get(x->w, &see, k->row.id, &t) == DONE) != want)
		differs(x, s, i, "by id");
	if (access_covers(&see, &seen) != want)
		differs(x, s, i, "access_covers");
	if (live_sees(watcher, &change) != want)
		differs(x, s, i, "stream");
	x->cases += 4;
	x->roles += by_role(x, s->p, k, RIGHT_SEE);
	x->owns += by_own(x, s->p, k, RIGHT_SEE);
	x->agreements += by_agreement(x, s->p, s->here, k, RIGHT_SEE);
	x->seals += want && is_sealed(x, s->p, k);
	if (!want)
		return;
	event_read(x->w, &t, EVENT_FOR_STAFF, 0, 10, &events);
	if (events.count !=
		(int)(parts >> DETAIL_PUBLIC & 1) + (int)(parts >> DETAIL_INTERNAL & 1))
		differs(x, s, i, "timeline");
	for (int e = 0; e < events.count; e++)
		if ((*events.at[e].body != 0) != (parts >> DETAIL_WORDS & 1))
			differs(x, s, i, "words of the timeline");
	if ((attachment_get(x->w, &t, k->file, &file, &data) == DONE) !=
		((parts >> DETAIL_FILES & 1) && (parts >> DETAIL_PUBLIC & 1)))
		differs(x, s, i, "file");
	x->cases += 3;
}

static void
compare_actions(struct world *x, const struct stand *s, int i)
{
	static const enum right actions[] = {RIGHT_REPLY, RIGHT_NOTE, RIGHT_CLAIM,
		RIGHT_ASSIGN, RIGHT_RESOLVE, RIGHT_PRIORITY};
	const struct ticket_known *k = &x->ticket[i];
	enum right r = actions[below(x, sizeof actions / sizeof *actions)];
	bool see = allowed(x, s->p, s->here, k, RIGHT_SEE);
	bool may = allowed(x, s->p, s->here, k, r);
	bool sealed = is_sealed(x, s->p, k) && !by_own(x, s->p, k, RIGHT_SEE) &&
		      shown_behind_seal(x, s->p, s->here, k) != 0;
	struct ticket t;
	enum outcome end, want = !see ? MISSING : may ? DONE : DENIED;

	if (want == DONE && sealed)
		want = DENIED;
	db_savepoint(x->w->db);
	end = ticket_hold(x->w, k->row.org, k->row.reference, r, 0, &t);
	db_savepoint_undo(x->w->db);
	if (end != want)
		differs(x, s, i, access_right_name(r));
	x->changes += end == DONE;
	x->cases++;
}

static void
play(struct world *x)
{
	struct stand s = {.p = below(x, PEOPLE), .here = below(x, ORGS)};
	const void *watcher;
	size_t size;

	if (!one_in(x, 6))
		s.here = x->person[s.p].home;
	act_as(x, s.p, s.here);
	watcher = live_watcher(x->w, &size);
	for (s.org = 0; s.org < ORGS; s.org++) {
		compare_lists(x, &s);
		compare_found_people(x, &s);
	}
	for (int i = 0; i < TICKETS; i++) {
		s.org = x->ticket[i].org;
		compare_one(x, &s, i, watcher);
		compare_actions(x, &s, i);
	}
}

static void
look_somewhere(struct world *x)
{
	for (int i = 0; i < 20; i++) {
		int p = below(x, PEOPLE), t = below(x, TICKETS);

		act_as(x, p, x->person[p].home);
		hiding_look(x->w, &x->ticket[t].row, "because");
		x->looked[p][t] = true;
	}
}

static void
every_surface_shows_what_the_rules_allow(void **state)
{
	const char *seed = getenv("ORACLE_SEED");
	struct world *x = arena_alloc(testing_arena(), sizeof *x);
	struct testing_people people;

	(void)state;
	memset(x, 0, sizeof *x);
	x->w = testing_desk(&people);
	x->dice = seed ? strtoull(seed, NULL, 10) : 88172645463325252u;
	x->begun = x->w->now;
	make_organisations(x);
	make_services(x);
	make_people(x);
	make_tickets(x);
	make_agreements(x);
	assert_false(db_failed(x->w->db));
	for (int round = 0; round < ROUNDS; round++) {
		x->w->now = x->begun + round * DAY - 5 * DAY;
		memset(x->looked, 0, sizeof x->looked); /* an hour is long over */
		look_somewhere(x);
		for (int i = 0; i < PLAYS; i++)
			play(x);
	}
	assert_false(db_failed(x->w->db));
	print_message(
		"%lld cases; seen by role %lld, as customer %lld, by agreement %lld;"
		" sealed %lld, changed %lld\n",
		(long long)x->cases, (long long)x->roles, (long long)x->owns,
		(long long)x->agreements, (long long)x->seals, (long long)x->changes);
	assert_true(x->roles > 100 && x->owns > 10 && x->agreements > 100);
	assert_true(x->seals > 30 && x->changes > 100);
	assert_true(x->cases >= 10000);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_surface_shows_what_the_rules_allow),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
