/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "testing.h"

#include "assets_table.h"
#include "http/assets.h"

#include <brotli/decode.h>
#include <string.h>
#include <zlib.h>

static struct reply
answered(const char *path, const char *accept)
{
	struct pair *header = arena_alloc(testing_arena(), sizeof *header);
	struct request q = {.arena = testing_arena(), .method = GET, .path = path};
	struct reply r = reply_in(testing_arena());

	*header = (struct pair){"accept-encoding", accept};
	q.headers = (struct pairs){header, accept ? 1 : 0};
	r.status = assets_answer(&q, &r) ? r.status : 404;
	return r;
}

static const struct asset *
asset_at(const char *path)
{
	for (int i = 0; i < assets_count; i++)
		if (strcmp(assets_all[i].path, path) == 0)
			return &assets_all[i];
	return NULL;
}

static void
every_asset_is_found_and_kept_for_ever(void **state)
{
	(void)state;
	assert_true(assets_count >= 7);
	for (int i = 0; i < assets_count; i++) {
		struct reply r = answered(assets_all[i].path, NULL);

		assert_int_equal(r.status, 200);
		assert_ptr_equal(r.body.at, assets_all[i].plain.at);
		assert_string_equal(r.type, assets_all[i].type);
		assert_non_null(
			strstr(reply_has_header(&r, "Cache-Control"), "immutable"));
		assert_non_null(strstr(r.tag, assets_all[i].tag));
		assert_non_null(strstr(assets_all[i].path, assets_all[i].tag));
	}
}

static void
what_is_no_asset_is_not_answered(void **state)
{
	static const char *const paths[] = {"/assets/staff.css", "/assets/",
		"/assets/../x", "/assets/staff-000000000000.css", "",
		"/assets/images/govuk-crest.svg"};

	(void)state;
	for (size_t i = 0; i < sizeof paths / sizeof *paths; i++)
		assert_int_equal(answered(paths[i], "br").status, 404);
}

static void
the_packed_forms_hold_the_same_bytes(void **state)
{
	const struct asset *a = asset_at(ASSET_govuk_frontend_min_css);
	size_t n = a->plain.len;
	unsigned char *out = arena_alloc(testing_arena(), n + 1);
	z_stream z = {0};

	(void)state;
	assert_true(a->brotli.len < a->gzip.len && a->gzip.len < a->plain.len / 4);
	assert_int_equal(BrotliDecoderDecompress(a->brotli.len, a->brotli.at, &n, out),
		BROTLI_DECODER_RESULT_SUCCESS);
	assert_int_equal(n, a->plain.len);
	assert_memory_equal(out, a->plain.at, n);
	assert_int_equal(inflateInit2(&z, 15 + 16), Z_OK);
	z.next_in = (unsigned char *)(uintptr_t)a->gzip.at;
	z.avail_in = (unsigned)a->gzip.len;
	z.next_out = out;
	z.avail_out = (unsigned)n;
	assert_int_equal(inflate(&z, Z_FINISH), Z_STREAM_END);
	assert_memory_equal(out, a->plain.at, n);
	inflateEnd(&z);
}

static void
the_encoding_is_one_the_client_takes(void **state)
{
	static const char *const cases[][2] = {
		{"gzip, deflate, br", "br"},
		{"gzip", "gzip"},
		{"br;q=0, gzip", "gzip"},
		{"identity", NULL},
		{"", NULL},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct reply r = answered(ASSET_staff_css, cases[i][0]);
		const char *coding = reply_has_header(&r, "Content-Encoding");

		assert_string_equal(reply_has_header(&r, "Vary"), "Accept-Encoding");
		if (cases[i][1])
			assert_string_equal(coding, cases[i][1]);
		else
			assert_null(coding);
	}
}

static void
nothing_of_the_brand_of_govuk_is_served(void **state)
{
	static const char *const marks[] = {"GDS Transport", "govuk-crest", "@font-face",
		"sourceMappingURL", "{asset"};

	(void)state;
	for (int i = 0; i < assets_count; i++)
		for (size_t k = 0; k < sizeof marks / sizeof *marks; k++)
			assert_null(memmem(assets_all[i].plain.at,
				assets_all[i].plain.len, marks[k], strlen(marks[k])));
}

static void
scripts_name_each_other_by_their_addresses(void **state)
{
	const struct asset *a = asset_at(ASSET_resident_js);

	(void)state;
	assert_non_null(memmem(a->plain.at, a->plain.len, ASSET_govuk_frontend_min_js,
		strlen(ASSET_govuk_frontend_min_js)));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_asset_is_found_and_kept_for_ever),
		cmocka_unit_test(what_is_no_asset_is_not_answered),
		cmocka_unit_test(the_packed_forms_hold_the_same_bytes),
		cmocka_unit_test(the_encoding_is_one_the_client_takes),
		cmocka_unit_test(nothing_of_the_brand_of_govuk_is_served),
		cmocka_unit_test(scripts_name_each_other_by_their_addresses),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
