/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "desk/handle.h"
#include "desk/promises.h"
#include "rule/table_shape.h"
#include "store/account.h"
#include "store/event.h"
#include "store/put_aside.h"
#include "store/rulebook.h"
#include "testing.h"
#include "testing_desk.h"
#include "testing_page.h"

#include <string.h>

static struct visit
act(struct work *w, const char *reference, const char *action, const char *form)
{
	return testing_post(w,
		arena_printf(w->arena, "/staff/tickets/%s/%s", reference, action),
		arena_printf(w->arena, "version=%lld&%s",
			(long long)testing_ticket(w, reference).version, form));
}

static struct visit
account(struct work *w, const char *reference, const char *kind)
{
	return testing_get(w,
		arena_printf(w->arena, "/staff/tickets/%s/clocks/%s", reference, kind));
}

static bool
answered_in_time(struct work *w, const char *reference)
{
	struct ticket t = testing_ticket(w, reference);
	struct promise_list list;

	promises_read(w, &t, &list);
	assert_string_equal(list.at[0].kind, "response");
	return list.at[0].met;
}

static void
a_clock_opens_to_its_account(void **state)
{
	struct testing_people people;
	struct work *w = testing_desk(&people);
	const char *reference = testing_report(w, "a", "A hole.");
	struct handle h = {SOUTHMERE, reference, 0, 0};
	struct ticket t;
	struct visit v;

	(void)state;
	testing_act_as(w, SOUTHMERE, people.leader);
	testing_clock(w, "2026-03-02T11:30:00Z");
	assert_int_equal(handle_reply(w, &h, "We are on it.", &t), DONE);
	v = account(w, reference, "response");
	assert_int_equal(v.end, DONE);
	testing_is_page(&v);
	assert_true(testing_says(&v, "4 hours"));
	assert_true(testing_says(&v, "Desk, version 1"));
	assert_true(testing_says(&v, "Row 3 of version 1 of the table decided"));
	assert_true(testing_says(&v, "Monday 2 March 2026, 9am to 11:30am"));
	assert_true(testing_says(&v, "2 hours 30 minutes of 4 hours"));
	assert_true(testing_says(&v, "The clock stops."));
	assert_true(testing_says(&v, "Correct a time"));
	assert_int_equal(account(w, reference, "update").end, MISSING);
	assert_int_equal(account(w, reference, "nonsense").end, MISSING);
	testing_act_as(w, SOUTHMERE, people.analyst);
	v = account(w, reference, "response");
	assert_false(testing_says(&v, "Correct a time"));
	testing_act_as(w, ICT_DESK, people.engineer);
	assert_int_equal(account(w, reference, "response").end, MISSING);
}

static void
a_promise_that_a_change_broke_is_told_apart(void **state)
{
	struct testing_people people;
	struct work *w = testing_desk(&people);
	struct table_row targets[] = {table_shape_blank(), table_shape_blank()};
	struct handle h = {.org = SOUTHMERE};
	struct ticket t;
	struct visit v;

	(void)state;
	targets[0].priority = 1;
	targets[0].resolution = 3600;
	targets[1].resolution = 8 * 3600;
	targets[0].calendar = targets[1].calendar = 1;
	rulebook_publish(w, SOUTHMERE, "target", targets, 2);
	h.reference = testing_report(w, "a", "A hole.");
	testing_act_as(w, SOUTHMERE, people.leader);
	testing_clock(w, "2026-03-02T12:00:00Z");
	assert_int_equal(handle_priority(w, &h, 1, "A bus route.", &t), DONE);
	v = account(w, h.reference, "resolution");
	testing_is_page(&v);
	assert_true(testing_says(&v, "It was not time that broke it."));
	assert_false(testing_says(&v, "Due by the longer target"));
	testing_clock(w, "2026-03-02T12:30:00Z");
	assert_int_equal(handle_priority(w, &h, 3, "It is not.", &t), DONE);
	v = account(w, h.reference, "resolution");
	testing_is_page(&v);
	assert_true(testing_says(&v, "It was not time that broke it."));
	assert_true(testing_says(&v, "Due by the longer target"));
	assert_true(testing_says(&v, "5pm on 2 March 2026"));
}

static void
a_pause_shows_why_by_whom_and_the_proof(void **state)
{
	struct testing_people people;
	struct work *w = testing_desk(&people);
	const char *reference = testing_report(w, "a", "A hole.");
	struct visit v;

	(void)state;
	testing_act_as(w, SOUTHMERE, people.leader);
	testing_clock(w, "2026-03-02T10:00:00Z");
	v = act(w, reference, "answer",
		"seen=2&do=wait&words=Which+side%3F&waits=customer"
		"&by_day=2026-03-04&by_time=10:00");
	assert_int_equal(v.status, 303);
	testing_clock(w, "2026-03-03T10:00:00Z");
	v = account(w, reference, "resolution");
	testing_is_page(&v);
	assert_true(testing_says(&v, "What proves it"));
	assert_true(testing_says(&v, "lee waits for the customer"));
	assert_true(testing_says(&v, "waited for the customer"));
	assert_true(testing_says(&v, "10am on 4 March 2026"));
	v = act(w, reference, "resume", "seen=4");
	assert_int_equal(v.status, 303);
	assert_int_equal(testing_ticket(w, reference).status, TICKET_OPEN);
}

static void
a_time_is_corrected_with_a_reason_and_the_page_says_so(void **state)
{
	struct testing_people people;
	struct work *w = testing_desk(&people);
	const char *reference = testing_report(w, "a", "A hole.");
	struct handle h = {SOUTHMERE, reference, 0, 0};
	struct ticket t;
	struct visit v;

	(void)state;
	testing_act_as(w, SOUTHMERE, people.leader);
	testing_clock(w, "2026-03-02T16:00:00Z");
	assert_int_equal(handle_reply(w, &h, "We are on it.", &t), DONE);
	assert_false(answered_in_time(w, reference));
	v = act(w, reference, "clocks/response",
		"seq=3&day=2026-03-02&time=12:00&reason=");
	assert_int_equal(v.status, 422);
	testing_is_page(&v);
	v = act(w, reference, "clocks/response",
		"seq=3&day=2026-03-02&time=12:00&reason=Sent+from+my+own+mailbox.");
	assert_int_equal(v.status, 303);
	assert_true(answered_in_time(w, reference));
	v = account(w, reference, "response");
	assert_true(testing_says(&v, "Recorded for 4pm on 2 March 2026; corrected by"
				     " lee: Sent from my own mailbox."));
	t = testing_ticket(w, reference);
	assert_true(promises_check(w, &t));
}

static void
a_call_is_logged_and_answers(void **state)
{
	struct testing_people people;
	struct work *w = testing_desk(&people);
	const char *reference = testing_report(w, "a", "A hole.");
	struct visit v;

	(void)state;
	testing_act_as(w, SOUTHMERE, people.leader);
	testing_clock(w, "2026-03-02T16:00:00Z");
	v = act(w, reference, "call", "call=&call_day=&call_time=&reason=");
	assert_int_equal(v.status, 422);
	testing_is_page(&v);
	v = act(w, reference, "call",
		"call=We+spoke.&call_day=2026-03-02&call_time=12:00&reason=");
	assert_int_equal(v.status, 422);
	v = act(w, reference, "call",
		"call=We+spoke.&call_day=2026-03-02&call_time=12:00&reason=Busy.");
	assert_int_equal(v.status, 303);
	assert_true(answered_in_time(w, reference));
}

static void
work_is_handed_back_with_a_reason(void **state)
{
	struct testing_people people;
	struct work *w = testing_desk(&people);
	const char *reference = testing_report(w, "a", "A hole.");
	struct handle h = {SOUTHMERE, reference, 0, 0};
	struct ticket t;
	struct visit v;

	(void)state;
	testing_act_as(w, SOUTHMERE, people.leader);
	assert_int_equal(handle_assign(w, &h, people.waste, 0, &t), DONE);
	testing_act_as(w, SOUTHMERE, people.binman);
	v = act(w, reference, "refuse", "refusal=");
	assert_int_equal(v.status, 422);
	testing_is_page(&v);
	v = act(w, reference, "refuse", "refusal=It+is+a+road.");
	assert_int_equal(v.status, 303);
	t = testing_ticket(w, reference);
	assert_int_equal(t.team, people.highways);
	assert_int_equal(t.handovers, 2);
	v = testing_get(w, arena_printf(w->arena, "/staff/tickets/%s", reference));
	testing_is_page(&v);
	assert_true(testing_says(&v, "ben handed it back from Waste to Highways"));
}

static void
a_reply_promises_news(void **state)
{
	struct testing_people people;
	struct work *w = testing_desk(&people);
	const char *reference = testing_report(w, "a", "A hole.");
	struct visit v;

	(void)state;
	testing_act_as(w, SOUTHMERE, people.analyst);
	v = act(w, reference, "answer",
		"seen=2&do=reply&words=We+look.&by_day=2026-03-01&by_time=17:00");
	assert_int_equal(v.status, 422);
	testing_is_page(&v);
	v = act(w, reference, "answer",
		"seen=2&do=reply&words=We+look.&by_day=2026-03-04&by_time=17:00");
	assert_int_equal(v.status, 303);
	v = testing_get(w, arena_printf(w->arena, "/staff/tickets/%s", reference));
	testing_is_page(&v);
	assert_true(testing_says(&v, "amy promised news by 5pm on 4 March 2026"));
	v = account(w, reference, "update");
	testing_is_page(&v);
	assert_true(testing_says(&v, "Real time, day and night"));
}

static void
a_day_is_declared_closed_for_named_requests(void **state)
{
	struct testing_people people;
	struct work *w = testing_desk(&people);
	const char *reference = testing_report(w, "a", "A hole.");
	struct promise_list list;
	struct ticket t;
	struct visit v;

	(void)state;
	account_grant(w, SOUTHMERE, people.binman, ROLE_SERVICE_OWNER);
	testing_act_as(w, SOUTHMERE, people.leader);
	testing_clock(w, "2026-03-04T10:00:00Z");
	v = testing_get(w, "/staff/closures");
	testing_is_page(&v);
	v = testing_post(w, "/staff/closures",
		arena_printf(w->arena,
			"calendar=1&date=2026-03-03&reason=Snow.&approver=%lld"
			"&references=%s+XXX",
			(long long)people.binman, reference));
	assert_int_equal(v.status, 422);
	testing_is_page(&v);
	assert_true(testing_says(&v, "XXX is not a request"));
	v = testing_post(w, "/staff/closures",
		arena_printf(w->arena,
			"calendar=1&date=2026-03-03&reason=Snow.&approver=%lld"
			"&references=%s",
			(long long)people.binman, reference));
	assert_int_equal(v.status, 303);
	t = testing_ticket(w, reference);
	promises_read(w, &t, &list);
	assert_string_equal(times_iso(w->arena, list.at[1].due), "2026-03-05T17:00:00Z");
	assert_true(promises_check(w, &t));
	v = account(w, reference, "resolution");
	testing_is_page(&v);
	assert_true(testing_says(&v, "lee declared 2026-03-03 closed, approved by ben, "
				     "who has been written to"));
	testing_act_as(w, SOUTHMERE, people.analyst);
	assert_int_equal(testing_get(w, "/staff/closures").end, DENIED);
}

static void
who_runs_the_desk_sees_whose_escalation_fails(void **state)
{
	struct testing_people people;
	struct work *w = testing_desk(&people);
	const char *reference = testing_report(w, "a", "A hole.");
	struct ticket t = testing_ticket(w, reference);
	struct visit v;

	(void)state;
	account_grant(w, SOUTHMERE, people.leader, ROLE_ADMINISTRATOR);
	testing_act_as(w, SOUTHMERE, people.leader);
	v = testing_get(w, "/admin");
	assert_false(testing_says(&v, "escalation fails"));
	kept_clock_arm_all(w, SOUTHMERE);
	assert_true(put_aside_add(w, SOUTHMERE, t.id));
	v = testing_get(w, "/admin");
	testing_is_page(&v);
	assert_true(testing_says(&v, "Tickets whose escalation fails"));
	assert_true(testing_says(&v, reference));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_clock_opens_to_its_account),
		cmocka_unit_test(a_promise_that_a_change_broke_is_told_apart),
		cmocka_unit_test(a_pause_shows_why_by_whom_and_the_proof),
		cmocka_unit_test(a_time_is_corrected_with_a_reason_and_the_page_says_so),
		cmocka_unit_test(a_call_is_logged_and_answers),
		cmocka_unit_test(work_is_handed_back_with_a_reason),
		cmocka_unit_test(a_reply_promises_news),
		cmocka_unit_test(a_day_is_declared_closed_for_named_requests),
		cmocka_unit_test(who_runs_the_desk_sees_whose_escalation_fails),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
