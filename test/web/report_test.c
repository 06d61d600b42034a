/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "desk/handle.h"
#include "desk/intake.h"
#include "store/account.h"
#include "store/outbox.h"
#include "store/rulebook.h"
#include "store/team.h"
#include "testing.h"
#include "testing_desk.h"
#include "testing_page.h"

#include <string.h>

static struct actor
with_role(const struct testing_people *people, enum role role)
{
	static struct grant grant;

	grant = access_grant(SOUTHMERE, role);
	return (struct actor){
		.kind = ACTOR_STAFF,
		.org = SOUTHMERE,
		.person = people->leader,
		.name = "lee",
		.grants = &grant,
		.grant_count = 1,
	};
}

static void
the_report_counts_and_leads_to_what_is_behind(void **state)
{
	struct testing_people people;
	struct work *w = testing_desk(&people);
	struct handle h = {.org = SOUTHMERE};
	struct ticket t;
	struct visit v;

	(void)state;
	h.reference = testing_report(w, "1", "First.");
	testing_report(w, "2", "Second.");
	testing_act_as(w, SOUTHMERE, people.leader);
	assert_int_equal(handle_resolve(w, &h, "Done.", &t), DONE);
	w->now += 60;
	v = testing_get(w, "/staff/reports");
	assert_int_equal(v.end, DONE);
	testing_is_page(&v);
	assert_true(testing_says(&v, "1 February 2026 to 2 March 2026"));
	assert_true(testing_says(&v, "100\u00a0%"));
	assert_true(testing_says(&v, "0 of 1 answered (0\u00a0%)"));
	assert_true(testing_says(&v, "Highways"));
	assert_true(testing_says(&v, "Report a pothole"));
	assert_non_null(strstr(v.body,
		arena_printf(w->arena, "/staff/queue?view=team&amp;team=%lld\">1</a>",
			(long long)people.highways)));
	v = testing_get(w, "/staff/reports?from=2026-02-01&to=2026-02-28");
	testing_is_page(&v);
	assert_true(testing_says(&v, "1 February 2026 to 28 February 2026"));
	assert_true(testing_says(&v, "/staff/reports/teams.csv?from=2026-02-01"));
	v = testing_get(w, "/staff/reports?from=2026-03-01&to=2026-02-28");
	testing_is_page(&v);
	assert_true(testing_says(&v, "Give two dates, the first not after the second"));
	v = testing_get(w, "/staff/reports?from=%22%3E%3Cb%3E");
	testing_is_page(&v);
	assert_null(strstr(v.body, "<b>"));
}

static void
tables_of_a_report_are_safe_for_spreadsheets(void **state)
{
	struct testing_people people;
	struct work *w = testing_desk(&people);
	struct visit v;

	(void)state;
	testing_report(w, "1", "First.");
	db_run(w->db, "update team set name = '=cmd()' where name = 'Highways'");
	testing_act_as(w, SOUTHMERE, people.leader);
	w->glances = NULL;
	v = testing_get(w, "/staff/reports/teams.csv?days=7");
	assert_non_null(w->glances);
	assert_string_equal(w->glances->action, "export");
	assert_string_equal(w->glances->subject, "figures teams");
	assert_string_equal(v.body,
		"name,backlog,broken,in,out,response,response_met,resolution,"
		"resolution_met,scores_asked,scores_answered,scores_sum\r\n"
		"'=cmd(),1,0,1,0,0,0,0,0,0,0,0\r\n");
	v = testing_get(w, "/staff/reports/services.csv?days=7");
	assert_non_null(strstr(v.body, "\r\nReport a pothole,1,"));
	assert_int_equal(testing_get(w, "/staff/reports/people.csv").end, MISSING);
}

static void
figures_are_for_those_who_may_see_them(void **state)
{
	static const struct {
		enum role role;
		enum outcome report, board;
	} roles[] = {
		{ROLE_ANALYST, DENIED, DONE},
		{ROLE_LEADER, DONE, DONE},
		{ROLE_MANAGER, DONE, DONE},
		{ROLE_CABINET_MEMBER, DONE, DONE},
		{ROLE_SUPPLIER, DENIED, DENIED},
		{ROLE_ADMINISTRATOR, DENIED, DENIED},
	};
	struct testing_people people;
	struct work *w = testing_desk(&people);

	(void)state;
	testing_report(w, "1", "First.");
	for (size_t i = 0; i < sizeof roles / sizeof *roles; i++) {
		struct actor a = with_role(&people, roles[i].role);
		struct visit v;

		w->actor = &a;
		v = testing_get(w, "/staff/reports");
		assert_int_equal(v.end, roles[i].report);
		if (v.end == DONE)
			testing_is_page(&v);
		assert_int_equal(
			testing_get(w, "/staff/reports/teams.csv").end, roles[i].report);
		v = testing_get(w, "/staff/wallboard");
		assert_int_equal(v.end, roles[i].board);
		if (v.end == DONE)
			testing_is_page(&v);
	}
}

static void
the_board_names_tickets_only_to_those_who_may_see_them(void **state)
{
	struct testing_people people;
	struct work *w = testing_desk(&people);
	const char *reference = testing_report(w, "1", "First.");
	struct actor cabinet = with_role(&people, ROLE_CABINET_MEMBER);
	struct visit v;

	(void)state;
	testing_act_as(w, SOUTHMERE, people.analyst);
	w->now += 3 * 3600;
	v = testing_get(w, "/staff/wallboard");
	assert_true(testing_says(&v, reference));
	assert_true(testing_says(&v, "in 1 hour"));
	assert_true(testing_says(&v, "3 hours"));
	assert_true(testing_says(&v, "/staff/wallboard?renew=30"));
	w->now += 2 * 3600;
	v = testing_get(w, "/staff/wallboard");
	assert_false(testing_says(&v, reference));
	assert_true(testing_says(&v, "Highways"));
	w->now -= 2 * 3600;
	w->actor = &cabinet;
	v = testing_get(w, "/staff/wallboard");
	assert_false(testing_says(&v, reference));
	assert_true(testing_says(&v, "Highways"));
}

static void
administrators_see_what_the_desk_consists_of(void **state)
{
	static const char *const pages[][2] = {
		{"/admin", "Letters waiting to be sent"},
		{"/admin/services", "HW-POTHOLE"},
		{"/admin/teams", "amy, lee"},
		{"/admin/rules", "No draft"},
		{"/admin/accounts", "amy@southmere.example.org"},
		{"/admin/letters", "There is nothing here."},
	};
	struct testing_people people;
	struct work *w = testing_desk(&people);
	struct table_row row = {
		.service = "HW-POTHOLE",
		.priority = TABLE_ANY,
		.impact = TABLE_ANY,
		.urgency = TABLE_ANY,
		.vip = 1,
		.vulnerable = TABLE_ANY,
		.set_priority = 1,
		.note = "<b>Councillors</b>",
	};
	struct actor a = with_role(&people, ROLE_ADMINISTRATOR);

	(void)state;
	rulebook_publish(w, SOUTHMERE, "priority", &row, 1);
	w->actor = &a;
	for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
		struct visit v = testing_get(w, pages[i][0]);

		assert_int_equal(v.end, DONE);
		testing_is_page(&v);
		assert_true(testing_says(&v, pages[i][1]));
		assert_null(strstr(v.body, "<b>"));
		assert_false(testing_says(&v, "eve@"));
	}
}

static void
a_letter_that_was_given_up_is_sent_once_more(void **state)
{
	struct testing_people people;
	struct work *w = testing_desk(&people);
	struct actor a = with_role(&people, ROLE_ADMINISTRATOR);
	struct letter_list letters;
	struct visit v;
	const char *address;

	(void)state;
	testing_report(w, "1", "First.");
	outbox_take(w, 1, 300, &letters);
	assert_int_equal(letters.count, 1);
	outbox_refused(w, &letters.at[0], "550 <no such mailbox>");
	w->actor = &a;
	v = testing_get(w, "/admin/letters");
	testing_is_page(&v);
	assert_true(testing_says(&v, "550 <no such mailbox>"));
	assert_true(testing_says(&v, "0 letters wait to be sent; 1 were given up."));
	address = arena_printf(
		w->arena, "/admin/letters/%lld/retry", (long long)letters.at[0].id);
	v = testing_post(w, address, "");
	assert_string_equal(v.location, "/admin/letters");
	assert_int_equal(outbox_waiting(w), 1);
	assert_int_equal(testing_post(w, address, "").end, MISSING);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_report_counts_and_leads_to_what_is_behind),
		cmocka_unit_test(tables_of_a_report_are_safe_for_spreadsheets),
		cmocka_unit_test(figures_are_for_those_who_may_see_them),
		cmocka_unit_test(the_board_names_tickets_only_to_those_who_may_see_them),
		cmocka_unit_test(administrators_see_what_the_desk_consists_of),
		cmocka_unit_test(a_letter_that_was_given_up_is_sent_once_more),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
