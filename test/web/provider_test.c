/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "format/base64url.h"
#include "format/urlencoded.h"
#include "http/outgoing.h"
#include "http/server.h"
#include "store/provider.h"
#include "store/session.h"
#include "testing.h"
#include "testing_desk.h"
#include "testing_key.h"
#include "testing_page.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

/* A provider of the tests' own, which may lie. What it says is set by the test between
 * two requests. */
struct lies {
	const char *issuer; /* in its discovery document; NULL: its own */
	const char *more;   /* in that document; NULL: nothing */
	const char *token, *keys;
	char verifier[64], basic[128];
	int keys_asked;
};

static struct lies lies;
static struct server *server;

static const char *
address(void)
{
	return arena_printf(testing_arena(), "http://127.0.0.1:%d", server_port(server));
}

static struct body_rule
body(void *context, const struct request *q)
{
	(void)context;
	(void)q;
	return (struct body_rule){.form = 65536};
}

static void
copy(char *to, size_t room, const char *from)
{
	snprintf(to, room, "%s", from ? from : "");
}

static void
answer(void *context, struct exchange *x)
{
	const struct request *q = exchange_request(x);
	struct reply *r = exchange_reply(x);
	struct lies *l = context;
	const char *host = arena_printf(
		q->arena, "http://127.0.0.1:%d", server_port(server));

	r->type = "application/json";
	if (strcmp(q->path, "/.well-known/openid-configuration") == 0) {
		buffer_printf(&r->body,
			"{\"issuer\":\"%s\",\"authorization_endpoint\":\"%s/a?x=1\","
			"\"token_endpoint\":\"%s/token\",\"jwks_uri\":\"%s/keys\"%s}",
			l->issuer ? l->issuer : host, host, host, host,
			l->more ? l->more : "");
	} else if (strcmp(q->path, "/token") == 0) {
		copy(l->verifier, sizeof l->verifier, form_text(q, "code_verifier"));
		copy(l->basic, sizeof l->basic, request_header(q, "Authorization"));
		buffer_printf(&r->body, "{\"id_token\":\"%s\"}", l->token);
	} else if (strcmp(q->path, "/keys") == 0) {
		l->keys_asked++;
		buffer_printf(&r->body, "{\"keys\":[%s]}", l->keys);
	} else {
		r->status = 404;
	}
	exchange_finish(x);
}

static int
begin(void **state)
{
	struct server_config c = {
		.listen = "127.0.0.1:0",
		.base = "http://localhost",
		.threads = 1,
		.body = body,
		.answer = answer,
		.house = &lies,
	};

	(void)state;
	assert_true(sodium_init() >= 0);
	server = server_start(&c);
	return server ? 0 : 1;
}

static int
end(void **state)
{
	(void)state;
	server_stop(server, 1);
	return 0;
}

/* One way there and back. */
struct trip {
	const char *state, *nonce, *challenge;
};

static struct work *
door(struct provider *p)
{
	struct work *w = testing_desk(NULL);
	struct actor *a = arena_alloc(w->arena, sizeof *a);
	struct outgoing *o = arena_alloc(w->arena, sizeof *o);

	lies = (struct lies){.keys = ""};
	assert_true(network_list_read(w->arena, "127.0.0.1", &o->allowed));
	w->outgoing = o;
	*a = (struct actor){.kind = ACTOR_NOBODY, .org = SOUTHMERE, .name = ""};
	w->actor = a;
	*p = (struct provider){
		.org = SOUTHMERE,
		.kind = "oidc",
		.name = "Council ID",
		.audience = "staff",
		.live = true,
		.secret = "s&cret",
	};
	pairs_add(w->arena, &p->settings, "issuer", address());
	pairs_add(w->arena, &p->settings, "client", "portreeve");
	pairs_add(w->arena, &p->settings, "roles", "desk = analyst");
	provider_save(w, p);
	testing_session(w);
	return w;
}

static const char *
field(struct work *w, const char *page, const char *name)
{
	const char *at = strstr(page, arena_printf(w->arena, "%s=", name));

	assert_non_null(at);
	at += strlen(name) + 1;
	return arena_text(w->arena, at, strcspn(at, "&\""));
}

static struct trip
go(struct work *w, const struct provider *p)
{
	struct visit v = testing_post(
		w, arena_printf(w->arena, "/sign-in/with/1/%lld", (long long)p->id), "");

	assert_int_equal(v.status, 200);
	testing_is_page(&v);
	return (struct trip){
		.state = field(w, v.body, "amp;state"),
		.nonce = field(w, v.body, "amp;nonce"),
		.challenge = field(w, v.body, "amp;code_challenge"),
	};
}

static const char *how = ""; /* more claims */

static const char *
token(struct work *w, const struct testing_key *k, const char *kid, const char *nonce)
{
	const char *header = arena_printf(
		w->arena, "{\"alg\":\"ES256\",\"kid\":\"%s\"}", kid);
	const char *claims = arena_printf(w->arena,
		"{\"iss\":\"%s\",\"sub\":\"7\",\"aud\":\"portreeve\",\"nonce\":\"%s\","
		"\"exp\":%lld,\"iat\":%lld,\"email\":\"amy@southmere.example.org\","
		"\"email_verified\":true,\"groups\":[\"desk\"]%s}",
		address(), nonce, (long long)w->now + 60, (long long)w->now, how);
	const char *front = arena_printf(w->arena, "%s.%s",
		base64url_write(w->arena, bytes_of(header)),
		base64url_write(w->arena, bytes_of(claims)));

	return arena_printf(w->arena, "%s.%s", front,
		base64url_write(
			w->arena, testing_key_sign(k, SIGNATURE_JOSE, bytes_of(front))));
}

static const char *
jwk(struct work *w, const struct testing_key *k, const char *kid)
{
	return arena_printf(w->arena,
		"{\"kty\":\"EC\",\"crv\":\"P-256\",\"kid\":\"%s\",\"x\":\"%s\",\"y\":\"%"
		"s\"}",
		kid, base64url_write(w->arena, k->key.x),
		base64url_write(w->arena, k->key.y));
}

static struct visit
come_back(struct work *w, const struct trip *t, const char *more)
{
	return testing_post(w, "/sign-in/return",
		arena_printf(w->arena, "code=c&state=%s%s", t->state, more));
}

static void
one_comes_back_signed_in_and_only_once(void **state)
{
	struct provider p;
	struct work *w = door(&p);
	const struct session *mine = w->session;
	struct testing_key k = testing_key(SIGNATURE_ES256);
	struct trip t = go(w, &p);
	unsigned char hash[32];
	struct visit v;

	(void)state;
	lies.keys = jwk(w, &k, "one");
	lies.token = token(w, &k, "one", t.nonce);
	v = testing_get(
		w, arena_printf(w->arena, "/sign-in/return?code=c&state=%s", t.state));
	testing_is_page(&v);
	v = come_back(w, &t, "");
	assert_int_equal(v.status, 303);
	assert_string_equal(v.location, "/staff");
	/* Basic portreeve:s%26cret */
	assert_string_equal(lies.basic, "Basic cG9ydHJlZXZlOnMlMjZjcmV0");
	crypto_hash_sha256(
		hash, (const unsigned char *)lies.verifier, strlen(lies.verifier));
	assert_string_equal(
		base64url_write(w->arena, (struct bytes){hash, 32}), t.challenge);
	w->session = mine;
	assert_int_equal(come_back(w, &t, "").status, 422);
	testing_key_free(&k);
}

static void
another_browser_nonce_issuer_or_key_gets_nobody_in(void **state)
{
	struct provider p;
	struct work *w = door(&p);
	const struct session *mine = w->session;
	struct testing_key k = testing_key(SIGNATURE_ES256);
	struct testing_key other = testing_key(SIGNATURE_ES256);
	struct trip t = go(w, &p), second;

	(void)state;
	lies.keys = jwk(w, &k, "one");
	lies.token = token(w, &k, "one", t.nonce);
	testing_session(w);
	assert_int_equal(come_back(w, &t, "").status, 422);
	w->session = mine;
	assert_int_equal(come_back(w, &t, "&iss=https://other.example").status, 422);

	second = go(w, &p);
	assert_string_not_equal(second.nonce, t.nonce);
	assert_int_equal(come_back(w, &second, "").status, 422); /* the old nonce */
	t = go(w, &p);
	lies.token = token(w, &other, "one", t.nonce);
	assert_int_equal(come_back(w, &t, "").status, 422);
	t = go(w, &p);
	lies.token = "x.y.z";
	assert_int_equal(come_back(w, &t, "").status, 422);
	t = go(w, &p);
	w->now += 900;
	lies.token = token(w, &k, "one", t.nonce);
	assert_int_equal(come_back(w, &t, "").status, 422); /* too late */
	testing_key_free(&k);
	testing_key_free(&other);
}

/* RFC 9207, section 2.4: who says that every answer names its issuer is held to it. */
static void
an_answer_that_should_say_whose_it_is_does(void **state)
{
	struct provider p;
	struct work *w = door(&p);
	struct testing_key k = testing_key(SIGNATURE_ES256);
	const char *ours = arena_printf(
		w->arena, "&iss=%s", urlencoded_encode(w->arena, address()));
	struct trip t;

	(void)state;
	lies.more = ",\"authorization_response_iss_parameter_supported\":true";
	lies.keys = jwk(w, &k, "one");
	t = go(w, &p);
	lies.token = token(w, &k, "one", t.nonce);
	assert_int_equal(come_back(w, &t, "").status, 422);
	t = go(w, &p);
	lies.token = token(w, &k, "one", t.nonce);
	assert_int_equal(come_back(w, &t, ours).status, 303);
	testing_key_free(&k);
}

/* OpenID Connect Discovery 1.0, section 4. */
static void
an_issuer_may_end_with_a_slash(void **state)
{
	struct provider p;
	struct work *w = door(&p);

	(void)state;
	lies.issuer = arena_printf(w->arena, "%s/", address());
	p.settings = (struct pairs){0};
	pairs_add(w->arena, &p.settings, "issuer", lies.issuer);
	pairs_add(w->arena, &p.settings, "client", "portreeve");
	provider_save(w, &p);
	assert_non_null(go(w, &p).state);
}

/* ASVS 6.8.4. */
static void
who_signed_in_too_weakly_there_does_not_get_in(void **state)
{
	static const struct {
		const char *says;
		int status;
	} cases[] = {
		{"", 422},
		{",\"amr\":[\"pwd\"]", 422},
		{",\"amr\":\"mfa\"", 422},
		{",\"acr\":\"mf\"", 422},
		{",\"amr\":[\"pwd\",\"mfa\"]", 303},
		{",\"acr\":\"gold\"", 303},
	};
	struct provider p;
	struct work *w = door(&p);
	const struct session *mine = w->session;
	struct testing_key k = testing_key(SIGNATURE_ES256);

	(void)state;
	pairs_add(w->arena, &p.settings, "strength", "mfa gold");
	provider_save(w, &p);
	lies.keys = jwk(w, &k, "one");
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct trip t = go(w, &p);

		how = cases[i].says;
		lies.token = token(w, &k, "one", t.nonce);
		if (come_back(w, &t, "").status != cases[i].status)
			fail_msg("%s", how);
		w->session = mine;
	}
	how = "";
	testing_key_free(&k);
}

static void
keys_are_kept_and_asked_for_again_when_they_turn(void **state)
{
	struct provider p;
	struct work *w = door(&p);
	struct testing_key old = testing_key(SIGNATURE_ES256);
	struct testing_key new = testing_key(SIGNATURE_ES256);
	struct trip t;

	(void)state;
	lies.keys = jwk(w, &old, "old");
	for (int i = 0; i < 3; i++) {
		testing_session(w);
		t = go(w, &p);
		lies.token = token(w, &old, "old", t.nonce);
		assert_int_equal(come_back(w, &t, "").status, 303);
	}
	assert_int_equal(lies.keys_asked, 1);
	/* A key that nobody knows makes us ask, but not more than once a minute. */
	testing_session(w);
	t = go(w, &p);
	lies.token = token(w, &new, "new", t.nonce);
	assert_int_equal(come_back(w, &t, "").status, 422);
	assert_int_equal(lies.keys_asked, 1);
	w->now += 120;
	lies.keys = jwk(w, &new, "new");
	testing_session(w);
	t = go(w, &p);
	lies.token = token(w, &new, "new", t.nonce);
	assert_int_equal(come_back(w, &t, "").status, 303);
	assert_int_equal(lies.keys_asked, 2);
	testing_key_free(&old);
	testing_key_free(&new);
}

static void
a_provider_that_says_it_is_another_is_not_asked(void **state)
{
	struct provider p;
	struct work *w = door(&p);
	const char *path = arena_printf(
		w->arena, "/sign-in/with/1/%lld", (long long)p.id);

	(void)state;
	lies.issuer = "https://id.example.org";
	assert_int_equal(testing_post(w, path, "").status, 422);
	lies.issuer = NULL;
	p.live = false;
	provider_save(w, &p);
	assert_int_equal(testing_post(w, path, "").end, MISSING);
	/* Plain addresses elsewhere are never asked. */
	p.live = true;
	p.settings = (struct pairs){0};
	pairs_add(w->arena, &p.settings, "issuer", "http://192.0.2.1");
	pairs_add(w->arena, &p.settings, "client", "portreeve");
	provider_save(w, &p);
	assert_int_equal(testing_post(w, path, "").status, 422);
}

static void
its_secret_is_sealed_and_shown_nowhere(void **state)
{
	struct provider p, again;
	struct work *w = door(&p);
	struct grant grant = access_grant(SOUTHMERE, ROLE_ADMINISTRATOR);
	struct actor administrator = {.kind = ACTOR_STAFF,
		.org = SOUTHMERE,
		.person = 1,
		.name = "ada",
		.grants = &grant,
		.grant_count = 1};
	struct visit v;

	(void)state;
	w->actor = &administrator;
	assert_int_equal(provider_get(w, SOUTHMERE, p.id, &again), DONE);
	assert_string_equal(again.secret, "s&cret");
	assert_int_equal(provider_get(w, ICT_DESK, p.id, &again), MISSING);
	again = p;
	again.secret = NULL; /* kept */
	provider_save(w, &again);
	assert_int_equal(provider_get(w, SOUTHMERE, p.id, &again), DONE);
	assert_string_equal(again.secret, "s&cret");
	v = testing_get(w, arena_printf(w->arena, "/admin/sign-in/provider?id=%lld",
				   (long long)p.id));
	testing_is_page(&v);
	assert_true(testing_says(&v, "desk = analyst"));
	assert_false(testing_says(&v, "s&cret"));
	v = testing_post(w, "/admin/sign-in/provider",
		arena_printf(w->arena, "id=%lld&kind=oidc&name=&audience=staff",
			(long long)p.id));
	assert_int_equal(v.status, 422);
	testing_is_page(&v);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_comes_back_signed_in_and_only_once),
		cmocka_unit_test(another_browser_nonce_issuer_or_key_gets_nobody_in),
		cmocka_unit_test(an_answer_that_should_say_whose_it_is_does),
		cmocka_unit_test(an_issuer_may_end_with_a_slash),
		cmocka_unit_test(who_signed_in_too_weakly_there_does_not_get_in),
		cmocka_unit_test(keys_are_kept_and_asked_for_again_when_they_turn),
		cmocka_unit_test(a_provider_that_says_it_is_another_is_not_asked),
		cmocka_unit_test(its_secret_is_sealed_and_shown_nowhere),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
