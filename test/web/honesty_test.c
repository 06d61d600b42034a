/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "desk/honesty.h"

#include "base/times.h"
#include "desk/handle.h"
#include "testing.h"
#include "testing_desk.h"
#include "testing_page.h"

#include <string.h>

static struct testing_people people;

/* The resolution clock of a ticket in hours, as if it had been promised so. */
static void
in_hours(struct work *w, const struct ticket *t, int64_t target, int64_t spent)
{
	db_run(w->db,
		"update clock set unit = 'seconds', target = $3, spent = $4, met = 1"
		" where org = $1 and ticket = $2 and kind = 'resolution'",
		t->org, t->id, target, spent);
}

static void
pause(struct work *w, const struct ticket *t, const char *from, const char *to, bool late)
{
	int64_t began, ended;

	assert_true(times_parse_iso(bytes_of(from), &began));
	assert_true(times_parse_iso(bytes_of(to), &ended));
	db_run(w->db,
		"insert into pause (org, ticket, seq, clock, subject, reason, person,"
		" team, supplier, question, began, ended, spent, target, unit,"
		" last_tenth) values ($1, $2, $3, 'resolution', 0, 'customer', $4, $5, 0,"
		" 0, $6, $7, 0, 1, 'seconds', $8)",
		t->org, t->id, began, people.analyst, t->team, began, ended, late);
}

/* Three tickets, each solved on Monday: kept anyway, kept by a pause in office hours,
 * kept with a pause at night; the second moved to Waste and straight back. */
static struct work *
a_week(struct ticket t[3])
{
	struct work *w = testing_desk(&people);
	struct handle h = {.org = SOUTHMERE};

	for (int i = 0; i < 3; i++) {
		h.reference = testing_report(
			w, arena_printf(w->arena, "%d", i), "A hole.");
		testing_act_as(w, SOUTHMERE, people.leader);
		if (i == 1) {
			assert_int_equal(
				handle_assign(w, &h, people.waste, 0, &t[i]), DONE);
			assert_int_equal(
				handle_assign(w, &h, people.highways, 0, &t[i]), DONE);
		}
		w->now += 4 * 3600;
		assert_int_equal(handle_resolve(w, &h, "Filled.", &t[i]), DONE);
		w->now -= 4 * 3600;
		in_hours(w, &t[i], 4 * 3600, 4 * 3600);
	}
	pause(w, &t[1], "2026-03-02T10:00:00Z", "2026-03-02T11:00:00Z", true);
	pause(w, &t[2], "2026-03-02T17:30:00Z", "2026-03-03T08:00:00Z", false);
	w->now += 5 * 3600;
	return w;
}

static void
a_promise_kept_only_by_its_pause_is_told_apart(void **state)
{
	struct ticket t[3];
	struct work *w = a_week(t);
	struct scope s = access_figures(w->actor, SOUTHMERE);
	struct figures_period p = {w->now - 86400, w->now + 1};
	struct honesty h;

	(void)state;
	honesty_read(w, &s, &p, &h);
	assert_int_equal(h.stopped, 3);
	assert_int_equal(h.met, 3);
	assert_int_equal(h.unpaused, 2);
	assert_int_equal(h.gained_count, 1);
	assert_int_equal(h.gained[0], t[1].id);
	p.to = p.from;
	honesty_read(w, &s, &p, &h);
	assert_int_equal(h.stopped, 0);
}

static void
every_figure_opens_to_its_tickets(void **state)
{
	static const struct {
		const char *what;
		int which; /* index of the only ticket, or -1: all three */
	} lists[] = {{"gained", 1}, {"late", 1}, {"moves", 1}, {"back", 1},
		{"refused", 1}, {"touched", 1}, {"met", -1}};
	struct ticket t[3];
	struct work *w = a_week(t);
	struct visit v = testing_get(w, "/staff/reports/honesty?days=7");

	(void)state;
	assert_int_equal(v.end, DONE);
	testing_is_page(&v);
	assert_true(testing_says(&v, "100\u00a0% of 3"));
	assert_true(testing_says(&v, "67\u00a0% of 3"));
	assert_true(testing_says(&v, "Waiting for the customer"));
	assert_true(testing_says(&v, "Highways to Waste"));
	assert_true(testing_says(&v, "what=gained&days=7"));
	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
		v = testing_get(
			w, arena_printf(w->arena,
				   "/staff/reports/honesty/tickets?what=%s&days=7",
				   lists[i].what));
		testing_is_page(&v);
		for (int k = 0; k < 3; k++)
			assert_int_equal(testing_says(&v, t[k].reference),
				lists[i].which < 0 || lists[i].which == k);
	}
	v = testing_get(w,
		arena_printf(w->arena,
			"/staff/reports/honesty/tickets?what=pauses&days=7&person=%lld",
			(long long)people.binman));
	assert_true(testing_says(&v, "No ticket you may see"));
	assert_int_equal(
		testing_get(w, "/staff/reports/honesty/tickets?what=else").end, MISSING);
}

static void
the_table_says_the_same_and_others_are_denied(void **state)
{
	struct grant grant = access_grant(SOUTHMERE, ROLE_CABINET_MEMBER);
	struct actor cabinet = {
		.kind = ACTOR_STAFF,
		.org = SOUTHMERE,
		.person = 1,
		.name = "",
		.grants = &grant,
		.grant_count = 1,
	};
	struct ticket t[3];
	struct work *w = a_week(t);
	struct visit v = testing_get(w, "/staff/reports/honesty.csv?days=7");

	(void)state;
	assert_non_null(strstr(v.body, "met,,3\r\nmet_without_pauses,,2\r\n"));
	assert_non_null(strstr(v.body, "pauses_by_person,amy,2\r\n"));
	assert_non_null(strstr(v.body, "handovers,,2\r\ntickets_handed_over,,1\r\n"
				       "tickets_returned,,1\r\nrefusals,,1\r\n"));
	testing_act_as(w, SOUTHMERE, people.analyst);
	assert_int_equal(testing_get(w, "/staff/reports/honesty").end, DENIED);
	assert_int_equal(testing_get(w, "/staff/reports/honesty.csv").end, DENIED);
	assert_int_equal(
		testing_get(w, "/staff/reports/honesty/tickets?what=met").end, DENIED);
	w->actor = &cabinet; /* sees figures, and no ticket behind them */
	v = testing_get(w, "/staff/reports/honesty?days=7");
	testing_is_page(&v);
	assert_true(testing_says(&v, "67\u00a0% of 3"));
	assert_false(testing_says(&v, "what=gained"));
	assert_false(testing_says(&v, t[1].reference));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_promise_kept_only_by_its_pause_is_told_apart),
		cmocka_unit_test(every_figure_opens_to_its_tickets),
		cmocka_unit_test(the_table_says_the_same_and_others_are_denied),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
