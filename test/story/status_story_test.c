/* SPDX-License-Identifier: AGPL-3.0-or-later */

/* Which status may follow which is the organisation's table, whoever asks: a page, the
 * API, a job, the customer. */

#include "desk/escalate.h"
#include "desk/handle.h"
#include "desk/intake.h"
#include "desk/status.h"
#include "desk/undertake.h"
#include "desk/wishes.h"
#include "rule/table_shape.h"
#include "store/account.h"
#include "store/rulebook.h"
#include "testing.h"
#include "testing_desk.h"
#include "testing_page.h"

#include <string.h>

static struct table_row
row(const char *from, const char *to)
{
	struct table_row r = table_shape_blank();

	r.from_status = from;
	r.to_status = to;
	return r;
}

static void
publish(struct work *w, const struct table_row *rows, int count)
{
	rulebook_publish(w, SOUTHMERE, "status", rows, count);
}

static struct handle
on(const char *reference)
{
	return (struct handle){.org = SOUTHMERE, .reference = reference};
}

static const struct problem *
refused(const struct work *w)
{
	for (int i = 0; i < w->problems.count; i++)
		if (strcmp(w->problems.at[i].field, "status") == 0)
			return &w->problems.at[i];
	return NULL;
}

/* Only: new to open, open to waiting, resolved to closed, new to resolved. */
static struct work *
strict_desk(struct testing_people *people)
{
	struct work *w = testing_desk(people);
	const struct table_row rows[] = {row("new", "open"), row("open", "waiting"),
		row("resolved", "closed"), row("new", "resolved")};

	publish(w, rows, 4);
	return w;
}

static void
every_verb_asks_the_table_and_says_what_is_allowed(void **state)
{
	struct testing_people people;
	struct work *w = strict_desk(&people);
	const char *reference = testing_report(w, "a", "A hole.");
	struct handle h = on(reference);
	struct ticket t;

	(void)state;
	testing_act_as(w, SOUTHMERE, people.leader);
	assert_int_equal(handle_wait(w, &h, "customer", "Which end?", &t), INVALID);
	assert_string_equal(refused(w)->key, "problem.status.refused");
	assert_string_equal(refused(w)->detail, "Open, Resolved");
	w->problems.count = 0;
	assert_int_equal(handle_claim(w, &h, &t), DONE);
	assert_int_equal(handle_resolve(w, &h, "Filled.", &t), INVALID);
	assert_string_equal(refused(w)->detail, "Waiting");
	assert_int_equal(testing_ticket(w, reference).status, TICKET_OPEN);
	w->problems.count = 0;
	assert_int_equal(handle_cancel(w, &h, "Not ours.", &t), INVALID);
	assert_int_equal(handle_wait(w, &h, "customer", "Which end?", &t), DONE);
}

static void
a_first_answer_or_call_also_asks(void **state)
{
	struct testing_people people;
	struct work *w = testing_desk(&people);
	const struct table_row rows[] = {row("new", "cancelled")};
	const struct handle h = on(testing_report(w, "a", "A hole."));
	const struct call call = {.words = "Rang her."};
	struct ticket t;

	(void)state;
	publish(w, rows, 1);
	testing_act_as(w, SOUTHMERE, people.leader);
	assert_int_equal(handle_reply(w, &h, "We are on it.", &t), INVALID);
	assert_int_equal(undertake_call(w, &h, &call, &t), INVALID);
	assert_int_equal(handle_claim(w, &h, &t), INVALID);
	assert_int_equal(
		handle_assign(w, &h, people.highways, people.analyst, &t), INVALID);
	assert_string_equal(refused(w)->detail, "Cancelled");
}

static void
a_wait_ends_by_itself_whatever_the_table_says(void **state)
{
	struct testing_people people;
	struct work *w = testing_desk(&people);
	const struct table_row rows[] = {row("new", "waiting")};
	const char *reference = testing_report(w, "a", "A hole.");
	struct handle h = on(reference);
	struct ticket t;

	(void)state;
	publish(w, rows, 1);
	testing_act_as(w, SOUTHMERE, people.leader);
	h.by = w->now + 86400;
	assert_int_equal(handle_wait(w, &h, "customer", "Which end?", &t), DONE);
	testing_clock(w, "2026-03-04T12:00:00Z");
	assert_int_equal(escalate_ticket(w, SOUTHMERE, t.id), DONE);
	assert_int_equal(testing_ticket(w, reference).status, TICKET_OPEN);
	assert_string_equal(testing_ticket(w, reference).waiting_for, "");
}

static struct contact
message(const char *reference, const char *key)
{
	return (struct contact){
		.org = SOUTHMERE,
		.channel = CHANNEL_EMAIL,
		.key = key,
		.reference = reference,
		.service = "HW-POTHOLE",
		.words = "It sank again.",
		.from = {.name = "Ann Fisher", .email = "ann@example.org"},
	};
}

static void
what_stays_closed_makes_a_new_ticket_of_the_next_message(void **state)
{
	struct testing_people people;
	struct work *w = strict_desk(&people);
	const char *reference = testing_report(w, "a", "A hole.");
	struct handle h = on(reference);
	struct contact again = message(reference, "again");
	struct contact machine = message(reference, "machine");
	const struct wish wish = {.org = SOUTHMERE,
		.ticket = testing_ticket(w, reference).id,
		.key = "theirs",
		.status = "reopen",
		.words = "Not done.",
		.name = ""};
	struct receipt got;
	struct ticket t;

	(void)state;
	testing_act_as(w, SOUTHMERE, people.leader);
	assert_int_equal(handle_resolve(w, &h, "Filled.", &t), DONE);
	assert_int_equal(handle_close(w, &h, "", &t), DONE);
	assert_int_equal(t.closed, w->now);
	assert_int_equal(handle_reopen(w, &h, "It sank", &t), INVALID);
	assert_int_equal(wishes_apply(w, &wish, &t), DONE);
	assert_int_equal(t.status, TICKET_CLOSED);
	assert_int_equal(intake(w, &again, &got), DONE);
	assert_false(got.joined);
	assert_string_not_equal(got.reference, reference);
	machine.automatic = true;
	assert_int_equal(intake(w, &machine, &got), DONE);
	assert_true(got.joined);
	assert_int_equal(testing_ticket(w, reference).status, TICKET_CLOSED);
}

static void
a_row_asks_for_a_right_and_for_what_must_be_there(void **state)
{
	struct testing_people people;
	struct work *w = testing_desk(&people);
	struct table_row rows[] = {
		row("new", "open"), row("open", "resolved"), row("new", "cancelled")};
	const char *reference = testing_report(w, "a", "A hole.");
	struct handle h = on(reference);
	struct ticket t;

	(void)state;
	rows[0].demands = TABLE_DEMANDS_PLACE;
	rows[1].needs_right = "priority";
	rows[2].needs_right = "admin";
	publish(w, rows, 3);
	testing_act_as(w, SOUTHMERE, people.leader);
	assert_int_equal(handle_cancel(w, &h, "Twice.", &t), INVALID);
	assert_string_equal(refused(w)->key, "problem.status.right");
	assert_string_equal(refused(w)->detail, "Open");
	w->problems.count = 0;
	assert_int_equal(handle_claim(w, &h, &t), INVALID);
	assert_string_equal(refused(w)->key, "problem.status.demands");
	assert_string_equal(refused(w)->detail, "a place");
	w->problems.count = 0;
	db_run(w->db, "update ticket set place = 'Mill Lane'");
	assert_int_equal(handle_claim(w, &h, &t), DONE);
	assert_int_equal(handle_resolve(w, &h, "Filled.", &t), DONE);
}

static void
rows_may_be_about_a_kind_or_a_category(void **state)
{
	struct testing_people people;
	struct work *w = testing_desk(&people);
	struct table_row rows[] = {row("new", "open"), row(NULL, NULL)};
	struct ticket t;
	struct handle h;

	(void)state;
	rows[0].refused = true;
	rows[0].category = db_text(w->db, w->arena,
		"select category from service where org = 1 and code = 'HW-POTHOLE'");
	publish(w, rows, 2);
	h = on(testing_report(w, "a", "A hole."));
	testing_act_as(w, SOUTHMERE, people.leader);
	assert_int_equal(handle_claim(w, &h, &t), INVALID);
	rows[0].category = NULL;
	rows[0].kind = "complaint";
	publish(w, rows, 2);
	w->problems.count = 0;
	assert_int_equal(handle_claim(w, &h, &t), DONE);
}

static void
a_cancelled_ticket_is_neither_kept_nor_broken_and_its_customer_told(void **state)
{
	struct testing_people people;
	struct work *w = testing_desk(&people);
	const char *reference = testing_report(w, "a", "A hole.");
	struct handle h = on(reference);
	struct ticket t;

	(void)state;
	testing_act_as(w, SOUTHMERE, people.leader);
	assert_int_equal(handle_cancel(w, &h, " ", &t), INVALID);
	w->problems.count = 0;
	assert_int_equal(handle_cancel(w, &h, "It is a private road.", &t), DONE);
	assert_int_equal(
		db_int(w->db, -1, "select count(*) from ticket where ticking = 1"), 0);
	assert_int_equal(db_int(w->db, -1,
				 "select count(*) from outbox where body like"
				 " '%private road%'"),
		1);
	assert_int_equal(handle_cancel(w, &h, "Again.", &t), CONFLICT);
}

static void
the_page_offers_what_is_allowed_and_nothing_else(void **state)
{
	struct testing_people people;
	struct work *w = strict_desk(&people);
	const char *reference = testing_report(w, "a", "A hole.");
	const char *address = arena_printf(w->arena, "/staff/tickets/%s", reference);
	struct handle h = on(reference);
	struct ticket t;
	struct visit v;

	(void)state;
	testing_act_as(w, SOUTHMERE, people.leader);
	v = testing_get(w, address);
	testing_is_page(&v);
	assert_non_null(strstr(v.body, "value=\"resolve\""));
	assert_null(strstr(v.body, "value=\"wait\""));
	assert_null(strstr(v.body, "/cancel"));
	assert_int_equal(handle_resolve(w, &h, "Filled.", &t), DONE);
	v = testing_get(w, address);
	assert_non_null(strstr(v.body, "/close"));
	assert_null(strstr(v.body, "/reopen"));
	v = testing_post(w, arena_printf(w->arena, "%s/reopen", address),
		arena_printf(w->arena, "version=%lld&reason=Sunk", (long long)t.version));
	assert_int_equal(v.status, 422);
	testing_is_page(&v);
	assert_true(testing_says(&v,
		"The rules do not allow this change of status. Allowed from here: "
		"Closed"));
}

static void
the_table_is_edited_like_the_others(void **state)
{
	struct testing_people people;
	struct work *w = testing_desk(&people);
	struct visit v;

	(void)state;
	account_grant(w, SOUTHMERE, people.leader, ROLE_ADMINISTRATOR);
	testing_act_as(w, SOUTHMERE, people.leader);
	v = testing_get(w, "/admin/rules/status");
	testing_is_page(&v);
	assert_true(testing_says(&v, "it is Resolved and it is to become Closed"));
	assert_int_equal(testing_post(w, "/admin/rules/status/draft", "").status, 303);
	v = testing_get(w, "/admin/rules/status/draft/rows/new");
	testing_is_page(&v);
	v = testing_post(w, "/admin/rules/status/draft/rows/new",
		"revision=1&place=1&column-kind=change&column-to_status=closed"
		"&column-needs_right=audit&column-demands=1&column-demands=2");
	assert_int_equal(v.status, 303);
	v = testing_get(w, "/admin/rules/status/draft");
	testing_is_page(&v);
	assert_true(testing_says(&v, "allowed with the right to read the audit"));
	assert_true(testing_says(&v,
		"allowed once there is: a word of why, or of what was done, a person who "
		"has it"));
	v = testing_post(w, "/admin/rules/status/draft/rows/new",
		"revision=2&column-to_status=gone");
	assert_int_equal(v.status, 422);
	assert_true(testing_says(&v, "Choose a status"));
	v = testing_post(w, "/admin/rules/status/draft/publish",
		"revision=2&reason=Four+eyes&untried=1");
	assert_int_equal(v.status, 303);
	assert_int_equal(db_int(w->db, 0,
				 "select version from rule_table where name = 'status'"
				 " and state = 'live' and reason = 'Four eyes'"),
		1);
	v = testing_get(w, "/admin/rules/status/versions");
	testing_is_page(&v);
}

static void
a_draft_is_tried_on_the_changes_of_last_month(void **state)
{
	struct testing_people people;
	struct work *w = testing_desk(&people);
	const char *reference = testing_report(w, "a", "A hole.");
	struct handle h = on(reference);
	struct ticket t;
	struct visit v;

	(void)state;
	account_grant(w, SOUTHMERE, people.leader, ROLE_ADMINISTRATOR);
	testing_act_as(w, SOUTHMERE, people.leader);
	assert_int_equal(handle_cancel(w, &h, "A private road.", &t), DONE);
	assert_int_equal(testing_post(w, "/admin/rules/status/draft", "").status, 303);
	v = testing_get(w, "/admin/rules/status/draft/dry-run");
	testing_is_page(&v);
	assert_true(testing_says(&v, "1 change made since"));
	assert_true(testing_says(&v, "No change would be answered otherwise."));
	v = testing_post(w, "/admin/rules/status/draft/rows/new",
		"revision=1&place=1&column-to_status=cancelled&column-refused=1");
	assert_int_equal(v.status, 303);
	v = testing_get(w, "/admin/rules/status/draft/dry-run");
	testing_is_page(&v);
	assert_true(testing_says(&v, "1 change would be answered otherwise."));
	assert_true(testing_says(
		&v, "By the live version allowed, by the draft not allowed"));
	assert_true(testing_says(&v, reference));
	assert_true(testing_says(&v, "New → Cancelled"));
	assert_true(testing_says(&v, "row 7 → row 1"));
	v = testing_post(w, "/admin/rules/status/draft/publish", "revision=2&reason=So");
	assert_int_equal(v.status, 422);
	assert_true(testing_says(&v, "Look at the dry run"));
	v = testing_post(w, "/admin/rules/status/draft/dry-run", "revision=2");
	assert_string_equal(v.location, "/admin/rules/status/draft/publish");
	v = testing_post(w, "/admin/rules/status/draft/publish", "revision=2&reason=So");
	assert_int_equal(v.status, 303);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_verb_asks_the_table_and_says_what_is_allowed),
		cmocka_unit_test(a_first_answer_or_call_also_asks),
		cmocka_unit_test(a_wait_ends_by_itself_whatever_the_table_says),
		cmocka_unit_test(
			what_stays_closed_makes_a_new_ticket_of_the_next_message),
		cmocka_unit_test(a_row_asks_for_a_right_and_for_what_must_be_there),
		cmocka_unit_test(rows_may_be_about_a_kind_or_a_category),
		cmocka_unit_test(
			a_cancelled_ticket_is_neither_kept_nor_broken_and_its_customer_told),
		cmocka_unit_test(the_page_offers_what_is_allowed_and_nothing_else),
		cmocka_unit_test(the_table_is_edited_like_the_others),
		cmocka_unit_test(a_draft_is_tried_on_the_changes_of_last_month),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
