/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "http/origin.h"

#include "base/random.h"

#include <sodium.h>
#include <string.h>
#include <strings.h>

enum { HALF = 16, TOKEN = 2 * HALF };

/* The length of "https://desk.example.org" at the front of an address. */
static size_t
origin_length(const char *address)
{
	const char *host = strstr(address, "://");

	host = host ? host + 3 : address;
	return (size_t)(host - address) + strcspn(host, "/?#");
}

/* Scheme, host and port are equal; both are written the way browsers write them. */
static bool
is_same_origin(const char *a, const char *b)
{
	size_t n = origin_length(b);

	return n > 0 && origin_length(a) == n && strncasecmp(a, b, n) == 0;
}

static bool
is_safe(enum method m)
{
	return m == GET || m == HEAD || m == OPTIONS;
}

enum outcome
origin_check(const struct request *q, const char *base)
{
	const char *site = request_header(q, "Sec-Fetch-Site");
	const char *origin = request_header(q, "Origin");
	const char *referer = request_header(q, "Referer");

	if (is_safe(q->method))
		return DONE;
	if (site) {
		bool ours = strcmp(site, "same-origin") == 0 || strcmp(site, "none") == 0;
		return ours ? DONE : DENIED;
	}
	if (origin)
		return is_same_origin(origin, base) ? DONE : DENIED;
	if (referer)
		return is_same_origin(referer, base) ? DONE : DENIED;
	return DONE;
}

static void
make_mark(unsigned char mark[static HALF], const char *secret)
{
	static const char purpose[] = "portreeve form token 1";
	unsigned char whole[crypto_auth_hmacsha256_BYTES];
	crypto_auth_hmacsha256_state s;

	crypto_auth_hmacsha256_init(&s, (const unsigned char *)secret, strlen(secret));
	crypto_auth_hmacsha256_update(
		&s, (const unsigned char *)purpose, sizeof purpose - 1);
	crypto_auth_hmacsha256_final(&s, whole);
	memcpy(mark, whole, HALF);
}

const char *
origin_token(struct arena *a, const char *secret)
{
	enum {
		LETTERS = sodium_base64_ENCODED_LEN(
			TOKEN, sodium_base64_VARIANT_URLSAFE_NO_PADDING)
	};
	unsigned char token[TOKEN];
	unsigned char mark[HALF];
	char *text = arena_alloc(a, LETTERS);

	make_mark(mark, secret);
	random_bytes(token, HALF);
	for (int i = 0; i < HALF; i++)
		token[HALF + i] = token[i] ^ mark[i];
	return sodium_bin2base64(text, LETTERS, token, sizeof token,
		sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

bool
origin_token_fits(const char *secret, const char *text)
{
	unsigned char token[TOKEN];
	unsigned char mark[HALF];
	size_t len;

	if (!*secret ||
		sodium_base642bin(token, sizeof token, text, strlen(text), NULL, &len,
			NULL, sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0)
		return false;
	if (len != TOKEN)
		return false;
	make_mark(mark, secret);
	for (int i = 0; i < HALF; i++)
		token[i] ^= token[HALF + i];
	return sodium_memcmp(token, mark, HALF) == 0;
}
