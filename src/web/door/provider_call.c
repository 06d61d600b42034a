/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "web/door/provider_call.h"

#include "format/jwt.h"
#include "format/urlencoded.h"
#include "http/outgoing.h"

#include <sodium.h>
#include <string.h>

enum {
	DISCOVERY_LIFE = 86400,
	KEYS_LIFE = 3600,
	KEYS_REST = 60, /* not asked for more often, whatever key a token names */
	MOST = 256 * 1024,
	SECONDS = 10,
	STATUS_OK = 200,
};

/* https, or plain on this machine. */
static bool
may_ask(const char *url)
{
	static const char *const here[] = {
		"http://localhost", "http://127.0.0.1", "http://[::1]"};

	if (!url)
		return false;
	for (size_t i = 0; i < sizeof here / sizeof *here; i++) {
		size_t n = strlen(here[i]);

		if (strncmp(url, here[i], n) == 0 && strchr(":/", url[n]))
			return true;
	}
	return strncmp(url, "https://", 8) == 0;
}

static const struct json *
parse(struct work *w, const char *body)
{
	const char *problem;

	return body ? json_read(w->arena, bytes_of(body), &problem) : NULL;
}

/* The body of an answer that is 200 and whole, or NULL. */
static const char *
send(struct work *w, const struct outgoing_call *c)
{
	struct outgoing_answer got;

	if (!w->outgoing || !may_ask(c->url) ||
		outgoing_send(w->outgoing, w->arena, c, &got) != DONE ||
		got.status != STATUS_OK || got.cut)
		return NULL;
	return bytes_text(w->arena, got.body);
}

static const char *
get(struct work *w, const char *url)
{
	struct outgoing_call c = {
		.method = "GET", .url = url, .most = MOST, .seconds = SECONDS};

	pairs_add(w->arena, &c.headers, "Accept", "application/json");
	return send(w, &c);
}

static bool
supports_basic(const struct json *d)
{
	const struct json *ways = json_get(d, "token_endpoint_auth_methods_supported");

	if (!ways || ways->kind != JSON_KIND_LIST)
		return true;
	for (int i = 0; i < ways->count; i++) {
		const char *way = json_words(&ways->items[i]);

		if (way && strcmp(way, "client_secret_basic") == 0)
			return true;
	}
	return false;
}

/* Discovery 1.0, section 4: a slash at the end of the issuer goes. */
static const char *
discovery_address(struct work *w, const char *issuer)
{
	size_t n = strlen(issuer);

	if (n && issuer[n - 1] == '/')
		n--;
	return arena_printf(
		w->arena, "%.*s/.well-known/openid-configuration", (int)n, issuer);
}

static bool
is_yes(const struct json *j)
{
	return j && j->kind == JSON_KIND_TRUTH && j->truth;
}

const char *
provider_call_discover(struct work *w, const struct provider *p,
	struct provider_papers *papers, struct provider_place *place)
{
	const char *issuer = provider_setting(p, "issuer", "");
	const char *body = provider_paper(w, p, "discovery", w->now - DISCOVERY_LIFE);
	const struct json *d;
	const char *said;

	if (!body) {
		body = get(w, discovery_address(w, issuer));
		papers->discovery = body;
	}
	d = parse(w, body);
	if (!d)
		return "the provider does not say where it is";
	said = json_words(json_get(d, "issuer"));
	if (!said || strcmp(said, issuer) != 0)
		return "the provider says that it is another issuer";
	*place = (struct provider_place){
		.authorise = json_words(json_get(d, "authorization_endpoint")),
		.token = json_words(json_get(d, "token_endpoint")),
		.keys = json_words(json_get(d, "jwks_uri")),
		.basic = supports_basic(d),
		.names_itself = is_yes(
			json_get(d, "authorization_response_iss_parameter_supported")),
	};
	if (!may_ask(place->authorise) || !may_ask(place->token) || !may_ask(place->keys))
		return "an address of the provider is not https";
	return NULL;
}

static void
add_field(struct buffer *b, const char *name, const char *value)
{
	buffer_printf(b, "%s%s=", b->len ? "&" : "", name);
	urlencoded_add(b, value);
}

static const char *
basic(struct work *w, const char *client, const char *secret)
{
	const char *pair = arena_printf(w->arena, "%s:%s",
		urlencoded_encode(w->arena, client), urlencoded_encode(w->arena, secret));
	size_t room = sodium_base64_encoded_len(
		strlen(pair), sodium_base64_VARIANT_ORIGINAL);
	char *text = arena_alloc(w->arena, room);

	sodium_bin2base64(text, room, (const unsigned char *)pair, strlen(pair),
		sodium_base64_VARIANT_ORIGINAL);
	return arena_printf(w->arena, "Basic %s", text);
}

static const char *
ask_token(struct work *w, const struct provider *p, const struct provider_place *place,
	const struct provider_code *c)
{
	const char *client = provider_setting(p, "client", "");
	struct buffer b = buffer_in(w->arena, 512);
	struct outgoing_call call = {
		.method = "POST", .url = place->token, .most = MOST, .seconds = SECONDS};
	const struct json *answer;

	add_field(&b, "grant_type", "authorization_code");
	add_field(&b, "code", c->code);
	add_field(&b, "redirect_uri", c->redirect);
	add_field(&b, "code_verifier", c->verifier);
	pairs_add(w->arena, &call.headers, "Content-Type",
		"application/x-www-form-urlencoded");
	pairs_add(w->arena, &call.headers, "Accept", "application/json");
	if (place->basic) {
		pairs_add(w->arena, &call.headers, "Authorization",
			basic(w, client, p->secret));
	} else {
		add_field(&b, "client_id", client);
		add_field(&b, "client_secret", p->secret);
	}
	call.body = buffer_bytes(&b);
	answer = parse(w, send(w, &call));
	return json_words(json_get(answer, "id_token"));
}

/* The kept keys, and when the token names another one the new ones: keys are rotated. */
static const char *
check_signature(struct work *w, const struct provider *p, const char *address,
	const struct jwt *t, struct provider_papers *papers)
{
	const char *body = provider_paper(w, p, "keys", w->now - KEYS_LIFE);
	const char *problem = jwt_no_such_key;

	if (body)
		problem = jwt_signature_problem(w->arena, t, parse(w, body));
	if (problem != jwt_no_such_key ||
		provider_paper(w, p, "keys", w->now - KEYS_REST))
		return problem;
	papers->keys = get(w, address);
	return jwt_signature_problem(w->arena, t, parse(w, papers->keys));
}

/* Is it one of the words of a list with blanks between? */
static bool
is_listed(const char *list, const char *word)
{
	while (word && *(list += strspn(list, " "))) {
		size_t n = strcspn(list, " ");

		if (n == strlen(word) && memcmp(list, word, n) == 0)
			return true;
		list += n;
	}
	return false;
}

/* How they signed in there: `acr`, or one of `amr`, must be a word of the setting; an
 * empty one asks for nothing (OpenID Connect Core 1.0, section 2; RFC 8176). */
static const char *
strength_problem(const struct provider *p, const struct json *claims)
{
	const char *wanted = provider_setting(p, "strength", "");
	const struct json *ways = json_get(claims, "amr");

	if (!*wanted || is_listed(wanted, json_words(json_get(claims, "acr"))))
		return NULL;
	if (ways && ways->kind == JSON_KIND_LIST)
		for (int i = 0; i < ways->count; i++)
			if (is_listed(wanted, json_words(&ways->items[i])))
				return NULL;
	return "the provider does not say that they signed in as strongly as is asked";
}

static void
add_group(struct provider_says *s, const char *group)
{
	if (group && *group && s->group_count < PROVIDER_ENTRY_GROUPS)
		s->groups[s->group_count++] = group;
}

static void
read_claims(const struct provider *p, const struct json *claims, struct provider_says *s)
{
	const struct json *groups = json_get(
		claims, provider_setting(p, "groups", "groups"));

	*s = (struct provider_says){
		.subject = json_words(json_get(claims, "sub")),
		.email = json_words(
			json_get(claims, provider_setting(p, "email", "email"))),
		.name = json_words(
			json_get(claims, provider_setting(p, "name-claim", "name"))),
		.verified = is_yes(json_get(claims, "email_verified")),
	};
	if (groups && groups->kind == JSON_KIND_LIST)
		for (int i = 0; i < groups->count; i++)
			add_group(s, json_words(&groups->items[i]));
	else
		add_group(s, json_words(groups));
}

const char *
provider_call_exchange(struct work *w, const struct provider *p,
	const struct provider_code *c, struct provider_papers *papers,
	struct provider_says *says)
{
	struct jwt_wanted wanted = {
		.issuer = provider_setting(p, "issuer", ""),
		.client = provider_setting(p, "client", ""),
		.nonce = c->nonce,
		.now = w->now,
	};
	struct provider_place place;
	const char *problem = provider_call_discover(w, p, papers, &place);
	const char *token;
	struct jwt t;

	if (problem)
		return problem;
	if (place.names_itself && !*c->issuer)
		return "it came back without saying from whom";
	if (*c->issuer && strcmp(c->issuer, wanted.issuer) != 0)
		return "another issuer answered";
	token = ask_token(w, p, &place, c);
	if (!token)
		return "the provider gives no token for the code";
	if (!jwt_read(w->arena, bytes_of(token), &t))
		return "the token is none";
	problem = check_signature(w, p, place.keys, &t, papers);
	if (!problem)
		problem = jwt_claims_problem(&t, &wanted);
	if (!problem)
		problem = strength_problem(p, t.claims);
	if (!problem)
		read_claims(p, t.claims, says);
	return problem;
}
