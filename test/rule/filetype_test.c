/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rule/filetype.h"

#include "base/buffer.h"
#include "testing.h"

#include <string.h>

#define BYTES(literal) \
	((struct bytes){(const unsigned char *)literal, sizeof(literal) - 1})
#define ZEROS "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"

static const struct {
	struct bytes content;
	const char *type;
} files[] = {
	{BYTES("\xFF\xD8\xFF\xE0\0\x10JFIF"), "image/jpeg"},
	{BYTES("\x89PNG\r\n\x1A\n\0\0\0\rIHDR"), "image/png"},
	{BYTES("GIF89a\1\0\1\0"), "image/gif"},
	{BYTES("RIFF\x10\0\0\0WEBPVP8 "), "image/webp"},
	{BYTES("\0\0\0\x18"
	       "ftypheic\0\0\0\0mif1heic" ZEROS),
		"image/heic"},
	{BYTES("\0\0\0\x18"
	       "ftypmif1\0\0\0\0mif1heic" ZEROS),
		"image/heic"},
	{BYTES("%PDF-1.7\n%\xE2\xE3\xCF\xD3\n"), "application/pdf"},
	{BYTES("Dear council,\r\nthe hole is back.\r\n"), "text/plain"},
	{BYTES("\xEF\xBB\xBF\xC2\xA3 12 \xE2\x80\x93 please"), "text/plain"},
	{BYTES("It costs \xA3 12 \x96 please"), "text/plain"},
	{BYTES("\0\0\0\x14"
	       "ftypisom\0\0\2\0mp41" ZEROS),
		"video/mp4"},
	{BYTES("\0\0\0\x14"
	       "ftypABCD\0\0\2\0mp42" ZEROS),
		"video/mp4"},
	{BYTES("\0\0\0\x14"
	       "ftypqt  \0\0\2\0qt  " ZEROS),
		"video/quicktime"},
	{BYTES("\0\0\0\x08wide\0\0\0\0mdat"), "video/quicktime"},

	/* Not taken: nothing, programs, pictures that can hold scripts, other boxes,
	 * archives of no document, and what only begins like one of ours. */
	{BYTES(""), NULL},
	{BYTES("MZ\x90\0\3\0\0\0"), NULL},
	{BYTES("\x7F"
	       "ELF\2\1\1\0"),
		NULL},
	{BYTES("\0\0\0\x18"
	       "ftypavif\0\0\0\0mif1avif" ZEROS),
		NULL},
	{BYTES("\0\0\0\x14"
	       "ftypABCD\0\0\2\0EFGH" ZEROS),
		NULL},
	{BYTES("\xFF\xFF\xFF\xFF"
	       "ftypisom\0\0\2\0mp41" ZEROS),
		NULL},
	{BYTES("RIFF\x10\0\0\0AVI LIST"), NULL},
	{BYTES("PK\3\4 and no directory"), NULL},
	{BYTES("text with a \0 in it"), NULL},
	{BYTES("text with an escape \x1B[31m"), NULL},
};

static void
the_type_is_found_from_the_bytes(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
		const char *type = filetype_of(files[i].content);

		if (files[i].type)
			assert_string_equal(type ? type : "nothing", files[i].type);
		else if (type)
			fail_msg("file %zu is taken as %s", i, type);
	}
}

static void
add_small(struct buffer *b, uint32_t n, int bytes)
{
	for (int i = 0; i < bytes; i++)
		buffer_char(b, i < 4 ? (char)(n >> (8 * i)) : 0);
}

/* A ZIP archive of empty files with these names. */
static struct bytes
archive(const char *const *names, int count)
{
	struct buffer b = buffer_in(testing_arena(), 0);
	uint32_t begin;

	buffer_literal(&b, "PK\3\4");
	add_small(&b, 0, 26);
	begin = (uint32_t)b.len;
	for (int i = 0; i < count; i++) {
		buffer_literal(&b, "PK\1\2");
		add_small(&b, 0, 24);
		add_small(&b, (uint32_t)strlen(names[i]), 2);
		add_small(&b, 0, 16);
		buffer_text_add(&b, names[i]);
	}
	buffer_literal(&b, "PK\5\6");
	add_small(&b, 0, 6);
	add_small(&b, (uint32_t)count, 2);
	add_small(&b, (uint32_t)b.len - begin - 12, 4);
	add_small(&b, begin, 4);
	add_small(&b, 0, 2);
	return buffer_bytes(&b);
}

static void
a_word_document_is_taken_but_not_with_macros(void **state)
{
	const char *const plain[] = {"[Content_Types].xml", "word/document.xml"};
	const char *const macros[] = {
		"[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"};
	const char *const sheet[] = {"[Content_Types].xml", "xl/workbook.xml"};

	(void)state;
	assert_string_equal(filetype_ending(filetype_of(archive(plain, 2))), "docx");
	assert_null(filetype_of(archive(macros, 3)));
	assert_null(filetype_of(archive(sheet, 2)));
}

static void
an_open_document_text_is_taken(void **state)
{
	struct buffer b = buffer_in(testing_arena(), 0);

	(void)state;
	buffer_literal(&b, "PK\3\4");
	add_small(&b, 0, 26);
	buffer_literal(&b, "mimetypeapplication/vnd.oasis.opendocument.textPK\3\4");
	assert_string_equal(filetype_ending(filetype_of(buffer_bytes(&b))), "odt");
}

/* However it is cut short or its sizes lie: no byte outside is read (ASan watches). */
static void
a_broken_archive_is_refused(void **state)
{
	const char *const names[] = {"[Content_Types].xml", "word/document.xml"};
	struct bytes whole = archive(names, 2);

	(void)state;
	for (size_t n = 4; n < whole.len; n++) {
		struct arena *a = arena_new();

		assert_null(filetype_of(
			(struct bytes){(unsigned char *)arena_text(a, whole.at, n), n}));
		arena_free(a);
	}
	for (size_t i = 4; i < whole.len; i++) {
		struct arena *a = arena_new();
		unsigned char *at = (unsigned char *)arena_text(a, whole.at, whole.len);

		at[i] = 0xFF;
		(void)filetype_of((struct bytes){at, whole.len});
		arena_free(a);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_type_is_found_from_the_bytes),
		cmocka_unit_test(a_word_document_is_taken_but_not_with_macros),
		cmocka_unit_test(an_open_document_text_is_taken),
		cmocka_unit_test(a_broken_archive_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
