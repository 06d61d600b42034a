/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "testing.h"

#include "base/buffer.h"
#include "format/multipart.h"

#include <string.h>

#define HEAD_A "Content-Disposition: form-data; name=\"a\"\r\n\r\n"
#define HEAD_B "Content-Disposition: form-data; name=\"b\"\r\n\r\n"

static bool
note_begin(void *context, const struct multipart_part *part)
{
	buffer_printf(context, "<%s|%s|%s>", part->name,
		part->filename ? part->filename : "-", part->type);
	return true;
}

static bool
note_data(void *context, struct bytes piece)
{
	assert_true(piece.len > 0);
	buffer_add(context, piece.at, piece.len);
	return true;
}

static bool
note_end(void *context)
{
	buffer_literal((struct buffer *)context, "</>");
	return true;
}

/* What the callbacks saw when the body came in chunks of `step`, then how it ended. */
static const char *
transcript(const char *type, struct bytes body, size_t step)
{
	struct arena *a = testing_arena();
	struct buffer out = buffer_in(a, 0);
	struct multipart_sink sink = {&out, note_begin, note_data, note_end};
	struct multipart *m = multipart_new(a, bytes_of(type), &sink);
	bool fine = m != NULL;

	if (!m)
		return "no multipart";
	for (size_t i = 0; i < body.len && fine; i += step) {
		size_t n = step < body.len - i ? step : body.len - i;
		/* A copy, so that a read past the chunk is found. */
		struct bytes chunk = {arena_alloc(a, n), n};

		memcpy((unsigned char *)(uintptr_t)chunk.at, body.at + i, n);
		fine = multipart_feed(m, chunk);
	}
	if (multipart_finish(m) != (multipart_problem(m) == NULL))
		fail_msg("the problem and the outcome disagree");
	if (multipart_problem(m)) {
		assert_false(multipart_feed(m, bytes_of("more")));
		return multipart_problem(m);
	}
	return buffer_text(&out);
}

static void
check(const char *body, const char *expected)
{
	size_t len = strlen(body);

	for (size_t step = 1; step <= len; step++)
		assert_string_equal(transcript("multipart/form-data; boundary=XX",
					    bytes_of(body), step),
			expected);
}

static void
bodies_are_read_whatever_the_chunks(void **state)
{
	(void)state;
	check("--XX--", "");
	check("--XX--\r\nepilogue --XX\r\n", "");
	check("--XX\r\n" HEAD_A "1\r\n--XX\r\n" HEAD_B "2\r\n--XX--\r\n",
		"<a|-|text/plain>1</><b|-|text/plain>2</>");
	check("preamble\r\n--XX \t\r\n" HEAD_A "1\r\n--XX--", "<a|-|text/plain>1</>");
	check("--XX\r\n" HEAD_A "\r\n--XX--\r\n", "<a|-|text/plain></>");
	check("--XX\r\ncontent-type: image/png\r\nX-Other: y\r\n"
	      "CONTENT-DISPOSITION: Form-Data; filename=\"it's %22x%22.png\"; name=a\r\n"
	      "Content-Transfer-Encoding: Binary\r\n\r\n\x89PNG\r\n\r\n--XX--",
		"<a|it's \"x\".png|image/png>\x89PNG\r\n</>");
	check("--XX\r\nContent-Disposition: form-data; name=\"f\"; filename=\"\"\r\n\r\n"
	      "\r\n--XX--",
		"<f||application/octet-stream></>");
}

static void
data_that_resembles_a_boundary_is_data(void **state)
{
	static const char *const data[] = {"\r", "\r\r\r", "\r\n", "\n--XX", "--XX",
		"\r\n-", "\r\n--X", "\r\n--\r\n--", "\r\r\n--X\r\r\n--x", "\r\n--X\r\n--",
		"a\r\n--Xb"};

	(void)state;
	for (size_t i = 0; i < sizeof data / sizeof *data; i++)
		check(arena_printf(
			      testing_arena(), "--XX\r\n" HEAD_A "%s\r\n--XX--", data[i]),
			arena_printf(testing_arena(), "<a|-|text/plain>%s</>", data[i]));
}

static void
every_byte_goes_through(void **state)
{
	struct buffer body = buffer_in(testing_arena(), 0);
	size_t head;
	const char *seen;

	(void)state;
	buffer_literal(&body, "--XX\r\n" HEAD_A);
	head = body.len;
	for (int i = 0; i < 256 * 256; i++) {
		buffer_char(&body, (char)(i / 256));
		buffer_char(&body, (char)i);
	}
	buffer_literal(&body, "\r\n--XX--");
	for (size_t step = 1; step < 100000; step = step * 3 + 1) {
		seen = transcript(
			"multipart/form-data; boundary=XX", buffer_bytes(&body), step);
		assert_memory_equal(
			seen + strlen("<a|-|text/plain>"), body.at + head, 256 * 512);
	}
}

static void
ill_bodies_are_refused_with_the_reason(void **state)
{
	const char *cut = "the body ends before its last boundary";

	(void)state;
	check("x", cut);
	check("--XX", cut);
	check("--XX\r\n", cut);
	check("--XX\r\n" HEAD_A "1", cut);
	check("--XX\r\n" HEAD_A "1\r\n--XX\r\n", cut);
	check("--XX\r\n" HEAD_A "1\r\n--XX-\r\n", "something stands behind a boundary");
	check("--XX\r\n" HEAD_A "1\r\n--XXX\r\n", "something stands behind a boundary");
	check("--XX\n", "a line does not end in CRLF");
	check("--XX\r\nContent-Disposition: form-data; name=a\n\n1",
		"a line does not end in CRLF");
	check("--XX\r\n\r\n", "a part has no Content-Disposition");
	check("--XX\r\nContent-Type: text/plain\r\n\r\n",
		"a part has no Content-Disposition");
	check("--XX\r\nContent-Disposition: form-data\r\n\r\n", "a part has no name");
	check("--XX\r\nContent-Disposition: attachment; name=a\r\n\r\n",
		"a part is not form-data");
	check("--XX\r\nContent-Disposition: form-data; name=\"a\r\n\r\n",
		"a Content-Disposition is not well formed");
	check("--XX\r\nContent-Disposition: form-data; name=a; name=b\r\n\r\n",
		"a Content-Disposition is not well formed");
	check("--XX\r\nContent-Disposition: form-data; name=\"\xFF\"\r\n\r\n",
		"a field's or file's name is not UTF-8");
	check("--XX\r\nContent-Disposition: form-data; name=a\r\n"
	      "Content-Disposition: form-data; name=b\r\n\r\n",
		"a part has two Content-Dispositions");
	check("--XX\r\nContent-Type: a/b\r\nContent-Type: a/b\r\n" HEAD_A,
		"a part has two Content-Types");
	check("--XX\r\nContent-Transfer-Encoding: base64\r\n" HEAD_A,
		"a part has a Content-Transfer-Encoding");
	check("--XX\r\nno colon\r\n\r\n", "a header line is ill");
	check("--XX\r\n folded: x\r\n\r\n", "a header line is ill");
	check("--XX\r\na\rb: x\r\n\r\n", "a header line is ill");
}

static const char *
repeated(const char *text, int times)
{
	struct buffer b = buffer_in(testing_arena(), 0);

	for (int i = 0; i < times; i++)
		buffer_text_add(&b, text);
	return buffer_text(&b);
}

static const char *
outcome_of(const char *body)
{
	return transcript("multipart/form-data; boundary=XX", bytes_of(body), 4000);
}

static void
heads_and_parts_are_bounded(void **state)
{
	struct arena *a = testing_arena();
	const char *head = "--XX\r\nContent-Disposition: form-data; name=";

	(void)state;
	assert_string_equal(
		outcome_of(arena_printf(a, "--XX\r\nX: %s", repeated("x", 9000))),
		"a header or boundary line is too long");
	assert_string_equal(outcome_of(arena_printf(a, "--XX%s", repeated(" ", 200))),
		"a header or boundary line is too long");
	assert_string_equal(outcome_of(arena_printf(a, "%s%s\r\n\r\n", head,
				    repeated("n", MULTIPART_NAME + 1))),
		"a field's or file's name is too long");
	assert_string_equal(outcome_of(arena_printf(a, "%sa; filename=%s\r\n\r\n", head,
				    repeated("n", MULTIPART_FILENAME + 1))),
		"a field's or file's name is too long");
	assert_string_equal(outcome_of(arena_printf(a, "%s--XX--",
				    repeated("--XX\r\n" HEAD_A "\r\n", MULTIPART_PARTS))),
		repeated("<a|-|text/plain></>", MULTIPART_PARTS));
	assert_string_equal(
		outcome_of(arena_printf(a, "%s--XX--",
			repeated("--XX\r\n" HEAD_A "\r\n", MULTIPART_PARTS + 1))),
		"too many parts");
}

static void
only_form_data_with_a_boundary_is_multipart(void **state)
{
	static const char *const cases[][2] = {
		{"multipart/form-data", "no multipart"},
		{"multipart/form-data; boundary=", "no multipart"},
		{"multipart/form-data; boundary=\"\"", "no multipart"},
		{"multipart/form-data; boundary=\"a \"", "no multipart"},
		{"multipart/form-data; boundary=\"a\xC3\xA9\"", "no multipart"},
		{"multipart/mixed; boundary=a", "no multipart"},
		{"text/plain; boundary=a", "no multipart"},
		{"multipart/form-data; boundary=a", ""},
		{"Multipart/Form-Data; charset=utf-8; Boundary=\"a\"", ""},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_string_equal(
			transcript(cases[i][0], bytes_of("--a--"), 3), cases[i][1]);
	assert_string_equal(
		transcript(arena_printf(testing_arena(),
				   "multipart/form-data; boundary=%s", repeated("b", 71)),
			bytes_of(""), 1),
		"no multipart");
	assert_string_equal(
		transcript(arena_printf(testing_arena(),
				   "multipart/form-data; boundary=%s", repeated("b", 70)),
			bytes_of(arena_printf(
				testing_arena(), "--%s--", repeated("b", 70))),
			1),
		"");
}

static bool
refuse_data(void *context, struct bytes piece)
{
	(void)context;
	(void)piece;
	return false;
}

static void
a_taker_may_refuse(void **state)
{
	struct buffer out = buffer_in(testing_arena(), 0);
	struct multipart_sink sink = {&out, note_begin, refuse_data, note_end};
	struct multipart *m = multipart_new(
		testing_arena(), bytes_of("multipart/form-data; boundary=XX"), &sink);

	(void)state;
	assert_false(multipart_feed(m, bytes_of("--XX\r\n" HEAD_A "1\r\n--XX--")));
	assert_false(multipart_finish(m));
	assert_string_equal(buffer_text(&out), "<a|-|text/plain>");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bodies_are_read_whatever_the_chunks),
		cmocka_unit_test(data_that_resembles_a_boundary_is_data),
		cmocka_unit_test(every_byte_goes_through),
		cmocka_unit_test(ill_bodies_are_refused_with_the_reason),
		cmocka_unit_test(heads_and_parts_are_bounded),
		cmocka_unit_test(only_form_data_with_a_boundary_is_multipart),
		cmocka_unit_test(a_taker_may_refuse),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
