/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "testing.h"
#include "testing_desk.h"
#include "testing_page.h"

#include "store/account.h"
#include "store/rule_draft.h"
#include "store/rulebook.h"
#include "store/shelf.h"

#include <string.h>

/* The small council with an administrator, who is acting. */
static struct work *
admin_desk(struct testing_people *people)
{
	struct work *w = testing_desk(people);

	account_grant(w, SOUTHMERE, people->leader, ROLE_ADMINISTRATOR);
	testing_act_as(w, SOUTHMERE, people->leader);
	return w;
}

static const char *
text(const char *format, ...)
{
	va_list args;
	char *made;

	va_start(args, format);
	made = arena_vprintf(testing_arena(), format, args);
	va_end(args);
	return made;
}

static struct rule_draft
draft(struct work *w, const char *table)
{
	struct rule_draft d;

	assert_int_equal(rule_draft_get(w, SOUTHMERE, table, &d), DONE);
	return d;
}

static struct visit
look(struct work *w, const char *target)
{
	struct visit v = testing_get(w, target);

	assert_int_equal(v.end, DONE);
	testing_is_page(&v);
	return v;
}

static struct visit
add_row(struct work *w, const char *table, const char *columns)
{
	return testing_post(w, text("/admin/rules/%s/draft/rows/new", table),
		text("revision=%lld&%s", (long long)draft(w, table).revision, columns));
}

static struct visit
press(struct work *w, const char *table, const char *button)
{
	return testing_post(w, text("/admin/rules/%s/draft", table),
		text("revision=%lld&%s", (long long)draft(w, table).revision, button));
}

static struct visit
publish(struct work *w, const char *table, const char *form)
{
	return testing_post(w, text("/admin/rules/%s/draft/publish", table),
		text("revision=%lld&%s", (long long)draft(w, table).revision, form));
}

static void
rows_are_said_in_words(void **state)
{
	struct testing_people people;
	struct work *w = admin_desk(&people);
	struct visit v = look(w, "/admin/rules");

	(void)state;
	assert_true(testing_says(&v, "Targets"));
	assert_true(testing_says(&v, "Version 1, 3 rows"));
	assert_true(testing_says(&v, "No version is live"));
	v = look(w, "/admin/rules/target");
	assert_true(testing_says(&v, "the priority is 1 (Highest)"));
	assert_true(testing_says(&v, "a solution within 2 working days"));
	assert_true(testing_says(&v, "counted in Desk"));
	v = look(w, "/admin/rules/target?service=HW-POTHOLE");
	assert_true(testing_says(&v, "2 rows of 3 can decide for it."));
	look(w, "/admin/rules/target/versions");
	v = look(w, "/admin/rules/target/versions/1?row=2");
	assert_true(testing_says(&v, "This row decided"));
	assert_int_equal(testing_get(w, "/admin/rules/nonsense").end, MISSING);
	assert_int_equal(testing_get(w, "/admin/rules/target/versions/9").end, MISSING);
}

static void
a_draft_is_written_tried_published_and_rolled_back(void **state)
{
	struct testing_people people;
	struct work *w = admin_desk(&people);
	struct visit v;

	(void)state;
	look(w, "/admin/rules/priority/draft");
	v = testing_post(w, "/admin/rules/priority/draft", "");
	assert_string_equal(v.location, "/admin/rules/priority/draft?done=begun");
	v = add_row(w, "priority",
		"column-service=HW-POTHOLE&column-vulnerable=1&column-set_priority=2"
		"&column-note=They+fall");
	assert_int_equal(v.status, 303);
	add_row(w, "priority", "column-words=gas&column-set_priority=1&place=1");
	assert_int_equal(draft(w, "priority").table.count, 2);
	v = look(w, "/admin/rules/priority/draft?done=saved");
	assert_true(
		testing_says(&v, "the service is Report a pothole and the customer is "
				 "vulnerable"));
	assert_true(testing_says(&v, "The row was saved in the draft."));
	v = look(w, "/admin/rules/priority/draft/changes");
	assert_true(testing_says(&v, "2 rows added"));

	/* Not without a reason, nor without a look at the dry run. */
	look(w, "/admin/rules/priority/draft/publish");
	v = publish(w, "priority", "reason=");
	assert_int_equal(v.status, 422);
	testing_is_page(&v);
	assert_true(testing_says(&v, "Say why"));
	assert_true(testing_says(&v, "Look at the dry run"));
	assert_int_equal(shelf_table(w, SOUTHMERE, "priority")->version, 0);

	v = publish(w, "priority", "reason=The+vulnerable+first&untried=1");
	assert_string_equal(v.location, "/admin/rules/priority?done=published");
	assert_int_equal(shelf_table(w, SOUTHMERE, "priority")->version, 1);
	assert_string_equal(shelf_table(w, SOUTHMERE, "priority")->rows[0].words, "gas");
	v = look(w, "/admin/rules/priority?done=published");
	assert_true(testing_says(&v, "The vulnerable first"));

	/* A second version, and back again. */
	testing_post(w, "/admin/rules/priority/draft", "");
	press(w, "priority", text("remove=%lld", (long long)draft(w, "priority").ids[0]));
	publish(w, "priority", "reason=Again&untried=1");
	assert_int_equal(shelf_table(w, SOUTHMERE, "priority")->count, 1);
	v = look(w, "/admin/rules/priority/versions/2/changes");
	assert_true(testing_says(&v, "1 row removed"));
	look(w, "/admin/rules/priority/versions/1/restore");
	v = testing_post(w, "/admin/rules/priority/versions/1/restore", "reason=");
	assert_int_equal(v.status, 422);
	v = testing_post(w, "/admin/rules/priority/versions/1/restore", "reason=Oops");
	assert_string_equal(v.location, "/admin/rules/priority?done=restored");
	assert_int_equal(shelf_table(w, SOUTHMERE, "priority")->version, 3);
	assert_int_equal(shelf_table(w, SOUTHMERE, "priority")->count, 2);
	v = look(w, "/admin/rules/priority/versions");
	assert_true(testing_says(&v, "It brought back Version 1."));
	assert_int_equal(db_int(w->db, 0,
				 "select count(*) from audit where action in"
				 " ('rules.publish', 'rules.restore')"),
		3);
}

static const struct {
	const char *table, *columns, *says;
} wrong[] = {
	{"priority", "column-note=Kept", "Choose a number from 1 to 4"},
	{"priority", "column-note=Kept&column-set_priority=9",
		"Choose a number from 1 to 4"},
	{"priority", "column-note=Kept&column-set_priority=1&column-service=NONE",
		"Choose a service of the catalogue"},
	{"priority", "column-note=Kept&column-set_priority=1&column-category=No",
		"Choose a category"},
	{"route", "column-note=Kept", "Choose a team"},
	{"route", "column-note=Kept&column-set_team=999", "Choose a team"},
	{"target", "column-note=Kept&column-response=4+hours", "Choose the calendar"},
	{"target", "column-note=Kept&column-response=4&column-calendar=1",
		"Enter a time like “4 hours”"},
	{"target", "column-note=Kept&column-response=2+weeks&column-calendar=1",
		"Enter a time like “4 hours”, “20 working days”, “30 days” or “1 "
		"month”"},
	{"target",
		"column-note=Kept&column-resolution=1+month+3+days"
		"&column-calendar=1",
		"Enter a time like “4 hours”"},
	{"target",
		"column-note=Kept&column-resolution=1+month"
		"&column-extended=60+days&column-calendar=1",
		"Enter a longer time than the solution has, in the same unit"},
	{"target",
		"column-note=Kept&column-resolution=3+months"
		"&column-extended=1+month&column-calendar=1",
		"Enter a longer time than the solution has, in the same unit"},
	{"escalation", "column-note=Kept&column-amount=1+month+before&column-notify=1",
		"Enter when, like"},
	{"leg", "column-note=Kept&column-calendar=1", "Enter how long it may take"},
	{"escalation", "column-note=Kept&column-amount=soon&column-notify=1",
		"Enter when, like"},
	{"escalation", "column-note=Kept&column-amount=75%25",
		"Choose at least one whom to tell"},
	{"priority", "column-note=Kept&column-set_priority=1&place=x",
		"Enter the row’s number"},
};

static void
wrong_rows_come_back_with_all_that_was_typed(void **state)
{
	struct testing_people people;
	struct work *w = admin_desk(&people);

	(void)state;
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		int count;
		struct visit v;

		testing_post(w, text("/admin/rules/%s/draft", wrong[i].table), "");
		count = draft(w, wrong[i].table).table.count;
		v = add_row(w, wrong[i].table, wrong[i].columns);
		assert_int_equal(v.status, 422);
		testing_is_page(&v);
		if (!testing_says(&v, wrong[i].says))
			fail_msg("%s: %s", wrong[i].columns, wrong[i].says);
		if (!strstr(v.body, "Kept</textarea>"))
			fail_msg("%s", v.body);
		assert_int_equal(draft(w, wrong[i].table).table.count, count);
	}
}

static const struct {
	const char *table, *columns, *says;
} kept[] = {
	{"priority", "column-vip=0&column-set_priority=3&column-over_hand=1",
		"the customer is not a VIP"},
	{"target",
		"column-response=90+min&column-resolution=20+working+days"
		"&column-calendar=1&column-midnight=1&column-no_pause=1"
		"&column-mode=1",
		"the last day lasts until midnight"},
	{"target",
		"column-response=30+days&column-resolution=1+month"
		"&column-calendar=1",
		"an answer within 30 days; a solution within 1 month"},
	{"target",
		"column-resolution=10+working+days&column-extended=20+working+days"
		"&column-calendar=1",
		"10 working days; that may be extended to 20 working days"},
	{"target", "column-response=5+working+days&column-calendar=1",
		"an answer within 5 working days"},
	{"leg", "column-resolution=4+hours&column-calendar=1", "done within 4 hours"},
	{"leg", "column-resolution=3+months&column-calendar=1", "done within 3 months"},
	{"escalation", "column-amount=2+days+before&column-notify=1", "2 days before"},
	{"escalation",
		"column-clock=resolution&column-amount=30+minutes+before"
		"&column-notify=1&column-notify=4&column-any_hour=1",
		"tell who works on it, the service’s owners"},
};

static void
every_table_keeps_what_its_form_asks(void **state)
{
	struct testing_people people;
	struct work *w = admin_desk(&people);

	(void)state;
	for (size_t i = 0; i < sizeof kept / sizeof *kept; i++) {
		const struct table_shape *s = table_shape_named(kept[i].table);
		struct rule_draft d;
		struct table_row was;
		struct visit v;

		testing_post(w, text("/admin/rules/%s/draft", kept[i].table), "");
		v = add_row(w, kept[i].table, kept[i].columns);
		assert_int_equal(v.status, 303);
		v = look(w, text("/admin/rules/%s/draft", kept[i].table));
		if (!testing_says(&v, kept[i].says))
			fail_msg("%s", kept[i].says);
		d = draft(w, kept[i].table);
		was = d.table.rows[d.table.count - 1];

		/* The form of the row gives the same row again, and the version too. */
		look(w, text("/admin/rules/%s/draft/rows/%lld", kept[i].table,
				(long long)d.ids[d.table.count - 1]));
		v = testing_post(w,
			text("/admin/rules/%s/draft/rows/%lld", kept[i].table,
				(long long)d.ids[d.table.count - 1]),
			text("revision=%lld&%s", (long long)d.revision, kept[i].columns));
		assert_int_equal(v.status, 303);
		v = publish(w, kept[i].table, "reason=Test&untried=1");
		assert_int_equal(v.status, 303);
		assert_true(table_shape_same(s, &was,
			&shelf_table(w, SOUTHMERE, kept[i].table)
				 ->rows[d.table.count - 1]));
	}
}

static void
rows_are_moved_taken_out_and_put_back(void **state)
{
	struct testing_people people;
	struct work *w = admin_desk(&people);
	struct rule_draft d;
	struct visit v;

	(void)state;
	testing_post(w, "/admin/rules/target/draft", "");
	d = draft(w, "target");
	assert_int_equal(d.table.count, 3);
	press(w, "target", text("up=%lld", (long long)d.ids[2]));
	assert_int_equal(draft(w, "target").ids[1], d.ids[2]);
	press(w, "target", text("down=%lld", (long long)d.ids[0]));
	assert_int_equal(draft(w, "target").ids[1], d.ids[0]);
	v = press(w, "target", text("remove=%lld", (long long)d.ids[0]));
	assert_int_equal(draft(w, "target").table.count, 2);
	v = look(w, v.location);
	assert_true(testing_says(&v, "Undo"));
	v = testing_post(w,
		text("/admin/rules/target/draft/rows/%lld/put-back", (long long)d.ids[0]),
		"");
	assert_int_equal(v.status, 303);
	assert_int_equal(draft(w, "target").ids[1], d.ids[0]);
	v = testing_post(w, "/admin/rules/target/draft/discard",
		text("revision=%lld", (long long)draft(w, "target").revision));
	assert_string_equal(v.location, "/admin/rules/target?done=discarded");
	assert_int_equal(rule_draft_get(w, SOUTHMERE, "target", &d), MISSING);
}

static void
two_administrators_do_not_overwrite_each_other(void **state)
{
	struct testing_people people;
	struct work *w = admin_desk(&people);
	struct rule_draft seen;
	struct visit v;

	(void)state;
	testing_post(w, "/admin/rules/target/draft", "");
	seen = draft(w, "target");
	add_row(w, "target", "column-note=By+the+other");
	v = testing_post(w,
		text("/admin/rules/target/draft/rows/%lld", (long long)seen.ids[0]),
		text("revision=%lld&column-note=Mine&column-response=2+hours"
		     "&column-calendar=1",
			(long long)seen.revision));
	assert_int_equal(v.status, 409);
	testing_is_page(&v);
	assert_true(testing_says(&v, "Somebody was faster"));
	assert_non_null(strstr(v.body, "Mine</textarea>"));
	v = testing_post(w, "/admin/rules/target/draft",
		text("revision=%lld&remove=%lld", (long long)seen.revision,
			(long long)seen.ids[1]));
	assert_int_equal(v.status, 409);
	testing_is_page(&v);
	assert_int_equal(draft(w, "target").table.count, 4);
	v = testing_post(w, "/admin/rules/target/draft/publish",
		text("revision=%lld&reason=x&untried=1", (long long)seen.revision));
	assert_int_equal(v.status, 409);
	assert_int_equal(shelf_table(w, SOUTHMERE, "target")->version, 1);
}

static void
a_row_that_never_decides_is_named_with_the_one_before_it(void **state)
{
	struct testing_people people;
	struct work *w = admin_desk(&people);
	struct visit v;

	(void)state;
	testing_post(w, "/admin/rules/priority/draft", "");
	add_row(w, "priority", "column-category=Roads&column-set_priority=2");
	add_row(w, "priority", "column-service=HW-POTHOLE&column-set_priority=1");
	v = look(w, "/admin/rules/priority/draft");
	assert_true(testing_says(&v, "1 row can never decide"));
	assert_true(testing_says(&v, "This row can never decide: row 1 (the category is "
				     "Roads) fits whatever this one fits"));

	/* An empty table and one that is the same are not published. */
	v = publish(w, "priority", "reason=It+only+warns&untried=1");
	assert_int_equal(v.status, 303);
	testing_post(w, "/admin/rules/priority/draft", "");
	v = publish(w, "priority", "reason=Nothing&untried=1");
	assert_int_equal(v.status, 422);
	assert_true(testing_says(&v, "Nothing is different"));
	press(w, "priority", text("remove=%lld", (long long)draft(w, "priority").ids[0]));
	press(w, "priority", text("remove=%lld", (long long)draft(w, "priority").ids[0]));
	v = publish(w, "priority", "reason=Nothing&untried=1");
	assert_true(testing_says(&v, "The draft has no row"));
}

static void
a_dry_run_shows_what_would_change_and_opens_the_way(void **state)
{
	struct testing_people people;
	struct work *w = admin_desk(&people);
	const char *reference = testing_report(w, "a", "A smell of gas.");
	struct visit v;

	(void)state;
	testing_report(w, "b", "A hole.");
	testing_post(w, "/admin/rules/priority/draft", "");
	v = look(w, "/admin/rules/priority/draft/dry-run");
	assert_true(testing_says(&v, "No ticket would be decided otherwise."));
	add_row(w, "priority", "column-words=gas&column-set_priority=1");
	v = look(w, "/admin/rules/priority/draft/dry-run");
	assert_true(testing_says(&v, "2 tickets received since"));
	assert_true(testing_says(&v, "1 ticket would be decided otherwise."));
	assert_true(testing_says(&v, reference));
	assert_true(testing_says(&v, "3 (Medium) → 1 (Highest)"));
	assert_true(testing_says(&v, "the service’s own → row 1"));

	/* Looking at it opens the way; a change afterwards closes it again. */
	v = testing_post(w, "/admin/rules/priority/draft/dry-run",
		text("revision=%lld", (long long)draft(w, "priority").revision - 1));
	assert_string_equal(v.location, "/admin/rules/priority/draft/dry-run");
	v = testing_post(w, "/admin/rules/priority/draft/dry-run",
		text("revision=%lld", (long long)draft(w, "priority").revision));
	assert_string_equal(v.location, "/admin/rules/priority/draft/publish");
	v = look(w, "/admin/rules/priority/draft/publish");
	assert_true(testing_says(&v, "Its dry run was looked at"));
	add_row(w, "priority", "column-vip=1&column-set_priority=1");
	v = publish(w, "priority", "reason=Gas");
	assert_int_equal(v.status, 422);
	testing_post(w, "/admin/rules/priority/draft/dry-run",
		text("revision=%lld", (long long)draft(w, "priority").revision));
	v = publish(w, "priority", "reason=Gas");
	assert_int_equal(v.status, 303);
	testing_post(w, "/admin/rules/escalation/draft", "");
	v = look(w, "/admin/rules/escalation/draft/dry-run");
	assert_true(testing_says(&v, "2 tickets whose promises were counted since"));
	assert_true(testing_says(&v, "No step would have fired otherwise."));
	add_row(w, "escalation",
		"column-clock=response&column-amount=0%25&column-notify=2");
}

static void
a_ticket_can_be_tried_before_it_comes(void **state)
{
	struct testing_people people;
	struct work *w = admin_desk(&people);
	struct visit v = look(w, "/admin/rules/priority/try");

	(void)state;
	v = look(w, "/admin/rules/priority/try?service=HW-POTHOLE&vip=1&channel=web");
	assert_true(testing_says(&v, "3 (Medium)"));
	assert_true(testing_says(&v, "the service’s own"));
	assert_true(testing_says(&v, "There are no drafts."));
	testing_post(w, "/admin/rules/priority/draft", "");
	add_row(w, "priority", "column-vip=1&column-set_priority=1");
	v = look(w, "/admin/rules/target/try?service=HW-POTHOLE&vip=1&text=x");
	assert_true(testing_says(&v, "Drafts in the place of live versions: Priority."));
	assert_true(testing_says(&v, "row 1 of the draft: If the customer is a VIP"));
	assert_true(testing_says(&v, "row 2 of Version 1: If the priority is 1"));
}

static void
who_is_no_administrator_writes_nothing(void **state)
{
	struct testing_people people;
	struct work *w = testing_desk(&people);

	(void)state;
	testing_act_as(w, SOUTHMERE, people.analyst);
	assert_int_equal(testing_post(w, "/admin/rules/target/draft", "").end, DENIED);
	assert_int_equal(
		testing_post(w, "/admin/rules/target/versions/1/restore", "reason=x").end,
		DENIED);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rows_are_said_in_words),
		cmocka_unit_test(a_draft_is_written_tried_published_and_rolled_back),
		cmocka_unit_test(wrong_rows_come_back_with_all_that_was_typed),
		cmocka_unit_test(every_table_keeps_what_its_form_asks),
		cmocka_unit_test(rows_are_moved_taken_out_and_put_back),
		cmocka_unit_test(two_administrators_do_not_overwrite_each_other),
		cmocka_unit_test(
			a_row_that_never_decides_is_named_with_the_one_before_it),
		cmocka_unit_test(a_dry_run_shows_what_would_change_and_opens_the_way),
		cmocka_unit_test(a_ticket_can_be_tried_before_it_comes),
		cmocka_unit_test(who_is_no_administrator_writes_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
