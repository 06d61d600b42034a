/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "desk/handle.h"
#include "desk/intake.h"
#include "store/account.h"
#include "store/team.h"
#include "testing.h"
#include "testing_desk.h"
#include "testing_html.h"
#include "testing_page.h"

#include <string.h>

static const char *
report(struct work *w, const char *key, const char *service, const char *words)
{
	struct contact c = {
		.org = SOUTHMERE,
		.channel = CHANNEL_WEB,
		.key = key,
		.service = service,
		.words = words,
		.from = {.name = "Ann Fisher", .email = "ann@example.org"},
	};
	struct receipt got;

	assert_int_equal(intake(w, &c, &got), DONE);
	return got.reference;
}

static void
report_many(struct work *w, int count)
{
	for (int i = 0; i < count; i++) {
		report(w, arena_printf(w->arena, "many-%d-%d", count, i),
			i % 2 ? "HW-POTHOLE" : "WA-MISSED", "Here.");
		w->now += i % 3;
	}
}

/* The address behind a link with that text, or NULL. */
static const char *
link_called(const struct visit *v, const char *text)
{
	struct html_tokens page = testing_html(testing_arena(), v->body);
	const char *href = NULL;

	for (int i = 0; i < page.count; i++) {
		const struct html_token *t = &page.at[i];

		if (t->kind == HTML_START && strcmp(t->text, "a") == 0)
			for (int k = 0; k < t->attribute_count; k++)
				if (strcmp(t->attributes[k].name, "href") == 0)
					href = t->attributes[k].value;
		if (t->kind == HTML_TEXT && strcmp(t->text, text) == 0)
			return href;
	}
	return NULL;
}

static int
count_of(const char *text, const char *what)
{
	int n = 0;

	while ((text = strstr(text, what))) {
		n++;
		text += strlen(what);
	}
	return n;
}

static void
the_cursor_shows_each_ticket_exactly_once(void **state)
{
	struct testing_people people;
	struct work *w = testing_desk(&people);
	const char *next = "/staff/queue?view=all";
	struct buffer seen = buffer_in(w->arena, 0);
	int pages = 0;

	(void)state;
	report_many(w, 120);
	testing_act_as(w, SOUTHMERE, people.analyst);
	while (next) {
		struct visit v = testing_get(w, next);

		testing_is_page(&v);
		for (const char *row = v.body; (row = strstr(row, "data-row=\""));) {
			const char *reference = arena_text(w->arena, row + 10, 11);

			assert_null(strstr(buffer_text(&seen), reference));
			buffer_printf(&seen, "%s ", reference);
			row += 10;
		}
		next = link_called(&v, "Next 50");
		pages++;
	}
	assert_int_equal(pages, 3);
	assert_int_equal(seen.len, 120 * 12);
}

static void
a_page_asks_the_database_as_often_for_fifty_rows_as_for_one(void **state)
{
	struct testing_people people;
	struct work *w = testing_desk(&people);
	int64_t before, one, fifty;

	(void)state;
	report_many(w, 1);
	testing_act_as(w, SOUTHMERE, people.analyst);
	testing_get(w, "/staff/queue?view=all"); /* the shelf now knows the calendar */
	before = db_asked(w->db);
	testing_get(w, "/staff/queue?view=all");
	one = db_asked(w->db) - before;
	report_many(w, 70);
	before = db_asked(w->db);
	testing_get(w, "/staff/queue?view=all");
	fifty = db_asked(w->db) - before;
	assert_int_equal(one, fifty);
	assert_true(fifty <= 12);
}

static void
tabs_count_and_lead_to_mine_my_teams_and_all(void **state)
{
	struct testing_people people;
	struct work *w = testing_desk(&people);
	struct handle h = {.org = SOUTHMERE};
	struct visit v;
	struct ticket t;

	(void)state;
	h.reference = report(w, "1", "HW-POTHOLE", "First.");
	report(w, "2", "HW-POTHOLE", "Second.");
	report(w, "3", "WA-MISSED", "Third.");
	testing_act_as(w, SOUTHMERE, people.analyst);
	assert_int_equal(handle_claim(w, &h, &t), DONE);
	v = testing_get(w, "/staff/queue?view=mine");
	assert_int_equal(count_of(v.body, "data-row="), 1);
	assert_true(testing_says(&v, h.reference));
	v = testing_get(w, "/staff/queue");
	assert_int_equal(count_of(v.body, "data-row="), 2);
	v = testing_get(w, "/staff/queue?view=all");
	assert_int_equal(count_of(v.body, "data-row="), 3);
	assert_non_null(strstr(v.body, ">Mine <span class=\"count\">1<"));
	assert_non_null(strstr(v.body, ">My teams <span class=\"count\">2<"));
	assert_non_null(strstr(v.body, ">All <span class=\"count\">3<"));
	v = testing_get(w, arena_printf(w->arena, "/staff/queue?view=team&team=%lld",
				   (long long)people.waste));
	assert_int_equal(count_of(v.body, "data-row="), 1);
}

static void
a_broken_promise_and_a_paused_one_say_so_in_words(void **state)
{
	struct testing_people people;
	struct work *w = testing_desk(&people);
	struct handle h = {.org = SOUTHMERE};
	struct visit v;
	struct ticket t;

	(void)state;
	report(w, "1", "HW-POTHOLE", "First.");
	h.reference = report(w, "2", "HW-POTHOLE", "Second.");
	testing_act_as(w, SOUTHMERE, people.analyst);
	assert_int_equal(handle_wait(w, &h, "customer", "Which road?", &t), DONE);
	v = testing_get(w, "/staff/queue?view=all");
	assert_true(testing_says(&v, "in 4 hours"));
	assert_true(testing_says(&v, "1pm on 2 March 2026"));
	assert_true(testing_says(&v, "Paused"));
	testing_clock(w, "2026-03-02T14:00:00Z");
	v = testing_get(w, "/staff/queue?view=all");
	assert_true(testing_says(&v, "Broken since 1pm"));
}

static void
an_empty_queue_says_where_work_is(void **state)
{
	struct testing_people people;
	struct work *w = testing_desk(&people);
	struct visit v;

	(void)state;
	testing_act_as(w, SOUTHMERE, people.analyst);
	v = testing_get(w, "/staff/queue?view=mine");
	testing_is_page(&v);
	assert_string_equal(link_called(&v, "See what waits for your teams"),
		"/staff/queue?view=team");
	v = testing_get(w, "/staff/queue?view=team&after=x'; drop table ticket");
	assert_true(testing_says(&v, "Nothing is waiting here."));
}

static void
hostile_subjects_stay_text(void **state)
{
	struct testing_people people;
	struct work *w = testing_desk(&people);
	struct visit v;

	(void)state;
	report(w, "1", "HW-POTHOLE", "\"><script>alert(1)</script><img src=x onerror=y>");
	testing_act_as(w, SOUTHMERE, people.analyst);
	v = testing_get(w, "/staff/queue?view=all");
	testing_is_page(&v);
	assert_true(testing_says(&v, "<script>alert(1)</script>"));
	assert_null(strstr(v.body, "<script>alert"));
	assert_null(strstr(v.body, "<img"));
}

static void
live_pages_get_only_what_they_patch(void **state)
{
	struct testing_people people;
	struct work *w = testing_desk(&people);
	struct visit v;

	(void)state;
	report(w, "1", "HW-POTHOLE", "First.");
	testing_act_as(w, SOUTHMERE, people.analyst);
	v = testing_get(w, "/staff/queue?view=all&part=live");
	assert_non_null(strstr(v.body, "id=\"queue-rows\""));
	assert_null(strstr(v.body, "<html"));
}

static void
what_one_sees_depends_on_the_role(void **state)
{
	static const struct {
		enum role role;
		enum outcome end;
		int rows;
	} roles[] = {
		{ROLE_APPRENTICE, DONE, 2},
		{ROLE_MANAGER, DONE, 2},
		{ROLE_SUPPLIER, DONE, 1}, /* of Waste, no more than its tickets */
		{ROLE_FIELD_OFFICER, DONE, 1},
		{ROLE_CABINET_MEMBER, DENIED, 0},
		{ROLE_ADMINISTRATOR, DENIED, 0},
	};
	struct testing_people people;
	struct work *w = testing_desk(&people);
	const struct actor *house = w->actor;

	(void)state;
	report(w, "1", "HW-POTHOLE", "First.");
	report(w, "2", "WA-MISSED", "Second.");
	for (size_t i = 0; i < sizeof roles / sizeof *roles; i++) {
		struct visit v;
		struct grant grant = access_grant(SOUTHMERE, roles[i].role);
		struct actor a = {
			.kind = ACTOR_STAFF,
			.org = SOUTHMERE,
			.person = people.binman,
			.name = "ben",
			.grants = &grant,
			.grant_count = 1,
		};

		w->actor = &a;
		v = testing_get(w, "/staff/queue?view=all");
		assert_int_equal(v.end, roles[i].end);
		assert_int_equal(count_of(v.body, "data-row="), roles[i].rows);
		w->actor = house;
	}
}

static void
the_other_organisation_sees_nothing_of_it(void **state)
{
	struct testing_people people;
	struct work *w = testing_desk(&people);
	struct visit v;

	(void)state;
	report(w, "1", "HW-POTHOLE", "First.");
	testing_act_as(w, ICT_DESK, people.engineer);
	v = testing_get(w, "/staff/queue?view=all");
	assert_int_equal(count_of(v.body, "data-row="), 0);
	v = testing_get(w, arena_printf(w->arena, "/staff/queue?view=team&team=%lld",
				   (long long)people.highways));
	assert_int_equal(count_of(v.body, "data-row="), 0);
	assert_false(testing_says(&v, "Highways"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_cursor_shows_each_ticket_exactly_once),
		cmocka_unit_test(
			a_page_asks_the_database_as_often_for_fifty_rows_as_for_one),
		cmocka_unit_test(tabs_count_and_lead_to_mine_my_teams_and_all),
		cmocka_unit_test(a_broken_promise_and_a_paused_one_say_so_in_words),
		cmocka_unit_test(an_empty_queue_says_where_work_is),
		cmocka_unit_test(hostile_subjects_stay_text),
		cmocka_unit_test(live_pages_get_only_what_they_patch),
		cmocka_unit_test(what_one_sees_depends_on_the_role),
		cmocka_unit_test(the_other_organisation_sees_nothing_of_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
