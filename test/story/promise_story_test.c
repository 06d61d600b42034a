/* SPDX-License-Identifier: AGPL-3.0-or-later */

/*
 * The rules of clock.md, sections 2 to 6, through the real desk: a customer writes, staff
 * do something, time passes. The cases and what they must show are the tables of that
 * document; times are local (June 2026, London).
 */

#include "desk/amend.h"
#include "desk/escalate.h"
#include "desk/explain.h"
#include "desk/facts.h"
#include "desk/handle.h"
#include "desk/intake.h"
#include "desk/promises.h"
#include "desk/recount.h"
#include "desk/refuse.h"
#include "desk/timeline.h"
#include "desk/undertake.h"
#include "desk/wait.h"
#include "store/account.h"
#include "store/calendar_row.h"
#include "store/kept_clock.h"
#include "store/pause.h"
#include "store/rulebook.h"
#include "store/shelf.h"
#include "testing.h"
#include "testing_desk.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { HOUR = 3600, SUMMER = 3600 };

static const char office[] =
	"zone=Europe/London week=1/32400-61200,2/32400-61200,3/32400-61200,"
	"4/32400-61200,5/32400-61200 closed=2026-05-25,2026-08-31";
static const char always[] =
	"zone=Europe/London week=1/0-86400,2/0-86400,3/0-86400,4/0-86400,5/0-86400,"
	"6/0-86400,7/0-86400";

/* One case: what is agreed, what happens, and how a clock then stands. */
struct story {
	const char *id;
	const char *clock; /* NULL: resolution; "team Highways" */
	int64_t target;	   /* seconds; of priority 3, for every clock of the customer */
	int64_t urgent;	   /* of priority 1; 0: the same */
	const char *events;
	const char *spent, *left; /* "7:30", "-2:00", "0:00:01" */
	const char *due;	  /* "2 17:00"; "-": none; NULL: not asked */
	const char *breach;
	const char *state; /* running, paused, met, missed, cancelled */
	enum table_mode mode;
	int64_t days;	/* instead of target: working days */
	int64_t reopen; /* working days of the service; 0: ten */
	bool no_pause;
	bool midnight;
};

struct stage {
	struct work *w;
	struct testing_people people;
	const char *reference;
	const struct story *story;
	int contacts;
};

static void
publish(struct work *w, const char *name, struct table_row *rows, int count)
{
	for (int i = 0; i < count; i++) {
		if (rows[i].priority == 0)
			rows[i].priority = TABLE_ANY;
		rows[i].impact = rows[i].urgency = TABLE_ANY;
		rows[i].vip = rows[i].vulnerable = TABLE_ANY;
		rows[i].calendar = 1;
	}
	rulebook_publish(w, SOUTHMERE, name, rows, count);
}

/* Team leg 4 h, supplier leg 8 h, as the table of section 6 has them. */
static void
agree(struct stage *s)
{
	const struct story *y = s->story;
	struct table_row target[] = {
		{.priority = 1,
			.response = y->urgent,
			.resolution = y->urgent,
			.mode = y->mode},
		{.response = y->target,
			.resolution = y->days ? y->days : y->target,
			.unit = y->days > 0 ? CLOCK_WORKING_DAYS : CLOCK_SECONDS,
			.no_pause = y->no_pause,
			.midnight = y->midnight},
	};
	struct table_row legs[] = {
		{.team = s->people.highways, .resolution = 4 * HOUR},
		{.team = s->people.waste, .resolution = 8 * HOUR},
	};

	if (y->urgent)
		publish(s->w, "target", target, 2);
	else
		publish(s->w, "target", target + 1, 1);
	publish(s->w, "leg", legs, 2);
	db_run(s->w->db, "update team set kind = 'supplier' where name = 'Waste'");
	if (y->reopen)
		db_run(s->w->db, "update service set reopen_days = $1", y->reopen);
}

/* "2 10:00" and "2 10:05:20" of June 2026, local. */
static int64_t
instant(const char *text, const char **end)
{
	int day, hour, minute, second = 0, n = 0, more = 0;
	struct date d = {2026, 6, 0};

	assert_int_equal(sscanf(text, "%d %d:%d%n", &day, &hour, &minute, &n), 3);
	if (text[n] == ':')
		assert_int_equal(sscanf(text + n, ":%d%n", &second, &more), 1);
	if (end)
		*end = text + n + more;
	d.day = day;
	return times_days(d) * TIMES_DAY + hour * HOUR + minute * 60 + second - SUMMER;
}

static void
customer_writes(struct stage *s, bool automatic)
{
	struct contact c = {
		.org = SOUTHMERE,
		.channel = CHANNEL_EMAIL,
		.key = arena_printf(s->w->arena, "contact-%d", s->contacts++),
		.reference = s->reference,
		.service = "HW-POTHOLE",
		.words = "It is deeper now.",
		.from = {.name = "Ann Fisher", .email = "ann@example.org"},
		.automatic = automatic,
	};
	struct receipt got;

	assert_int_equal(intake(s->w, &c, &got), DONE);
	assert_true(s->contacts == 1 || got.joined);
	s->reference = got.reference;
}

static void
move(struct stage *s, const struct handle *h, const char *team)
{
	int64_t id = strcmp(team, "Waste") == 0 ? s->people.waste : s->people.highways;
	struct ticket t;

	assert_int_equal(handle_assign(s->w, h, id, 0, &t), DONE);
}

static void
cancel(struct stage *s)
{
	struct event e = {.kind = "cancelled", .actor_kind = ACTOR_STAFF};
	struct ticket t = testing_ticket(s->w, s->reference);

	assert_int_equal(ticket_hold_for_house(s->w, t.org, t.id, &t), DONE);
	t.status = TICKET_CANCELLED;
	timeline_add(s->w, &t, &e);
	ticket_save(s->w, &t);
}

static void
recount(struct stage *s, const char *hours)
{
	struct recount_page p = {.org = SOUTHMERE, .calendar = 1, .limit = 10};
	struct recount_plan plan;

	assert_int_equal(calendar_row_save(s->w, SOUTHMERE, 1, "Desk", hours), DONE);
	for (recount_plan(s->w, &p, &plan); plan.looked > 0;
		recount_plan(s->w, &p, &plan)) {
		recount_write(s->w, &plan);
		p.after = plan.reached;
	}
}

static void
happen(struct stage *s, const char *what)
{
	struct handle h = {.org = SOUTHMERE, .reference = s->reference};
	struct work *w = s->w;
	struct ticket t;

	testing_act_as(w, SOUTHMERE, s->people.leader);
	if (strcmp(what, "message") == 0)
		customer_writes(s, false);
	else if (strcmp(what, "automatic") == 0)
		customer_writes(s, true);
	else if (strcmp(what, "reply") == 0)
		assert_int_equal(handle_reply(w, &h, "We are on it.", &t), DONE);
	else if (strcmp(what, "call") == 0)
		assert_int_equal(
			undertake_call(w, &h, &(struct call){.words = "We spoke."}, &t),
			DONE);
	else if (strcmp(what, "note") == 0)
		assert_int_equal(handle_note(w, &h, "Is it ours?", &t), DONE);
	else if (strcmp(what, "claim") == 0)
		assert_int_equal(handle_claim(w, &h, &t), DONE);
	else if (strcmp(what, "ask") == 0)
		assert_int_equal(handle_wait(w, &h, "customer", "Which side?", &t), DONE);
	else if (strcmp(what, "resume") == 0)
		assert_int_equal(wait_end(w, &h, "They rang.", &t), DONE);
	else if (strcmp(what, "resolve") == 0)
		assert_int_equal(handle_resolve(w, &h, "Filled.", &t), DONE);
	else if (strcmp(what, "reopen") == 0)
		assert_int_equal(handle_reopen(w, &h, "Not done.", &t), DONE);
	else if (strcmp(what, "urgent") == 0)
		assert_int_equal(handle_priority(w, &h, 1, "Danger.", &t), DONE);
	else if (strcmp(what, "usual") == 0)
		assert_int_equal(handle_priority(w, &h, 3, "None.", &t), DONE);
	else if (strcmp(what, "refuse") == 0)
		assert_int_equal(refuse(w, &h, "Not our road.", &t), DONE);
	else if (strncmp(what, "to ", 3) == 0)
		move(s, &h, what + 3);
	else if (strcmp(what, "cancel") == 0)
		cancel(s);
	else if (strcmp(what, "round the clock") == 0)
		recount(s, always);
	else if (strcmp(what, "timer") == 0)
		escalate_due(w, 100);
	else
		assert_string_equal(what, "nothing");
}

/* "2 10:00 message; 2 12:00 reply" */
static void
play(struct stage *s)
{
	char *events = arena_copy(s->w->arena, s->story->events);
	char *rest = events;

	for (char *one; (one = strsep(&rest, ";"));) {
		const char *what;

		s->w->now = instant(one + strspn(one, " "), &what);
		happen(s, what + strspn(what, " "));
	}
}

static int64_t
duration(const char *text)
{
	bool negative = *text == '-';
	int hours, minutes, seconds = 0;

	assert_true(sscanf(text + negative, "%d:%d:%d", &hours, &minutes, &seconds) >= 2);
	seconds += hours * HOUR + minutes * 60;
	return negative ? -seconds : seconds;
}

static void
expect_instant(const struct story *y, const char *name, const char *want, int64_t got)
{
	int64_t wanted = strcmp(want, "-") == 0 ? TIMES_NONE : instant(want, NULL);

	if (wanted != got)
		fail_msg("%s: %s should be %s, is %" PRId64 " and not %" PRId64, y->id,
			name, want, got, wanted);
}

static const struct promise *
clock_of(struct stage *s, struct promise_list *list)
{
	const struct story *y = s->story;
	const char *wanted = y->clock ? y->clock : "resolution";
	struct ticket t = testing_ticket(s->w, s->reference);

	promises_read(s->w, &t, list);
	for (int i = 0; i < list->count; i++) {
		const struct promise *p = &list->at[i];
		const char *name = p->subject ? arena_printf(s->w->arena, "%s %s",
							p->kind, p->team_name)
					      : p->kind;

		if (strcmp(name, wanted) == 0)
			return p;
	}
	fail_msg("%s: there is no clock %s", y->id, wanted);
	return NULL;
}

static void
expect_same(struct stage *s, const struct promise_state *a, const struct promise_state *b)
{
	struct promise_set x = {.count = 1}, y = {.count = 1};

	if (!a != !b)
		fail_msg("%s: one of two clocks is not there", s->story->id);
	if (!a)
		return;
	x.at = arena_alloc(s->w->arena, sizeof *x.at);
	y.at = arena_alloc(s->w->arena, sizeof *y.at);
	*x.at = *a;
	*y.at = *b;
	if (strcmp(kept_clock_fold(s->w->arena, &x), kept_clock_fold(s->w->arena, &y)) !=
		0)
		fail_msg("%s: another clock without pauses", s->story->id);
}

/* Without its pauses the resolution is the same, whether all events are folded or only
 * those that it depends on. */
static void
expect_unpaused(struct stage *s, const struct ticket *t)
{
	struct promise_set few = {.arena = s->w->arena}, all = {.arena = s->w->arena};
	struct event_list events;
	int kept = 0;

	event_read_facts(s->w, t->org, t->id, t->id, &events);
	for (int i = 0; i < events.count; i++)
		if (strcmp(events.at[i].kind, "waiting") != 0 &&
			strcmp(events.at[i].kind, "resumed") != 0)
			events.at[kept++] = events.at[i];
	promise_fold(&all, facts_of_all(s->w, t->org, events.at, kept), kept);
	promises_rebuild_unpaused(s->w, t, &few);
	expect_same(s, promise_set_find(&all, PROMISE_RESOLUTION, 0),
		promise_set_find(&few, PROMISE_RESOLUTION, 0));
}

static void
expect(struct stage *s)
{
	const struct story *y = s->story;
	struct promise_list list;
	const struct promise *p = clock_of(s, &list);
	struct ticket t = testing_ticket(s->w, s->reference);
	const char *state = p->state;
	struct explained x;

	if (strcmp(state, "stopped") == 0)
		state = p->met ? "met" : "missed";
	if (strcmp(state, y->state) != 0)
		fail_msg("%s: should be %s, is %s", y->id, y->state, state);
	if (y->spent && p->spent != duration(y->spent))
		fail_msg("%s: spent %" PRId64 " s", y->id, p->spent);
	if (y->left && p->left != duration(y->left))
		fail_msg("%s: left %" PRId64 " s", y->id, p->left);
	if (y->due)
		expect_instant(y, "due", y->due, p->due);
	if (y->breach)
		expect_instant(y, "breach", y->breach, p->breach);
	if (explain_clock(s->w, &t, p->kind, p->subject, &x) != DONE)
		fail_msg("%s: cannot be explained", y->id);
	if (x.lines[x.count - 1].line->spent != p->spent)
		fail_msg("%s: the account ends with %" PRId64 " s", y->id,
			x.lines[x.count - 1].line->spent);
	if (!promises_check(s->w, &t))
		fail_msg("%s: not what its events add up to", y->id);
	expect_unpaused(s, &t);
}

/* Each in the same council, as if the others had not been. */
static void
tell(const struct story *stories, size_t count)
{
	struct stage s = {.contacts = 0};

	s.w = testing_desk(&s.people);
	for (size_t i = 0; i < count; i++) {
		struct shelf *shelf = s.w->shelf;

		db_savepoint(s.w->db);
		s.w->shelf = shelf_new();
		s.story = &stories[i];
		s.contacts = 0;
		s.reference = NULL;
		s.w->now = instant("1 09:00", NULL);
		assert_int_equal(
			calendar_row_save(s.w, SOUTHMERE, 1, "Desk", office), DONE);
		testing_act_as(s.w, SOUTHMERE, s.people.leader);
		agree(&s);
		play(&s);
		expect(&s);
		assert_false(db_failed(s.w->db));
		db_savepoint_undo(s.w->db);
		shelf_tables_changed(s.w);
		shelf_free(s.w->shelf);
		s.w->shelf = shelf;
	}
}

#define TELL(stories) tell(stories, sizeof(stories) / sizeof *(stories))

static void
the_response_clock_is_met_by_a_persons_answer_alone(void **state)
{
	static const struct story stories[] = {
		{"Q1", "response", 4 * HOUR, 0,
			"2 10:00 message; 2 15:00 message; 3 09:30 reply", "7:30",
			"-3:30", "-", "2 14:00", "missed"},
		{"Q2", "response", 4 * HOUR, 0,
			"2 10:00 message; 2 12:00 reply; 2 15:00 message", "0:00", "4:00",
			"3 11:00", "-", "running"},
		{"a call meets it", "response", 4 * HOUR, 0,
			"2 10:00 message; 2 12:00 call", "2:00", "2:00", "-", "-", "met"},
		{"a note does not", "response", 4 * HOUR, 0,
			"2 10:00 message; 2 12:00 note", "2:00", "2:00", "2 14:00", "-",
			"running"},
		{"nor a status", "response", 4 * HOUR, 0,
			"2 10:00 message; 2 12:00 claim", "2:00", "2:00", "2 14:00", "-",
			"running"},
		{"nor moving it", "response", 4 * HOUR, 0,
			"2 10:00 message; 2 12:00 to Waste", "2:00", "2:00", "2 14:00",
			"-", "running"},
		{"an out-of-office message begins nothing", "response", 4 * HOUR, 0,
			"2 10:00 message; 2 12:00 reply; 2 15:00 automatic", "2:00",
			"2:00", "-", "-", "met"},
		{"a question is an answer", "response", 4 * HOUR, 0,
			"2 10:00 message; 2 11:00 ask; 2 12:00 nothing", "1:00", "3:00",
			"-", "-", "met"},
		{"it does not pause", "response", 4 * HOUR, 0,
			"2 10:00 message; 2 11:00 ask; 2 12:00 message; 2 13:00 ask",
			"1:00", "3:00", "-", "-", "met"},
		{"a new priority is the full target of the next", "response", 4 * HOUR,
			1 * HOUR,
			"2 10:00 message; 2 11:00 reply; 2 12:00 urgent; 2 13:00 message",
			"0:00", "1:00", "2 14:00", "-", "running"},
	};

	(void)state;
	TELL(stories);
}

static void
a_solution_in_time_is_met_and_a_second_too_late_is_not(void **state)
{
	static const struct story stories[] = {
		{"O2", NULL, 4 * HOUR, 0, "2 13:00 message; 2 17:00 resolve", "4:00",
			"0:00", "-", "-", "met"},
		{"O3", NULL, 4 * HOUR, 0, "2 13:00 message; 3 09:00:01 resolve",
			"4:00:01", "-0:00:01", "-", "2 17:00", "missed"},
		{"O4", NULL, 4 * HOUR, 0, "2 13:00 message; 2 20:00 resolve", "4:00",
			"0:00", "-", "-", "met"},
		{"O10", NULL, 4 * HOUR, 0, "2 10:00 message; 2 11:00 cancel", "1:00",
			"3:00", "-", "-", "cancelled"},
		{"L1", NULL, 16 * HOUR, 0, "2 10:00 message; 3 16:00 resolve", "14:00",
			"2:00", "-", "-", "met"},
		{"looking at it does not move the breach", NULL, 4 * HOUR, 0,
			"2 10:00 message; 4 12:00 nothing", "18:00", "-14:00", "-",
			"2 14:00", "running"},
	};

	(void)state;
	TELL(stories);
}

static void
time_in_which_the_customer_is_waited_for_does_not_count(void **state)
{
	static const struct story stories[] = {
		{"P1", NULL, 4 * HOUR, 0, "2 10:00 message; 2 11:00 ask; 2 14:00 message",
			"1:00", "3:00", "2 17:00", "-", "running"},
		{"P2", NULL, 4 * HOUR, 0, "2 15:00 message; 2 16:00 ask; 3 11:00 message",
			"1:00", "3:00", "3 14:00", "-", "running"},
		{"P3", NULL, 4 * HOUR, 0, "2 15:00 message; 2 18:00 ask; 3 08:00 message",
			"2:00", "2:00", "3 11:00", "-", "running"},
		{"P4", NULL, 8 * HOUR, 0,
			"2 09:00 message; 2 10:00 ask; 2 10:30 message; 2 16:00 ask;"
			"4 09:30 message",
			"6:30", "1:30", "4 11:00", "-", "running"},
		{"P5", NULL, 4 * HOUR, 0, "2 10:00 message; 2 11:30 ask", "1:30", "2:30",
			"-", "-", "paused"},
		{"P6", NULL, 4 * HOUR, 0,
			"2 10:00 message; 2 11:00 ask; 2 12:00 ask; 2 14:00 message",
			"1:00", "3:00", "2 17:00", "-", "running"},
		{"P7", NULL, 1 * HOUR, 0,
			"2 10:00 message; 2 10:05:10 ask; 2 10:05:20 message;"
			"2 10:05:40 ask; 2 10:35:40 message",
			"0:05:30", "0:54:30", "2 11:30:10", "-", "running"},
		{"P8", NULL, 8 * HOUR, 0, "5 10:00 message; 5 12:00 ask; 8 12:00 message",
			"2:00", "6:00", "9 10:00", "-", "running"},
		{"P9", NULL, 4 * HOUR, 0, "2 10:00 message; 2 11:00 ask; 2 11:00 message",
			"1:00", "3:00", "2 14:00", "-", "running"},
		{"O9", NULL, 4 * HOUR, 0, "2 10:00 message; 2 12:00 ask; 3 12:00 resolve",
			"2:00", "2:00", "-", "-", "met"},
		{"staff end it", NULL, 4 * HOUR, 0,
			"2 10:00 message; 2 11:00 ask; 2 14:00 resume", "1:00", "3:00",
			"2 17:00", "-", "running"},
		{"an out-of-office message does not end it", NULL, 4 * HOUR, 0,
			"2 10:00 message; 2 11:00 ask; 2 14:00 automatic", "1:00", "3:00",
			"-", "-", "paused"},
		{"a statutory clock does not wait", NULL, 4 * HOUR, 0,
			"2 10:00 message; 2 11:00 ask; 2 12:00 nothing", "2:00", "2:00",
			"2 14:00", "-", "running", .no_pause = true},
		{"nobody else stops it", NULL, 16 * HOUR, 0,
			"2 10:00 message; 2 12:00 to Waste; 3 14:00 to Highways", "12:00",
			"4:00", "4 10:00", "-", "running"},
		/* Asked on Tuesday 2 June with two reminders, five working days apart:
		 * Tuesday 9, Tuesday 16; it goes on on Tuesday 23 at 09:00. */
		{"the chase limit ends it", NULL, 8 * HOUR, 0,
			"2 10:00 message; 2 11:00 ask; 23 10:00 timer", "2:00", "6:00",
			"23 16:00", "-", "running"},
		{"whenever the timer runs", NULL, 8 * HOUR, 0,
			"2 10:00 message; 2 11:00 ask; 23 15:00 timer", "7:00", "1:00",
			"23 16:00", "-", "running"},
		{"even if it never does", NULL, 8 * HOUR, 0,
			"2 10:00 message; 2 11:00 ask; 24 15:00 message", "15:00",
			"-7:00", "-", "23 16:00", "running"},
		{"and not before", NULL, 8 * HOUR, 0,
			"2 10:00 message; 2 11:00 ask; 23 08:59:59 timer", "1:00", "7:00",
			"-", "-", "paused"},
	};

	(void)state;
	TELL(stories);
}

static void
working_days_count_dates(void **state)
{
	static const struct story stories[] = {
		{"no pause", NULL, 0, 0, "2 10:00 message", NULL, NULL, "9 17:00", "-",
			"running", .days = 5},
		{"a pause within a day", NULL, 0, 0,
			"2 10:00 message; 4 10:00 ask; 4 15:00 message", NULL, NULL,
			"9 17:00", "-", "running", .days = 5},
		{"a pause over a closing", NULL, 0, 0,
			"2 10:00 message; 4 10:00 ask; 5 12:00 message", NULL, NULL,
			"10 17:00", "-", "running", .days = 5},
		{"a long pause", NULL, 0, 0,
			"2 10:00 message; 4 10:00 ask; 15 12:00 message", NULL, NULL,
			"18 17:00", "-", "running", .days = 5},
		{"received in the evening", NULL, 0, 0, "2 20:00 message", NULL, NULL,
			"9 17:00", "-", "running", .days = 5},
		{"received on Saturday", NULL, 0, 0, "6 12:00 message", NULL, NULL,
			"8 17:00", "-", "running", .days = 1},
		{"until midnight, for a statutory target", NULL, 0, 0,
			"2 10:00 message; 9 18:00 resolve", NULL, NULL, "-", "-", "met",
			.days = 5, .midnight = true},
		{"but not at midnight", NULL, 0, 0, "2 10:00 message; 10 00:00 resolve",
			NULL, NULL, "-", "10 00:00", "missed", .days = 5,
			.midnight = true},
		{"until closing else", NULL, 0, 0, "2 10:00 message; 9 18:00 resolve",
			NULL, NULL, "-", "9 17:00", "missed", .days = 5},
	};

	(void)state;
	TELL(stories);
}

static void
a_new_priority_brings_its_target_in_the_mode_of_its_row(void **state)
{
	static const struct story stories[] = {
		{"R1", NULL, 16 * HOUR, 4 * HOUR, "2 09:00 message; 2 12:00 urgent",
			"3:00", "1:00", "2 13:00", "-", "running"},
		{"R2", NULL, 16 * HOUR, 4 * HOUR,
			"2 09:00 message; 2 10:00 ask; 2 11:00 message; 2 12:00 urgent",
			"2:00", "2:00", "2 14:00", "-", "running"},
		{"R3", NULL, 16 * HOUR, 4 * HOUR, "2 09:00 message; 2 15:00 urgent",
			"6:00", "-2:00", "-", "2 15:00", "running"},
		{"R4", NULL, 16 * HOUR, 4 * HOUR,
			"2 09:00 message; 2 12:00 ask; 2 13:00 urgent; 2 15:00 message",
			"3:00", "1:00", "2 16:00", "-", "running"},
		{"R5", NULL, 4 * HOUR, 16 * HOUR, "2 09:00 message; 2 15:00 urgent",
			"6:00", "10:00", "-", "2 13:00", "running"},
		{"R6", NULL, 4 * HOUR, 3 * HOUR, "2 09:00 message; 2 12:00 urgent",
			"3:00", "0:00", "2 12:00", "-", "running"},
		{"R7", NULL, 16 * HOUR, 4 * HOUR,
			"2 09:00 message; 2 15:00 ask; 2 15:30 urgent", "6:00", "-2:00",
			"-", "2 15:30", "paused"},
		{"R8", NULL, 16 * HOUR, 4 * HOUR,
			"2 09:00 message; 2 10:00 ask; 2 11:00 message; 2 12:00 urgent",
			"3:00", "1:00", "2 13:00", "-", "running",
			.mode = TABLE_FROM_START},
		{"R9", NULL, 16 * HOUR, 4 * HOUR, "2 09:00 message; 2 15:00 urgent",
			"0:00", "4:00", "3 11:00", "-", "running", .mode = TABLE_RESTART},
	};

	(void)state;
	TELL(stories);
}

static void
a_new_calendar_counts_from_when_it_is_applied(void **state)
{
	static const struct story stories[] = {
		{"K1", NULL, 4 * HOUR, 0, "5 14:00 message; 5 16:00 round the clock",
			"2:00", "2:00", "5 18:00", "-", "running"},
		{"K2", NULL, 8 * HOUR, 0,
			"5 14:00 message; 5 15:00 ask; 6 10:00 round the clock;"
			"6 12:00 message",
			"1:00", "7:00", "6 19:00", "-", "running"},
		{"what is over stays", NULL, 4 * HOUR, 0,
			"5 14:00 message; 5 16:00 resolve; 6 10:00 round the clock",
			"2:00", "2:00", "-", "-", "met"},
	};

	(void)state;
	TELL(stories);
}

static void
what_is_reopened_goes_on_or_begins_anew(void **state)
{
	static const struct story stories[] = {
		{"O1", NULL, 8 * HOUR, 0,
			"2 09:00 message; 2 14:00 resolve; 4 09:00 message", "5:00",
			"3:00", "4 12:00", "-", "running"},
		{"O5", NULL, 4 * HOUR, 0,
			"2 13:00 message; 2 17:00 resolve; 3 08:00 message", "4:00",
			"0:00", "3 09:00", "-", "running"},
		{"O6", NULL, 4 * HOUR, 0,
			"2 13:00 message; 2 17:00 resolve; 3 08:00 message;"
			"3 09:10 resolve",
			"4:10", "-0:10", "-", "3 09:00", "missed"},
		{"O7", NULL, 8 * HOUR, 0,
			"2 09:00 message; 2 14:00 resolve; 4 09:00 message", "0:00",
			"8:00", "4 17:00", "-", "running", .reopen = 1},
		{"O8", NULL, 4 * HOUR, 0,
			"2 09:00 message; 2 15:00 resolve; 3 09:00 reopen;"
			"3 09:30 resolve",
			"6:30", "-2:30", "-", "2 13:00", "missed"},
		{"within the days of the service", NULL, 8 * HOUR, 0,
			"2 09:00 message; 2 14:00 resolve; 3 23:59 message", "5:00",
			"3:00", "4 12:00", "-", "running", .reopen = 1},
		{"not by a machine", NULL, 8 * HOUR, 0,
			"2 09:00 message; 2 14:00 resolve; 4 09:00 automatic", "5:00",
			"3:00", "-", "-", "met"},
	};

	(void)state;
	TELL(stories);
}

static void
legs_run_from_hand_over_to_hand_back(void **state)
{
	static const struct story stories[] = {
		{"L2", "team Highways", 16 * HOUR, 0,
			"2 10:00 message; 2 12:00 to Waste; 3 14:00 to Highways;"
			"3 16:00 resolve",
			"4:00", "0:00", "-", "-", "met"},
		{"L3", "supplier Waste", 16 * HOUR, 0,
			"2 10:00 message; 2 12:00 to Waste; 3 14:00 to Highways;"
			"3 16:00 resolve",
			"10:00", "-2:00", "-", "3 12:00", "missed"},
		{"L1 beside them", NULL, 16 * HOUR, 0,
			"2 10:00 message; 2 12:00 to Waste; 3 14:00 to Highways;"
			"3 16:00 resolve",
			"14:00", "2:00", "-", "-", "met"},
		{"refusing is handing back", "supplier Waste", 16 * HOUR, 0,
			"2 10:00 message; 2 12:00 to Waste; 2 15:00 refuse", "3:00",
			"5:00", "-", "-", "met"},
		{"and the team goes on", "team Highways", 16 * HOUR, 0,
			"2 10:00 message; 2 12:00 to Waste; 2 15:00 refuse;"
			"2 16:00 nothing",
			"3:00", "1:00", "2 17:00", "-", "running"},
		{"nobody need accept", "supplier Waste", 16 * HOUR, 0,
			"2 10:00 message; 2 12:00 to Waste; 3 12:00 nothing", "8:00",
			"0:00", "3 12:00", "-", "running"},
		{"a leg waits for the customer too", "team Highways", 16 * HOUR, 0,
			"2 10:00 message; 2 11:00 ask; 2 14:00 message", "1:00", "3:00",
			"2 17:00", "-", "running"},
		{"also one that is handed over meanwhile", "supplier Waste", 16 * HOUR, 0,
			"2 10:00 message; 2 11:00 ask; 2 12:00 to Waste; 2 14:00 message",
			"0:00", "8:00", "3 14:00", "-", "running"},
		{"a solution ends them", "team Highways", 16 * HOUR, 0,
			"2 10:00 message; 2 12:00 resolve", "2:00", "2:00", "-", "-",
			"met"},
		{"reopening wakes who has it", "supplier Waste", 16 * HOUR, 0,
			"2 10:00 message; 2 12:00 to Waste; 2 14:00 resolve;"
			"3 10:00 reopen",
			"2:00", "6:00", "3 16:00", "-", "running"},
		{"and nobody else", "team Highways", 16 * HOUR, 0,
			"2 10:00 message; 2 12:00 to Waste; 2 14:00 resolve;"
			"3 10:00 reopen",
			"2:00", "2:00", "-", "-", "met"},
	};

	(void)state;
	TELL(stories);
}

/* The ticket of a desk that has just been opened, received on Tuesday 2 June at 10:00. */
static struct stage
one_ticket(const struct story *story)
{
	struct stage s = {.story = story};

	s.w = testing_desk(&s.people);
	s.w->now = instant("1 09:00", NULL);
	assert_int_equal(calendar_row_save(s.w, SOUTHMERE, 1, "Desk", office), DONE);
	testing_act_as(s.w, SOUTHMERE, s.people.leader);
	agree(&s);
	play(&s);
	return s;
}

static void
an_amendment_counts_and_both_times_are_kept(void **state)
{
	static const struct story story = {"a call logged late", "response", 4 * HOUR, 0,
		"2 10:00 message; 2 16:00 call", "2:00", "2:00", "-", "-", "met"};
	struct stage s = one_ticket(&story);
	struct handle h = {.org = SOUTHMERE, .reference = s.reference};
	struct amendment a = {.at = instant("2 12:00", NULL), .reason = "Logged late."};
	struct ticket t = testing_ticket(s.w, s.reference);
	struct event_list events;

	(void)state;
	a.seq = t.events;
	assert_int_equal(amend_event(s.w, &h, &a, &t), DONE);
	expect(&s);
	event_read(s.w, &t, EVENT_FOR_HOUSE, 0, 2, &events);
	assert_int_equal(events.at[0].at, instant("2 16:00", NULL));
	assert_string_equal(
		pairs_get(&events.at[1].data, "response.before"), "21600/14400 missed");
	assert_string_equal(
		pairs_get(&events.at[1].data, "response.after"), "7200/14400 met");
	assert_string_equal(events.at[1].body, "Logged late.");
}

static void
an_amendment_needs_a_reason_a_right_and_a_time_that_was(void **state)
{
	static const struct story story = {
		.id = "", .target = 4 * HOUR, .events = "2 10:00 message; 2 16:00 call"};
	struct stage s = one_ticket(&story);
	struct handle h = {.org = SOUTHMERE, .reference = s.reference};
	struct ticket t = testing_ticket(s.w, s.reference);
	struct amendment a = {t.events, instant("2 12:00", NULL), "Logged late."};
	struct amendment future = a, before = a, silent = a;

	(void)state;
	future.at = s.w->now + 1;
	before.at = instant("2 09:59:59", NULL);
	silent.reason = " ";
	assert_int_equal(amend_event(s.w, &h, &future, &t), INVALID);
	assert_int_equal(amend_event(s.w, &h, &before, &t), INVALID);
	assert_int_equal(amend_event(s.w, &h, &silent, &t), INVALID);
	testing_act_as(s.w, SOUTHMERE, s.people.analyst);
	assert_int_equal(amend_event(s.w, &h, &a, &t), DENIED);
	assert_int_equal(undertake_call(s.w, &h,
				 &(struct call){"We spoke.", instant("2 12:00", NULL),
					 "Logged late."},
				 &t),
		DENIED);
}

/* Once, with what they are said to have approved; and the ticket keeps who it was. */
static void
approver_was_told(struct stage *s)
{
	struct ticket t = testing_ticket(s->w, s->reference);
	const char *name = db_text(s->w->db, s->w->arena,
		"select name from person where id = $1", s->people.binman);
	const char *letter = db_text(s->w->db, s->w->arena,
		"select l.body from outbox l join account a on a.email = l.recipient"
		" where a.person = $1 and l.ticket = 0",
		s->people.binman);
	struct event e;

	assert_non_null(letter);
	assert_non_null(strstr(letter, s->reference));
	assert_non_null(strstr(letter, "Snow."));
	assert_int_equal(event_last(s->w, &t, "calendar", &e), DONE);
	assert_string_equal(pairs_get(&e.data, "approved_by"), name);
	assert_string_equal(pairs_get(&e.data, "told"), name);
}

/* Wednesday 3 June was a snow day after all: 16 hours from Tuesday 10:00 were due on
 * Thursday at 10:00, and are on Friday. */
static void
a_closure_in_the_past_is_applied_to_named_tickets(void **state)
{
	static const struct story story = {"snow", NULL, 16 * HOUR, 0,
		"2 10:00 message; 4 12:00 nothing", "10:00", "6:00", "5 10:00", "-",
		"running"};
	struct stage s = one_ticket(&story);
	const char *references[] = {s.reference};
	struct closure c = {
		.org = SOUTHMERE,
		.calendar = 1,
		.date = {2026, 6, 3},
		.reason = "Snow.",
		.references = references,
		.count = 1,
	};

	(void)state;
	testing_act_as(s.w, SOUTHMERE, s.people.leader);
	c.approver = s.people.leader;
	assert_int_equal(amend_closure(s.w, &c), INVALID);
	c.approver = s.people.analyst;
	assert_int_equal(amend_closure(s.w, &c), INVALID);
	account_grant(s.w, SOUTHMERE, s.people.binman, ROLE_SERVICE_OWNER);
	c.approver = s.people.binman;
	assert_int_equal(amend_closure(s.w, &c), DONE);
	expect(&s);
	approver_was_told(&s);
}

static void
news_are_owed_until_somebody_writes(void **state)
{
	static const struct story story = {"late", "update", 4 * HOUR, 0,
		"2 10:00 message; 2 11:00 nothing", "31:30", "-1:30", "-", "3 17:00",
		"missed"};
	struct stage s = one_ticket(&story);
	struct handle h = {.org = SOUTHMERE, .reference = s.reference};
	struct ticket t;

	(void)state;
	testing_act_as(s.w, SOUTHMERE, s.people.leader);
	/* "Within a working day" is the closing of Wednesday. */
	assert_int_equal(
		undertake_within(s.w, SOUTHMERE, 1, 0), instant("3 17:00", NULL));
	assert_int_equal(undertake_promise(s.w, &h, instant("3 17:00", NULL), &t), DONE);
	/* A promise does not put off another. */
	assert_int_equal(
		undertake_promise(s.w, &h, instant("4 17:00", NULL), &t), INVALID);
	assert_int_equal(handle_note(s.w, &h, "Not yet.", &t), DONE);
	s.w->now = instant("3 18:30", NULL);
	assert_int_equal(handle_reply(s.w, &h, "It will be Friday.", &t), DONE);
	expect(&s);
}

static void
a_reply_may_promise_the_next_one(void **state)
{
	static const struct story story = {"again", "update", 4 * HOUR, 0,
		"2 10:00 message; 2 11:00 nothing", "0:00", "24:00", "4 12:00", "-",
		"running"};
	struct stage s = one_ticket(&story);
	struct handle h = {.org = SOUTHMERE, .reference = s.reference};
	struct ticket t;

	(void)state;
	testing_act_as(s.w, SOUTHMERE, s.people.leader);
	h.by = instant("3 17:00", NULL);
	assert_int_equal(handle_reply(s.w, &h, "We are looking.", &t), DONE);
	assert_int_equal(db_int(s.w->db, 0,
				 "select count(*) from outbox where body like"
				 " '%tell you more by%'"),
		1);
	s.w->now = instant("3 12:00", NULL);
	h.by = instant("4 12:00", NULL);
	assert_int_equal(handle_reply(s.w, &h, "Still looking.", &t), DONE);
	expect(&s);
}

static void
the_ledger_keeps_each_pause(void **state)
{
	static const struct story story = {"nine tenths", NULL, 10 * HOUR, 0,
		"2 09:00 message; 3 10:00 ask; 3 12:00 message", "9:00", "1:00",
		"3 13:00", "-", "running"};
	struct stage s = one_ticket(&story);
	struct ticket t = testing_ticket(s.w, s.reference);
	struct pause_list pauses;

	(void)state;
	expect(&s);
	pause_read(s.w, &t, &pauses);
	assert_int_equal(pauses.count, 2); /* that of the team too */
	assert_string_equal(pauses.at[1].clock, "team");
	assert_string_equal(pauses.at[0].clock, "resolution");
	assert_string_equal(pauses.at[0].reason, "customer");
	assert_string_equal(pauses.at[0].why, "message");
	assert_int_equal(pauses.at[0].person, s.people.leader);
	assert_int_equal(pauses.at[0].team, s.people.highways);
	assert_int_equal(pauses.at[0].began, instant("3 10:00", NULL));
	assert_int_equal(pauses.at[0].ended, instant("3 12:00", NULL));
	assert_int_equal(pauses.at[0].spent, 9 * HOUR);
	assert_true(pauses.at[0].late);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_response_clock_is_met_by_a_persons_answer_alone),
		cmocka_unit_test(a_solution_in_time_is_met_and_a_second_too_late_is_not),
		cmocka_unit_test(time_in_which_the_customer_is_waited_for_does_not_count),
		cmocka_unit_test(working_days_count_dates),
		cmocka_unit_test(a_new_priority_brings_its_target_in_the_mode_of_its_row),
		cmocka_unit_test(a_new_calendar_counts_from_when_it_is_applied),
		cmocka_unit_test(what_is_reopened_goes_on_or_begins_anew),
		cmocka_unit_test(legs_run_from_hand_over_to_hand_back),
		cmocka_unit_test(an_amendment_counts_and_both_times_are_kept),
		cmocka_unit_test(an_amendment_needs_a_reason_a_right_and_a_time_that_was),
		cmocka_unit_test(a_closure_in_the_past_is_applied_to_named_tickets),
		cmocka_unit_test(news_are_owed_until_somebody_writes),
		cmocka_unit_test(a_reply_may_promise_the_next_one),
		cmocka_unit_test(the_ledger_keeps_each_pause),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
