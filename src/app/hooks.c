/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/hooks.h"

#include "base/log.h"
#include "base/times.h"
#include "format/words.h"
#include "store/team.h"
#include "store/webhook.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

enum {
	BATCH = 8,
	LEASE = 300,
	SECONDS = 10,
	ANSWER = 500,
	SECRET_ROOM = 128,
	GONE = 410
};

static const char prefix[] = "whsec_";

struct batch {
	struct arena *arena;
	struct letter_list letters;
	struct webhook hooks[BATCH]; /* id 0: it is gone or off */
	struct webhook_try tries[BATCH];
};

const char *
hooks_signature(struct arena *a, const char *secret, const char *id, int64_t timestamp,
	const char *body)
{
	const char *head = arena_printf(a, "%s.%lld.", id, (long long)timestamp);
	crypto_auth_hmacsha256_state h;
	unsigned char key[SECRET_ROOM], code[crypto_auth_hmacsha256_BYTES];
	char text[SECRET_ROOM];
	size_t n;

	if (strncmp(secret, prefix, sizeof prefix - 1) != 0)
		return NULL;
	secret += sizeof prefix - 1;
	if (sodium_base642bin(key, sizeof key, secret, strlen(secret), NULL, &n, NULL,
		    sodium_base64_VARIANT_ORIGINAL) != 0)
		return NULL;
	crypto_auth_hmacsha256_init(&h, key, n);
	crypto_auth_hmacsha256_update(&h, (const unsigned char *)head, strlen(head));
	crypto_auth_hmacsha256_update(&h, (const unsigned char *)body, strlen(body));
	crypto_auth_hmacsha256_final(&h, code);
	sodium_memzero(key, sizeof key);
	sodium_bin2base64(
		text, sizeof text, code, sizeof code, sodium_base64_VARIANT_ORIGINAL);
	return arena_printf(a, "v1,%s", text);
}

static bool
anything_due(struct work *w)
{
	return outbox_message_due(w, "webhook");
}

/* The lane's arena is gone after the commit, so all is read into the batch's. */
static enum outcome
take(struct work *w, void *context)
{
	struct batch *b = context;

	w->arena = b->arena;
	outbox_take_messages(w, "webhook", BATCH, LEASE, &b->letters);
	for (int i = 0; i < b->letters.count; i++) {
		const struct letter *l = &b->letters.at[i];
		struct webhook *h = &b->hooks[i];

		if (webhook_get(w, l->org, strtoll(l->recipient, NULL, 10), h) != DONE ||
			!h->active || !h->secret)
			h->id = 0;
	}
	return DONE;
}

static void
send(const struct outgoing *rules, struct arena *a, const struct letter *l,
	const struct webhook *h, struct webhook_try *t)
{
	int64_t now = times_now(), began = times_ticks();
	const char *signature = hooks_signature(
		a, h->secret, l->message_id, now, l->body);
	struct outgoing_call c = {
		.method = "POST",
		.url = h->url,
		.body = bytes_of(l->body),
		.most = ANSWER,
		.seconds = SECONDS,
	};
	struct outgoing_answer got;

	pairs_add(a, &c.headers, "Content-Type", "application/json");
	pairs_add(a, &c.headers, "webhook-id", l->message_id);
	pairs_add(a, &c.headers, "webhook-timestamp",
		arena_printf(a, "%lld", (long long)now));
	pairs_add(a, &c.headers, "webhook-signature", signature ? signature : "");
	if (outgoing_send(rules, a, &c, &got) == DONE) {
		t->status = got.status;
		t->answer = bytes_text_lossy(a, got.body);
	} else {
		t->answer = got.problem;
	}
	t->took = (times_ticks() - began) / 1000;
}

/* Tells the organisation that nothing goes there any more. */
static void
give_notice(struct work *w, const struct webhook *h)
{
	struct organisation o;
	struct letter l = {.org = h->org, .kind = "email", .automatic = true};

	if (team_organisation(w, h->org, &o) != DONE || !*o.email)
		return;
	l.recipient = o.email;
	l.sender = o.email;
	l.subject = words_text(w->arena, w->words, WORD_machines_off_subject,
		words_values(word_value("name", h->name)));
	l.body = words_text(w->arena, w->words, WORD_machines_off_body,
		words_values(word_value("name", h->name), word_value("url", h->url),
			word_value("link",
				arena_printf(w->arena, "%s/admin/webhooks", w->base))));
	outbox_insert(w, &l);
}

static void
settle(struct work *w, const struct letter *l, const struct webhook *h,
	const struct webhook_try *t)
{
	if (h->id == 0) {
		outbox_refused(w, l, "the webhook is switched off");
		return;
	}
	webhook_note(w, l, t);
	if (t->status / 100 == 2) {
		outbox_sent(w, l);
		webhook_worked(w, h);
		return;
	}
	outbox_failed(w, l,
		t->status ? arena_printf(w->arena, "HTTP %lld", (long long)t->status)
			  : t->answer);
	if (webhook_failed(w, h, t->status == GONE ? "the receiver said 410 Gone" : NULL))
		give_notice(w, h);
}

static enum outcome
mark(struct work *w, void *context)
{
	const struct batch *b = context;

	for (int i = 0; i < b->letters.count; i++)
		settle(w, &b->letters.at[i], &b->hooks[i], &b->tries[i]);
	return DONE;
}

int
hooks_round(struct house *h, struct arena *a)
{
	struct batch *b;

	arena_reset(a);
	if (!house_ask(h, a, anything_due))
		return 0;
	b = arena_alloc(a, sizeof *b);
	b->arena = a;
	if (house_write(h, 0, take, b) != DB_KEPT)
		return 0;
	for (int i = 0; i < b->letters.count; i++) {
		b->tries[i].answer = "";
		if (b->hooks[i].id)
			send(&h->config->outgoing, a, &b->letters.at[i], &b->hooks[i],
				&b->tries[i]);
	}
	if (b->letters.count > 0 && house_write(h, 0, mark, b) != DB_KEPT)
		log_error("messages were sent but could not be marked: they leave again");
	return b->letters.count;
}
