/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "desk/escalate.h"

#include "base/buffer.h"
#include "desk/handle.h"
#include "desk/outdated.h"
#include "desk/promises.h"
#include "format/words.h"
#include "rule/table.h"
#include "store/kept_clock.h"
#include "store/rulebook.h"
#include "store/shelf.h"
#include "store/shift.h"
#include "testing.h"
#include "testing_db.h"
#include "testing_desk.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum { HOUR = 3600, NODES = 2 };

#define ANY                                                               \
	.priority = TABLE_ANY, .impact = TABLE_ANY, .urgency = TABLE_ANY, \
	.vip = TABLE_ANY, .vulnerable = TABLE_ANY

/* The steps of the example in clock.md section 7, for a target of 4 hours. */
static void
publish(struct work *w)
{
	static const struct table_row target[] = {
		{ANY, .response = 0, .resolution = 4 * HOUR, .calendar = 1}};
	static const struct table_row steps[] = {
		{ANY, .clock = "resolution", .amount = 75,
			.notify = TABLE_NOTIFY_ASSIGNEE},
		{ANY, .threshold = TABLE_OFFSET, .amount = -1800},
		{ANY, .clock = "resolution", .amount = 100, .notify = TABLE_NOTIFY_LEADER,
			.any_hour = true},
		{ANY, .threshold = TABLE_OFFSET, .amount = HOUR,
			.notify = TABLE_NOTIFY_LEADER | TABLE_NOTIFY_ASSIGNEE},
		{ANY, .clock = "response", .amount = 10},
	};

	rulebook_publish(w, SOUTHMERE, "target", target, 1);
	rulebook_publish(w, SOUTHMERE, "escalation", steps, sizeof steps / sizeof *steps);
}

static int64_t
instant(const char *iso)
{
	int64_t at;

	assert_true(times_parse_iso(bytes_of(iso), &at));
	return at;
}

/* Received on Tuesday 3 March at 15:00 and claimed; nothing has fired. */
static const char *
begin(struct work *w, const struct testing_people *people)
{
	struct handle h = {.org = SOUTHMERE};
	struct ticket t;

	publish(w);
	testing_clock(w, "2026-03-03T15:00:00Z");
	h.reference = testing_report(w, "a", "A hole.");
	testing_act_as(w, SOUTHMERE, people->analyst);
	assert_int_equal(handle_claim(w, &h, &t), DONE);
	return h.reference;
}

/* What has fired of a ticket, one after the other: "percent 75|breach". */
static const char *
fired(struct work *w, const char *reference)
{
	struct ticket t = testing_ticket(w, reference);
	struct buffer b = buffer_in(w->arena, 80);
	struct event_list events;

	event_read(w, &t, EVENT_FOR_HOUSE, 0, 100, &events);
	for (int i = 0; i < events.count; i++) {
		const struct event *e = &events.at[i];

		if (strcmp(e->kind, "escalated") != 0 && strcmp(e->kind, "breached") != 0)
			continue;
		if (b.len > 0)
			buffer_char(&b, '|');
		buffer_text_add(&b, pairs_get(&e->data, "step"));
		if (pairs_get(&e->data, "late"))
			buffer_text_add(&b, " late");
	}
	return buffer_text(&b);
}

static void
each_step_fires_at_its_instant_and_once(void **state)
{
	static const struct {
		const char *before, *at, *fired;
	} times[] = {
		{"2026-03-04T09:59:59Z", "2026-03-04T10:00:00Z", "percent 75"},
		{"2026-03-04T10:29:59Z", "2026-03-04T10:30:00Z",
			"percent 75|offset -1800"},
		{"2026-03-04T10:59:59Z", "2026-03-04T11:00:00Z",
			"percent 75|offset -1800|percent 100"},
		{"2026-03-04T11:00:00Z", "2026-03-04T11:00:01Z",
			"percent 75|offset -1800|percent 100|breach"},
		{"2026-03-04T11:59:59Z", "2026-03-04T12:00:00Z",
			"percent 75|offset -1800|percent 100|breach|offset 3600"},
	};
	struct testing_people people;
	struct work *w = testing_desk(&people);
	const char *reference = begin(w, &people);
	const char *already = "";

	(void)state;
	for (size_t i = 0; i < sizeof times / sizeof *times; i++) {
		testing_clock(w, times[i].before);
		escalate_due(w, 10);
		assert_string_equal(fired(w, reference), already);
		testing_clock(w, times[i].at);
		assert_int_equal(kept_clock_next(w), w->now);
		assert_int_equal(escalate_due(w, 10), 1);
		assert_int_equal(escalate_due(w, 10), 0);
		already = times[i].fired;
		assert_string_equal(fired(w, reference), already);
	}
	assert_int_equal(kept_clock_next(w), TIMES_NONE);
	struct ticket t = testing_ticket(w, reference);
	assert_true(promises_check(w, &t));
}

static void
after_a_time_without_service_all_fire_once_in_order_and_late(void **state)
{
	struct testing_people people;
	struct work *w = testing_desk(&people);
	const char *reference = begin(w, &people);

	(void)state;
	testing_clock(w, "2026-03-05T09:00:00Z");
	assert_int_equal(escalate_due(w, 10), 1);
	assert_string_equal(fired(w, reference),
		"percent 75 late|offset -1800 late|percent 100 late|breach late|"
		"offset 3600 late");
	assert_int_equal(escalate_due(w, 10), 0);
}

static void
an_escalation_leaves_open_pages_valid(void **state)
{
	struct testing_people people;
	struct work *w = testing_desk(&people);
	const char *reference = begin(w, &people);
	int64_t version = testing_ticket(w, reference).version;

	(void)state;
	testing_clock(w, "2026-03-05T09:00:00Z");
	escalate_due(w, 10);
	assert_int_equal(testing_ticket(w, reference).version, version);
}

static void
nothing_fires_while_it_waits_or_when_it_is_done(void **state)
{
	struct testing_people people;
	struct work *w = testing_desk(&people);
	struct handle h = {SOUTHMERE, begin(w, &people), 0};
	struct ticket t;

	(void)state;
	assert_int_equal(handle_wait(w, &h, "customer", "Which side?", &t), DONE);
	testing_clock(w, "2026-03-05T09:00:00Z");
	assert_int_equal(escalate_due(w, 10), 0);
	assert_int_equal(handle_resolve(w, &h, "Filled.", &t), DONE);
	testing_clock(w, "2026-03-09T09:00:00Z");
	assert_int_equal(escalate_due(w, 10), 0);
	assert_string_equal(fired(w, h.reference), "");
}

static void
a_shorter_target_fires_what_has_passed_late_and_nothing_twice(void **state)
{
	static const struct table_row shorter[] = {
		{ANY, .resolution = 2 * HOUR, .calendar = 1},
	};
	struct testing_people people;
	struct work *w = testing_desk(&people);
	struct handle h = {SOUTHMERE, begin(w, &people), 0};
	struct ticket t;

	(void)state;
	testing_clock(w, "2026-03-04T10:00:00Z");
	escalate_due(w, 10);
	assert_string_equal(fired(w, h.reference), "percent 75");
	testing_clock(w, "2026-03-04T10:10:00Z");
	rulebook_publish(w, SOUTHMERE, "target", shorter, 1);
	testing_act_as(w, SOUTHMERE, people.leader);
	assert_int_equal(handle_priority(w, &h, 1, "Danger.", &t), DONE);
	assert_int_equal(escalate_due(w, 10), 1);
	/* 3 h 10 of 2 h: 75 % has fired already; breached by the change itself. */
	assert_string_equal(fired(w, h.reference),
		"percent 75|offset -1800 late|percent 100 late|offset 3600 late");
}

static void
a_new_cycle_fires_anew(void **state)
{
	static const struct table_row restart[] = {
		{ANY, .resolution = 8 * HOUR, .calendar = 1, .mode = TABLE_RESTART},
	};
	struct testing_people people;
	struct work *w = testing_desk(&people);
	struct handle h = {SOUTHMERE, begin(w, &people), 0};
	struct ticket t;

	(void)state;
	testing_clock(w, "2026-03-04T10:00:00Z");
	escalate_due(w, 10);
	rulebook_publish(w, SOUTHMERE, "target", restart, 1);
	testing_act_as(w, SOUTHMERE, people.leader);
	assert_int_equal(handle_priority(w, &h, 2, "Less.", &t), DONE);
	testing_clock(w, "2026-03-04T16:00:00Z");
	assert_int_equal(escalate_due(w, 10), 1);
	assert_string_equal(fired(w, h.reference), "percent 75|percent 75");
}

static void
a_table_that_is_published_later_holds_for_what_runs(void **state)
{
	static const struct table_row one[] = {
		{ANY, .clock = "resolution", .amount = 90}};
	struct testing_people people;
	struct work *w = testing_desk(&people);
	const char *reference = begin(w, &people);

	(void)state;
	testing_clock(w, "2026-03-03T16:00:00Z");
	rulebook_publish(w, SOUTHMERE, "escalation", one, 1);
	escalate_due(w, 10);
	assert_string_equal(fired(w, reference), "");
	assert_int_equal(kept_clock_next(w), instant("2026-03-04T10:36:00Z"));
	testing_clock(w, "2026-03-04T10:36:00Z");
	escalate_due(w, 10);
	assert_string_equal(fired(w, reference), "percent 90");
}

/* What happens to a ticket before the timer has come round changes one clock of it. */
static void
a_reply_meanwhile_does_not_keep_the_old_table(void **state)
{
	static const struct table_row one[] = {
		{ANY, .clock = "resolution", .amount = 90}};
	struct testing_people people;
	struct work *w = testing_desk(&people);
	struct handle h = {SOUTHMERE, begin(w, &people), 0};
	struct ticket t;

	(void)state;
	testing_clock(w, "2026-03-03T16:00:00Z");
	rulebook_publish(w, SOUTHMERE, "escalation", one, 1);
	testing_act_as(w, SOUTHMERE, people.analyst);
	assert_int_equal(handle_reply(w, &h, "We come tomorrow.", &t), DONE);
	assert_int_equal(kept_clock_next(w), 0);
	escalate_due(w, 10);
	assert_string_equal(fired(w, h.reference), "");
	assert_int_equal(kept_clock_next(w), instant("2026-03-04T10:36:00Z"));
	t = testing_ticket(w, h.reference);
	assert_true(promises_check(w, &t));
}

static void
a_table_of_many_steps_loses_none(void **state)
{
	enum { STEPS = 60 };
	struct table_row steps[STEPS];
	struct testing_people people;
	struct work *w = testing_desk(&people);
	const char *reference = begin(w, &people);

	(void)state;
	for (int i = 0; i < STEPS; i++)
		steps[i] = (struct table_row){
			ANY, .clock = "resolution", .amount = 100 + i};
	rulebook_publish(w, SOUTHMERE, "escalation", steps, STEPS);
	testing_clock(w, "2026-03-09T09:00:00Z");
	escalate_due(w, 10);
	assert_int_equal(
		db_int(w->db, 0,
			"select count(*) from escalation where step <> 'breach'"),
		STEPS);
	assert_non_null(strstr(fired(w, reference), "percent 159"));
}

static void
notices_wait_for_the_hours_of_whom_they_are_for(void **state)
{
	struct testing_people people;
	struct work *w = testing_desk(&people);

	(void)state;
	begin(w, &people);
	/* Seen only in the evening: the leader's leaves at once, the others' at nine. */
	testing_clock(w, "2026-03-04T20:00:00Z");
	escalate_due(w, 10);
	assert_int_equal(db_int(w->db, 0,
				 "select count(*) from outbox where recipient like 'amy%'"
				 " and next_at = $1",
				 instant("2026-03-05T09:00:00Z")),
		2);
	assert_int_equal(db_int(w->db, 0,
				 "select count(*) from outbox where recipient like 'lee%'"
				 " and next_at = $1",
				 w->now),
		1);
	assert_int_equal(db_int(w->db, 0,
				 "select count(*) from outbox where recipient like 'lee%'"
				 " and next_at > $1",
				 w->now),
		1);
}

/* The calendar of a shift: one version of hours, in the council's own zone. */
static void
plan(struct work *w, int64_t team, int64_t person, const char *name, int from, int to)
{
	const struct shift_plan p = {name, 1, 7, from * HOUR, to * HOUR};
	struct shift_hours_list list;

	assert_int_equal(shift_make(w, SOUTHMERE, &p), DONE);
	shift_hours(w, SOUTHMERE, &list);
	for (int i = 0; i < list.count; i++)
		if (strcmp(list.at[i].name, name) == 0)
			assert_int_equal(shift_save(w, SOUTHMERE, team, person,
						 list.at[i].calendar),
				DONE);
}

static int64_t
first_to_amy(struct work *w)
{
	return db_int(
		w->db, 0, "select min(next_at) from outbox where recipient like 'amy%'");
}

/* Seen on Wednesday 4 March at 20:00; the calendar opens on Thursday at nine. */
static void
notices_know_the_shifts_and_days_off_of_whom_they_are_for(void **state)
{
	struct testing_people people;
	struct work *w = testing_desk(&people);

	(void)state;
	begin(w, &people);
	plan(w, people.highways, people.analyst, "Late", 18, 23);
	testing_clock(w, "2026-03-04T20:00:00Z");
	escalate_due(w, 10);
	assert_int_equal(first_to_amy(w), w->now);

	w = testing_desk(&people);
	begin(w, &people);
	plan(w, people.highways, people.analyst, "Early", 6, 12);
	assert_int_equal(shift_absence(w, SOUTHMERE, people.analyst, "2026-03-05",
				 "2026-03-06", ""),
		DONE);
	testing_clock(w, "2026-03-04T20:00:00Z");
	escalate_due(w, 10);
	assert_int_equal(first_to_amy(w), instant("2026-03-07T06:00:00Z"));

	/* Who is away for longer than two weeks: the team's calendar. */
	w = testing_desk(&people);
	begin(w, &people);
	plan(w, people.highways, people.analyst, "Early", 6, 12);
	assert_int_equal(shift_absence(w, SOUTHMERE, people.analyst, "2026-03-05",
				 "2026-04-06", ""),
		DONE);
	testing_clock(w, "2026-03-04T20:00:00Z");
	escalate_due(w, 10);
	assert_int_equal(first_to_amy(w), instant("2026-03-05T09:00:00Z"));
}

/* What a letter that waits would say by now. */
static const char *
over(struct work *w, const char *reference)
{
	struct ticket t = testing_ticket(w, reference);
	struct letter l = {
		.org = SOUTHMERE,
		.ticket = t.id,
		.about = db_text(w->db, w->arena,
			"select about from outbox where next_at > $1 and recipient like"
			" 'amy%' limit 1",
			w->now),
	};

	assert_non_null(l.about);
	return outdated(w, &l);
}

static void
a_notice_is_over_with_what_it_is_about(void **state)
{
	struct testing_people people;
	struct work *w = testing_desk(&people);
	struct handle h = {SOUTHMERE, begin(w, &people), 0};
	struct ticket t;

	(void)state;
	testing_clock(w, "2026-03-04T20:00:00Z");
	escalate_due(w, 10);
	assert_null(over(w, h.reference));
	testing_act_as(w, SOUTHMERE, people.analyst);
	assert_int_equal(handle_resolve(w, &h, "It is filled.", &t), DONE);
	assert_string_equal(over(w, h.reference), "its ticket is solved");
	assert_int_equal(handle_reopen(w, &h, "Not yet.", &t), DONE);
	assert_string_equal(over(w, h.reference), "its clock began anew");
}

static void
reminders_leave_on_working_days_until_the_clock_goes_on(void **state)
{
	struct testing_people people;
	struct work *w = testing_desk(&people);
	struct handle h = {SOUTHMERE, begin(w, &people), 0};
	struct ticket t;
	static const struct {
		const char *at;
		int letters;
		const char *status;
	} days[] = {
		{"2026-03-10T08:59:59Z", 0, "waiting"},
		{"2026-03-10T09:00:00Z", 1, "waiting"},
		{"2026-03-17T09:00:00Z", 2, "waiting"},
		{"2026-03-24T08:59:59Z", 2, "waiting"},
		{"2026-03-24T09:00:00Z", 2, "open"},
	};

	(void)state;
	assert_int_equal(handle_wait(w, &h, "customer", "Which side?", &t), DONE);
	for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
		testing_clock(w, days[i].at);
		escalate_due(w, 10);
		assert_int_equal(db_int(w->db, 0,
					 "select count(*) from event where kind ="
					 " 'reminded'"),
			days[i].letters);
		assert_int_equal(db_int(w->db, 0,
					 "select count(*) from outbox where body like"
					 " '%still need an answer%Which side%'"),
			days[i].letters);
		t = testing_ticket(w, h.reference);
		assert_string_equal(ticket_status_name(t.status), days[i].status);
		assert_true(promises_check(w, &t));
	}
	assert_string_equal(db_text(w->db, w->arena,
				    "select why from pause where clock = 'resolution'"),
		"chase");
}

static void
after_a_time_without_service_one_reminder_is_enough(void **state)
{
	struct testing_people people;
	struct work *w = testing_desk(&people);
	struct handle h = {SOUTHMERE, begin(w, &people), 0};
	struct ticket t;

	(void)state;
	assert_int_equal(handle_wait(w, &h, "customer", "Which side?", &t), DONE);
	testing_clock(w, "2026-03-20T12:00:00Z");
	escalate_due(w, 10);
	escalate_due(w, 10);
	assert_int_equal(
		db_int(w->db, 0, "select count(*) from event where kind = 'reminded'"),
		1);
}

/* Two nodes see at the same instant that something is due. */
struct node {
	const char *url;
	int64_t node, now;
	pthread_barrier_t *start;
	enum db_end end;
};

static void *
run_node(void *context)
{
	struct node *n = context;
	struct arena *a = arena_new();
	struct shelf *shelf = shelf_new();
	struct id_source ids = {.node = n->node};
	struct actor house = work_house_actor(SOUTHMERE);
	struct db *db = db_open(n->url, DB_WRITE);

	n->end = DB_AGAIN;
	pthread_barrier_wait(n->start);
	for (int try = 0; n->end == DB_AGAIN && try < 100; try++) {
		struct work w = {.arena = a,
			.db = db,
			.ids = &ids,
			.shelf = shelf,
			.actor = &house,
			.words = words_of("en"),
			.base = "https://desk.example.org",
			.now = n->now};

		db_begin(db);
		escalate_due(&w, 100);
		n->end = db_commit(db);
	}
	db_close(db);
	shelf_free(shelf);
	arena_free(a);
	return NULL;
}

static void
two_nodes_that_race_fire_each_step_once(void **state)
{
	const char *url = testing_db_url();
	struct db *db = db_open(url, DB_WRITE);
	struct testing_people people;
	struct work *w = testing_desk_in(db, &people);
	const char *reference = begin(w, &people);
	pthread_barrier_t start;
	pthread_t threads[NODES];
	struct node nodes[NODES];

	(void)state;
	for (int i = 1; i < 20; i++)
		testing_report(w, arena_printf(w->arena, "more-%d", i), "Another hole.");
	assert_int_equal(db_commit(db), DB_KEPT);
	testing_clock(w, "2026-03-05T09:00:00Z");
	pthread_barrier_init(&start, NULL, NODES);
	for (int i = 0; i < NODES; i++) {
		nodes[i] = (struct node){url, i + 1, w->now, &start, DB_AGAIN};
		assert_int_equal(
			pthread_create(&threads[i], NULL, run_node, &nodes[i]), 0);
	}
	for (int i = 0; i < NODES; i++) {
		pthread_join(threads[i], NULL);
		assert_int_equal(nodes[i].end, DB_KEPT);
	}
	pthread_barrier_destroy(&start);
	db_begin(db);
	assert_int_equal(db_int(db, 0,
				 "select count(*) from event where kind in ('escalated',"
				 " 'breached')"),
		20 * 5);
	assert_int_equal(db_int(db, 0, "select count(*) from escalation"), 20 * 5);
	assert_string_equal(fired(w, reference),
		"percent 75 late|offset -1800 late|percent 100 late|breach late|"
		"offset 3600 late");
	db_rollback(db);
	db_close(db);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_step_fires_at_its_instant_and_once),
		cmocka_unit_test(
			after_a_time_without_service_all_fire_once_in_order_and_late),
		cmocka_unit_test(an_escalation_leaves_open_pages_valid),
		cmocka_unit_test(nothing_fires_while_it_waits_or_when_it_is_done),
		cmocka_unit_test(
			a_shorter_target_fires_what_has_passed_late_and_nothing_twice),
		cmocka_unit_test(a_new_cycle_fires_anew),
		cmocka_unit_test(a_table_that_is_published_later_holds_for_what_runs),
		cmocka_unit_test(a_reply_meanwhile_does_not_keep_the_old_table),
		cmocka_unit_test(a_table_of_many_steps_loses_none),
		cmocka_unit_test(notices_wait_for_the_hours_of_whom_they_are_for),
		cmocka_unit_test(a_notice_is_over_with_what_it_is_about),
		cmocka_unit_test(
			notices_know_the_shifts_and_days_off_of_whom_they_are_for),
		cmocka_unit_test(reminders_leave_on_working_days_until_the_clock_goes_on),
		cmocka_unit_test(after_a_time_without_service_one_reminder_is_enough),
		cmocka_unit_test(two_nodes_that_race_fire_each_step_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
