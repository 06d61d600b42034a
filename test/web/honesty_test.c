/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "desk/honesty.h"

#include "base/times.h"
#include "desk/handle.h"
#include "desk/intake.h"
#include "rule/table_shape.h"
#include "store/rulebook.h"
#include "testing.h"
#include "testing_desk.h"
#include "testing_page.h"

#include <string.h>

static struct testing_people people;

/* Three tickets of priority 1, promised in four hours, received at 9. The first was asked
 * about from 10 to 11 and solved at 12; the second from 12:50 to 13:29, the third never,
 * both solved at 13:30. The second went to Waste and straight back. */
static void
ask(struct work *w, const char *reference, const char *from, const char *to)
{
	struct handle h = {.org = SOUTHMERE, .reference = reference};
	struct contact answer = {
		.org = SOUTHMERE,
		.channel = CHANNEL_EMAIL,
		.key = arena_printf(w->arena, "%s %s", reference, to),
		.reference = reference,
		.service = "HW-POTHOLE",
		.words = "It is the left lane.",
		.from = {.name = "Ann Fisher", .email = "ann@example.org"},
	};
	struct receipt got;
	struct ticket t;

	testing_clock(w, from);
	assert_int_equal(handle_wait(w, &h, "customer", "Which lane?", &t), DONE);
	testing_clock(w, to);
	assert_int_equal(intake(w, &answer, &got), DONE);
	assert_true(got.joined);
}

static struct work *
a_day(struct ticket t[3])
{
	struct work *w = testing_desk(&people);
	struct handle h = {.org = SOUTHMERE};
	const char *references[3];

	for (int i = 0; i < 3; i++) {
		references[i] = h.reference = testing_report(
			w, arena_printf(w->arena, "%d", i), "A hole.");
		testing_act_as(w, SOUTHMERE, people.leader);
		assert_int_equal(handle_priority(w, &h, 1, "Deep.", &t[i]), DONE);
	}
	h.reference = references[1];
	assert_int_equal(handle_assign(w, &h, people.waste, 0, &t[1]), DONE);
	assert_int_equal(handle_assign(w, &h, people.highways, 0, &t[1]), DONE);
	testing_act_as(w, SOUTHMERE, people.analyst);
	ask(w, references[0], "2026-03-02T10:00:00Z", "2026-03-02T11:00:00Z");
	ask(w, references[1], "2026-03-02T12:50:00Z", "2026-03-02T13:29:00Z");
	for (int i = 0; i < 3; i++) {
		testing_clock(
			w, i == 0 ? "2026-03-02T12:00:00Z" : "2026-03-02T13:30:00Z");
		h.reference = references[i];
		assert_int_equal(handle_resolve(w, &h, "Filled.", &t[i]), DONE);
	}
	testing_clock(w, "2026-03-02T14:00:00Z");
	testing_act_as(w, SOUTHMERE, people.leader);
	return w;
}

static void
a_promise_kept_only_by_its_pause_is_told_apart(void **state)
{
	struct ticket t[3];
	struct work *w = a_day(t);
	struct scope s = access_figures(w->actor, SOUTHMERE);
	struct figures_period p = {w->now - 86400, w->now + 1};
	struct honesty h;

	(void)state;
	honesty_read(w, &s, &p, &h);
	assert_int_equal(h.stopped, 3);
	assert_int_equal(h.met, 2);
	assert_int_equal(h.unpaused, 1);
	assert_int_equal(h.gained_count, 1);
	assert_int_equal(h.gained[0], t[1].id);
	p.to = p.from;
	honesty_read(w, &s, &p, &h);
	assert_int_equal(h.stopped, 0);
}

static void
what_was_cancelled_is_neither_but_listed(void **state)
{
	struct ticket t[3];
	struct work *w = a_day(t);
	struct scope s = access_figures(w->actor, SOUTHMERE);
	struct figures_period p = {w->now - 86400, w->now + 1};
	struct handle h = {.org = SOUTHMERE};
	struct honesty figures;
	struct ticket gone;
	struct visit v;

	(void)state;
	h.reference = testing_report(w, "cancelled", "Not ours.");
	assert_int_equal(handle_cancel(w, &h, "A private road.", &gone), DONE);
	honesty_read(w, &s, &p, &figures);
	assert_int_equal(figures.stopped, 3);
	assert_int_equal(figures.met, 2);
	assert_int_equal(figures.cancelled, 1);
	v = testing_get(w, "/staff/reports/honesty?days=7");
	testing_is_page(&v);
	assert_true(testing_says(&v, "Cancelled: neither met nor missed"));
	v = testing_get(w, "/staff/reports/honesty/tickets?what=cancelled&days=7");
	testing_is_page(&v);
	assert_true(testing_says(&v, h.reference));
	assert_false(testing_says(&v, t[0].reference));
	assert_int_equal(handle_reopen(w, &h, "It is ours.", &gone), DONE);
	honesty_read(w, &s, &p, &figures);
	assert_int_equal(figures.cancelled, 0);
}

static void
every_figure_opens_to_its_tickets(void **state)
{
	static const struct {
		const char *what;
		int which; /* index of the only ticket */
	} lists[] = {{"gained", 1}, {"late", 1}, {"moves", 1}, {"back", 1},
		{"refused", 1}, {"touched", 1}, {"missed", 2}};
	struct ticket t[3];
	struct work *w = a_day(t);
	struct visit v = testing_get(w, "/staff/reports/honesty?days=7");

	(void)state;
	assert_int_equal(v.end, DONE);
	testing_is_page(&v);
	assert_true(testing_says(&v, "67\u00a0% of 3"));
	assert_true(testing_says(&v, "33\u00a0% of 3"));
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
			assert_int_equal(
				testing_says(&v, t[k].reference), lists[i].which == k);
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
	struct work *w = a_day(t);
	struct visit v = testing_get(w, "/staff/reports/honesty.csv?days=7");

	(void)state;
	assert_string_equal(w->glances->action, "export");
	assert_string_equal(w->glances->subject, "figures honesty");
	assert_non_null(strstr(v.body, "met,,2\r\nmet_without_pauses,,1\r\n"));
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
	assert_true(testing_says(&v, "33\u00a0% of 3"));
	assert_false(testing_says(&v, "what=gained"));
	assert_false(testing_says(&v, t[1].reference));
}

/* Sixteen hours, four of priority 1. */
static void
promise_hours(struct work *w)
{
	struct table_row rows[] = {table_shape_blank(), table_shape_blank()};

	for (int i = 0; i < 2; i++) {
		rows[i].calendar = 1;
		rows[i].resolution = i == 0 ? 4 * 3600 : 16 * 3600;
	}
	rows[0].priority = 1;
	rulebook_publish(w, SOUTHMERE, "target", rows, 2);
}

/* Received at 9 with sixteen hours, made priority 1 (four hours) at 2pm: broken at that
 * instant. The other was priority 1 from the start and is late by time. */
static void
what_a_shorter_target_broke_is_a_figure_of_its_own(void **state)
{
	struct work *w = testing_desk(&people);
	struct handle h = {.org = SOUTHMERE};
	const char *tightened, *late;
	struct figures_period p;
	struct honesty figures;
	struct scope s;
	struct ticket t;
	struct visit v;

	(void)state;
	promise_hours(w);
	tightened = testing_report(w, "tightened", "A hole.");
	h.reference = late = testing_report(w, "late", "Another hole.");
	testing_act_as(w, SOUTHMERE, people.leader);
	s = access_figures(w->actor, SOUTHMERE);
	assert_int_equal(handle_priority(w, &h, 1, "Deep.", &t), DONE);
	testing_clock(w, "2026-03-02T14:00:00Z");
	h.reference = tightened;
	assert_int_equal(handle_priority(w, &h, 1, "A bus route.", &t), DONE);
	assert_int_equal(handle_resolve(w, &h, "Filled.", &t), DONE);
	h.reference = late;
	assert_int_equal(handle_resolve(w, &h, "Filled.", &t), DONE);
	p = (struct figures_period){w->now - 86400, w->now + 1};
	honesty_read(w, &s, &p, &figures);
	assert_int_equal(figures.stopped, 2);
	assert_int_equal(figures.met, 0);
	assert_int_equal(figures.tightened, 1);
	v = testing_get(w, "/staff/reports/honesty?days=7");
	testing_is_page(&v);
	assert_true(testing_says(&v, "Broken by a shorter target, not by time"));
	assert_non_null(strstr(v.body, "what=tightened"));
	v = testing_get(w, "/staff/reports/honesty/tickets?what=tightened&days=7");
	testing_is_page(&v);
	assert_true(testing_says(&v, tightened));
	assert_false(testing_says(&v, late));
	v = testing_get(w, "/staff/reports/honesty/tickets?what=missed&days=7");
	assert_true(testing_says(&v, tightened));
	assert_true(testing_says(&v, late));
	v = testing_get(w, "/staff/reports/honesty.csv?days=7");
	assert_non_null(strstr(v.body, "missed_by_tightened_target,,1\r\n"));
}

/* A clock that goes on again and is then met at a longer target stays what it was. */
static void
the_mark_follows_the_clock_when_it_goes_on(void **state)
{
	struct work *w = testing_desk(&people);
	struct handle h = {.org = SOUTHMERE};
	struct scope s;
	struct figures_period p;
	struct honesty figures;
	struct ticket t;

	(void)state;
	testing_act_as(w, SOUTHMERE, people.leader);
	s = access_figures(w->actor, SOUTHMERE);
	promise_hours(w);
	h.reference = testing_report(w, "again", "A hole.");
	testing_clock(w, "2026-03-02T14:00:00Z");
	assert_int_equal(handle_resolve(w, &h, "Filled.", &t), DONE);
	p = (struct figures_period){w->now - 86400, w->now + 86400};
	honesty_read(w, &s, &p, &figures);
	assert_int_equal(figures.met, 1);
	assert_int_equal(figures.tightened, 0);
	testing_clock(w, "2026-03-02T14:30:00Z");
	assert_int_equal(handle_reopen(w, &h, "It sank.", &t), DONE);
	assert_int_equal(handle_priority(w, &h, 1, "A bus route.", &t), DONE);
	honesty_read(w, &s, &p, &figures);
	assert_int_equal(figures.stopped, 0);
	assert_int_equal(handle_resolve(w, &h, "Filled.", &t), DONE);
	honesty_read(w, &s, &p, &figures);
	assert_int_equal(figures.stopped, 1);
	assert_int_equal(figures.met, 0);
	assert_int_equal(figures.tightened, 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_promise_kept_only_by_its_pause_is_told_apart),
		cmocka_unit_test(what_was_cancelled_is_neither_but_listed),
		cmocka_unit_test(every_figure_opens_to_its_tickets),
		cmocka_unit_test(the_table_says_the_same_and_others_are_denied),
		cmocka_unit_test(what_a_shorter_target_broke_is_a_figure_of_its_own),
		cmocka_unit_test(the_mark_follows_the_clock_when_it_goes_on),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
