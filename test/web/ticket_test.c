/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "desk/handle.h"
#include "desk/intake.h"
#include "store/account.h"
#include "store/event.h"
#include "store/person.h"
#include "store/saved_reply.h"
#include "store/team.h"
#include "testing.h"
#include "testing_desk.h"
#include "testing_page.h"

#include <string.h>

static const char *
page_of(struct work *w, const char *reference)
{
	return arena_printf(w->arena, "/staff/tickets/%s", reference);
}

static struct visit
act(struct work *w, const char *reference, const char *action, const char *form)
{
	return testing_post(w,
		arena_printf(w->arena, "/staff/tickets/%s/%s", reference, action), form);
}

/* A form with what the page carried, and more. */
static const char *
form_of(struct work *w, const char *reference, const char *more)
{
	struct ticket t = testing_ticket(w, reference);

	return arena_printf(w->arena, "version=%lld&seen=%lld&%s", (long long)t.version,
		(long long)t.events, more);
}

static struct event
last_event(struct work *w, const char *reference)
{
	struct ticket t = testing_ticket(w, reference);
	struct event_list list;

	event_read(w, &t, EVENT_FOR_STAFF, 0, 1, &list);
	return list.at[0];
}

static const char *
draft_of(struct work *w, const char *reference)
{
	struct ticket t = testing_ticket(w, reference);

	return saved_reply_get(w, &t);
}

static void
the_page_tells_who_asked_what_was_promised_and_why_it_is_here(void **state)
{
	struct testing_people people;
	struct work *w = testing_desk(&people);
	const char *reference = testing_report(w, "a", "A deep hole in Elm Road.");
	struct visit v;

	(void)state;
	testing_act_as(w, SOUTHMERE, people.analyst);
	v = testing_get(w, page_of(w, reference));
	assert_int_equal(v.end, DONE);
	testing_is_page(&v);
	assert_true(testing_says(&v, reference));
	assert_true(testing_says(&v, "Ann Fisher asked for this (Web form)"));
	assert_true(testing_says(&v, "A deep hole in Elm Road."));
	assert_true(testing_says(&v, "Due in 4 hours"));
	assert_true(testing_says(&v, "4 hours of desk time left"));
	assert_true(testing_says(&v, "2 working days left"));
	assert_true(testing_says(&v, "5pm on 4 March 2026"));
	assert_true(testing_says(&v, "mailto:ann@example.org"));
	assert_true(testing_says(&v, "Highways"));
	assert_true(testing_says(
		&v, "No row of the table fitted, so the service’s own value decided"));
	assert_true(testing_says(&v, "Row 3 of version 1 of the table decided"));
	assert_true(testing_says(&v, "answer within 4 hours of desk time"));
}

static void
a_reply_is_sent_and_the_page_says_so(void **state)
{
	struct testing_people people;
	struct work *w = testing_desk(&people);
	const char *reference = testing_report(w, "a", "A hole.");
	struct visit v;

	(void)state;
	testing_act_as(w, SOUTHMERE, people.analyst);
	v = act(w, reference, "answer",
		form_of(w, reference, "do=reply&words=We+are+on+it.%0D%0AAmy"));
	assert_int_equal(v.status, 303);
	assert_string_equal(
		v.location, arena_printf(w->arena, "/staff/tickets/%s?done=reply#event-3",
				    reference));
	v = testing_get(
		w, arena_printf(w->arena, "/staff/tickets/%s?done=reply", reference));
	testing_is_page(&v);
	assert_true(testing_says(&v, "Your reply was sent."));
	assert_non_null(strstr(v.body, "We are on it.\nAmy"));
	assert_true(testing_says(&v, "Public"));
	assert_true(testing_says(&v, "Kept"));
}

static void
every_action_has_its_form(void **state)
{
	static const struct {
		const char *action, *form, *kind;
		enum ticket_status status;
	} steps[] = {
		{"claim", "", "claimed", TICKET_OPEN},
		{"answer", "do=note&words=Rang+her.", "note", TICKET_OPEN},
		{"answer", "do=wait&words=Which+end%3F", "waiting", TICKET_WAITING},
		{"priority", "priority=1&reason=A+bus+route", "priority", TICKET_WAITING},
		{"answer", "do=resolve&words=Filled.", "resolved", TICKET_RESOLVED},
		{"reopen", "reason=It+sank", "reopened", TICKET_OPEN},
	};
	struct testing_people people;
	struct work *w = testing_desk(&people);
	const char *reference = testing_report(w, "a", "A hole.");

	(void)state;
	testing_act_as(w, SOUTHMERE, people.leader);
	for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
		struct visit v = act(w, reference, steps[i].action,
			form_of(w, reference, steps[i].form));

		assert_int_equal(v.status, 303);
		assert_string_equal(last_event(w, reference).kind, steps[i].kind);
		assert_int_equal(testing_ticket(w, reference).status, steps[i].status);
		v = testing_get(w, page_of(w, reference));
		testing_is_page(&v);
	}
}

static void
a_conflict_keeps_the_text_and_names_who_did_what(void **state)
{
	struct testing_people people;
	struct work *w = testing_desk(&people);
	const char *reference = testing_report(w, "a", "A hole.");
	const char *form;
	struct visit v;

	(void)state;
	testing_act_as(w, SOUTHMERE, people.analyst);
	form = form_of(w, reference, "do=reply&words=My+long+answer.");
	testing_act_as(w, SOUTHMERE, people.leader);
	assert_int_equal(
		act(w, reference, "claim", form_of(w, reference, "")).status, 303);
	testing_act_as(w, SOUTHMERE, people.analyst);
	v = act(w, reference, "answer", form);
	assert_int_equal(v.end, DONE);
	assert_int_equal(v.status, 409);
	testing_is_page(&v);
	assert_true(testing_says(&v, "Somebody changed this while you were writing"));
	assert_true(testing_says(&v, "lee took this"));
	assert_true(testing_says(&v, "My long answer."));
	assert_string_equal(draft_of(w, reference), "My long answer.");
	assert_string_equal(last_event(w, reference).kind, "claimed");
	v = act(w, reference, "answer",
		form_of(w, reference, "do=reply&words=My+long+answer."));
	assert_int_equal(v.status, 303);
	assert_string_equal(draft_of(w, reference), "");
}

static void
what_is_wrong_stands_at_its_field_and_changes_nothing(void **state)
{
	static const struct {
		const char *action, *form, *says;
	} wrongs[] = {
		{"answer", "do=reply&words=++", "Enter your reply"},
		{"answer", "do=wait&words=", "Enter the question for the customer"},
		{"answer", "do=note&words=", "Enter the note"},
		{"answer", "do=resolve&words=", "Enter what was done"},
		{"answer", "words=Hello", "Choose what to do with what you wrote"},
		{"priority", "priority=1&reason=", "Enter the reason"},
		{"priority", "priority=9&reason=So", "Select a priority from 1 to 4"},
		{"assign", "team=77&person=0", "Select a team"},
	};
	struct testing_people people;
	struct work *w = testing_desk(&people);
	const char *reference = testing_report(w, "a", "A hole.");
	struct ticket before = testing_ticket(w, reference);

	(void)state;
	testing_act_as(w, SOUTHMERE, people.leader);
	for (size_t i = 0; i < sizeof wrongs / sizeof *wrongs; i++) {
		struct visit v = act(w, reference, wrongs[i].action,
			form_of(w, reference, wrongs[i].form));

		assert_int_equal(v.end, DONE);
		assert_int_equal(v.status, 422);
		testing_is_page(&v);
		assert_true(testing_says(&v, wrongs[i].says));
		assert_int_equal(testing_ticket(w, reference).version, before.version);
	}
	assert_string_equal(draft_of(w, reference), "Hello");
}

static void
assigning_without_script_takes_two_steps(void **state)
{
	struct testing_people people;
	struct work *w = testing_desk(&people);
	const char *reference = testing_report(w, "a", "A hole.");
	struct visit v;

	(void)state;
	testing_act_as(w, SOUTHMERE, people.analyst);
	v = testing_get(w, page_of(w, reference));
	assert_false(testing_says(&v, "ben"));
	v = act(w, reference, "assign",
		form_of(w, reference,
			arena_printf(w->arena, "do=people&team=%lld&person=0",
				(long long)people.waste)));
	testing_is_page(&v);
	assert_true(testing_says(&v, "ben"));
	assert_int_equal(testing_ticket(w, reference).team, people.highways);
	v = act(w, reference, "assign",
		form_of(w, reference,
			arena_printf(w->arena, "team=%lld&person=%lld",
				(long long)people.waste, (long long)people.leader)));
	assert_int_equal(v.status, 422);
	assert_true(testing_says(&v, "Select somebody who works in that team"));
	v = act(w, reference, "assign",
		form_of(w, reference,
			arena_printf(w->arena, "team=%lld&person=%lld",
				(long long)people.waste, (long long)people.binman)));
	assert_int_equal(v.status, 303);
	assert_int_equal(testing_ticket(w, reference).team, people.waste);
	assert_int_equal(testing_ticket(w, reference).assignee, people.binman);
}

static void
a_draft_stays_until_it_is_sent(void **state)
{
	struct testing_people people;
	struct work *w = testing_desk(&people);
	const char *reference = testing_report(w, "a", "A hole.");
	struct visit v;

	(void)state;
	testing_act_as(w, SOUTHMERE, people.analyst);
	v = act(w, reference, "draft", "words=Half+a+sen");
	assert_int_equal(v.status, 204);
	v = testing_get(w, page_of(w, reference));
	assert_true(testing_says(&v, "Half a sen"));
	testing_act_as(w, SOUTHMERE, people.leader);
	v = testing_get(w, page_of(w, reference));
	assert_false(testing_says(&v, "Half a sen"));
}

static void
hostile_words_stay_text_everywhere(void **state)
{
	static const char words[] = "</textarea><script>alert(1)</script>\"'>{p.x}";
	struct testing_people people;
	struct work *w = testing_desk(&people);
	struct contact c = {
		.org = SOUTHMERE,
		.channel = CHANNEL_WEB,
		.key = "x",
		.service = "HW-POTHOLE",
		.words = words,
		.place = words,
		.from = {.name = words},
	};
	struct receipt got;
	struct visit v;

	(void)state;
	pairs_add(w->arena, &c.fields, "details", words);
	pairs_add(w->arena, &c.fields, words, words);
	assert_int_equal(intake(w, &c, &got), DONE);
	testing_act_as(w, SOUTHMERE, people.leader);
	act(w, got.reference, "draft",
		"words=%3C%2Ftextarea%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E");
	v = testing_get(w, arena_printf(w->arena, "/staff/tickets/%s?done=%%3Cscript%%3E",
				   got.reference));
	testing_is_page(&v);
	assert_null(strstr(v.body, "<script>alert"));
	assert_true(testing_says(&v, "<script>alert(1)</script>"));
}

static void
older_events_are_a_page_away(void **state)
{
	struct testing_people people;
	struct work *w = testing_desk(&people);
	const char *reference = testing_report(w, "a", "The first words.");
	struct visit v;

	(void)state;
	testing_act_as(w, SOUTHMERE, people.analyst);
	for (int i = 0; i < 25; i++)
		act(w, reference, "answer", "do=note&words=Once+more");
	v = testing_get(w, page_of(w, reference));
	assert_false(testing_says(&v, "The first words.") &&
		     testing_says(&v, "Ann Fisher asked for this"));
	assert_true(testing_says(&v, "Show what was before"));
	v = testing_get(
		w, arena_printf(w->arena, "/staff/tickets/%s?before=8", reference));
	testing_is_page(&v);
	assert_true(testing_says(&v, "Ann Fisher asked for this"));
	assert_true(testing_says(&v, "Go to the newest"));
}

static void
what_may_not_be_seen_does_not_exist(void **state)
{
	struct testing_people people;
	struct work *w = testing_desk(&people);
	const char *reference = testing_report(w, "a", "A hole.");
	static const char *const actions[] = {
		"answer", "assign", "claim", "draft", "priority", "reopen"};

	(void)state;
	testing_act_as(w, ICT_DESK, people.engineer);
	assert_int_equal(testing_get(w, page_of(w, reference)).end, MISSING);
	assert_int_equal(testing_get(w, "/staff/tickets/nonsense").end, MISSING);
	assert_int_equal(testing_get(w, arena_printf(w->arena,
						"/staff/tickets/%s/files/1", reference))
				 .end,
		MISSING);
	for (size_t i = 0; i < sizeof actions / sizeof *actions; i++)
		assert_int_equal(
			act(w, reference, actions[i], "do=note&words=x&reason=x").end,
			MISSING);
}

static void
who_may_not_do_a_thing_is_not_offered_it(void **state)
{
	static const struct {
		enum role role;
		bool note, reply, resolve, assign, rank;
	} roles[] = {
		{ROLE_LEADER, true, true, true, true, true},
		{ROLE_ANALYST, true, true, true, true, false},
		{ROLE_APPRENTICE, true, true, false, false, false},
		{ROLE_PARTNER, true, true, false, false, false},
		{ROLE_MANAGER, false, false, false, false, false},
		{ROLE_GOVERNANCE_OFFICER, true, false, false, false, false},
	};
	struct testing_people people;
	struct work *w = testing_desk(&people);
	const char *reference = testing_report(w, "a", "A hole.");
	const struct actor *house = w->actor;

	(void)state;
	for (size_t i = 0; i < sizeof roles / sizeof *roles; i++) {
		struct grant grant = access_grant(SOUTHMERE, roles[i].role);
		struct actor a = {
			.kind = ACTOR_STAFF,
			.org = SOUTHMERE,
			.person = people.analyst,
			.name = "amy",
			.grants = &grant,
			.grant_count = 1,
		};
		struct visit v;

		w->actor = &a;
		v = testing_get(w, page_of(w, reference));
		assert_int_equal(v.end, DONE);
		testing_is_page(&v);
		assert_int_equal(testing_says(&v, "Internal note"), roles[i].note);
		assert_int_equal(
			strstr(v.body, "value=\"reply\"") != NULL, roles[i].reply);
		assert_int_equal(
			strstr(v.body, "value=\"resolve\"") != NULL, roles[i].resolve);
		assert_int_equal(
			strstr(v.body, "id=\"assign-team\"") != NULL, roles[i].assign);
		assert_int_equal(strstr(v.body, "id=\"rank\"") != NULL, roles[i].rank);
		if (!roles[i].resolve)
			assert_int_equal(
				act(w, reference, "answer",
					form_of(w, reference, "do=resolve&words=Done."))
					.end,
				DENIED);
		w->actor = house;
	}
}

static void
who_may_not_look_people_up_reads_only_the_name(void **state)
{
	struct testing_people people;
	struct work *w = testing_desk(&people);
	const char *reference = testing_report(w, "a", "A hole.");
	struct grant grant = access_grant(SOUTHMERE, ROLE_SUPPLIER);
	struct actor a = {
		.kind = ACTOR_STAFF,
		.org = SOUTHMERE,
		.person = people.analyst,
		.name = "amy",
		.grants = &grant,
		.grant_count = 1,
	};
	struct visit v;

	(void)state;
	w->actor = &a;
	v = testing_get(w, page_of(w, reference));
	assert_true(testing_says(&v, "Ann Fisher"));
	assert_false(testing_says(&v, "ann@example.org"));
}

static void
files_are_only_ever_saved(void **state)
{
	static const char page[] = "<script>alert(1)</script>";
	struct testing_people people;
	struct work *w = testing_desk(&people);
	struct contact_file file = {"look.html", "text/html", bytes_of(page)};
	struct contact c = {
		.org = SOUTHMERE,
		.channel = CHANNEL_WEB,
		.key = "x",
		.service = "HW-POTHOLE",
		.words = "See the file.",
		.from = {.name = "Ann Fisher", .email = "ann@example.org"},
		.files = &file,
		.file_count = 1,
	};
	struct receipt got;
	struct visit v;
	const char *link;

	(void)state;
	assert_int_equal(intake(w, &c, &got), DONE);
	testing_act_as(w, SOUTHMERE, people.analyst);
	v = testing_get(w, page_of(w, got.reference));
	testing_is_page(&v);
	assert_true(testing_says(&v, "look.html"));
	link = strstr(v.body, "/files/");
	assert_non_null(link);
	v = testing_get(w, arena_printf(w->arena, "/staff/tickets/%s%.*s", got.reference,
				   (int)strcspn(link, "\""), link));
	assert_string_equal(v.body, page);
	assert_int_equal(v.end, DONE);
}

static void
the_page_asks_as_often_for_twenty_events_as_for_two(void **state)
{
	struct testing_people people;
	struct work *w = testing_desk(&people);
	const char *reference = testing_report(w, "a", "A hole.");
	int64_t before, two, twenty;

	(void)state;
	testing_act_as(w, SOUTHMERE, people.analyst);
	testing_get(w, page_of(w, reference));
	before = db_asked(w->db);
	testing_get(w, page_of(w, reference));
	two = db_asked(w->db) - before;
	for (int i = 0; i < 20; i++)
		act(w, reference, "answer", "do=note&words=Once+more");
	before = db_asked(w->db);
	testing_get(w, page_of(w, reference));
	twenty = db_asked(w->db) - before;
	assert_int_equal(two, twenty);
	assert_true(twenty <= 24);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			the_page_tells_who_asked_what_was_promised_and_why_it_is_here),
		cmocka_unit_test(a_reply_is_sent_and_the_page_says_so),
		cmocka_unit_test(every_action_has_its_form),
		cmocka_unit_test(a_conflict_keeps_the_text_and_names_who_did_what),
		cmocka_unit_test(what_is_wrong_stands_at_its_field_and_changes_nothing),
		cmocka_unit_test(assigning_without_script_takes_two_steps),
		cmocka_unit_test(a_draft_stays_until_it_is_sent),
		cmocka_unit_test(hostile_words_stay_text_everywhere),
		cmocka_unit_test(older_events_are_a_page_away),
		cmocka_unit_test(what_may_not_be_seen_does_not_exist),
		cmocka_unit_test(who_may_not_do_a_thing_is_not_offered_it),
		cmocka_unit_test(who_may_not_look_people_up_reads_only_the_name),
		cmocka_unit_test(files_are_only_ever_saved),
		cmocka_unit_test(the_page_asks_as_often_for_twenty_events_as_for_two),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
