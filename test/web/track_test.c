/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "web/resident/track_page.h"

#include "desk/handle.h"
#include "format/words.h"
#include "store/account.h"
#include "store/attachment.h"
#include "store/event.h"
#include "store/person.h"
#include "store/track.h"
#include "testing.h"
#include "testing_desk.h"
#include "testing_page.h"

#include <string.h>

static const struct actor nobody = {.kind = ACTOR_NOBODY, .org = SOUTHMERE, .name = ""};

static const char *
at(struct work *w, const char *reference, const char *rest)
{
	return arena_printf(w->arena, "/track/%s%s", reference, rest);
}

/* The six digits of the newest letter with a code. */
static const char *
code_of_letter(struct work *w)
{
	const char *subject = db_text(w->db, w->arena,
		"select subject from outbox where subject like '%is your code%'"
		" order by created desc, id desc limit 1");

	assert_non_null(subject);
	return arena_text(w->arena, subject, 6);
}

/* Somebody without an account has opened Ann's request with the code. */
static const char *
opened(struct work **w, struct testing_people *people)
{
	const char *reference;
	struct visit v;

	*w = testing_desk(people);
	reference = testing_report(*w, "a", "A deep hole.");
	(*w)->actor = &nobody;
	v = testing_post(
		*w, "/track", arena_printf((*w)->arena, "reference=%s", reference));
	assert_string_equal(v.location, at(*w, reference, "?sent=1"));
	v = testing_get(*w, v.location);
	testing_is_page(&v);
	assert_false(testing_says(&v, "A deep hole."));
	v = testing_post(*w, at(*w, reference, "/code"),
		arena_printf((*w)->arena, "code=%s", code_of_letter(*w)));
	assert_string_equal(v.location, at(*w, reference, ""));
	return reference;
}

static void
a_code_from_the_letter_opens_the_request(void **state)
{
	struct work *w;
	const char *reference = opened(&w, NULL);
	struct visit v = testing_get(w, at(w, reference, ""));

	(void)state;
	assert_int_equal(v.status, 200);
	testing_is_page(&v);
	assert_true(testing_says(&v, "A deep hole."));
	assert_true(testing_says(&v, "Received"));
	assert_true(testing_says(&v, "Wednesday 4 March 2026"));
	assert_true(testing_says(&v, "9am on 2 March 2026"));
}

static void
the_answer_is_the_same_for_a_reference_that_is_not_there(void **state)
{
	struct work *w = testing_desk(NULL);
	const char *there = testing_report(w, "a", "A hole.");
	struct visit a, b;

	(void)state;
	w->actor = &nobody;
	a = testing_post(w, "/track", arena_printf(w->arena, "reference=%s", there));
	db_run(w->db, "delete from ticket where reference = $1", there);
	b = testing_post(w, "/track", arena_printf(w->arena, "reference=%s", there));
	assert_int_equal(a.status, b.status);
	assert_string_equal(a.location, b.location);
	b = testing_get(w, b.location);
	testing_is_page(&b);
	assert_true(testing_says(&b, "If this is one of our references"));
}

static void
what_cannot_be_a_reference_is_said_so(void **state)
{
	struct work *w = testing_desk(NULL);
	struct visit v;

	(void)state;
	w->actor = &nobody;
	v = testing_get(w, "/track?ref=7KM");
	testing_is_page(&v);
	assert_non_null(strstr(v.body, "value=\"7KM\""));
	v = testing_post(w, "/track", "reference=7KM");
	assert_int_equal(v.status, 422);
	testing_is_page(&v);
	assert_true(testing_says(&v, "Enter a reference like"));
	assert_non_null(strstr(v.body, "value=\"7KM\""));
	assert_int_equal(testing_get(w, "/track/7KM").end, MISSING);
}

static void
a_wrong_code_opens_nothing_and_counts(void **state)
{
	struct work *w = testing_desk(NULL);
	const char *reference = testing_report(w, "a", "A deep hole.");
	const char *code;
	struct visit v;

	(void)state;
	w->actor = &nobody;
	testing_post(w, "/track", arena_printf(w->arena, "reference=%s", reference));
	code = code_of_letter(w);
	for (int i = 0; i < TRACK_TRIES; i++) {
		v = testing_post(w, at(w, reference, "/code"),
			strcmp(code, "000000") ? "code=000000" : "code=111111");
		assert_int_equal(v.end, DONE);
		assert_int_equal(v.status, 422);
		testing_is_page(&v);
		assert_true(testing_says(&v, "That code is not right"));
	}
	v = testing_post(
		w, at(w, reference, "/code"), arena_printf(w->arena, "code=%s", code));
	assert_int_equal(v.status, 422);
	v = testing_get(w, at(w, reference, ""));
	assert_false(testing_says(&v, "A deep hole."));
}

static void
another_session_does_not_open_it(void **state)
{
	struct work *w;
	const char *reference = opened(&w, NULL);
	struct visit v;

	(void)state;
	testing_session(w);
	v = testing_get(w, at(w, reference, ""));
	testing_is_page(&v);
	assert_false(testing_says(&v, "A deep hole."));
	assert_true(testing_says(&v, "Send me a code"));
	v = testing_post(w, at(w, reference, "/message"), "words=hello&once=x");
	assert_string_equal(v.location, at(w, reference, ""));
	assert_int_equal(testing_ticket(w, reference).events, 2);
}

static void
the_customer_reads_answers_but_never_notes(void **state)
{
	struct testing_people people;
	struct work *w;
	const char *reference = opened(&w, &people);
	struct handle h = {.org = SOUTHMERE, .reference = reference};
	struct ticket t;
	struct visit v;

	(void)state;
	testing_act_as(w, SOUTHMERE, people.analyst);
	assert_int_equal(handle_note(w, &h, "The caller is difficult.", &t), DONE);
	assert_int_equal(handle_reply(w, &h, "We come <b>tomorrow</b>.\nAmy", &t), DONE);
	w->actor = &nobody;
	v = testing_get(w, at(w, reference, ""));
	testing_is_page(&v);
	assert_true(testing_says(&v, "We come <b>tomorrow</b>."));
	assert_true(testing_says(&v, "Southmere Council wrote"));
	assert_false(testing_says(&v, "difficult"));
	assert_true(testing_says(&v, "In progress"));
}

static void
a_message_reaches_the_desk_once(void **state)
{
	struct work *w;
	const char *reference = opened(&w, NULL);
	const char *target = at(w, reference, "/message");
	struct visit v = testing_post(w, target, "words=It+is+deeper+now.&once=abc");

	(void)state;
	assert_string_equal(v.location, at(w, reference, "?said=1"));
	v = testing_post(w, target, "words=It+is+deeper+now.&once=abc");
	assert_string_equal(v.location, at(w, reference, "?said=1"));
	assert_int_equal(testing_ticket(w, reference).events, 3);
	v = testing_get(w, v.location);
	testing_is_page(&v);
	assert_true(testing_says(&v, "We have your message."));
	assert_true(testing_says(&v, "It is deeper now."));
	/* Back, and something else: that is heard too. */
	testing_post(w, target, "words=And+wider.&once=abc");
	assert_int_equal(testing_ticket(w, reference).events, 4);
}

static void
an_empty_message_is_a_problem(void **state)
{
	struct work *w;
	const char *reference = opened(&w, NULL);
	struct visit v = testing_post(w, at(w, reference, "/message"), "words=+&once=a");

	(void)state;
	assert_int_equal(v.status, 422);
	testing_is_page(&v);
	assert_true(testing_says(&v, "Enter your message"));
	assert_int_equal(testing_ticket(w, reference).events, 2);
}

static void
an_answer_ends_the_wait_and_a_complaint_reopens(void **state)
{
	struct testing_people people;
	struct work *w;
	const char *reference = opened(&w, &people);
	struct handle h = {.org = SOUTHMERE, .reference = reference};
	struct ticket t;
	struct visit v;

	(void)state;
	testing_act_as(w, SOUTHMERE, people.analyst);
	assert_int_equal(handle_wait(w, &h, "customer", "Which side?", &t), DONE);
	w->actor = &nobody;
	v = testing_get(w, at(w, reference, ""));
	assert_true(testing_says(&v, "Which side?"));
	assert_true(testing_says(&v, "Please answer below"));
	testing_post(w, at(w, reference, "/message"), "words=Left.&once=b");
	assert_int_equal(testing_ticket(w, reference).status, TICKET_OPEN);
	testing_act_as(w, SOUTHMERE, people.analyst);
	assert_int_equal(handle_resolve(w, &h, "Filled.", &t), DONE);
	w->actor = &nobody;
	v = testing_get(w, at(w, reference, ""));
	assert_true(testing_says(&v, "Filled."));
	assert_true(testing_says(&v, "Tell us that it is not done"));
	testing_post(w, at(w, reference, "/message"), "words=It+is+not.&once=c");
	assert_int_equal(testing_ticket(w, reference).status, TICKET_OPEN);
	assert_int_equal(testing_ticket(w, reference).reopened, 1);
}

static void
files_go_both_ways(void **state)
{
	static const struct testing_file note = {
		"files", "note.txt", {(const unsigned char *)"It is deep.", 11}};
	static const struct testing_file program = {
		"files", "note.txt", {(const unsigned char *)"MZ\0\0", 4}};
	struct work *w;
	const char *reference = opened(&w, NULL);
	struct attachment_list files;
	struct ticket t;
	struct visit v = testing_post_file(
		w, at(w, reference, "/message"), "words=See+here.&once=d", &note);

	(void)state;
	assert_int_equal(v.status, 303);
	t = testing_ticket(w, reference);
	attachment_read(w, &t, &files);
	assert_int_equal(files.count, 1);
	v = testing_get(w, at(w, reference, ""));
	assert_true(testing_says(&v, "note.txt"));
	v = testing_get(w, arena_printf(w->arena, "/track/%s/files/%lld", reference,
				   (long long)files.at[0].id));
	assert_string_equal(v.body, "It is deep.");
	v = testing_post_file(
		w, at(w, reference, "/message"), "words=And+here.&once=e", &program);
	assert_int_equal(v.status, 422);
	testing_is_page(&v);
	assert_true(testing_says(&v, "note.txt must be a photo"));
	assert_true(testing_says(&v, "And here."));
	testing_session(w);
	v = testing_get(w, arena_printf(w->arena, "/track/%s/files/%lld", reference,
				   (long long)files.at[0].id));
	assert_int_equal(v.end, MISSING);
}

static void
a_promise_that_is_broken_is_admitted(void **state)
{
	struct work *w;
	const char *reference = opened(&w, NULL);
	struct visit v;

	(void)state;
	testing_clock(w, "2026-03-05T09:00:00Z");
	track_grant(w, &(struct ticket){
			       .org = SOUTHMERE, .id = testing_ticket(w, reference).id});
	v = testing_get(w, at(w, reference, ""));
	testing_is_page(&v);
	assert_true(testing_says(&v, "longer than we promised"));
}

static void
a_request_is_read_in_welsh(void **state)
{
	struct work *w;
	const char *reference = opened(&w, NULL);
	struct visit v;

	(void)state;
	w->words = words_of("cy");
	v = testing_get(w, at(w, reference, ""));
	testing_is_page(&v);
	assert_true(testing_says(&v, "Derbyniwyd"));
	assert_true(testing_says(&v, "Gofynnoch chi"));
}

static void
who_is_signed_in_opens_their_own_and_no_other(void **state)
{
	struct testing_people people;
	struct work *w = testing_desk(&people);
	const char *reference = testing_report(w, "a", "A deep hole.");
	struct actor ann = {.kind = ACTOR_CUSTOMER,
		.org = SOUTHMERE,
		.person = people.ann,
		.name = "Ann"};
	struct person bob = {.org = SOUTHMERE, .name = "Bob", .email = "bob@example.org"};
	struct visit v;

	(void)state;
	account_grants(w, people.ann, SOUTHMERE, &ann);
	w->actor = &ann;
	v = testing_get(w, at(w, reference, ""));
	testing_is_page(&v);
	assert_true(testing_says(&v, "A deep hole."));
	person_insert(w, &bob);
	ann.person = bob.id;
	account_grants(w, bob.id, SOUTHMERE, &ann);
	v = testing_get(w, at(w, reference, ""));
	assert_false(testing_says(&v, "A deep hole."));
	/* Not even an analyst who sees it at the desk has it as their own. */
	testing_act_as(w, SOUTHMERE, people.analyst);
	v = testing_get(w, at(w, reference, ""));
	assert_false(testing_says(&v, "A deep hole."));
}

/* Who opened it with a code is nobody we know; that it was opened is. */
static void
a_look_at_a_restricted_request_is_noted(void **state)
{
	struct testing_people people;
	struct work *w;
	const char *reference = opened(&w, &people);

	(void)state;
	w->glances = NULL;
	testing_get(w, at(w, reference, ""));
	assert_null(w->glances);
	db_run(w->db, "update ticket set restricted = 1");
	testing_get(w, at(w, reference, ""));
	assert_non_null(w->glances);
	assert_true(w->glances->first);
	assert_string_equal(w->glances->detail, "what=track");
	assert_int_equal(w->glances->org, SOUTHMERE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_code_from_the_letter_opens_the_request),
		cmocka_unit_test(
			the_answer_is_the_same_for_a_reference_that_is_not_there),
		cmocka_unit_test(what_cannot_be_a_reference_is_said_so),
		cmocka_unit_test(a_wrong_code_opens_nothing_and_counts),
		cmocka_unit_test(another_session_does_not_open_it),
		cmocka_unit_test(the_customer_reads_answers_but_never_notes),
		cmocka_unit_test(a_message_reaches_the_desk_once),
		cmocka_unit_test(an_empty_message_is_a_problem),
		cmocka_unit_test(an_answer_ends_the_wait_and_a_complaint_reopens),
		cmocka_unit_test(files_go_both_ways),
		cmocka_unit_test(a_promise_that_is_broken_is_admitted),
		cmocka_unit_test(a_request_is_read_in_welsh),
		cmocka_unit_test(who_is_signed_in_opens_their_own_and_no_other),
		cmocka_unit_test(a_look_at_a_restricted_request_is_noted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
