/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "testing.h"
#include "testing_desk.h"

#include "desk/escalate.h"
#include "desk/handle.h"
#include "desk/intake.h"
#include "desk/rehearsal.h"
#include "desk/rulemaking.h"
#include "rule/table_shape.h"
#include "store/account.h"
#include "store/rulebook.h"
#include "store/shelf.h"

#include <string.h>

/* The small council on a Monday morning; its leader administrates too. */
static struct work *
desk(struct testing_people *people)
{
	struct work *w = testing_desk(people);

	account_grant(w, SOUTHMERE, people->leader, ROLE_ADMINISTRATOR);
	testing_act_as(w, SOUTHMERE, people->leader);
	return w;
}

static struct table
one_row(struct table_row row)
{
	struct table_row *at = arena_alloc(testing_arena(), sizeof *at);

	*at = row;
	at->position = 1;
	return (struct table){.rows = at, .count = 1};
}

static struct table_row
priority_row(const char *words, int64_t priority)
{
	struct table_row row = table_shape_blank();

	row.words = words;
	row.set_priority = priority;
	return row;
}

static struct rehearsal *
rehearse(struct work *w, const char *name, const struct table *draft)
{
	struct rehearsal *r = arena_alloc(w->arena, sizeof *r);

	rehearsal_run(w, name, draft, r);
	return r;
}

static void
words_of_the_contact_decide_again(void **state)
{
	struct testing_people people;
	struct work *w = desk(&people);
	const char *gas = testing_report(w, "a", "There is a smell of gas.");
	struct table draft = one_row(priority_row("gas", 1));
	struct rehearsal *r;

	(void)state;
	testing_report(w, "b", "A hole.");
	testing_clock(w, "2026-03-05T09:00:00Z");
	r = rehearse(w, "priority", &draft);
	assert_int_equal(r->looked, 2);
	assert_int_equal(r->without, 0);
	assert_int_equal(r->changed, 1);
	assert_int_equal(r->of_kind[REHEARSAL_PRIORITY], 1);
	assert_int_equal(r->of_kind[REHEARSAL_TEAM], 0);
	/* Priority 1 has another target, so the promise changes with it. */
	assert_int_equal(r->of_kind[REHEARSAL_TERMS], 1);
	assert_int_equal(r->shown, 1);
	assert_string_equal(r->changes[0].reference, gas);
	assert_int_equal(r->changes[0].was.fold.priority, 3);
	assert_int_equal(r->changes[0].is.fold.priority, 1);
	assert_int_equal(r->changes[0].is.fold.at[FOLD_PRIORITY].row->position, 1);
	/* Two working days are over tomorrow; four hours are over since Monday. */
	assert_int_equal(r->verdicts[REHEARSAL_MISSED][REHEARSAL_MISSED], 1);
}

static void
what_a_customer_was_then_is_what_counts(void **state)
{
	struct testing_people people;
	struct work *w = desk(&people);
	struct table_row row = table_shape_blank();
	struct table draft;

	(void)state;
	testing_report(w, "a", "A hole.");
	db_run(w->db, "update person set vip = 1 where org = $1 and id = $2", SOUTHMERE,
		people.ann);
	testing_report(w, "b", "Another.");
	row.vip = 1;
	row.set_priority = 2;
	draft = one_row(row);
	assert_int_equal(rehearse(w, "priority", &draft)->changed, 1);
}

static void
a_stricter_target_turns_met_into_missed(void **state)
{
	struct testing_people people;
	struct work *w = desk(&people);
	const char *quick = testing_report(w, "a", "A hole.");
	const char *slow = testing_report(w, "b", "A hole.");
	struct table_row row = table_shape_blank();
	struct table draft;
	struct rehearsal *r;
	struct ticket t;

	(void)state;
	testing_report(w, "c", "A hole that is open yet.");
	testing_clock(w, "2026-03-02T11:00:00Z");
	assert_int_equal(
		handle_resolve(w, &(struct handle){SOUTHMERE, quick, 0}, "Filled.", &t),
		DONE);
	testing_clock(w, "2026-03-03T15:00:00Z");
	assert_int_equal(
		handle_resolve(w, &(struct handle){SOUTHMERE, slow, 0}, "Filled.", &t),
		DONE);
	row.resolution = 4 * 3600;
	row.calendar = 1;
	draft = one_row(row);
	r = rehearse(w, "target", &draft);
	assert_int_equal(r->changed, 3);
	assert_int_equal(r->of_kind[REHEARSAL_TERMS], 3);
	assert_int_equal(r->of_kind[REHEARSAL_PRIORITY], 0);
	assert_int_equal(r->verdicts[REHEARSAL_MET][REHEARSAL_MET], 1);
	assert_int_equal(r->verdicts[REHEARSAL_MET][REHEARSAL_MISSED], 1);
	assert_int_equal(r->verdicts[REHEARSAL_OPEN][REHEARSAL_MISSED], 1);
}

static void
waiting_for_the_customer_is_left_out_of_the_count(void **state)
{
	struct testing_people people;
	struct work *w = desk(&people);
	const char *reference = testing_report(w, "a", "A hole.");
	struct table_row row = table_shape_blank();
	struct table draft;
	struct ticket t;

	(void)state;
	testing_clock(w, "2026-03-02T10:00:00Z");
	assert_int_equal(handle_wait(w, &(struct handle){SOUTHMERE, reference, 0},
				 "customer", "Where?", &t),
		DONE);
	testing_clock(w, "2026-03-03T10:00:00Z");
	testing_act_as(w, SOUTHMERE, people.leader);
	assert_int_equal(handle_resolve(w, &(struct handle){SOUTHMERE, reference, 0},
				 "Filled.", &t),
		DONE);
	row.resolution = 4 * 3600;
	row.calendar = 1;
	draft = one_row(row);
	/* One hour ran before the question; a day of waiting does not count. */
	assert_int_equal(
		rehearse(w, "target", &draft)->verdicts[REHEARSAL_MET][REHEARSAL_MET], 1);
	row.no_pause = true;
	draft = one_row(row);
	assert_int_equal(
		rehearse(w, "target", &draft)->verdicts[REHEARSAL_MET][REHEARSAL_MISSED],
		1);
}

static void
only_last_month_is_looked_at(void **state)
{
	struct testing_people people;
	struct work *w = desk(&people);
	struct table draft = one_row(priority_row("hole", 1));

	(void)state;
	testing_report(w, "a", "A hole.");
	testing_clock(w, "2026-04-20T09:00:00Z");
	testing_report(w, "b", "A hole.");
	assert_int_equal(rehearse(w, "priority", &draft)->looked, 1);
}

static void
tickets_that_may_not_be_seen_have_no_reference(void **state)
{
	struct testing_people people;
	struct work *w = testing_desk(&people);
	struct table draft = one_row(priority_row("hole", 1));
	struct rehearsal *r;

	(void)state;
	testing_report(w, "a", "A hole.");
	testing_report(w, "b", "A restricted hole.");
	db_run(w->db,
		"update ticket set restricted = 1 where org = $1 and id = (select max(id)"
		" from ticket where org = $1)",
		SOUTHMERE);
	account_grant(w, SOUTHMERE, people.ann, ROLE_ADMINISTRATOR);
	db_run(w->db, "update ticket set customer = 0 where org = $1", SOUTHMERE);
	testing_act_as(w, SOUTHMERE, people.ann);
	r = rehearse(w, "priority", &draft);
	assert_int_equal(r->changed, 2);
	assert_int_equal(r->shown, 1);
	assert_null(r->changes[0].reference);
}

static void
many_pages_are_all_looked_at(void **state)
{
	enum { MANY = 507 };
	struct testing_people people;
	struct work *w = desk(&people);
	struct table_row row = table_shape_blank();
	struct table draft;
	struct rehearsal *r;

	(void)state;
	for (int i = 0; i < MANY; i++) {
		w->now += i % 3; /* some in the same second */
		testing_report(w, arena_printf(w->arena, "many-%d", i),
			i % 2 ? "A hole." : "A sinkhole.");
	}
	row.words = "hole";
	row.resolution = 3600;
	row.calendar = 1;
	draft = one_row(row);
	r = rehearse(w, "target", &draft);
	assert_int_equal(r->looked, MANY);
	assert_int_equal(r->changed, MANY);
	assert_int_equal(r->shown, REHEARSAL_SHOWN);
	for (int was = 0, total = 0; was < REHEARSAL_VERDICTS; was++) {
		for (int is = 0; is < REHEARSAL_VERDICTS; is++)
			total += r->verdicts[was][is];
		if (was == REHEARSAL_VERDICTS - 1)
			assert_int_equal(total, MANY);
	}
}

/* --- what people did ---------------------------------------------------------------- */

static struct table
two_rows(struct table_row first, struct table_row second)
{
	struct table_row *at = arena_array(testing_arena(), 2, sizeof *at);

	at[0] = first;
	at[1] = second;
	at[0].position = 1;
	at[1].position = 2;
	return (struct table){.rows = at, .count = 2};
}

static struct handle
on(const char *reference)
{
	return (struct handle){.org = SOUTHMERE, .reference = reference};
}

/* Asked before a wait and resolved; answered and closed without a word; cancelled. */
static void
three_tickets(struct work *w, const char *references[3])
{
	struct handle h;
	struct ticket t;

	for (int i = 0; i < 3; i++)
		references[i] = testing_report(w,
			i == 0	 ? "a"
			: i == 1 ? "b"
				 : "c",
			"A hole.");
	h = on(references[0]);
	assert_int_equal(handle_wait(w, &h, "customer", "Which end?", &t), DONE);
	assert_int_equal(handle_resolve(w, &h, "Filled.", &t), DONE);
	h = on(references[1]);
	assert_int_equal(handle_reply(w, &h, "We are on it.", &t), DONE);
	assert_int_equal(handle_resolve(w, &h, "Filled.", &t), DONE);
	assert_int_equal(handle_close(w, &h, "", &t), DONE);
	h = on(references[2]);
	assert_int_equal(handle_cancel(w, &h, "A private road.", &t), DONE);
}

static void
changes_of_status_are_asked_of_the_draft(void **state)
{
	struct testing_people people;
	struct work *w = desk(&people);
	struct table_row any = table_shape_blank(), no = table_shape_blank();
	const char *references[3];
	struct table draft;
	struct rehearsal *r;

	(void)state;
	three_tickets(w, references);
	/* new>waiting, waiting>resolved; new>open, open>resolved, resolved>closed;
	 * new>cancelled */
	draft = two_rows(any, any);
	r = rehearse(w, "status", &draft);
	assert_true(r->computable);
	assert_int_equal(r->looked, 6);
	assert_int_equal(r->changed, 0);
	no.to_status = "cancelled";
	no.refused = true;
	draft = two_rows(no, any);
	r = rehearse(w, "status", &draft);
	assert_int_equal(r->changed, 1);
	assert_int_equal(r->answers[REHEARSAL_ALLOWED][REHEARSAL_REFUSED], 1);
	assert_string_equal(r->deeds[0].reference, references[2]);
	assert_string_equal(r->deeds[0].from, "new");
	assert_string_equal(r->deeds[0].to, "cancelled");
	assert_int_equal(r->deeds[0].was.row->position, 7);
	assert_int_equal(r->deeds[0].is.row->position, 1);
}

static void
what_a_change_would_have_lacked_and_the_right_for_it_are_told(void **state)
{
	struct testing_people people;
	struct work *w = desk(&people);
	struct table_row any = table_shape_blank(), more = table_shape_blank();
	const char *references[3];
	struct table draft;
	struct rehearsal *r;

	(void)state;
	three_tickets(w, references);
	more.demands = TABLE_DEMANDS_WORDS;
	draft = two_rows(more, any);
	r = rehearse(w, "status", &draft);
	/* The close had no word, all others had. */
	assert_int_equal(r->changed, 1);
	assert_int_equal(r->answers[REHEARSAL_ALLOWED][REHEARSAL_LACKS], 1);
	assert_string_equal(r->deeds[0].to, "closed");
	assert_string_equal(r->deeds[0].reference, references[1]);
	more.demands = TABLE_DEMANDS_ASSIGNEE;
	draft = two_rows(more, any);
	r = rehearse(w, "status", &draft);
	/* Nobody had them but from the solution on: waiting, open, cancelled. */
	assert_int_equal(r->answers[REHEARSAL_ALLOWED][REHEARSAL_LACKS], 3);
	more.demands = 0;
	more.needs_right = "audit";
	more.to_status = "resolved";
	draft = two_rows(more, any);
	r = rehearse(w, "status", &draft);
	assert_int_equal(r->answers[REHEARSAL_ALLOWED][REHEARSAL_RIGHT], 2);
	assert_int_equal(r->changed, 2);
	/* Older than a month: not looked at. */
	testing_clock(w, "2026-04-20T09:00:00Z");
	r = rehearse(w, "status", &draft);
	assert_int_equal(r->looked, 0);
	assert_int_equal(r->changed, 0);
}

static void
changes_of_fields_are_asked_of_the_draft(void **state)
{
	struct testing_people people;
	struct work *w = desk(&people);
	const char *reference = testing_report(w, "a", "A hole.");
	struct handle h = on(reference);
	struct table_row no = table_shape_blank(), never = table_shape_blank();
	struct table draft;
	struct rehearsal *r;
	struct ticket t;

	(void)state;
	assert_int_equal(handle_priority(w, &h, 2, "A bus route", &t), DONE);
	assert_int_equal(handle_claim(w, &h, &t), DONE);
	assert_int_equal(handle_priority(w, &h, 1, "Deeper", &t), DONE);
	assert_int_equal(handle_assign(w, &h, people.waste, 0, &t), DONE);
	no.field = "priority";
	no.role = "leader";
	no.from_status = "open";
	no.refused = true;
	never = no;
	never.field = "times";
	draft = two_rows(no, never);
	r = rehearse(w, "field", &draft);
	assert_int_equal(r->looked, 4);
	/* The leader administrates too, and to that role nothing is refused. */
	assert_int_equal(r->changed, 0);
	no.role = NULL;
	draft = two_rows(no, never);
	r = rehearse(w, "field", &draft);
	assert_int_equal(r->changed, 1);
	assert_string_equal(r->deeds[0].field, "priority");
	assert_string_equal(r->deeds[0].from, "open");
	assert_int_equal(r->answers[REHEARSAL_ALLOWED][REHEARSAL_REFUSED], 1);
}

/* --- steps of escalation ------------------------------------------------------------ */

static struct table_row
step_row(const char *clock, int64_t percent, unsigned notify)
{
	struct table_row row = table_shape_blank();

	row.clock = clock;
	row.threshold = TABLE_PERCENT;
	row.amount = percent;
	row.notify = notify;
	return row;
}

static const struct rehearsal_step *
step_of(const struct rehearsal *r, int64_t percent)
{
	for (int i = 0; i < r->step_count; i++)
		if (r->steps[i].step.amount == percent)
			return &r->steps[i];
	fail_msg("no step at %d percent", (int)percent);
	return NULL;
}

/* Three tickets, four hours to the first answer: one answered after two, one after 3.5,
 * one not at all until 3pm. */
static void
three_answers(struct work *w, const char *references[3])
{
	static const char *const at[] = {"2026-03-02T11:00:00Z", "2026-03-02T12:30:00Z"};
	struct handle h;
	struct ticket t;

	for (int i = 0; i < 3; i++)
		references[i] = testing_report(w,
			i == 0	 ? "a"
			: i == 1 ? "b"
				 : "c",
			"A hole.");
	for (int i = 0; i < 2; i++) {
		testing_clock(w, at[i]);
		h = on(references[i]);
		assert_int_equal(handle_reply(w, &h, "On it.", &t), DONE);
	}
	testing_clock(w, "2026-03-02T15:00:00Z");
}

static void
steps_fire_once_more_by_the_draft(void **state)
{
	struct testing_people people;
	struct work *w = desk(&people);
	const struct table_row live = step_row("response", 75, TABLE_NOTIFY_ASSIGNEE);
	const char *references[3];
	struct table draft;
	struct rehearsal *r;

	(void)state;
	rulebook_publish(w, SOUTHMERE, "escalation", &live, 1);
	three_answers(w, references);
	draft = one_row(live);
	r = rehearse(w, "escalation", &draft);
	assert_true(r->computable);
	assert_int_equal(r->looked, 3);
	assert_int_equal(r->changed, 0);
	assert_int_equal(r->firings[0], 2); /* 75 % of 4 hours is at midday */
	assert_int_equal(r->firings[1], 2);
	draft = two_rows(step_row("response", 75, TABLE_NOTIFY_LEADER),
		step_row("response", 100, TABLE_NOTIFY_LEADER));
	r = rehearse(w, "escalation", &draft);
	assert_int_equal(r->firings[0], 2);
	assert_int_equal(r->firings[1], 3);
	assert_int_equal(r->changed, 2);
	assert_int_equal(step_of(r, 75)->fired[0], 2);
	assert_int_equal(step_of(r, 75)->fired[1], 2);
	assert_int_equal(step_of(r, 75)->otherwise, 2); /* others are told */
	assert_int_equal(step_of(r, 100)->fired[0], 0);
	assert_int_equal(step_of(r, 100)->fired[1], 1);
	assert_int_equal(r->shown, 2);
	assert_string_equal(r->stepped[0].reference, references[2]);
	assert_int_equal(r->stepped[0].count, 2);
	assert_string_equal(r->stepped[1].reference, references[1]);
	assert_int_equal(r->stepped[1].count, 1);
	assert_string_equal(
		times_iso(w->arena, r->stepped[1].at[0].at[1]), "2026-03-02T12:00:00Z");
}

static int64_t
really_fired(struct work *w, const char *step)
{
	return db_int(w->db, -1,
		"select count(*) from event where kind = 'escalated' and data like $1",
		arena_printf(w->arena, "%%step=percent+%s&%%", step));
}

/* With a timer that is never late, what fired by the live rows is what the dry run of the
 * same rows says. An answer at the very instant of a step comes first. */
static void
the_dry_run_of_the_live_steps_is_what_fired(void **state)
{
	static const char *const minutes[] = {"2026-03-02T11:00:00Z",
		"2026-03-02T12:00:00Z", "2026-03-02T13:00:00Z", "2026-03-02T15:00:00Z",
		"2026-03-03T12:00:00Z"};
	struct testing_people people;
	struct work *w = desk(&people);
	const struct table_row live[] = {step_row("response", 50, TABLE_NOTIFY_LEADER),
		step_row("response", 75, TABLE_NOTIFY_LEADER),
		step_row("resolution", 10, TABLE_NOTIFY_LEADER)};
	const struct table draft = {.rows = live, .count = 3};
	struct rehearsal *r;
	struct handle h;
	struct ticket t;

	(void)state;
	rulebook_publish(w, SOUTHMERE, "escalation", live, 3);
	h = on(testing_report(w, "a", "A hole."));
	testing_report(w, "b", "A hole.");
	for (size_t i = 0; i < sizeof minutes / sizeof *minutes; i++) {
		testing_clock(w, minutes[i]);
		if (i == 0 || i == 2) {
			assert_int_equal(handle_reply(w, &h, "On it.", &t), DONE);
			h = on(db_text(w->db, w->arena,
				"select reference from ticket order by id desc limit 1"));
		}
		while (escalate_due(w, 100))
			;
	}
	r = rehearse(w, "escalation", &draft);
	assert_int_equal(really_fired(w, "50"), 1);
	assert_int_equal(really_fired(w, "75"), 1);
	assert_int_equal(step_of(r, 50)->fired[1], 1);
	assert_int_equal(step_of(r, 75)->fired[1], 1);
	assert_int_equal(step_of(r, 10)->fired[1], really_fired(w, "10"));
	assert_int_equal(r->changed, 0);
}

static void
a_month_is_looked_at_and_a_cycle_fires_anew(void **state)
{
	struct testing_people people;
	struct work *w = desk(&people);
	const struct table_row live = step_row("resolution", 1, TABLE_NOTIFY_LEADER);
	const char *reference = testing_report(w, "a", "A hole.");
	struct handle h = on(reference);
	struct table draft = one_row(live);
	struct rehearsal *r;
	struct ticket t;

	(void)state;
	assert_int_equal(handle_priority(w, &h, 1, "Deep", &t), DONE);
	testing_clock(w, "2026-03-02T10:00:00Z");
	assert_int_equal(handle_resolve(w, &h, "Filled.", &t), DONE);
	r = rehearse(w, "escalation", &draft);
	assert_int_equal(r->firings[0], 0);
	assert_int_equal(r->firings[1], 1);
	testing_clock(w, "2026-04-15T10:00:00Z");
	r = rehearse(w, "escalation", &draft);
	assert_int_equal(r->looked, 0);
	/* Long after the stop it restarts: another cycle, another step. */
	assert_int_equal(handle_reopen(w, &h, "It sank", &t), DONE);
	testing_clock(w, "2026-04-15T12:00:00Z");
	r = rehearse(w, "escalation", &draft);
	assert_int_equal(r->looked, 1);
	assert_int_equal(r->firings[1], 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_of_the_contact_decide_again),
		cmocka_unit_test(what_a_customer_was_then_is_what_counts),
		cmocka_unit_test(a_stricter_target_turns_met_into_missed),
		cmocka_unit_test(waiting_for_the_customer_is_left_out_of_the_count),
		cmocka_unit_test(only_last_month_is_looked_at),
		cmocka_unit_test(tickets_that_may_not_be_seen_have_no_reference),
		cmocka_unit_test(many_pages_are_all_looked_at),
		cmocka_unit_test(changes_of_status_are_asked_of_the_draft),
		cmocka_unit_test(
			what_a_change_would_have_lacked_and_the_right_for_it_are_told),
		cmocka_unit_test(changes_of_fields_are_asked_of_the_draft),
		cmocka_unit_test(steps_fire_once_more_by_the_draft),
		cmocka_unit_test(the_dry_run_of_the_live_steps_is_what_fired),
		cmocka_unit_test(a_month_is_looked_at_and_a_cycle_fires_anew),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
