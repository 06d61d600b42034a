/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "desk/passkey.h"

#include "format/authenticator.h"
#include "format/base64url.h"
#include "format/json.h"
#include "store/second_factor.h"
#include "store/session.h"

#include <inttypes.h>
#include <sodium.h>
#include <string.h>

enum { HASH = crypto_hash_sha256_BYTES, LONGEST_NAME = 60, LONGEST = 64 * 1024 };

struct passkey_site
passkey_site(struct work *w)
{
	const char *host = strstr(w->base, "://");
	size_t n;

	host = host ? host + 3 : w->base;
	n = strcspn(host, "/?#");
	return (struct passkey_site){
		.origin = arena_text(w->arena, w->base, (size_t)(host - w->base) + n),
		.id = arena_text(w->arena, host, strcspn(host, ":/?#")),
	};
}

const char *
passkey_handle(struct work *w, int64_t person)
{
	const char *text = arena_printf(w->arena, "portreeve person %" PRId64, person);
	unsigned char hash[16];

	crypto_generichash(
		hash, sizeof hash, (const unsigned char *)text, strlen(text), NULL, 0);
	return base64url_write(w->arena, (struct bytes){hash, sizeof hash});
}

static bool
decode(struct work *w, const char *text, struct bytes *out)
{
	return text && strlen(text) <= LONGEST &&
	       base64url_read(w->arena, bytes_of(text), out);
}

static bool
is_text(const struct json *record, const char *name, const char *wanted)
{
	const char *text = json_words(json_get(record, name));

	return text && strcmp(text, wanted) == 0;
}

/* The client data: of our origin, of this kind, about a challenge of this session. */
static bool
client_is_well(struct work *w, struct bytes client, const char *type, const char *purpose)
{
	const char *problem;
	const struct json *v = json_read(w->arena, client, &problem);
	const struct json *crossed = json_get(v, "crossOrigin");
	const char *challenge = json_words(json_get(v, "challenge"));

	return v && challenge && is_text(v, "type", type) &&
	       is_text(v, "origin", passkey_site(w).origin) &&
	       !(crossed && crossed->kind == JSON_KIND_TRUTH && crossed->truth) &&
	       passkey_row_challenge_take(w, purpose, challenge);
}

static bool
is_our_site(struct work *w, struct bytes site)
{
	const char *id = passkey_site(w).id;
	unsigned char hash[HASH];

	crypto_hash_sha256(hash, (const unsigned char *)id, strlen(id));
	return site.len == HASH && memcmp(site.at, hash, HASH) == 0;
}

static enum outcome
refuse(struct work *w)
{
	return work_problem(w, "passkey", "problem.passkey.wrong");
}

enum outcome
passkey_register(struct work *w, const struct account *a, const struct passkey_said *said,
	const char *name)
{
	struct bytes client, object, data;
	struct authenticator_data d;
	struct passkey_list all;
	struct passkey p;

	if (!decode(w, said->client, &client) || !decode(w, said->data, &object) ||
		!client_is_well(w, client, "webauthn.create", "register") ||
		!authenticator_attestation(w->arena, object, &data) ||
		!authenticator_read(w->arena, data, &d) || !is_our_site(w, d.site) ||
		!(d.flags & AUTHENTICATOR_PRESENT) || !(d.flags & AUTHENTICATOR_ATTESTED))
		return refuse(w);
	passkey_row_list(w, a->person, &all);
	if (all.count == PASSKEY_MOST)
		return work_problem(w, "passkey", "problem.passkey.many");
	if (!*name || strlen(name) > LONGEST_NAME)
		name = "Passkey";
	p = (struct passkey){
		.id = base64url_write(w->arena, d.id),
		.person = a->person,
		.name = name,
		.key = d.cose,
		.count = d.count,
	};
	if (!passkey_row_add(w, &p))
		return refuse(w);
	/* Who got in elsewhere with the password alone stays out from now on. */
	session_end_others(w, a->person);
	second_factor_enrolled(w, a->person);
	sign_in_audit(w, a, "second-factor.add", "kind=passkey");
	return DONE;
}

/* authenticatorData and the hash of the client data: what is signed. */
static struct bytes
signed_bytes(struct work *w, struct bytes data, struct bytes client)
{
	unsigned char *at = arena_alloc(w->arena, data.len + HASH);

	memcpy(at, data.at, data.len);
	crypto_hash_sha256(at + data.len, client.at, client.len);
	return (struct bytes){at, data.len + HASH};
}

static bool
has_signed(struct work *w, const struct passkey *p, const struct passkey_said *said,
	const char *purpose, struct authenticator_data *d)
{
	struct bytes client, data, signature;
	struct signature_key key;

	return decode(w, said->client, &client) && decode(w, said->data, &data) &&
	       decode(w, said->signature, &signature) && data.len > 0 &&
	       client_is_well(w, client, "webauthn.get", purpose) &&
	       authenticator_read(w->arena, data, d) && is_our_site(w, d->site) &&
	       (d->flags & AUTHENTICATOR_PRESENT) != 0 &&
	       authenticator_key(w->arena, p->key, &key) &&
	       signature_fits(
		       &key, SIGNATURE_DER, signed_bytes(w, data, client), signature);
}

/* A key that nobody has (the generator of P-256), so that a signature under a name that
 * there is not costs the same. */
static const unsigned char nobodys_key[] =
	"\xA5\x01\x02\x03\x26\x20\x01\x21\x58\x20"
	"\x6B\x17\xD1\xF2\xE1\x2C\x42\x47\xF8\xBC\xE6\xE5\x63\xA4\x40\xF2"
	"\x77\x03\x7D\x81\x2D\xEB\x33\xA0\xF4\xA1\x39\x45\xD8\x98\xC2\x96"
	"\x22\x58\x20"
	"\x4F\xE3\x42\xE2\xFE\x1A\x7F\x9B\x8E\xE7\xEB\x4A\x7C\x0F\x9E\x16"
	"\x2B\xCE\x33\x57\x6B\x31\x5E\xCE\xCB\xB6\x40\x68\x37\xBF\x51\xF5";

static bool
is_known(struct work *w, const struct passkey_said *said, int64_t only, struct passkey *p,
	struct account *a)
{
	if (passkey_row_find(w, said->id, p) != DONE) {
		*p = (struct passkey){.key = {nobodys_key, sizeof nobodys_key - 1}};
		return false;
	}
	return account_of(w, p->person, a) == DONE && !a->disabled &&
	       (!only || p->person == only) &&
	       (!*said->handle ||
		       strcmp(said->handle, passkey_handle(w, p->person)) == 0);
}

enum outcome
passkey_enter(struct work *w, const char *purpose, const struct passkey_said *said,
	int64_t only, struct account *a)
{
	struct authenticator_data d;
	struct passkey p;
	bool known = is_known(w, said, only, &p, a);

	if (!has_signed(w, &p, said, purpose, &d) || !known)
		return DENIED;
	if (!only && !(d.flags & AUTHENTICATOR_VERIFIED))
		return DENIED;
	if (!passkey_row_use(w, p.id, d.count)) {
		sign_in_audit(w, a, "passkey.copied",
			arena_printf(w->arena, "count=%" PRId64 "&said=%u", p.count,
				(unsigned)d.count));
		return DENIED;
	}
	return DONE;
}
