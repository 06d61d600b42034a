/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "format/letter_text.h"
#include "testing.h"

#include <string.h>

static const struct letter_text sound = {
	.from_name = "Southmere Council",
	.from = "desk@southmere.example.org",
	.to = "ann@example.org",
	.subject = "Your request",
	.body = "Thank you.",
	.message_id = "1.2@southmere.example.org",
};

static void
nothing_typed_becomes_a_header(void **state)
{
	struct letter_text l = sound;
	struct buffer b = buffer_in(testing_arena(), 0);
	const char *head, *end;

	(void)state;
	l.from_name = "Council\r\nBcc: eve@example.org";
	l.subject = "Pothole\r\nBcc: eve@example.org\r\n\r\nBuy this";
	assert_true(letter_text_write(&b, &l));
	head = buffer_text(&b);
	end = strstr(head, "\r\n\r\n");
	assert_non_null(end);
	for (const char *c = strstr(head, "Bcc:"); c; c = strstr(c + 1, "Bcc:"))
		assert_true(c > end || (c > head && c[-1] != '\n'));
	assert_null(strstr(head, "Buy this"));
}

static void
addresses_that_could_end_a_line_are_refused(void **state)
{
	static const char *const wrong[] = {"", "ann",
		"ann@example.org\r\nRCPT TO:<eve@x>", "ann@example.org\n.",
		"<ann@example.org>", "ann @example.org", "ann@example.org\x7F"};

	(void)state;
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		struct letter_text l = sound;
		struct buffer b = buffer_in(testing_arena(), 0);

		l.to = wrong[i];
		assert_false(letter_text_write(&b, &l));
		l = sound;
		l.from = wrong[i];
		assert_false(letter_text_write(&b, &l));
		l = sound;
		l.message_id = wrong[i];
		assert_false(letter_text_write(&b, &l));
		assert_int_equal(b.len, 0);
	}
}

static void
every_line_of_a_body_is_text(void **state)
{
	struct letter_text l = sound;
	struct buffer b = buffer_in(testing_arena(), 0);
	const char *text;

	(void)state;
	l.body = "One\n.\nTwo\r\n.\r\nQUIT\nM\xC3\xBCsli";
	assert_true(letter_text_write(&b, &l));
	text = buffer_text(&b);
	for (const char *c = text; *c; c++) {
		assert_true((unsigned char)*c < 0x80);
		if (*c == '\n')
			assert_true(c > text && c[-1] == '\r');
	}
	assert_non_null(strstr(text, "M=C3=BCsli"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_typed_becomes_a_header),
		cmocka_unit_test(addresses_that_could_end_a_line_are_refused),
		cmocka_unit_test(every_line_of_a_body_is_text),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
