/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "testing.h"

#include "http/fields.h"
#include "http/origin.h"

#include <string.h>

static enum outcome
check(enum method m, const char *name, const char *value)
{
	struct pair cookie = {"session", "x"};
	struct pair header = {name, value};
	struct request q = {
		.arena = testing_arena(),
		.method = m,
		.cookies = {&cookie, 1},
		.headers = {&header, name ? 1 : 0},
	};

	return origin_check(&q, "https://desk.example.org");
}

static void
a_change_must_come_from_our_own_pages(void **state)
{
	static const struct {
		enum outcome outcome;
		const char *name, *value;
	} cases[] = {
		{DONE, "Sec-Fetch-Site", "same-origin"},
		{DONE, "Sec-Fetch-Site", "none"},
		{DENIED, "Sec-Fetch-Site", "same-site"},
		{DENIED, "Sec-Fetch-Site", "cross-site"},
		{DENIED, "Sec-Fetch-Site", ""},
		{DONE, "Origin", "https://desk.example.org"},
		{DONE, "origin", "https://DESK.example.org"},
		{DENIED, "Origin", "null"},
		{DENIED, "Origin", ""},
		{DENIED, "Origin", "http://desk.example.org"},
		{DENIED, "Origin", "https://desk.example.org.evil.test"},
		{DENIED, "Origin", "https://desk.example.org:8443"},
		{DENIED, "Origin", "https://evil.test"},
		{DONE, "Referer", "https://desk.example.org/staff/queue?x=1"},
		{DENIED, "Referer", "https://evil.test/https://desk.example.org/"},
		{DENIED, "Referer", "https://desk.example.org@evil.test/"},
		{DONE, NULL, NULL},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		assert_int_equal(
			check(POST, cases[i].name, cases[i].value), cases[i].outcome);
		assert_int_equal(
			check(DELETE, cases[i].name, cases[i].value), cases[i].outcome);
		assert_int_equal(check(GET, cases[i].name, cases[i].value), DONE);
	}
}

static void
nobody_is_signed_in_by_another_site(void **state)
{
	struct pair header = {"Origin", "https://evil.test"};
	struct request q = {.method = POST, .headers = {&header, 1}};

	(void)state;
	assert_int_equal(origin_check(&q, "https://desk.example.org"), DENIED);
}

static void
tokens_fit_their_secret_only_and_never_look_alike(void **state)
{
	const char *one = origin_token(testing_arena(), "secret");
	const char *two = origin_token(testing_arena(), "secret");
	char *bent = arena_copy(testing_arena(), one);

	(void)state;
	assert_int_equal(strlen(one), 43);
	assert_string_not_equal(one, two);
	assert_true(origin_token_fits("secret", one));
	assert_true(origin_token_fits("secret", two));
	assert_false(origin_token_fits("secret2", one));
	assert_false(origin_token_fits("", origin_token(testing_arena(), "")));
	assert_false(origin_token_fits("secret", ""));
	assert_false(origin_token_fits("secret", one + 1));
	bent[20] = bent[20] == 'A' ? 'B' : 'A';
	assert_false(origin_token_fits("secret", bent));
	assert_false(
		origin_token_fits("secret", arena_printf(testing_arena(), "%s ", one)));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_change_must_come_from_our_own_pages),
		cmocka_unit_test(nobody_is_signed_in_by_another_site),
		cmocka_unit_test(tokens_fit_their_secret_only_and_never_look_alike),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
