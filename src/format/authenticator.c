/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "format/authenticator.h"

enum { SITE = 32, HEAD = SITE + 1 + 4, AAGUID = 16 };

/* COSE: labels and values (RFC 9052, 9053, 8230). */
enum {
	LABEL_TYPE = 1,
	LABEL_ALGORITHM = 3,
	TYPE_OKP = 1,
	TYPE_EC2 = 2,
	TYPE_RSA = 3,
	ES256 = -7,
	EDDSA = -8,
	RS256 = -257,
	CURVE_P256 = 1,
	CURVE_ED25519 = 6,
};

static bool
read_key(const struct cbor *v, struct signature_key *k)
{
	int64_t type = cbor_whole(cbor_numbered(v, LABEL_TYPE), 0);
	int64_t algorithm = cbor_whole(cbor_numbered(v, LABEL_ALGORITHM), 0);
	int64_t curve = cbor_whole(cbor_numbered(v, -1), 0);

	*k = (struct signature_key){0};
	if (type == TYPE_EC2 && algorithm == ES256 && curve == CURVE_P256) {
		k->kind = SIGNATURE_ES256;
		k->x = cbor_bytes(cbor_numbered(v, -2));
		k->y = cbor_bytes(cbor_numbered(v, -3));
	} else if (type == TYPE_OKP && algorithm == EDDSA && curve == CURVE_ED25519) {
		k->kind = SIGNATURE_EDDSA;
		k->x = cbor_bytes(cbor_numbered(v, -2));
	} else if (type == TYPE_RSA && algorithm == RS256) {
		k->kind = SIGNATURE_RS256;
		k->n = cbor_bytes(cbor_numbered(v, -1));
		k->e = cbor_bytes(cbor_numbered(v, -2));
	} else {
		return false;
	}
	return signature_key_is_well(k);
}

bool
authenticator_key(struct arena *a, struct bytes in, struct signature_key *k)
{
	const struct cbor *v = cbor_read(a, &in);

	return v && in.len == 0 && read_key(v, k);
}

static struct bytes
cut(struct bytes *in, size_t n)
{
	struct bytes front = {in->at, n};

	in->at += n;
	in->len -= n;
	return front;
}

static bool
read_credential(struct arena *a, struct bytes *in, struct authenticator_data *d)
{
	const unsigned char *start;
	const struct cbor *key;
	size_t n;

	if (in->len < AAGUID + 2)
		return false;
	cut(in, AAGUID);
	n = (size_t)in->at[0] << 8 | in->at[1];
	cut(in, 2);
	if (n == 0 || n > AUTHENTICATOR_LONGEST_ID || n > in->len)
		return false;
	d->id = cut(in, n);
	start = in->at;
	key = cbor_read(a, in);
	if (!key || !read_key(key, &d->key))
		return false;
	d->cose = (struct bytes){start, (size_t)(in->at - start)};
	return true;
}

bool
authenticator_read(struct arena *a, struct bytes in, struct authenticator_data *d)
{
	*d = (struct authenticator_data){0};
	if (in.len < HEAD)
		return false;
	d->site = cut(&in, SITE);
	d->flags = in.at[0];
	d->count = (uint32_t)in.at[1] << 24 | (uint32_t)in.at[2] << 16 |
		   (uint32_t)in.at[3] << 8 | in.at[4];
	cut(&in, HEAD - SITE);
	if (d->flags & AUTHENTICATOR_BACKED_UP &&
		!(d->flags & AUTHENTICATOR_BACKUP_ELIGIBLE))
		return false;
	if (d->flags & AUTHENTICATOR_ATTESTED && !read_credential(a, &in, d))
		return false;
	if (d->flags & AUTHENTICATOR_EXTENSIONS) {
		const struct cbor *v = cbor_read(a, &in);

		if (!v || v->kind != CBOR_MAP)
			return false;
	}
	return in.len == 0;
}

bool
authenticator_attestation(struct arena *a, struct bytes in, struct bytes *data)
{
	const struct cbor *v = cbor_read(a, &in);
	const struct cbor *format = cbor_named(v, "fmt");
	const struct cbor *statement = cbor_named(v, "attStmt");

	if (in.len > 0 || !format || format->kind != CBOR_TEXT ||
		!bytes_equal(format->bytes, bytes_of("none")) || !statement ||
		statement->kind != CBOR_MAP || statement->count > 0)
		return false;
	*data = cbor_bytes(cbor_named(v, "authData"));
	return data->len > 0;
}
