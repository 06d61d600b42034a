/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "store/figures.h"

#include "desk/handle.h"
#include "desk/intake.h"
#include "store/account.h"
#include "store/score.h"
#include "testing.h"
#include "testing_desk.h"

#include <string.h>

enum { TICKETS = 60, STEP = 5 * 3600 };

/* A month and more of work: tickets of both teams come in, some are answered, asked
 * about, resolved, scored, reopened, late or in time. Deterministic, and of all sorts. */
static void
live_through(struct work *w, const struct testing_people *people)
{
	const struct actor *house = w->actor;

	for (int i = 0; i < TICKETS; i++) {
		struct contact c = {
			.org = SOUTHMERE,
			.channel = i % 5 ? CHANNEL_WEB : CHANNEL_CALL,
			.key = arena_printf(w->arena, "%d", i),
			.service = i % 3 ? "HW-POTHOLE" : "WA-MISSED",
			.words = "Here.",
			.from = {.name = "Ann Fisher", .email = "ann@example.org"},
		};
		struct handle h = {.org = SOUTHMERE};
		struct receipt got;
		struct ticket t;
		struct score s;

		w->actor = house;
		assert_int_equal(intake(w, &c, &got), DONE);
		h.reference = got.reference;
		testing_act_as(w, SOUTHMERE, people->leader);
		w->now += i % 4 * STEP;
		if (i % 2)
			assert_int_equal(handle_reply(w, &h, "Yes.", &t), DONE);
		if (i % 7 == 3)
			assert_int_equal(
				handle_wait(w, &h, "customer", "Where?", &t), DONE);
		w->now += i % 6 * 4 * STEP;
		if (i % 3 != 1)
			assert_int_equal(handle_resolve(w, &h, "Done.", &t), DONE);
		if (i % 3 != 1 && i % 4 == 0) {
			assert_int_equal(score_of(w, &t, &s), DONE);
			s.score = i % 5 + 1;
			s.comment = "";
			score_give(w, &s);
		}
		if (i % 9 == 8)
			assert_int_equal(handle_reopen(w, &h, "No.", &t), DONE);
	}
	w->actor = house;
}

/* One row after the other, without grouping, as somebody would count by hand. */
static struct figures
by_hand(struct work *w, const struct figures_period *p, int64_t team, const char *service)
{
	struct figures f = {0};
	struct rows r = db_query(w->db,
		"select open, due, created, solved, team, service from ticket where org "
		"= 1");

	while (rows_next(&r)) {
		int64_t created = row_int(&r, 2), solved = row_int(&r, 3);
		int age = 0;

		if ((team && row_int(&r, 4) != team) ||
			(service && strcmp(row_text(&r, 5), service) != 0))
			continue;
		f.in += created >= p->from && created < p->to;
		f.out += solved > 0 && solved >= p->from && solved < p->to;
		if (!row_int(&r, 0))
			continue;
		f.backlog++;
		f.broken += row_int(&r, 1) < w->now;
		while (age < FIGURES_AGES - 1 && created <= w->now - figures_ages[age])
			age++;
		f.ages[age]++;
	}
	r = db_query(w->db, "select c.kind, c.stopped, c.met, t.team, t.service from "
			    "verdict c, ticket t where t.id = c.ticket and t.org = 1");
	while (rows_next(&r)) {
		bool response = strcmp(row_text(&r, 0), "response") == 0;

		if (row_null(&r, 1) || row_int(&r, 1) < p->from ||
			row_int(&r, 1) >= p->to || (team && row_int(&r, 3) != team) ||
			(service && strcmp(row_text(&r, 4), service) != 0))
			continue;
		f.response += response;
		f.response_met += response && row_int(&r, 2);
		f.resolution += !response;
		f.resolution_met += !response && row_int(&r, 2);
	}
	r = db_query(
		w->db, "select sent, score, team, service from survey where org = 1");
	while (rows_next(&r)) {
		if (row_int(&r, 0) < p->from || row_int(&r, 0) >= p->to ||
			(team && row_int(&r, 2) != team) ||
			(service && strcmp(row_text(&r, 3), service) != 0))
			continue;
		f.asked++;
		f.answered += !row_null(&r, 1);
		f.score += row_int(&r, 1);
	}
	return f;
}

static void
same(const struct figures *a, const struct figures *b)
{
	assert_memory_equal(a, b, sizeof *a);
}

static void
figures_equal_a_count_by_hand(void **state)
{
	struct testing_people people;
	struct work *w = testing_desk(&people);
	struct figures_report report;
	struct scope s;

	(void)state;
	live_through(w, &people);
	testing_act_as(w, SOUTHMERE, people.leader);
	s = access_figures(w->actor, SOUTHMERE);
	for (int days = 1; days < 40; days += 6) {
		struct figures_period p = {w->now - days * 86400, w->now - 3600};
		struct figures all = by_hand(w, &p, 0, NULL);

		figures_read(w, &s, &p, &report);
		same(&report.all, &all);
		assert_true(all.backlog > 0 && all.broken > 0);
		for (int i = 0; i < report.teams.count; i++) {
			struct figures f = by_hand(w, &p, report.teams.at[i].team, NULL);

			same(&report.teams.at[i].f, &f);
		}
		for (int i = 0; i < report.services.count; i++) {
			struct figures f = by_hand(
				w, &p, 0, report.services.at[i].service);

			same(&report.services.at[i].f, &f);
		}
	}
	{
		struct figures_period ever = {0, w->now + 1};
		struct figures all = by_hand(w, &ever, 0, NULL);

		figures_read(w, &s, &ever, &report);
		same(&report.all, &all);
		assert_int_equal(all.in, TICKETS);
		assert_true(all.response_met > 0 && all.response_met < all.response);
		assert_true(
			all.resolution_met > 0 && all.resolution_met < all.resolution);
		assert_true(all.answered > 0 && all.answered < all.asked);
		assert_int_equal(report.teams.count, 2);
		assert_int_equal(report.services.count, 2);
		assert_string_equal(report.teams.at[0].name, "Highways");
		assert_string_equal(report.services.at[0].name, "Report a missed bin");
	}
}

static void
who_may_not_see_figures_counts_nothing(void **state)
{
	struct testing_people people;
	struct work *w = testing_desk(&people);
	struct figures_period ever = {0, INT64_MAX};
	struct figures_report report;
	struct scope s;

	(void)state;
	live_through(w, &people);
	testing_act_as(w, SOUTHMERE, people.analyst);
	s = access_figures(w->actor, SOUTHMERE);
	figures_read(w, &s, &ever, &report);
	assert_int_equal(report.all.in, 0);
	assert_int_equal(report.all.backlog, 0);
	assert_int_equal(report.teams.count, 0);
	testing_act_as(w, SOUTHMERE, people.leader);
	s = access_figures(w->actor, ICT_DESK);
	figures_read(w, &s, &ever, &report);
	assert_int_equal(report.all.in, 0);
}

static void
the_board_says_what_waits_and_since_when(void **state)
{
	struct testing_people people;
	struct work *w = testing_desk(&people);
	const char *reference = testing_report(w, "1", "First.");
	struct handle h = {.org = SOUTHMERE, .reference = reference};
	struct figures_waiting_list list;
	int64_t second = w->now + 60;
	struct scope s;
	struct ticket t;

	(void)state;
	w->now = second;
	testing_report(w, "2", "Second.");
	testing_act_as(w, SOUTHMERE, people.analyst);
	assert_int_equal(handle_claim(w, &h, &t), DONE);
	s = access_scope(w->actor, SOUTHMERE, RIGHT_SEE);
	figures_waiting(w, &s, &list);
	assert_int_equal(list.count, 1);
	assert_string_equal(list.at[0].name, "Highways");
	assert_int_equal(list.at[0].open, 2);
	assert_int_equal(list.at[0].unclaimed, 1);
	assert_int_equal(list.at[0].broken, 0);
	assert_int_equal(list.at[0].oldest, second);
	w->now += 86400;
	figures_waiting(w, &s, &list);
	assert_int_equal(list.at[0].broken, 2);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(figures_equal_a_count_by_hand),
		cmocka_unit_test(who_may_not_see_figures_counts_nothing),
		cmocka_unit_test(the_board_says_what_waits_and_since_when),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
