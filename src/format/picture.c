/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "format/picture.h"

#include "base/buffer.h"
#include "weaken.h"

#include <string.h>

static const struct bytes nothing = {NULL, 0};

/* Are there n bytes from `at` on? */
static bool
holds(struct bytes b, size_t at, size_t n)
{
	return at <= b.len && b.len - at >= n;
}

static bool
begins(struct bytes b, size_t at, const char *what, size_t n)
{
	return holds(b, at, n) && memcmp(b.at + at, what, n) == 0;
}

#define BEGINS(b, at, literal) begins(b, at, literal, sizeof(literal) - 1)

static uint32_t
big(const unsigned char *p, int n)
{
	uint32_t value = 0;

	while (n-- > 0)
		value = value << 8 | *p++;
	return value;
}

static uint32_t
little(const unsigned char *p, int n)
{
	uint32_t value = 0;

	while (n-- > 0)
		value = value << 8 | p[n];
	return value;
}

/* --- JPEG --------------------------------------------------------------------------- */

enum { TAG_ORIENTATION = 0x0112, IFD_ENTRY = 12, IFD_ENTRIES = 512, UPRIGHT = 1 };

/* The way up out of the TIFF part of an Exif segment: 1 to 8. */
static int
orientation_of(struct bytes tiff)
{
	uint32_t (*read)(const unsigned char *, int) = BEGINS(tiff, 0, "MM") ? big
									     : little;
	uint32_t at, count, way;

	if (!holds(tiff, 0, 8))
		return UPRIGHT;
	at = read(tiff.at + 4, 4);
	if (!holds(tiff, at, 2))
		return UPRIGHT;
	count = read(tiff.at + at, 2);
	for (uint32_t i = 0; i < count && i < IFD_ENTRIES; i++) {
		size_t entry = (size_t)at + 2 + (size_t)i * IFD_ENTRY;

		if (!holds(tiff, entry, IFD_ENTRY))
			return UPRIGHT;
		if (read(tiff.at + entry, 2) != TAG_ORIENTATION)
			continue;
		way = read(tiff.at + entry + 8, 2);
		return way >= 1 && way <= 8 ? (int)way : UPRIGHT;
	}
	return UPRIGHT;
}

/* An Exif segment that says the way up and nothing more. */
static void
add_orientation(struct buffer *b, int way)
{
	static const char front[] = "\xFF\xE1\0\x22"
				    "Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03"
				    "\0\0\0\x01\0";

	buffer_add(b, front, sizeof front - 1);
	buffer_char(b, (char)way);
	buffer_add(b, "\0\0\0\0\0\0", 6);
}

/* Which segments a decoder needs. */
static bool
is_needed(int marker, struct bytes segment)
{
	if (marker >= 0xC0 && marker <= 0xCF)
		return marker != 0xC8; /* frames, Huffman and arithmetic tables */
	switch (marker) {
	case 0xDA: /* scan */
	case 0xDB: /* quantisation */
	case 0xDC: /* number of lines */
	case 0xDD: /* restart interval */ return true;
	case 0xE0: return BEGINS(segment, 4, "JFIF") && segment.len == 18;
	case 0xEE: return BEGINS(segment, 4, "Adobe") && segment.len == 16;
	default: return false;
	}
}

/* Behind the coded data of a scan: at the next marker. */
static size_t
end_of_scan(struct bytes in, size_t at)
{
	while (holds(in, at, 2)) {
		unsigned char next = in.at[at + 1];

		if (in.at[at] == 0xFF && next != 0 && next != 0xFF &&
			(next < 0xD0 || next > 0xD7))
			return at;
		at++;
	}
	return in.len;
}

/* Adds the segment at `at` if it is needed; where the next one begins, 0: it is broken.
 */
static size_t
jpeg_segment(struct buffer *b, struct bytes in, size_t at, int *way)
{
	int marker = in.at[at + 1];
	struct bytes segment = {in.at + at, 0};
	size_t end;

	if (!holds(in, at, 4))
		return 0;
	segment.len = 2 + (size_t)big(in.at + at + 2, 2);
	if (segment.len < 4 || !holds(in, at, segment.len))
		return 0;
	end = at + segment.len;
	if (marker == 0xE1 && BEGINS(segment, 4, "Exif\0\0") && *way == 0) {
		*way = orientation_of((struct bytes){segment.at + 10, segment.len - 10});
		if (*way != UPRIGHT)
			add_orientation(b, *way);
	}
	if (marker == 0xDA)
		end = end_of_scan(in, end);
	if (is_needed(marker, segment))
		buffer_add(b, in.at + at, end - at);
	return end;
}

static struct bytes
bare_jpeg(struct arena *a, struct bytes in)
{
	struct buffer b = buffer_in(a, in.len + 64);
	size_t at = 2;
	int way = 0;

	buffer_add(&b, in.at, 2);
	while (holds(in, at, 2)) {
		if (in.at[at] != 0xFF)
			return nothing;
		if (in.at[at + 1] == 0xFF) { /* a fill byte */
			at++;
			continue;
		}
		if (in.at[at + 1] == 0xD9) { /* the end, whatever hangs behind it */
			buffer_add(&b, "\xFF\xD9", 2);
			return buffer_bytes(&b);
		}
		at = jpeg_segment(&b, in, at, &way);
		if (at == 0)
			return nothing;
	}
	return nothing;
}

/* --- PNG ---------------------------------------------------------------------------- */

static bool
is_needed_chunk(struct bytes in, size_t at)
{
	static const char needed[][5] = {"IHDR", "PLTE", "IDAT", "IEND", "tRNS", "gAMA",
		"cHRM", "sRGB", "sBIT", "bKGD"};

	for (size_t i = 0; i < sizeof needed / sizeof *needed; i++)
		if (memcmp(in.at + at + 4, needed[i], 4) == 0)
			return true;
	return false;
}

static struct bytes
bare_png(struct arena *a, struct bytes in)
{
	struct buffer b = buffer_in(a, in.len);
	size_t at = 8;

	buffer_add(&b, in.at, 8);
	while (holds(in, at, 12)) {
		size_t n = 12 + (size_t)big(in.at + at, 4);

		if (!holds(in, at, n))
			return nothing;
		if (is_needed_chunk(in, at))
			buffer_add(&b, in.at + at, n);
		if (BEGINS(in, at + 4, "IEND"))
			return buffer_bytes(&b);
		at += n;
	}
	return nothing;
}

/* --- GIF ---------------------------------------------------------------------------- */

/* Behind a run of sub-blocks; 0 when it has no end. */
static size_t
behind_blocks(struct bytes in, size_t at)
{
	while (holds(in, at, 1)) {
		size_t n = in.at[at];

		if (n == 0)
			return at + 1;
		at += 1 + n;
	}
	return 0;
}

static size_t
table_bytes(unsigned char flags)
{
	return flags & 0x80 ? (size_t)3 << ((flags & 7) + 1) : 0;
}

/* The extension or image at `at`: where the next one begins, 0: it is broken. */
static size_t
gif_block(struct buffer *b, struct bytes in, size_t at)
{
	bool image = in.at[at] == 0x2C, needed;
	size_t end;

	if (image) {
		if (!holds(in, at, 10))
			return 0;
		end = behind_blocks(in, at + 10 + table_bytes(in.at[at + 9]) + 1);
		needed = true;
	} else {
		end = behind_blocks(in, at + 2);
		needed = BEGINS(in, at + 1, "\xF9") ||
			 BEGINS(in, at + 1, "\xFF\x0BNETSCAPE2.0\x03");
	}
	if (end != 0 && needed)
		buffer_add(b, in.at + at, end - at);
	return end;
}

static struct bytes
bare_gif(struct arena *a, struct bytes in)
{
	struct buffer b = buffer_in(a, in.len);
	size_t at = 13;

	if (!holds(in, 0, at))
		return nothing;
	at += table_bytes(in.at[10]);
	if (!holds(in, at, 1))
		return nothing;
	buffer_add(&b, in.at, at);
	while (holds(in, at, 1)) {
		if (in.at[at] == 0x3B) {
			buffer_char(&b, 0x3B);
			return buffer_bytes(&b);
		}
		if (in.at[at] != 0x2C && in.at[at] != 0x21)
			return nothing;
		at = gif_block(&b, in, at);
		if (at == 0)
			return nothing;
	}
	return nothing;
}

/* --- WebP --------------------------------------------------------------------------- */

enum { VP8X_ALPHA = 0x10 };

static void
add_size(unsigned char *at, size_t n)
{
	for (int i = 0; i < 4; i++)
		at[i] = (unsigned char)(n >> (8 * i));
}

/* Whether there is a picture in it that stands still is known at its end. */
static struct bytes
bare_webp(struct arena *a, struct bytes in)
{
	struct buffer b = buffer_in(a, in.len + 1);
	bool picture = false;
	size_t at = 12, end;

	if (!holds(in, 0, 12) || little(in.at + 4, 4) > in.len - 8)
		return nothing;
	end = 8 + (size_t)little(in.at + 4, 4);
	buffer_add(&b, in.at, 12);
	while (holds(in, at, 8) && at + 8 <= end) {
		size_t n = 8 + (size_t)little(in.at + at + 4, 4), begin = b.len;
		bool still = BEGINS(in, at, "VP8 ") || BEGINS(in, at, "VP8L");

		n += n & 1;
		if (!holds(in, at, n) || at + n > end)
			return nothing;
		if (still || BEGINS(in, at, "ALPH") || BEGINS(in, at, "VP8X"))
			buffer_add(&b, in.at + at, n);
		if (BEGINS(in, at, "VP8X") && n > 8)
			b.at[begin + 8] &= VP8X_ALPHA;
		picture = picture || still;
		at += n;
	}
	add_size((unsigned char *)b.at + 4, b.len - 8);
	return picture ? buffer_bytes(&b) : nothing;
}

bool
picture_can(const char *type)
{
	return strcmp(type, "image/jpeg") == 0 || strcmp(type, "image/png") == 0 ||
	       strcmp(type, "image/gif") == 0 || strcmp(type, "image/webp") == 0;
}

struct bytes
picture_bare(struct arena *a, struct bytes in)
{
#ifdef WEAKEN_PICTURE
	return in;
#endif
	if (BEGINS(in, 0, "\xFF\xD8\xFF"))
		return bare_jpeg(a, in);
	if (BEGINS(in, 0, "\x89PNG\r\n\x1A\n"))
		return bare_png(a, in);
	if (BEGINS(in, 0, "GIF87a") || BEGINS(in, 0, "GIF89a"))
		return bare_gif(a, in);
	if (BEGINS(in, 0, "RIFF") && BEGINS(in, 8, "WEBP"))
		return bare_webp(a, in);
	return nothing;
}
