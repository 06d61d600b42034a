/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "web/door/customer_sign_in.h"

#include "desk/sign_in.h"
#include "format/words.h"
#include "store/account.h"
#include "store/session.h"
#include "store/ticket.h"
#include "testing.h"
#include "testing_catalogue.h"
#include "testing_desk.h"
#include "testing_page.h"

#include <string.h>

static const struct actor nobody = {.kind = ACTOR_NOBODY, .org = SOUTHMERE, .name = ""};

/* Ann has an account. */
static struct work *
desk_with_ann(struct testing_people *people)
{
	struct work *w = testing_desk(people);
	struct account a = {
		.org = SOUTHMERE,
		.person = people->ann,
		.email = "ann@example.org",
		.password = sign_in_password(w, "rather good words", NULL),
	};

	account_save(w, &a);
	w->actor = &nobody;
	return w;
}

static void
act_as_ann(struct work *w, const struct testing_people *people)
{
	struct actor *ann = arena_alloc(w->arena, sizeof *ann);

	*ann = (struct actor){.kind = ACTOR_CUSTOMER,
		.org = SOUTHMERE,
		.person = people->ann,
		.name = "Ann Fisher"};
	account_grants(w, people->ann, SOUTHMERE, ann);
	w->actor = ann;
}

static const char right[] = "email=Ann%40Example.org&password=rather+good+words&next=";

static void
a_right_password_makes_a_session(void **state)
{
	struct testing_people people;
	struct work *w = desk_with_ann(&people);
	struct visit v = testing_get(w, "/account/sign-in?next=/services");
	struct session s;

	(void)state;
	testing_is_page(&v);
	assert_non_null(strstr(v.body, "name=\"next\" value=\"/services\""));
	v = testing_post(w, "/account/sign-in", right);
	assert_string_equal(v.location, "/account");
	assert_int_equal(strncmp(v.cookie, "portreeve=", 10), 0);
	assert_int_equal(
		session_find(w, arena_text(w->arena, v.cookie + 10, 26), &s), DONE);
	assert_int_equal(s.person, people.ann);
	assert_int_equal(s.org, SOUTHMERE);
}

static void
a_wrong_one_says_nothing_of_who_has_an_account(void **state)
{
	struct testing_people people;
	struct work *w = desk_with_ann(&people);
	struct visit a = testing_post(
		w, "/account/sign-in", "email=ann%40example.org&password=wrong&next=");
	struct visit b = testing_post(
		w, "/account/sign-in", "email=bob%40example.org&password=wrong&next=");

	(void)state;
	assert_int_equal(a.status, 422);
	assert_int_equal(b.status, 422);
	testing_is_page(&a);
	assert_true(testing_says(&a, "The e-mail address or the password is not right"));
	assert_true(testing_says(&b, "The e-mail address or the password is not right"));
	assert_null(strstr(a.body, "value=\"wrong\""));
	assert_string_equal(a.cookie, "");
}

static void
ten_wrong_ones_close_the_door_for_a_while(void **state)
{
	struct testing_people people;
	struct work *w = desk_with_ann(&people);
	struct visit v;

	(void)state;
	for (int i = 0; i < 10; i++)
		testing_post(w, "/account/sign-in",
			"email=ann%40example.org&password=wrong&next=");
	v = testing_post(w, "/account/sign-in",
		"email=ann%40example.org&password=rather+good+words&next=");
	assert_int_equal(v.status, 429);
	testing_is_page(&v);
	assert_true(testing_says(&v, "too often"));
}

static void
signing_in_leads_only_within_this_site(void **state)
{
	static const char *const elsewhere[] = {"https://evil.example/", "//evil.example",
		"/\\evil.example", "javascript:alert(1)"};
	struct testing_people people;
	struct work *w = desk_with_ann(&people);

	(void)state;
	for (size_t i = 0; i < sizeof elsewhere / sizeof *elsewhere; i++) {
		struct visit v = testing_post(w, "/account/sign-in",
			arena_printf(w->arena, "%s%s", right, elsewhere[i]));

		assert_string_equal(v.location, "/account");
	}
	assert_string_equal(
		testing_post(w, "/account/sign-in",
			arena_printf(w->arena, "%s/services/HW-POTHOLE", right))
			.location,
		"/services/HW-POTHOLE");
}

static void
what_was_typed_before_comes_along(void **state)
{
	struct testing_people people;
	struct work *w = desk_with_ann(&people);
	struct session *s = arena_alloc(w->arena, sizeof *s);
	struct visit v;

	(void)state;
	testing_service(w, "TE-ST", "anyone", "shop:text!|details:long");
	testing_post(w, "/services/TE-ST/start", "");
	testing_post(w, "/services/TE-ST/q/shop", "shop=Tesco");
	v = testing_post(w, "/account/sign-in", right);
	assert_int_equal(
		session_find(w, arena_text(w->arena, v.cookie + 10, 26), s), DONE);
	w->session = s;
	act_as_ann(w, &people);
	v = testing_get(w, "/services/TE-ST/q/shop");
	assert_true(testing_says(&v, "Tesco"));
	/* And Ann is not asked again who she is. */
	v = testing_get(w, "/services/TE-ST/check");
	assert_int_equal(v.status, 200);
	assert_true(testing_says(&v, "ann@example.org"));
}

static void
the_account_lists_ones_own_requests(void **state)
{
	struct testing_people people;
	struct work *w = desk_with_ann(&people);
	const char *reference = testing_report(w, "a", "A hole.");
	struct visit v;

	(void)state;
	act_as_ann(w, &people);
	v = testing_get(w, "/account");
	testing_is_page(&v);
	assert_true(testing_says(&v, reference));
	assert_true(testing_says(&v, "2 March 2026"));
	assert_true(testing_says(&v, "Ann Fisher"));
	testing_act_as(w, SOUTHMERE, people.analyst);
	v = testing_get(w, "/account");
	testing_is_page(&v);
	assert_false(testing_says(&v, reference));
	assert_true(testing_says(&v, "You have not asked for anything yet."));
}

static void
requests_of_restricted_services_are_not_listed(void **state)
{
	struct testing_people people;
	struct work *w = desk_with_ann(&people);
	const char *reference = testing_report(w, "a", "A hole.");
	struct visit v;

	(void)state;
	db_run(w->db, "update ticket set restricted = 1 where reference = $1", reference);
	act_as_ann(w, &people);
	v = testing_get(w, "/account");
	assert_false(testing_says(&v, reference));
}

/* ASVS 7.4.4. */
static void
signing_out_is_offered_on_every_page(void **state)
{
	static const char *const pages[] = {
		"/", "/services", "/services/HW-POTHOLE", "/track", "/help", "/account"};
	struct testing_people people;
	struct work *w = desk_with_ann(&people);
	struct visit v = testing_get(w, "/help");
	struct actor ann;

	(void)state;
	assert_false(testing_says(&v, "/account/sign-out"));
	testing_session(w);
	testing_act_as(w, SOUTHMERE, people.ann);
	ann = *w->actor;
	ann.name = "Ann Fisher";
	w->actor = &ann;
	for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
		v = testing_get(w, pages[i]);
		testing_is_page(&v);
		assert_true(testing_says(&v, "/account/sign-out"));
		assert_true(testing_says(&v, "Sign out"));
	}
}

static void
signing_out_ends_the_session(void **state)
{
	struct testing_people people;
	struct work *w = desk_with_ann(&people);
	struct visit v;

	(void)state;
	testing_session(w);
	v = testing_post(w, "/account/sign-out", "");
	assert_string_equal(v.location, "/");
	assert_non_null(strstr(v.cookie, "Max-Age=0"));
	assert_int_equal(db_int(w->db, -1, "select count(*) from session"), 0);
}

static void
staff_of_another_organisation_see_its_services(void **state)
{
	struct testing_people people;
	struct work *w = desk_with_ann(&people);
	struct visit v;

	(void)state;
	testing_act_as(w, ICT_DESK, people.engineer);
	v = testing_get(w, "/services");
	testing_is_page(&v);
	assert_true(testing_says(&v, "My laptop is broken"));
	assert_false(testing_says(&v, "pothole"));
	assert_true(testing_says(&v, "Shared ICT Desk"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_right_password_makes_a_session),
		cmocka_unit_test(a_wrong_one_says_nothing_of_who_has_an_account),
		cmocka_unit_test(ten_wrong_ones_close_the_door_for_a_while),
		cmocka_unit_test(signing_in_leads_only_within_this_site),
		cmocka_unit_test(what_was_typed_before_comes_along),
		cmocka_unit_test(the_account_lists_ones_own_requests),
		cmocka_unit_test(requests_of_restricted_services_are_not_listed),
		cmocka_unit_test(signing_out_is_offered_on_every_page),
		cmocka_unit_test(signing_out_ends_the_session),
		cmocka_unit_test(staff_of_another_organisation_see_its_services),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
