/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "format/totp.h"

#include "format/html.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

enum { SHA1 = 20, DIGITS = 6, MILLION = 1000000 };

uint32_t
totp_number(struct bytes key, int64_t step)
{
	unsigned char counter[8], mac[SHA1];
	unsigned n = sizeof mac;
	const unsigned char *at;

	for (int i = 0; i < 8; i++)
		counter[i] = (unsigned char)((uint64_t)step >> (56 - 8 * i));
	if (!HMAC(EVP_sha1(), key.at, (int)key.len, counter, sizeof counter, mac, &n))
		memset(mac, 0, sizeof mac);
	at = mac + (mac[SHA1 - 1] & 15);
	return (uint32_t)(at[0] & 0x7F) << 24 | (uint32_t)at[1] << 16 |
	       (uint32_t)at[2] << 8 | at[3];
}

/* Six digits without their blanks; false when it is anything else. */
static bool
read_digits(const char *typed, char digits[static DIGITS + 1])
{
	int n = 0;

	for (; *typed; typed++) {
		if (*typed == ' ')
			continue;
		if (*typed < '0' || *typed > '9' || n == DIGITS)
			return false;
		digits[n++] = *typed;
	}
	digits[n] = 0;
	return n == DIGITS;
}

bool
totp_fits(struct bytes key, const char *typed, int64_t now, int64_t used, int64_t *step)
{
	char digits[DIGITS + 1], right[16];
	int64_t here = now / TOTP_PERIOD;
	bool fits = false;

	if (!read_digits(typed, digits))
		return false;
	/* All three are compared, so that the time tells nothing. */
	for (int64_t s = here - 1; s <= here + 1; s++) {
		snprintf(right, sizeof right, "%06u",
			(unsigned)(totp_number(key, s) % MILLION));
		if (sodium_memcmp(right, digits, DIGITS) == 0 && s > used && !fits) {
			*step = s;
			fits = true;
		}
	}
	return fits;
}

const char *
totp_base32(struct arena *a, struct bytes key)
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
	char *text = arena_alloc(a, key.len * 8 / 5 + 2);
	char *end = text;
	unsigned bits = 0;
	int count = 0;

	for (size_t i = 0; i < key.len; i++) {
		bits = (bits << 8 | key.at[i]) & 0xFFFF;
		for (count += 8; count >= 5; count -= 5)
			*end++ = letters[bits >> (count - 5) & 31];
	}
	if (count > 0)
		*end++ = letters[bits << (5 - count) & 31];
	*end = 0;
	return text;
}

const char *
totp_link(struct arena *a, struct bytes key, const char *issuer, const char *account)
{
	struct buffer b = buffer_in(a, 128);

	buffer_text_add(&b, "otpauth://totp/");
	html_url_segment(&b, issuer);
	buffer_char(&b, ':');
	html_url_segment(&b, account);
	buffer_printf(&b, "?secret=%s&issuer=", totp_base32(a, key));
	html_url_part(&b, issuer);
	buffer_printf(&b, "&algorithm=SHA1&digits=%d&period=%d", DIGITS, TOTP_PERIOD);
	return buffer_text(&b);
}
