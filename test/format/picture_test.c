/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "format/picture.h"

#include "base/buffer.h"
#include "testing.h"

#include <string.h>

static const char *const files[] = {
	"secret.jpg", "progressive.jpg", "secret.png", "secret.gif", "secret.webp"};

enum { FILES = sizeof files / sizeof *files, MOST_MORE = 36 };

static struct bytes
file(const char *name)
{
	return testing_file(arena_printf(testing_arena(), "format/pictures/%s", name));
}

static bool
says(struct bytes b, const char *what, size_t n)
{
	return memmem(b.at, b.len, what, n) != NULL;
}

static void
what_a_photograph_tells_beside_itself_goes(void **state)
{
	static const char *const secrets[] = {"Where", "secret", "51.5N", "adobe", "XMP",
		"Photoshop", "tEXt", "iTXt", "eXIf", "tIME", "EXIF"};

	(void)state;
	for (int i = 0; i < FILES; i++) {
		struct bytes in = file(files[i]);
		struct bytes out = picture_bare(testing_arena(), in);

		assert_true(says(in, "Where", 5));
		if (out.len == 0)
			fail_msg("%s is not taken", files[i]);
		for (size_t k = 0; k < sizeof secrets / sizeof *secrets; k++)
			if (says(out, secrets[k], strlen(secrets[k])))
				fail_msg("%s still says %s", files[i], secrets[k]);
	}
}

/* What is bare stays as it is: every part of it was needed. */
static void
the_picture_itself_is_not_touched(void **state)
{
	static const char scan[] = "\xFF\xDA\0\x0C\3\1\0\2\x11\3\x11\0\x3F\0";
	struct bytes in = file("secret.jpg"), out = picture_bare(testing_arena(), in);
	const unsigned char *from = memmem(in.at, in.len, scan, sizeof scan - 1);
	const unsigned char *to = memmem(out.at, out.len, scan, sizeof scan - 1);
	size_t n = (size_t)(out.at + out.len - to);

	(void)state;
	assert_non_null(from);
	assert_non_null(to);
	assert_true(n > 20);
	assert_memory_equal(from, to, n);
	for (int i = 0; i < FILES; i++) {
		struct bytes once = picture_bare(testing_arena(), file(files[i]));
		struct bytes again = picture_bare(testing_arena(), once);

		assert_int_equal(once.len, again.len);
		assert_memory_equal(once.at, again.at, once.len);
	}
}

static void
the_way_up_is_kept(void **state)
{
	static const char way[] =
		"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0"
		"\x06\0\0\0\0\0\0";

	(void)state;
	assert_true(says(
		picture_bare(testing_arena(), file("secret.jpg")), way, sizeof way - 1));
	assert_false(says(picture_bare(testing_arena(), file("progressive.jpg")), "Exif",
		4)); /* it stands upright */
}

static void
what_is_cut_short_or_no_picture_is_not_shown(void **state)
{
	(void)state;
	for (int i = 0; i < FILES; i++) {
		struct bytes whole = picture_bare(testing_arena(), file(files[i]));

		for (size_t n = 0; n < whole.len; n++)
			assert_int_equal(
				picture_bare(testing_arena(), (struct bytes){whole.at, n})
					.len,
				0);
	}
	assert_int_equal(picture_bare(testing_arena(), bytes_of("<svg/>")).len, 0);
	assert_true(picture_can("image/jpeg"));
	assert_false(picture_can("image/heic"));
	assert_false(picture_can("application/pdf"));
}

/* Every byte changed once: nothing is read outside, nothing grows. */
static void
broken_ones_do_no_harm(void **state)
{
	(void)state;
	for (int i = 0; i < FILES; i++) {
		struct bytes in = file(files[i]);

		for (size_t at = 0; at < in.len; at++) {
			struct arena *a = arena_new();
			unsigned char *copy = arena_alloc(a, in.len);

			memcpy(copy, in.at, in.len);
			copy[at] ^= 0xFF;
			assert_true(picture_bare(a, (struct bytes){copy, in.len}).len <=
				    in.len + MOST_MORE);
			arena_free(a);
		}
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_a_photograph_tells_beside_itself_goes),
		cmocka_unit_test(the_picture_itself_is_not_touched),
		cmocka_unit_test(the_way_up_is_kept),
		cmocka_unit_test(what_is_cut_short_or_no_picture_is_not_shown),
		cmocka_unit_test(broken_ones_do_no_harm),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
