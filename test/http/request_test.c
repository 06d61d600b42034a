/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "testing.h"

#include "base/random.h"
#include "http/fields.h"
#include "http/gzip.h"
#include "http/reply.h"
#include "http/target.h"

#include <string.h>
#include <zlib.h>

static struct pairs
pairs_of(struct pair *at, int count)
{
	return (struct pairs){at, count};
}

static void
form_texts_are_trimmed_and_never_null(void **state)
{
	struct pair fields[] = {
		{"a", "  x y\r\n"}, {"b", "plain"}, {"c", " \t "}, {"a", "second"}};
	struct request q = {.arena = testing_arena(), .form = pairs_of(fields, 4)};

	(void)state;
	assert_string_equal(form_text(&q, "a"), "x y");
	assert_ptr_equal(form_text(&q, "b"), fields[1].value);
	assert_string_equal(form_text(&q, "c"), "");
	assert_string_equal(form_text(&q, "d"), "");
	assert_string_equal(path_part(&q, "d"), "");
}

static void
numbers_out_of_a_query_are_bounded(void **state)
{
	static const struct {
		const char *text;
		int64_t number;
	} cases[] = {{"5", 5}, {" 5 ", 5}, {"-3", -3}, {"10", 10}, {"11", 7}, {"-11", 7},
		{"", 7}, {"5x", 7}, {"+5", 7}, {"--5", 7}, {"0x5", 7}, {"5.0", 7},
		{"99999999999999999999", 7}};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct pair field = {"n", cases[i].text};
		struct request q = {
			.arena = testing_arena(), .query = pairs_of(&field, 1)};

		assert_int_equal(query_int(&q, "n", -10, 10, 7), cases[i].number);
		assert_int_equal(query_int(&q, "m", -10, 10, 7), 7);
	}
}

static void
targets_are_decoded_once(void **state)
{
	struct target t;

	(void)state;
	assert_true(target_parse(testing_arena(), bytes_of("/a%2520b?x=%2F&y"), &t));
	assert_string_equal(t.path, "/a%20b");
	assert_true(bytes_equal(t.query, bytes_of("x=%2F&y")));
	assert_string_equal(t.text, "/a%2520b?x=%2F&y");
	assert_true(target_parse(testing_arena(), bytes_of("/a..b/...?.."), &t));
	assert_true(target_parse(testing_arena(), bytes_of("HTTPS://h/x?y"), &t));
	assert_string_equal(t.text, "/x?y");
	assert_true(target_parse(testing_arena(), bytes_of("http://h?x"), &t));
	assert_string_equal(t.text, "/");
	assert_false(target_parse(testing_arena(), bytes_of("ftp://h/x"), &t));
	assert_false(target_parse(testing_arena(), bytes_of(""), &t));
}

static void
codings_are_accepted_by_weight(void **state)
{
	(void)state;
	assert_true(fields_accept_coding("gzip", "gzip"));
	assert_true(fields_accept_coding("br;q=1.0, GZIP;q=0.8, *;q=0.1", "gzip"));
	assert_true(fields_accept_coding("*", "gzip"));
	assert_true(fields_accept_coding("gzip; q=0.001", "gzip"));
	assert_false(fields_accept_coding("", "gzip"));
	assert_false(fields_accept_coding("br", "gzip"));
	assert_false(fields_accept_coding("gzip;q=0", "gzip"));
	assert_false(fields_accept_coding("gzip;q=0.00, *", "gzip"));
	assert_false(fields_accept_coding("*;q=0", "gzip"));
	assert_false(fields_accept_coding("xgzip", "gzip"));
}

static void
addresses_have_one_spelling(void **state)
{
	static const struct {
		const char *text, *address;
	} cases[] = {
		{" 192.0.2.1 ", "192.0.2.1"},
		{"192.0.2.1:8080", "192.0.2.1"},
		{"2001:DB8:0:0::1", "2001:db8::1"},
		{"[2001:db8::1]:443", "2001:db8::1"},
		{"::ffff:192.0.2.1", "192.0.2.1"},
		{"unknown", NULL},
		{"192.0.2.256", NULL},
		{"", NULL},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const char *got = fields_address(
			testing_arena(), bytes_of(cases[i].text));

		if (cases[i].address)
			assert_string_equal(got, cases[i].address);
		else
			assert_null(got);
	}
}

static void
what_a_proxy_says_is_read_from_the_right(void **state)
{
	static const struct {
		const char *trusted, *peer, *header, *client;
	} cases[] = {
		{NULL, "10.0.0.1", "192.0.2.1", "10.0.0.1"},
		{"10.0.0.1", "10.0.0.9", "192.0.2.1", "10.0.0.9"},
		{"10.0.0.1", "10.0.0.1", "192.0.2.1", "192.0.2.1"},
		{"10.0.0.1", "10.0.0.1", "203.0.113.5, 192.0.2.1", "192.0.2.1"},
		{"10.0.0.1,10.0.0.2", "10.0.0.1", "192.0.2.1, 10.0.0.2", "192.0.2.1"},
		{"10.0.0.1", "10.0.0.1", "192.0.2.1, junk", "10.0.0.1"},
		{"10.0.0.1", "10.0.0.1", "", "10.0.0.1"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct pair header = {"X-Forwarded-For", cases[i].header};
		struct pairs headers = {&header, 1};

		assert_string_equal(fields_forwarded(testing_arena(), &headers,
					    cases[i].trusted, cases[i].peer),
			cases[i].client);
	}
}

static void
growing_pairs_keep_all(void **state)
{
	struct pairs p = {0};

	(void)state;
	for (int i = 0; i < 100; i++)
		fields_add(testing_arena(), &p, arena_printf(testing_arena(), "n%d", i),
			"v");
	assert_int_equal(p.count, 100);
	for (int i = 0; i < 100; i++)
		assert_non_null(pairs_get(&p, arena_printf(testing_arena(), "n%d", i)));
}

static void
returning_leads_nowhere_else(void **state)
{
	static const char *const wrong[] = {NULL, "", "x", "//evil.test", "/\\evil.test",
		"https://evil.test/", "/a\r\nSet-Cookie: x", "/../x", "/%2fevil", "/x#y"};

	(void)state;
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		struct reply r = reply_in(testing_arena());

		assert_int_equal(reply_return_to(&r, wrong[i], "/staff"), DONE);
		assert_string_equal(reply_has_header(&r, "location"), "/staff");
	}
	struct reply r = reply_in(testing_arena());

	assert_int_equal(reply_return_to(&r, "/staff/queue?sort=due%20x", "/"), DONE);
	assert_string_equal(
		reply_has_header(&r, "Location"), "/staff/queue?sort=due%20x");
	assert_int_equal(r.status, 303);
}

static void
a_reply_can_be_started_again(void **state)
{
	struct reply r = reply_in(testing_arena());

	(void)state;
	r.secure = true;
	r.status = 404;
	reply_cookie(&r, "a", "b", -1);
	buffer_literal(&r.body, "words");
	reply_restart(&r);
	assert_int_equal(r.status, 200);
	assert_int_equal(r.body.len, 0);
	assert_int_equal(r.headers.count, 0);
	reply_cookie(&r, "a", "b", -1);
	assert_string_equal(reply_has_header(&r, "Set-Cookie"),
		"__Host-a=b; Path=/; HttpOnly; SameSite=Lax; Secure");
}

static void
bytes_are_not_copied_until_they_grow(void **state)
{
	struct reply r = reply_in(testing_arena());
	struct bytes fixed = bytes_of("fixed");

	(void)state;
	assert_int_equal(reply_bytes(&r, "text/css", fixed), DONE);
	assert_ptr_equal(buffer_bytes(&r.body).at, fixed.at);
	buffer_literal(&r.body, "!");
	assert_string_equal(buffer_text(&r.body), "fixed!");
	assert_ptr_not_equal(buffer_bytes(&r.body).at, fixed.at);
}

static void
packed_bytes_unpack(void **state)
{
	enum { SIZE = 20000 };
	struct gzip_pool *pool = gzip_pool_new();
	char *text = arena_alloc(testing_arena(), SIZE);
	unsigned char noise[4096];
	struct bytes packed;

	(void)state;
	for (int i = 0; i < SIZE; i++)
		text[i] = (char)('a' + i % 7 * (i % 11));
	random_bytes(noise, sizeof noise);
	for (int round = 0; round < 3; round++) {
		unsigned char back[SIZE];
		z_stream z = {0};

		assert_true(gzip_pack(pool, testing_arena(),
			(struct bytes){(unsigned char *)text, SIZE}, &packed));
		assert_int_equal(inflateInit2(&z, 31), Z_OK);
		z.next_in = (unsigned char *)(uintptr_t)packed.at;
		z.avail_in = (uInt)packed.len;
		z.next_out = back;
		z.avail_out = SIZE;
		assert_int_equal(inflate(&z, Z_FINISH), Z_STREAM_END);
		assert_memory_equal(back, text, SIZE);
		inflateEnd(&z);
		assert_false(gzip_pack(pool, testing_arena(),
			(struct bytes){noise, sizeof noise}, &packed));
	}
	gzip_pool_free(pool);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(form_texts_are_trimmed_and_never_null),
		cmocka_unit_test(numbers_out_of_a_query_are_bounded),
		cmocka_unit_test(targets_are_decoded_once),
		cmocka_unit_test(codings_are_accepted_by_weight),
		cmocka_unit_test(addresses_have_one_spelling),
		cmocka_unit_test(what_a_proxy_says_is_read_from_the_right),
		cmocka_unit_test(growing_pairs_keep_all),
		cmocka_unit_test(returning_leads_nowhere_else),
		cmocka_unit_test(a_reply_can_be_started_again),
		cmocka_unit_test(bytes_are_not_copied_until_they_grow),
		cmocka_unit_test(packed_bytes_unpack),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
