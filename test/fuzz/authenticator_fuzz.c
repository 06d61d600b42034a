/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "fuzz.h"

#include "format/authenticator.h"
#include "format/base64url.h"
#include "format/totp.h"

#include <string.h>

static int
depth_of(const struct cbor *v)
{
	int deepest = 0;

	for (int i = 0; i < v->count; i++) {
		int d = depth_of(&v->items[i]);

		deepest = d > deepest ? d : deepest;
	}
	return deepest + (v->kind == CBOR_LIST || v->kind == CBOR_MAP);
}

static void
read_cbor(struct arena *a, struct bytes in)
{
	struct bytes rest = in;
	const struct cbor *v = cbor_read(a, &rest);

	fuzz_require(rest.at >= in.at && rest.at + rest.len == in.at + in.len);
	if (v) {
		fuzz_require(depth_of(v) <= CBOR_DEPTH);
		fuzz_require(rest.len < in.len);
		(void)cbor_bytes(cbor_named(v, "authData"));
		(void)cbor_whole(cbor_numbered(v, 1), 0);
	}
}

/* What was read as base64url is written the same: there is one way only. */
static void
read_letters(struct arena *a, struct bytes in)
{
	struct bytes out;

	if (base64url_read(a, in, &out))
		fuzz_require(bytes_equal(bytes_of(base64url_write(a, out)), in));
}

void
fuzz_one(struct arena *a, struct bytes in)
{
	static const unsigned char key[TOTP_KEY] = {1};
	struct authenticator_data d;
	struct signature_key k;
	struct bytes data;
	const char *text;
	int64_t step;

	switch (fuzz_take(&in, 4)) {
	case 0: read_cbor(a, in); break;
	case 1:
		if (authenticator_read(a, in, &d) && d.flags & AUTHENTICATOR_ATTESTED)
			fuzz_require(d.id.len > 0 && authenticator_key(a, d.cose, &k));
		break;
	case 2:
		if (authenticator_attestation(a, in, &data))
			fuzz_require(
				data.at >= in.at && data.at + data.len <= in.at + in.len);
		break;
	case 3: read_letters(a, in); break;
	default:
		text = bytes_text(a, in);
		if (text &&
			totp_fits((struct bytes){key, sizeof key}, text, 59, 0, &step))
			fuzz_require(strlen(text) >= 6 && step >= 0 && step <= 2);
	}
}
