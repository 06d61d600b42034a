/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "format/base64url.h"

#include <sodium.h>

enum { VARIANT = sodium_base64_VARIANT_URLSAFE_NO_PADDING };

const char *
base64url_write(struct arena *a, struct bytes b)
{
	size_t room = sodium_base64_encoded_len(b.len, VARIANT);

	return sodium_bin2base64(arena_alloc(a, room), room, b.at, b.len, VARIANT);
}

/* libsodium takes some bytes above 0x7F for letters. */
static bool
are_letters(struct bytes text)
{
	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = text.at[i];

		if (!(c >= 'A' && c <= 'Z') && !(c >= 'a' && c <= 'z') &&
			!(c >= '0' && c <= '9') && c != '-' && c != '_')
			return false;
	}
	return true;
}

bool
base64url_read(struct arena *a, struct bytes text, struct bytes *out)
{
	unsigned char *at = arena_alloc(a, text.len + 1);
	const char *end = NULL;
	size_t n;

	if (!are_letters(text))
		return false;
	if (text.len > 0 && sodium_base642bin(at, text.len + 1, (const char *)text.at,
				    text.len, NULL, &n, &end, VARIANT) != 0)
		return false;
	if (text.len == 0)
		n = 0;
	else if (end != (const char *)text.at + text.len)
		return false;
	*out = (struct bytes){at, n};
	return true;
}
