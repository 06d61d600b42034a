/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "http/target.h"

#include "format/urlencoded.h"

#include <string.h>

static bool
has_only_visible(struct bytes b)
{
	for (size_t i = 0; i < b.len; i++)
		if (b.at[i] <= ' ' || b.at[i] == 0x7F || b.at[i] == '#')
			return false;
	return true;
}

static int
hex(unsigned char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Each '%' begins a byte that means the same wherever it is decoded. */
static bool
escapes_are_plain(struct bytes b)
{
	for (size_t i = 0; i < b.len; i++) {
		int high, low, c;

		if (b.at[i] != '%')
			continue;
		if (b.len - i < 3)
			return false;
		high = hex(b.at[i + 1]);
		low = hex(b.at[i + 2]);
		if (high < 0 || low < 0)
			return false;
		c = high << 4 | low;
		if (c < ' ' || c == 0x7F || c == '/' || c == '\\')
			return false;
	}
	return true;
}

static bool
has_dot_segment(const char *path)
{
	struct bytes rest = bytes_of(path);

	while (rest.len > 0) {
		struct bytes segment = bytes_cut(&rest, '/');

		if (bytes_equal(segment, bytes_of(".")) ||
			bytes_equal(segment, bytes_of("..")))
			return true;
	}
	return false;
}

/* Cuts "http://host" off the front of the absolute form. */
static struct bytes
without_origin(struct bytes raw)
{
	static const char *const schemes[] = {"http://", "https://"};

	for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++) {
		size_t n = strlen(schemes[i]);
		const unsigned char *slash;

		if (raw.len < n || !bytes_equal_nocase((struct bytes){raw.at, n},
					   bytes_of(schemes[i])))
			continue;
		slash = memchr(raw.at + n, '/', raw.len - n);
		if (!slash)
			return bytes_of("/");
		return (struct bytes){slash, raw.len - (size_t)(slash - raw.at)};
	}
	return raw;
}

bool
target_parse(struct arena *a, struct bytes raw, struct target *out)
{
	struct bytes path;

	if (!has_only_visible(raw))
		return false;
	raw = without_origin(raw);
	if (raw.len == 0 || raw.at[0] != '/')
		return false;

	out->text = bytes_text(a, raw);
	if (!out->text)
		return false;
	out->query = bytes_of(out->text);
	path = bytes_cut(&out->query, '?');
	if (!escapes_are_plain(path) || memchr(path.at, '\\', path.len))
		return false;
	out->path = urlencoded_decode(a, path);
	return out->path && !has_dot_segment(out->path);
}
