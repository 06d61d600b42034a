/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "base/buffer.h"
#include "desk/handle.h"
#include "desk/intake.h"
#include "store/presence.h"
#include "store/shift.h"
#include "store/skill.h"
#include "store/team.h"
#include "store/worker.h"
#include "testing.h"
#include "testing_desk.h"
#include "testing_page.h"

#include <string.h>

static struct testing_people people;

static struct work *
as_administrator(void)
{
	static struct grant grant;
	static struct actor actor;
	struct work *w = testing_desk(&people);

	grant = access_grant(SOUTHMERE, ROLE_ADMINISTRATOR);
	actor = (struct actor){
		.kind = ACTOR_STAFF,
		.org = SOUTHMERE,
		.person = people.leader,
		.name = "lee",
		.grants = &grant,
		.grant_count = 1,
	};
	w->actor = &actor;
	return w;
}

static struct visit
post(struct work *w, const char *address, const char *form)
{
	return testing_post(w, address, form);
}

/* The actions of the audit since the beginning, in their order. */
static const char *
noted(struct work *w)
{
	struct rows r = db_query(w->db,
		"select action from audit where action like 'staffing.%' order by id");
	struct buffer b = buffer_in(w->arena, 200);

	while (rows_next(&r)) {
		if (b.len)
			buffer_char(&b, ' ');
		buffer_text_add(&b, row_text(&r, 0) + strlen("staffing."));
	}
	return buffer_text(&b);
}

static void
a_team_is_given_its_work_and_a_person_what_they_can_carry(void **state)
{
	struct work *w = as_administrator();
	struct visit v = testing_get(w, "/admin/work");
	struct team team;

	(void)state;
	testing_is_page(&v);
	assert_true(testing_says(&v, "People take them"));
	v = post(w, "/admin/work/team",
		arena_printf(
			w->arena, "team=%lld&mode=push", (long long)people.highways));
	assert_string_equal(v.location, "/admin/work?done=1");
	assert_int_equal(team_get(w, SOUTHMERE, people.highways, &team), DONE);
	assert_true(team.push);
	v = post(w, "/admin/work/person",
		arena_printf(w->arena, "person=%lld&capacity=50&cap=4",
			(long long)people.analyst));
	assert_string_equal(v.location, "/admin/work?done=1");
	assert_int_equal(db_int(w->db, 0, "select cap from worker where person = $1",
				 people.analyst),
		4);
	v = post(w, "/admin/work/person",
		arena_printf(w->arena, "person=%lld&capacity=0&cap=4",
			(long long)people.analyst));
	assert_int_equal(v.status, 422);
	testing_is_page(&v);
	assert_true(testing_says(&v, "Capacity is a whole number from 1 to 1000"));
	v = post(w, "/admin/work/team", "team=7&mode=push");
	assert_int_equal(v.status, 422);
	v = testing_get(w, "/admin/work?done=1");
	assert_true(testing_says(&v, "Saved."));
	assert_true(testing_says(&v, "The desk gives them"));
	assert_string_equal(noted(w), "team capacity");
}

static void
skills_are_named_given_asked_for_and_taken_away(void **state)
{
	struct work *w = as_administrator();
	struct skill_held_list held;
	struct skill_list skills;
	struct visit v;

	(void)state;
	assert_string_equal(post(w, "/admin/skills", "name=+Networks+").location,
		"/admin/skills?done=1");
	skill_list(w, SOUTHMERE, &skills);
	assert_int_equal(skills.count, 1);
	assert_string_equal(skills.at[0].name, "Networks");
	post(w, "/admin/skills/person",
		arena_printf(w->arena, "person=%lld&skill=%lld&level=2",
			(long long)people.analyst, (long long)skills.at[0].id));
	post(w, "/admin/skills/service",
		arena_printf(w->arena, "service=HW-POTHOLE&skill=%lld&level=1",
			(long long)skills.at[0].id));
	post(w, "/admin/skills/size", "service=HW-POTHOLE&size=3");
	v = testing_get(w, "/admin/skills");
	testing_is_page(&v);
	assert_true(testing_says(&v, "2, able"));
	assert_true(testing_says(&v, "Report a pothole"));
	assert_int_equal(
		db_int(w->db, 0, "select size from service where code = 'HW-POTHOLE'"),
		3);
	post(w, "/admin/skills/person",
		arena_printf(w->arena, "person=%lld&skill=%lld&level=0",
			(long long)people.analyst, (long long)skills.at[0].id));
	skill_held(w, SOUTHMERE, &held);
	assert_int_equal(held.count, 0);
	v = post(w, "/admin/skills", "name=");
	assert_int_equal(v.status, 422);
	assert_true(testing_says(&v, "Give the skill a name"));
	testing_is_page(&v);
	assert_int_equal(post(w, "/admin/skills/size", "service=NO&size=3").status, 422);
	assert_string_equal(noted(w), "skill give need size give");
}

static void
shifts_days_off_and_licences_are_kept(void **state)
{
	struct work *w = as_administrator();
	struct visit v;

	(void)state;
	v = post(w, "/admin/shifts",
		arena_printf(w->arena, "place=%lld.%lld&calendar=1",
			(long long)people.highways, (long long)people.analyst));
	assert_string_equal(v.location, "/admin/shifts?done=1");
	v = post(w, "/admin/shifts/absence",
		arena_printf(w->arena,
			"person=%lld&first=2026-03-05&last=2026-03-06&note=Leave",
			(long long)people.analyst));
	assert_string_equal(v.location, "/admin/shifts?done=1");
	v = post(w, "/admin/shifts/licence",
		arena_printf(w->arena,
			"person=%lld&trained=2026-03-05&valid_until=2027-03-06&services="
			"Roads",
			(long long)people.analyst));
	assert_string_equal(v.location, "/admin/shifts?done=1");
	v = testing_get(w, "/admin/shifts");
	testing_is_page(&v);
	assert_true(testing_says(&v, "Highways: amy"));
	assert_true(testing_says(&v, "5 March 2026"));
	assert_true(testing_says(&v, "Leave"));
	assert_true(testing_says(&v, "6 March 2027"));
	v = post(w, "/admin/shifts/absence",
		arena_printf(w->arena, "person=%lld&first=2026-03-05&last=2026-03-04",
			(long long)people.analyst));
	assert_int_equal(v.status, 422);
	testing_is_page(&v);
	assert_true(testing_says(&v, "a last day that is not before the first"));
	post(w, "/admin/shifts/licence",
		arena_printf(w->arena, "person=%lld&gone=1", (long long)people.analyst));
	post(w, "/admin/shifts/absence",
		arena_printf(w->arena, "person=%lld&first=2026-03-05&gone=1",
			(long long)people.analyst));
	post(w, "/admin/shifts",
		arena_printf(w->arena, "place=%lld.%lld&calendar=0",
			(long long)people.highways, (long long)people.analyst));
	assert_int_equal(db_int(w->db, 0,
				 "select (select count(*) from licence)"
				 " + (select count(*) from absence)"
				 " + (select count(*) from shift)"),
		0);
	assert_string_equal(
		noted(w), "shift absence licence licence_end absence_end shift");
}

static void
hours_are_made_with_the_closed_days_of_the_office(void **state)
{
	struct work *w = as_administrator();
	const char *definition;
	struct visit v = post(
		w, "/admin/shifts/hours", "name=Nights&days=6-7&from=22%3A00&to=06%3A00");

	(void)state;
	assert_string_equal(v.location, "/admin/shifts?done=1");
	definition = db_text(
		w->db, w->arena, "select definition from calendar where name = 'Nights'");
	assert_non_null(strstr(definition, "1/0-21600"));
	assert_non_null(strstr(definition, "6/79200-86400"));
	assert_non_null(strstr(definition, "7/0-21600"));
	assert_null(strstr(definition, "2/"));
	assert_non_null(strstr(definition, "closed=2026-04-03,2026-04-06"));
	v = testing_get(w, "/admin/shifts");
	testing_is_page(&v);
	assert_true(testing_says(&v, "Nights"));
	v = post(w, "/admin/shifts/hours", "name=Nights&days=1-5&from=07:00&to=15:00");
	assert_int_equal(v.status, 422);
	v = post(w, "/admin/shifts/hours", "name=Odd&days=1-5&from=24:00&to=15:00");
	assert_int_equal(v.status, 422);
	testing_is_page(&v);
	assert_true(testing_says(&v, "Give a time, such as 07:30"));
	assert_string_equal(noted(w), "hours");
}

static void
who_says_present_is_given_what_waited(void **state)
{
	struct work *w = testing_desk(&people);
	const char *reference;
	struct visit v;

	(void)state;
	assert_int_equal(team_set_push(w, SOUTHMERE, people.highways, true), DONE);
	reference = testing_report(w, "1", "A hole.");
	testing_act_as(w, SOUTHMERE, people.analyst);
	testing_session(w);
	db_run(w->db, "update session set person = $1", people.analyst);
	v = testing_get(w, "/staff/queue");
	testing_is_page(&v);
	assert_true(testing_says(&v, "1 ticket waits because nobody can take it"));
	assert_true(testing_says(&v, "in Highways"));
	v = testing_get(w, "/staff/wallboard");
	testing_is_page(&v);
	assert_true(testing_says(&v, "Nobody can take"));
	v = testing_get(w, "/staff/me");
	testing_is_page(&v);
	assert_true(testing_says(&v, "You have not said whether you are there"));
	v = testing_post(w, "/staff/presence", "state=present");
	assert_string_equal(v.location, "/staff/me");
	v = testing_get(w, "/staff/me");
	assert_true(testing_says(&v, "You are present until 5pm"));
	assert_int_equal(testing_ticket(w, reference).assignee, people.analyst);
	v = testing_get(w, "/staff/queue");
	assert_false(testing_says(&v, "nobody can take it"));
	v = testing_get(w, arena_printf(w->arena, "/staff/tickets/%s", reference));
	testing_is_page(&v);
	assert_true(testing_says(&v, "amy: chosen, held 0 of 10"));
	assert_true(testing_says(&v, "lee: not present"));
	assert_true(testing_says(&v, "Nobody could take it"));
	assert_true(testing_says(&v, "The desk gave it to amy"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			a_team_is_given_its_work_and_a_person_what_they_can_carry),
		cmocka_unit_test(skills_are_named_given_asked_for_and_taken_away),
		cmocka_unit_test(shifts_days_off_and_licences_are_kept),
		cmocka_unit_test(hours_are_made_with_the_closed_days_of_the_office),
		cmocka_unit_test(who_says_present_is_given_what_waited),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
