/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "store/account.h"
#include "store/attachment.h"
#include "store/event.h"
#include "store/outbox.h"
#include "store/person.h"
#include "store/service.h"
#include "testing.h"
#include "testing_desk.h"
#include "testing_page.h"

#include <string.h>

#define CALL                                                 \
	"service=HW-POTHOLE&once=abc&contact-channel=call"   \
	"&contact-name=Bob+Hill&contact-phone=01632+960+002" \
	"&location-place=Elm+Road&details=It+is+deep."

static struct work *
desk(struct testing_people *people)
{
	struct work *w = testing_desk(people);

	testing_act_as(w, SOUTHMERE, people->analyst);
	return w;
}

/* The ticket that a 303 leads to. */
static struct ticket
ticket_at(struct work *w, const struct visit *v)
{
	assert_int_equal(v->status, 303);
	assert_int_equal(strncmp(v->location, "/staff/tickets/", 15), 0);
	return testing_ticket(w, arena_text(w->arena, v->location + 15, 11));
}

static void
the_services_are_there_to_choose_from(void **state)
{
	struct testing_people people;
	struct work *w = desk(&people);
	struct visit v = testing_get(w, "/staff/new");

	(void)state;
	testing_is_page(&v);
	assert_true(testing_says(&v, "Report a pothole"));
	assert_true(testing_says(&v, "Report a missed bin"));
	v = testing_get(w, "/staff/new?find=BIN");
	testing_is_page(&v);
	assert_false(testing_says(&v, "Report a pothole"));
	assert_true(testing_says(&v, "Report a missed bin"));
	v = testing_get(w, "/staff/new?find=%3Cb%3E");
	testing_is_page(&v);
	assert_true(testing_says(&v, "No service has these words in its name."));
	assert_null(strstr(v.body, "<b>"));
}

static void
the_whole_form_stands_on_one_page(void **state)
{
	struct testing_people people;
	struct work *w = desk(&people);
	struct visit v = testing_get(w, "/staff/new?service=HW-POTHOLE");

	(void)state;
	testing_is_page(&v);
	assert_true(testing_says(&v, "contact-name"));
	assert_true(testing_says(&v, "location-place"));
	assert_true(testing_says(&v, "details"));
	assert_int_equal(testing_get(w, "/staff/new?service=NO-SUCH").end, MISSING);
	assert_int_equal(testing_get(w, "/staff/new?service=IT-LAPTOP").end, MISSING);
}

static void
what_the_caller_says_of_urgency_and_impact_counts(void **state)
{
	struct testing_people people;
	struct work *w = desk(&people);
	struct visit v = testing_post(
		w, "/staff/new", CALL "&contact-impact=1&contact-urgency=2");
	struct ticket t = ticket_at(w, &v);

	(void)state;
	assert_int_equal(t.impact, 1);
	assert_int_equal(t.urgency, 2);
}

static void
a_call_becomes_a_ticket_that_says_who_took_it_down(void **state)
{
	struct testing_people people;
	struct work *w = desk(&people);
	struct visit v = testing_post(w, "/staff/new", CALL);
	struct ticket t = ticket_at(w, &v);

	(void)state;
	assert_string_equal(t.channel, "call");
	assert_string_equal(t.customer_name, "Bob Hill");
	assert_int_equal(t.team, people.highways);
	assert_string_equal(t.subject, "Report a pothole: Elm Road");
	v = testing_get(w, v.location);
	testing_is_page(&v);
	assert_true(testing_says(&v, "Logged."));
	assert_true(
		testing_says(&v, "Bob Hill asked for this (Phone call, taken down by "));
	assert_true(testing_says(&v, "It is deep."));
	assert_true(testing_says(&v, "+441632960002"));
	assert_true(testing_says(&v, "We have no e-mail address of this customer"));
}

static void
sending_twice_makes_one_ticket(void **state)
{
	struct testing_people people;
	struct work *w = desk(&people);
	struct visit first = testing_post(w, "/staff/new", CALL);
	struct visit again = testing_post(w, "/staff/new", CALL);
	struct visit other = testing_post(w, "/staff/new", CALL "&details=No%2C+wide.");

	(void)state;
	assert_string_equal(first.location, again.location);
	assert_int_equal(db_int(w->db, 0, "select count(*) from ticket"), 1);
	assert_int_equal(other.status, 303);
	other = testing_post(w, "/staff/new",
		"service=HW-POTHOLE&once=abc&contact-channel=call&contact-name=Bob+Hill"
		"&location-place=Elm+Road&details=Another");
	assert_int_equal(other.status, 409);
	testing_is_page(&other);
	assert_true(testing_says(&other, "This was logged already"));
	assert_true(testing_says(&other, "Another"));
}

static void
what_is_missing_is_said_and_nothing_typed_is_lost(void **state)
{
	struct testing_people people;
	struct work *w = desk(&people);
	struct visit v = testing_post(w, "/staff/new",
		"service=HW-POTHOLE&once=abc&contact-channel=pigeon"
		"&contact-email=bob&contact-phone=12&details=%3Cb%3Edeep");

	(void)state;
	assert_int_equal(v.end, DONE);
	assert_int_equal(v.status, 422);
	testing_is_page(&v);
	assert_true(testing_says(&v, "Choose how it reached us"));
	assert_true(testing_says(&v, "Enter their name"));
	assert_true(testing_says(&v, "<b>deep"));
	assert_null(strstr(v.body, "<b>deep"));
	assert_true(testing_says(&v, "location"));
	assert_int_equal(db_int(w->db, 0, "select count(*) from ticket"), 0);
}

static void
somebody_known_is_not_asked_again(void **state)
{
	struct testing_people people;
	struct work *w = desk(&people);
	const char *person = arena_printf(w->arena, "%lld", (long long)people.ann);
	struct visit v = testing_get(
		w, arena_printf(
			   w->arena, "/staff/new?service=HW-POTHOLE&person=%s", person));

	(void)state;
	testing_is_page(&v);
	assert_true(testing_says(&v, "Ann Fisher"));
	assert_false(testing_says(&v, "contact-name"));
	v = testing_post(w, "/staff/new",
		arena_printf(w->arena,
			"service=HW-POTHOLE&once=abc&contact-channel=visit&person=%s"
			"&location-place=Elm+Road",
			person));
	assert_int_equal(ticket_at(w, &v).customer, people.ann);
	assert_int_equal(outbox_waiting(w), 1);
}

static void
files_that_were_brought_come_with_it(void **state)
{
	static const unsigned char png[] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n',
		0, 0, 0, 13, 'I', 'H', 'D', 'R', 0, 0, 0, 1, 0, 0, 0, 1, 8, 6, 0, 0, 0};
	struct testing_people people;
	struct work *w = desk(&people);
	struct testing_file file = {"photo", "hole.png", {png, sizeof png}};
	struct service s;
	struct attachment_list files;
	struct visit v;
	struct ticket t;

	(void)state;
	assert_int_equal(service_find(w, SOUTHMERE, "HW-POTHOLE", &s), DONE);
	s.fields = "location:point!|details:long|photo:file";
	service_save(w, &s, "changed");
	v = testing_post_file(w, "/staff/new", CALL, &file);
	t = ticket_at(w, &v);
	attachment_read(w, &t, &files);
	assert_int_equal(files.count, 1);
	assert_string_equal(files.at[0].filename, "hole.png");
}

static void
only_who_may_create_logs_contacts(void **state)
{
	static const struct {
		enum role role;
		enum outcome end;
	} roles[] = {
		{ROLE_APPRENTICE, DONE},
		{ROLE_COUNTER_OFFICER, DONE},
		{ROLE_HUB_CALLER, DONE},
		{ROLE_MANAGER, DENIED},
		{ROLE_SUPPLIER, DENIED},
	};
	struct testing_people people;
	struct work *w = testing_desk(&people);

	(void)state;
	for (size_t i = 0; i < sizeof roles / sizeof *roles; i++) {
		struct grant grant = access_grant(SOUTHMERE, roles[i].role);
		struct actor a = {
			.kind = ACTOR_STAFF,
			.org = SOUTHMERE,
			.person = people.binman,
			.name = "ben",
			.grants = &grant,
			.grant_count = 1,
		};
		struct visit v;

		w->actor = &a;
		v = testing_get(w, "/staff/new");
		assert_int_equal(v.end, roles[i].end);
		v = testing_post(w, "/staff/new",
			arena_printf(w->arena, "%s&once=%d", CALL, (int)i));
		assert_int_equal(v.end, roles[i].end);
		if (roles[i].role == ROLE_HUB_CALLER)
			assert_int_equal(
				strncmp(v.location, "/staff/new?logged=", 18), 0);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_services_are_there_to_choose_from),
		cmocka_unit_test(the_whole_form_stands_on_one_page),
		cmocka_unit_test(what_the_caller_says_of_urgency_and_impact_counts),
		cmocka_unit_test(a_call_becomes_a_ticket_that_says_who_took_it_down),
		cmocka_unit_test(sending_twice_makes_one_ticket),
		cmocka_unit_test(what_is_missing_is_said_and_nothing_typed_is_lost),
		cmocka_unit_test(somebody_known_is_not_asked_again),
		cmocka_unit_test(files_that_were_brought_come_with_it),
		cmocka_unit_test(only_who_may_create_logs_contacts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
