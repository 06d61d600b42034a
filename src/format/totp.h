/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FORMAT_TOTP_H
#define FORMAT_TOTP_H

/*
 * Time-based one-time passwords (RFC 6238 over HOTP, RFC 4226): HMAC-SHA-1, six digits,
 * steps of 30 seconds, which is what every authenticator app understands.
 */

#include "base/arena.h"
#include "base/bytes.h"

enum { TOTP_KEY = 20, TOTP_PERIOD = 30 };

/* The truncated number of a step (RFC 4226 5.3), 31 bits; a code is its last digits. */
uint32_t totp_number(struct bytes key, int64_t step);

/* Is it the code of the step of `now`, or of the one before or after? Blanks in what was
 * typed do not count. A code of step `used` or an earlier one fits no more. *step is the
 * one it fits. */
bool totp_fits(
	struct bytes key, const char *typed, int64_t now, int64_t used, int64_t *step);

/* RFC 4648 base32 without padding, as apps want a key typed. */
const char *totp_base32(struct arena *a, struct bytes key);

/* The address an app reads from a QR code (Key URI Format):
 * otpauth://totp/ISSUER:ACCOUNT?secret=... */
const char *totp_link(
	struct arena *a, struct bytes key, const char *issuer, const char *account);

#endif
