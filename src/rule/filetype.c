/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rule/filetype.h"
#include "weaken.h"

#include <string.h>

static const char jpeg[] = "image/jpeg", png[] = "image/png", gif[] = "image/gif",
		  webp[] = "image/webp", heic[] = "image/heic", pdf[] = "application/pdf",
		  text[] = "text/plain", mp4[] = "video/mp4", mov[] = "video/quicktime",
		  odt[] = "application/vnd.oasis.opendocument.text",
		  docx[] = "application/vnd.openxmlformats-officedocument."
			   "wordprocessingml.document";

/* Do the bytes from `at` on begin with this? */
static bool
has(struct bytes b, size_t at, const char *what, size_t n)
{
	return b.len >= at + n && memcmp(b.at + at, what, n) == 0;
}

#define HAS(b, at, literal) has(b, at, literal, sizeof(literal) - 1)

/* --- ISO base media files: a first box with the brands they follow ------------------ */

static uint32_t
big32(const unsigned char *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

static const char *
type_of_brand(const unsigned char *brand)
{
	static const struct {
		const char *brand;
		const char *type;
	} brands[] = {{"heic", heic}, {"heix", heic}, {"heim", heic}, {"heis", heic},
		{"mif1", heic}, {"qt  ", mov}, {"isom", mp4}, {"iso2", mp4},
		{"iso4", mp4}, {"iso5", mp4}, {"iso6", mp4}, {"mp41", mp4}, {"mp42", mp4},
		{"avc1", mp4}, {"M4V ", mp4}, {"MSNV", mp4}, {"3gp4", mp4}, {"3gp5", mp4},
		{"3gp6", mp4}};

	for (size_t i = 0; i < sizeof brands / sizeof *brands; i++)
		if (memcmp(brands[i].brand, brand, 4) == 0)
			return brands[i].type;
	return NULL;
}

/* The major brand decides; when we do not know it, the first compatible one we know. A
 * still picture in AV1 also says "mif1", and is not taken. */
static const char *
type_of_boxes(struct bytes b)
{
	uint32_t size;
	const char *type;

	if (b.len < 16 || !HAS(b, 4, "ftyp") || HAS(b, 8, "avif") || HAS(b, 8, "avis"))
		return NULL;
	size = big32(b.at);
	if (size < 16 || size > b.len || size > 1024)
		return NULL;
	type = type_of_brand(b.at + 8);
	for (uint32_t at = 16; !type && at + 4 <= size; at += 4)
		type = type_of_brand(b.at + at);
	return type;
}

/* QuickTime before it had brands begins with one of its boxes. */
static bool
is_old_quicktime(struct bytes b)
{
	return HAS(b, 4, "moov") || HAS(b, 4, "mdat") || HAS(b, 4, "wide");
}

/* --- ZIP archives: the names in their directory --------------------------------------
 */

enum { ZIP_END = 22, ZIP_ENTRY = 46, ZIP_COMMENT = 65535, ZIP_ENTRIES = 10000 };

static uint32_t
small16(const unsigned char *p)
{
	return (uint32_t)p[1] << 8 | p[0];
}

static uint32_t
small32(const unsigned char *p)
{
	return small16(p + 2) << 16 | small16(p);
}

/* The end of the directory lies in the last 64 KiB; NULL when there is none. */
static const unsigned char *
directory_end(struct bytes b)
{
	size_t least = b.len > ZIP_END + ZIP_COMMENT ? b.len - ZIP_END - ZIP_COMMENT : 0;

	if (b.len < ZIP_END)
		return NULL;
	for (size_t at = b.len - ZIP_END + 1; at-- > least;)
		if (HAS(b, at, "PK\5\6"))
			return b.at + at;
	return NULL;
}

struct archive {
	bool word, macros, whole;
};

static void
note_name(struct archive *a, struct bytes name)
{
	if (bytes_equal_nocase(name, bytes_of("word/document.xml")))
		a->word = true;
	if (name.len >= 14 &&
		bytes_equal_nocase((struct bytes){name.at + name.len - 14, 14},
			bytes_of("vbaProject.bin")))
		a->macros = true;
}

static struct archive
read_directory(struct bytes b)
{
	const unsigned char *end = directory_end(b);
	struct archive a = {.whole = false};
	uint32_t count, at;

	if (!end)
		return a;
	count = small16(end + 10);
	at = small32(end + 16);
	for (uint32_t i = 0; i < count && i < ZIP_ENTRIES; i++) {
		uint32_t name;

		if (at > b.len || b.len - at < ZIP_ENTRY || !HAS(b, at, "PK\1\2"))
			return a;
		name = small16(b.at + at + 28);
		if (b.len - at - ZIP_ENTRY < name)
			return a;
		note_name(&a, (struct bytes){b.at + at + ZIP_ENTRY, name});
		at += ZIP_ENTRY + name + small16(b.at + at + 30) +
		      small16(b.at + at + 32);
	}
	a.whole = count <= ZIP_ENTRIES;
	return a;
}

static const char *
type_of_archive(struct bytes b)
{
	struct archive a;

	/* OpenDocument says what it is in its first entry, not compressed. */
	if (HAS(b, 30, "mimetypeapplication/vnd.oasis.opendocument.textPK"))
		return odt;
	a = read_directory(b);
	return a.whole && a.word && !a.macros ? docx : NULL;
}

/* --- plain text ----------------------------------------------------------------------
 */

/* UTF-8, or the Windows code page that old editors write; no control characters. */
static bool
is_plain_text(struct bytes b)
{
	bool unicode = bytes_are_text(b);

	for (size_t i = 0; i < b.len; i++) {
		unsigned char c = b.at[i];

		if (c < ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\f')
			return false;
		if (c == 0x7F || (!unicode && (c == 0x81 || c == 0x8D || c == 0x8F ||
						      c == 0x90 || c == 0x9D)))
			return false;
	}
	return b.len > 0;
}

const char *
filetype_of(struct bytes b)
{
	const char *boxes;

#ifdef WEAKEN_FILE_TYPE
	return jpeg;
#endif
	if (HAS(b, 0, "\xFF\xD8\xFF"))
		return jpeg;
	if (HAS(b, 0, "\x89PNG\r\n\x1A\n"))
		return png;
	if (HAS(b, 0, "GIF87a") || HAS(b, 0, "GIF89a"))
		return gif;
	if (HAS(b, 0, "RIFF") && HAS(b, 8, "WEBP"))
		return webp;
	if (HAS(b, 0, "%PDF-"))
		return pdf;
	if (HAS(b, 0, "PK\3\4"))
		return type_of_archive(b);
	boxes = type_of_boxes(b);
	if (boxes)
		return boxes;
	if (is_old_quicktime(b))
		return mov;
	return is_plain_text(b) ? text : NULL;
}

const char *
filetype_ending(const char *type)
{
	static const char *const endings[][2] = {{jpeg, "jpg"}, {png, "png"},
		{gif, "gif"}, {webp, "webp"}, {heic, "heic"}, {pdf, "pdf"}, {text, "txt"},
		{docx, "docx"}, {odt, "odt"}, {mp4, "mp4"}, {mov, "mov"}};

	for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
		if (strcmp(endings[i][0], type) == 0)
			return endings[i][1];
	return "bin";
}
