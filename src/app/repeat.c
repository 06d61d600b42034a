/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/repeat.h"

#include "base/log.h"
#include "http/errors.h"
#include "store/kept_answer.h"
#include "store/vault.h"

#include <sodium.h>
#include <string.h>
#include <unistd.h>

enum { LONGEST_KEY = 255, LARGEST_BODY = 1024 * 1024 };

const char *
repeat_key(const struct request *q)
{
	const char *key = request_header(q, "Idempotency-Key");

	return key && *key && strlen(key) <= LONGEST_KEY ? key : NULL;
}

static void
add(crypto_generichash_state *h, const void *at, size_t n)
{
	uint64_t length = n;

	crypto_generichash_update(h, (const unsigned char *)&length, sizeof length);
	crypto_generichash_update(h, at, n);
}

static void
add_text(crypto_generichash_state *h, const char *text)
{
	add(h, text, strlen(text));
}

static void
add_pairs(crypto_generichash_state *h, const struct pairs *p)
{
	for (int i = 0; i < p->count; i++) {
		add_text(h, p->at[i].name);
		add_text(h, p->at[i].value);
	}
	add(h, "", 0);
}

static void
add_upload(crypto_generichash_state *h, const struct upload *u)
{
	unsigned char piece[16384];
	off_t at = 0;
	ssize_t n;

	add_text(h, u->field);
	add_text(h, u->filename);
	while ((n = pread(u->fd, piece, sizeof piece, at)) > 0) {
		crypto_generichash_update(h, piece, (size_t)n);
		at += n;
	}
}

static const char *
digest_of(const struct request *q)
{
	crypto_generichash_state h;
	unsigned char hash[16];
	char *hex = arena_alloc(q->arena, sizeof hash * 2 + 1);
	const char *tag = request_header(q, "If-Match");

	crypto_generichash_init(&h, NULL, 0, sizeof hash);
	add(&h, &q->method, sizeof q->method);
	add_text(&h, q->target);
	add_text(&h, tag ? tag : "");
	add_pairs(&h, &q->form);
	for (int i = 0; i < q->upload_count; i++)
		add_upload(&h, &q->uploads[i]);
	add(&h, q->body.at, q->body.len);
	crypto_generichash_final(&h, hash, sizeof hash);
	return sodium_bin2hex(hex, sizeof hash * 2 + 1, hash, sizeof hash);
}

/* Out of the token, which the database does not know: what was answered may hold a new
 * token or what somebody wrote, and is no use to who takes the database. */
static struct vault
vault_of(const struct request *q)
{
	static const unsigned char purpose[] = "portreeve kept answer 1";
	const char *secret = entry_secret(q);
	struct vault v;

	crypto_generichash(v.key, sizeof v.key, (const unsigned char *)secret,
		strlen(secret), purpose, sizeof purpose - 1);
	return v;
}

static void
answer_again(const struct kept_answer *k, struct bytes body, struct reply *r)
{
	r->status = (int)k->status;
	r->type = k->type;
	if (*k->tag)
		reply_etag(r, k->tag);
	if (*k->location)
		reply_header(r, "Location", k->location);
	reply_header(r, "Idempotency-Replayed", "true");
	buffer_add(&r->body, body.at, body.len);
}

enum outcome
repeat_begin(struct work *w, const struct request *q, struct reply *r, bool *answered)
{
	const char *key = repeat_key(q);
	struct kept_answer k;
	struct bytes body;
	struct vault v;
	bool well;

	*answered = false;
	if (!kept_answer_claim(w, key)) {
		errors_page(q, 409, r);
		return CONFLICT;
	}
	if (kept_answer_find(w, key, &k) != DONE)
		return DONE;
	if (strcmp(k.digest, digest_of(q)) != 0) {
		errors_say(q, 422,
			"This Idempotency-Key came before with another request.", r);
		return INVALID;
	}
	v = vault_of(q);
	well = vault_read_with(&v, q->arena, "kept answer", k.body, &body);
	sodium_memzero(&v, sizeof v);
	if (!well) {
		log_error("a kept answer cannot be unsealed");
		return FAULT;
	}
	answer_again(&k, body, r);
	*answered = true;
	return DONE;
}

enum outcome
repeat_keep(struct work *w, const struct request *q, struct reply *r)
{
	struct vault v;
	const char *location = reply_has_header(r, "Location");
	struct kept_answer k = {
		.digest = digest_of(q),
		.status = r->status,
		.type = r->type,
		.tag = r->tag ? r->tag : "",
		.location = location ? location : "",
	};

	if (r->stream || r->body.len > LARGEST_BODY)
		return DONE;
	v = vault_of(q);
	k.body = vault_seal_with(&v, q->arena, "kept answer", buffer_bytes(&r->body));
	sodium_memzero(&v, sizeof v);
	if (kept_answer_insert(w, repeat_key(q), &k) == DONE)
		return DONE;
	errors_page(q, 409, r);
	return CONFLICT;
}
