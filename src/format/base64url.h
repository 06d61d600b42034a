/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FORMAT_BASE64URL_H
#define FORMAT_BASE64URL_H

/* base64url without padding (RFC 4648 section 5), as JOSE and WebAuthn write bytes. */

#include "base/arena.h"
#include "base/bytes.h"

const char *base64url_write(struct arena *a, struct bytes b);

/* Strict: only its letters, no padding, no blanks, no bits left over. False otherwise. */
bool base64url_read(struct arena *a, struct bytes text, struct bytes *out);

#endif
