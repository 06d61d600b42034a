/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "base/buffer.h"
#include "desk/passkey.h"
#include "format/base64url.h"
#include "store/second_factor.h"
#include "store/session.h"
#include "testing.h"
#include "testing_desk.h"
#include "testing_key.h"

#include <sodium.h>
#include <string.h>

#define ORIGIN "https://desk.example.org"

/* An authenticator of the tests' own, and how it may misbehave. */
struct device {
	struct testing_key key;
	const char *site, *origin, *type;
	unsigned flags;
	uint32_t count;
};

static struct device
device(enum signature_kind kind)
{
	return (struct device){
		.key = testing_key(kind),
		.site = "desk.example.org",
		.origin = ORIGIN,
		.flags = 5,
		.count = 1,
	};
}

static struct work *
desk(struct testing_people *people, struct account *a)
{
	struct work *w = testing_desk(people);
	struct session *s = arena_alloc(w->arena, sizeof *s);

	assert_true(sodium_init() >= 0);
	session_start(w, SOUTHMERE, people->analyst, 3600, "127.0.0.1", s);
	w->session = s;
	assert_int_equal(account_of(w, people->analyst, a), DONE);
	return w;
}

static void
add_bytes(struct buffer *b, struct bytes v)
{
	if (v.len < 24)
		buffer_char(b, (char)(0x40 | v.len));
	else if (v.len < 256)
		buffer_printf(b, "%c%c", 0x58, (int)v.len);
	else {
		buffer_char(b, 0x59);
		buffer_char(b, (char)(v.len >> 8));
		buffer_char(b, (char)v.len);
	}
	buffer_add(b, v.at, v.len);
}

static void
add_cose(struct buffer *b, const struct signature_key *k)
{
	switch (k->kind) {
	case SIGNATURE_ES256:
		buffer_add(b, "\xa5\x01\x02\x03\x26\x20\x01\x21", 8);
		add_bytes(b, k->x);
		buffer_char(b, 0x22);
		add_bytes(b, k->y);
		break;
	case SIGNATURE_EDDSA:
		buffer_add(b, "\xa4\x01\x01\x03\x27\x20\x06\x21", 8);
		add_bytes(b, k->x);
		break;
	case SIGNATURE_RS256:
		buffer_add(b, "\xa4\x01\x03\x03\x39\x01\x00\x20", 8);
		add_bytes(b, k->n);
		buffer_char(b, 0x21);
		add_bytes(b, k->e);
		break;
	}
}

static void
add_head(struct buffer *b, const struct device *d, unsigned more)
{
	unsigned char hash[32];

	crypto_hash_sha256(hash, (const unsigned char *)d->site, strlen(d->site));
	buffer_add(b, hash, sizeof hash);
	buffer_char(b, (char)(d->flags | more));
	for (int shift = 24; shift >= 0; shift -= 8)
		buffer_char(b, (char)(d->count >> shift));
}

static const char *
client(struct work *w, const struct device *d, const char *type, const char *challenge)
{
	return arena_printf(w->arena,
		"{\"type\":\"%s\",\"challenge\":\"%s\",\"origin\":\"%s\","
		"\"crossOrigin\":false}",
		d->type ? d->type : type, challenge, d->origin);
}

static struct passkey_said
make(struct work *w, const struct device *d, const char *challenge)
{
	struct buffer data = buffer_in(w->arena, 0), object = buffer_in(w->arena, 0);

	add_head(&data, d, 64);
	for (int i = 0; i < 16; i++)
		buffer_char(&data, 0);
	buffer_add(&data, "\0\4MINE", 6);
	add_cose(&data, &d->key.key);
	buffer_add(&object,
		"\xa3\x63"
		"fmt"
		"\x64"
		"none"
		"\x67"
		"attStmt"
		"\xa0\x68"
		"authData",
		28);
	add_bytes(&object, buffer_bytes(&data));
	return (struct passkey_said){
		.client = base64url_write(
			w->arena, bytes_of(client(w, d, "webauthn.create", challenge))),
		.data = base64url_write(w->arena, buffer_bytes(&object)),
		.handle = "",
	};
}

static struct passkey_said
sign(struct work *w, const struct device *d, const char *challenge)
{
	const char *said = client(w, d, "webauthn.get", challenge);
	struct buffer data = buffer_in(w->arena, 0), all = buffer_in(w->arena, 0);
	unsigned char hash[32];

	add_head(&data, d, 0);
	buffer_add(&all, data.at, data.len);
	crypto_hash_sha256(hash, (const unsigned char *)said, strlen(said));
	buffer_add(&all, hash, sizeof hash);
	return (struct passkey_said){
		.id = base64url_write(w->arena, bytes_of("MINE")),
		.client = base64url_write(w->arena, bytes_of(said)),
		.data = base64url_write(w->arena, buffer_bytes(&data)),
		.signature = base64url_write(w->arena,
			testing_key_sign(&d->key, SIGNATURE_DER, buffer_bytes(&all))),
		.handle = "",
	};
}

static enum outcome
add(struct work *w, const struct device *d, const struct account *a)
{
	struct passkey_said said = make(w, d, passkey_row_challenge(w, "register"));

	return passkey_register(w, a, &said, "Mine");
}

static enum outcome
enter(struct work *w, const struct device *d)
{
	struct passkey_said said = sign(w, d, passkey_row_challenge(w, "sign-in"));
	struct account who;
	enum outcome end = passkey_enter(w, "sign-in", &said, 0, &who);

	if (end == DONE)
		assert_string_equal(who.email, "amy@southmere.example.org");
	return end;
}

static void
each_kind_of_key_is_added_and_opens(void **state)
{
	(void)state;
	for (int kind = SIGNATURE_ES256; kind <= SIGNATURE_RS256; kind++) {
		struct testing_people people;
		struct account a;
		struct work *w = desk(&people, &a);
		struct device d = device(kind);

		assert_int_equal(add(w, &d, &a), DONE);
		assert_true(second_factor_has(w, a.person));
		d.count++;
		assert_int_equal(enter(w, &d), DONE);
		assert_int_equal(add(w, &d, &a), INVALID); /* the same id again */
		testing_key_free(&d.key);
	}
}

/* Somebody who knows the password may wait in a session of their own for this. */
static void
other_sessions_end_when_a_passkey_is_added(void **state)
{
	struct testing_people people;
	struct account a;
	struct work *w = desk(&people, &a);
	struct device d = device(SIGNATURE_ES256);
	struct session s;
	const char *parked = session_start(w, SOUTHMERE, a.person, 3600, "192.0.2.1", &s);

	(void)state;
	assert_int_equal(add(w, &d, &a), DONE);
	assert_int_equal(session_find(w, parked, &s), MISSING);
	assert_int_equal(db_int(w->db, 0, "select count(*) from session where hash = $1",
				 w->session->hash),
		1);
	testing_key_free(&d.key);
}

static void
who_is_somewhere_else_or_did_not_verify_gets_in_nowhere(void **state)
{
	struct testing_people people;
	struct account a;
	struct work *w = desk(&people, &a);
	struct device d = device(SIGNATURE_ES256);
	const struct device good = d;
	struct device other = device(SIGNATURE_ES256);

	(void)state;
	d.origin = "https://desk.example.org:8443";
	assert_int_equal(add(w, &d, &a), INVALID);
	d = good;
	d.site = "example.org";
	assert_int_equal(add(w, &d, &a), INVALID);
	d = good;
	d.type = "webauthn.get";
	assert_int_equal(add(w, &d, &a), INVALID);
	d = good;
	d.flags = 4;
	assert_int_equal(add(w, &d, &a), INVALID);
	assert_int_equal(add(w, &good, &a), DONE);

	d = good;
	d.count = 2;
	d.origin = "https://desk.example.org.evil.test";
	assert_int_equal(enter(w, &d), DENIED);
	d.origin = "http://desk.example.org";
	assert_int_equal(enter(w, &d), DENIED);
	d.origin = ORIGIN;
	d.site = "evil.test";
	assert_int_equal(enter(w, &d), DENIED);
	d.site = good.site;
	d.type = "webauthn.create";
	assert_int_equal(enter(w, &d), DENIED);
	d.type = NULL;
	d.flags = 1; /* present, but not verified */
	assert_int_equal(enter(w, &d), DENIED);
	d.flags = 4;
	assert_int_equal(enter(w, &d), DENIED);
	d.flags = 5;
	d.key = other.key;
	assert_int_equal(enter(w, &d), DENIED);
	d.key = good.key;
	assert_int_equal(enter(w, &d), DONE);
	testing_key_free(&good.key);
	testing_key_free(&other.key);
}

static void
a_challenge_is_taken_once_from_its_session_for_its_purpose(void **state)
{
	struct testing_people people;
	struct account a, who;
	struct work *w = desk(&people, &a);
	struct device d = device(SIGNATURE_EDDSA);
	struct passkey_said said;
	struct session other;
	const struct session *mine = w->session;

	(void)state;
	assert_int_equal(add(w, &d, &a), DONE);
	d.count = 0;
	db_run(w->db, "update passkey set count = 0");
	said = sign(w, &d, passkey_row_challenge(w, "sign-in"));
	session_start(w, SOUTHMERE, 0, 3600, "192.0.2.1", &other);
	w->session = &other;
	assert_int_equal(passkey_enter(w, "sign-in", &said, 0, &who), DENIED);
	w->session = mine;
	assert_int_equal(passkey_enter(w, "second", &said, a.person, &who), DENIED);
	assert_int_equal(passkey_enter(w, "sign-in", &said, 0, &who), DONE);
	assert_int_equal(passkey_enter(w, "sign-in", &said, 0, &who), DENIED);
	said = sign(w, &d, passkey_row_challenge(w, "sign-in"));
	w->now += CHALLENGE_LIFETIME;
	assert_int_equal(passkey_enter(w, "sign-in", &said, 0, &who), DENIED);
	said = sign(w, &d, "bWFkZS11cA");
	assert_int_equal(passkey_enter(w, "sign-in", &said, 0, &who), DENIED);
	testing_key_free(&d.key);
}

static void
a_count_that_does_not_rise_tells_of_a_copy(void **state)
{
	struct testing_people people;
	struct account a;
	struct work *w = desk(&people, &a);
	struct device d = device(SIGNATURE_ES256);

	(void)state;
	assert_int_equal(add(w, &d, &a), DONE);
	d.count = 9;
	assert_int_equal(enter(w, &d), DONE);
	assert_int_equal(enter(w, &d), DENIED);
	d.count = 8;
	assert_int_equal(enter(w, &d), DENIED);
	d.count = 0;
	assert_int_equal(enter(w, &d), DENIED);
	assert_int_equal(db_int(w->db, 0, "select count(*) from audit where action = $1",
				 "passkey.copied"),
		3);
	d.count = 10;
	assert_int_equal(enter(w, &d), DONE);
	testing_key_free(&d.key);
}

static void
the_second_step_is_for_its_own_person_only(void **state)
{
	struct testing_people people;
	struct account a, who;
	struct work *w = desk(&people, &a);
	struct device d = device(SIGNATURE_ES256);
	struct passkey_said said;

	(void)state;
	assert_int_equal(add(w, &d, &a), DONE);
	d.count = 2;
	d.flags = 1;
	said = sign(w, &d, passkey_row_challenge(w, "second"));
	assert_int_equal(passkey_enter(w, "second", &said, people.leader, &who), DENIED);
	/* A challenge is used up by every try. */
	assert_int_equal(passkey_enter(w, "second", &said, a.person, &who), DENIED);
	said = sign(w, &d, passkey_row_challenge(w, "second"));
	assert_int_equal(passkey_enter(w, "second", &said, a.person, &who), DONE);
	said = sign(w, &d, passkey_row_challenge(w, "second"));
	said.handle = passkey_handle(w, people.leader);
	assert_int_equal(passkey_enter(w, "second", &said, a.person, &who), DENIED);
	account_set_disabled(w, a.email, true);
	d.count = 3;
	d.flags = 5;
	assert_int_equal(enter(w, &d), DENIED);
	testing_key_free(&d.key);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_kind_of_key_is_added_and_opens),
		cmocka_unit_test(other_sessions_end_when_a_passkey_is_added),
		cmocka_unit_test(who_is_somewhere_else_or_did_not_verify_gets_in_nowhere),
		cmocka_unit_test(
			a_challenge_is_taken_once_from_its_session_for_its_purpose),
		cmocka_unit_test(a_count_that_does_not_rise_tells_of_a_copy),
		cmocka_unit_test(the_second_step_is_for_its_own_person_only),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
