/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "web/door/provider_page.h"

#include "base/log.h"
#include "base/random.h"
#include "format/base64url.h"
#include "format/urlencoded.h"
#include "store/audit.h"
#include "store/secret.h"
#include "views.h"
#include "web/door/door_page.h"
#include "web/door/entrance.h"
#include "web/door/provider_call.h"
#include "web/frame.h"
#include "web/visitor.h"

#include <inttypes.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

enum { VERIFIER = 32, HASH = crypto_hash_sha256_BYTES };

/* What asking the provider found, for the handler. */
struct met {
	const char *problem; /* NULL: it went well */
	struct provider provider;
	struct provider_papers papers;
	struct provider_place place;
	struct provider_trip trip;
	struct provider_says says;
};

static const char *
return_address(struct work *w)
{
	return arena_printf(w->arena, "%s/sign-in/return", w->base);
}

static void
keep_papers(struct work *w, const struct met *m)
{
	if (m->papers.discovery)
		provider_put_paper(
			w, &m->provider, "discovery", m->papers.discovery, w->now);
	if (m->papers.keys)
		provider_put_paper(w, &m->provider, "keys", m->papers.keys, w->now);
}

static enum outcome
say_no(struct work *w, const struct request *q, const struct met *m, struct reply *r)
{
	struct door_view *v = door_page_new(w, q, WORD_provider_no_title);
	const char *door = m->trip.door ? m->trip.door : form_text(q, "door");
	bool staff = strcmp(door, ENTRANCE_STAFF) == 0;

	if (m->problem)
		log_warning(
			"identity provider %" PRId64 ": %s", m->provider.id, m->problem);
	door_page_say(w, v, WORD_provider_no, NULL);
	door_page_link(
		w, v, WORD_passkey_back, staff ? "/staff/sign-in" : "/account/sign-in");
	r->status = 422;
	return door_page_show(w, v, r);
}

enum outcome
provider_page_prepare(struct work *w, struct request *q, struct reply *r)
{
	struct met *m = arena_alloc(w->arena, sizeof *m);

	(void)r;
	if (provider_get(w, path_int(q, "org"), path_int(q, "id"), &m->provider) !=
			DONE ||
		!m->provider.live || strcmp(m->provider.kind, "oidc") != 0)
		return MISSING;
	m->problem = provider_call_discover(w, &m->provider, &m->papers, &m->place);
	w->prepared = m;
	return DONE;
}

static void
add_field(struct buffer *b, const char *name, const char *value)
{
	buffer_printf(b, "%c%s=", strchr(buffer_text(b), '?') ? '&' : '?', name);
	urlencoded_add(b, value);
}

static const char *
challenge_of(struct work *w, const char *verifier)
{
	unsigned char hash[HASH];

	crypto_hash_sha256(hash, (const unsigned char *)verifier, strlen(verifier));
	return base64url_write(w->arena, (struct bytes){hash, sizeof hash});
}

static const char *
random_letters(struct work *w)
{
	unsigned char bits[VERIFIER];

	random_bytes(bits, sizeof bits);
	return base64url_write(w->arena, (struct bytes){bits, sizeof bits});
}

static const char *
address_of(struct work *w, const struct met *m, const char *state,
	const struct provider_trip *t)
{
	struct buffer b = buffer_in(w->arena, 512);

	buffer_text_add(&b, m->place.authorise);
	add_field(&b, "response_type", "code");
	add_field(&b, "client_id", provider_setting(&m->provider, "client", ""));
	add_field(&b, "redirect_uri", return_address(w));
	add_field(&b, "scope",
		provider_setting(&m->provider, "scope", "openid profile email"));
	add_field(&b, "state", state);
	add_field(&b, "nonce", t->nonce);
	add_field(&b, "code_challenge", challenge_of(w, t->verifier));
	add_field(&b, "code_challenge_method", "S256");
	return buffer_text(&b);
}

enum outcome
provider_page_go(struct work *w, const struct request *q, struct reply *r)
{
	const struct met *m = w->prepared;
	bool staff = strcmp(m->provider.audience, "staff") == 0;
	const char *state = secret_token(w->arena);
	struct provider_trip trip = {
		.org = m->provider.org,
		.provider = m->provider.id,
		.nonce = secret_token(w->arena),
		.verifier = random_letters(w),
		.door = staff ? ENTRANCE_STAFF : ENTRANCE_CUSTOMER,
		.next = frame_next(form_text(q, "next"), staff ? "/staff" : "/account"),
	};
	struct provider_view v = {.name = m->provider.name};

	if (m->problem)
		return say_no(w, q, m, r);
	keep_papers(w, m);
	visitor_need_session(w, q, r);
	provider_put_trip(w, state, &trip);
	frame_page(w, q, &v.page, WORD_provider_go_title, SECTION_ACCOUNT);
	v.href = address_of(w, m, state, &trip);
	reply_header(r, "Refresh", arena_printf(w->arena, "0; url=%s", v.href));
	view_provider_go(&r->body, w->words, &v);
	return DONE;
}

enum outcome
provider_page_back(struct work *w, const struct request *q, struct reply *r)
{
	struct provider_view v = {
		.code = query_text(q, "code"),
		.state = query_text(q, "state"),
		.issuer = query_text(q, "iss"),
	};

	frame_page(w, q, &v.page, WORD_provider_back_title, SECTION_ACCOUNT);
	view_provider_back(&r->body, w->words, &v);
	return DONE;
}

enum outcome
provider_page_exchange(struct work *w, struct request *q, struct reply *r)
{
	struct met *m = arena_alloc(w->arena, sizeof *m);
	struct provider_code c = {
		.code = form_text(q, "code"),
		.redirect = return_address(w),
		.issuer = form_text(q, "iss"),
	};

	(void)r;
	w->prepared = m;
	if (provider_find_trip(w, form_text(q, "state"), &m->trip) != DONE ||
		provider_get(w, m->trip.org, m->trip.provider, &m->provider) != DONE ||
		!m->provider.live) {
		m->problem = "nobody of this browser was sent there";
		return DONE;
	}
	if (!*c.code) {
		m->problem = "it came back without a code";
		return DONE;
	}
	c.verifier = m->trip.verifier;
	c.nonce = m->trip.nonce;
	m->problem = provider_call_exchange(w, &m->provider, &c, &m->papers, &m->says);
	return DONE;
}

enum outcome
provider_page_enter(struct work *w, const struct request *q, struct reply *r)
{
	const struct met *m = w->prepared;
	struct entrance e = {.way = "oidc", .door = m->trip.door, .next = m->trip.next};
	struct account a;

	/* Whatever came of it, nobody comes back by this way again. */
	if (m->trip.door && !provider_take_trip(w, form_text(q, "state")))
		return say_no(w, q, m, r);
	if (m->problem) {
		audit_add(w, "sign-in.wrong", "?", "way=oidc");
		return say_no(w, q, m, r);
	}
	keep_papers(w, m);
	if (provider_entry(w, &m->provider, &m->says, &a) != DONE)
		return say_no(w, q, m, r);
	e.account = &a;
	return entrance_pass(w, q, &e, r);
}

struct door_providers
provider_page_buttons(
	struct work *w, const struct page *page, const char *audience, const char *next)
{
	bool staff = strcmp(audience, "staff") == 0;
	struct provider_list all;
	struct door_provider *at;
	struct door_providers some;

	provider_list(w, staff ? 0 : w->actor->org, &all);
	at = arena_array(w->arena, (size_t)all.count, sizeof *at);
	some = (struct door_providers){at, 0};
	for (int i = 0; i < all.count; i++) {
		const struct provider *p = &all.at[i];

		if (p->live && strcmp(p->kind, "oidc") == 0 &&
			strcmp(p->audience, audience) == 0)
			at[some.count++] = (struct door_provider){
				.page = page,
				.name = p->name,
				.action = arena_printf(w->arena,
					"/sign-in/with/%" PRId64 "/%" PRId64, p->org,
					p->id),
				.next = next,
			};
	}
	return some;
}
