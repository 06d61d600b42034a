/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/post.h"

#include "base/log.h"
#include "desk/outdated.h"
#include "format/letter_text.h"
#include "store/account.h"
#include "store/outbox.h"
#include "store/team.h"

#include <curl/curl.h>
#include <string.h>

enum { BATCH = 50, LEASE = 300, CONNECT_SECONDS = 10, SEND_SECONDS = 60 };

struct post {
	struct house *house;
	struct arena *own;   /* its own memory, */
	struct arena *arena; /* and that of one round */
	CURL *curl;	     /* keeps the connection between letters */
};

/* What became of one letter. */
enum fate { FATE_SENT, FATE_LATER, FATE_REFUSED };

/* So many automatic letters go to one address outside the house in an hour: a machine
 * there that answers each with a new report would never end (clock.md section 8). */
enum { MOST_AUTOMATIC = 20, AUTOMATIC_SECONDS = 3600 };

struct batch {
	struct letter_list letters;
	bool held[BATCH]; /* not to be sent: errors says why */
	enum fate fates[BATCH];
	const char *errors[BATCH];
	const char *sender_names[BATCH];
	struct arena *arena;
};

struct post *
post_open(struct house *h)
{
	struct arena *a = arena_new();
	struct post *p = arena_alloc(a, sizeof *p);

	*p = (struct post){h, a, arena_new(), curl_easy_init()};
	if (!p->curl)
		log_fatal("libcurl cannot start");
	return p;
}

void
post_close(struct post *p)
{
	curl_easy_cleanup(p->curl);
	arena_free(p->arena);
	arena_free(p->own);
}

static bool
loops(struct work *w, const struct letter *l)
{
	return l->automatic && l->attempts <= 1 && !outbox_to_staff(w, l) &&
	       !account_attempt(w,
		       arena_printf(w->arena, "automatic-letters:%s", l->recipient),
		       AUTOMATIC_SECONDS, MOST_AUTOMATIC);
}

/* Those that need not leave any more go out of the batch. */
static void
drop_what_is_over(struct work *w, struct letter_list *list)
{
	int kept = 0;

	for (int i = 0; i < list->count; i++) {
		const struct letter *l = &list->at[i];
		const char *why = outdated(w, l);

		if (!why) {
			list->at[kept++] = *l;
			continue;
		}
		outbox_dropped(w, l, why);
		log_info("letter %lld does not leave: %s", (long long)l->id, why);
	}
	list->count = kept;
}

/* The lane's arena is gone after the commit, so the letters are read into the batch's. */
static enum outcome
take(struct work *w, void *context)
{
	struct batch *b = context;

	w->arena = b->arena;
	outbox_take(w, BATCH, LEASE, &b->letters);
	drop_what_is_over(w, &b->letters);
	for (int i = 0; i < b->letters.count; i++) {
		struct organisation o;

		b->held[i] = loops(w, &b->letters.at[i]);
		if (b->held[i]) {
			b->errors[i] = "more than 20 automatic letters to this address "
				       "in an hour: a machine that answers itself?";
			log_warning("letter %lld: %s", (long long)b->letters.at[i].id,
				b->errors[i]);
		}
		b->sender_names[i] =
			team_organisation(w, b->letters.at[i].org, &o) == DONE ? o.name
									       : "";
	}
	return DONE;
}

static enum outcome
mark(struct work *w, void *context)
{
	const struct batch *b = context;

	for (int i = 0; i < b->letters.count; i++) {
		const struct letter *l = &b->letters.at[i];

		switch (b->fates[i]) {
		case FATE_SENT: outbox_sent(w, l); break;
		case FATE_LATER: outbox_failed(w, l, b->errors[i]); break;
		case FATE_REFUSED: outbox_refused(w, l, b->errors[i]); break;
		}
	}
	return DONE;
}

struct reader {
	struct bytes left;
};

static size_t
read_letter(char *out, size_t size, size_t n, void *context)
{
	struct reader *r = context;
	size_t room = size * n < r->left.len ? size * n : r->left.len;

	if (room)
		memcpy(out, r->left.at, room);
	r->left.at += room;
	r->left.len -= room;
	return room;
}

static void
configure(struct post *p, const struct letter *l, struct curl_slist *to, struct reader *r)
{
	const struct config *c = p->house->config;
	CURL *curl = p->curl;

	curl_easy_reset(curl);
	curl_easy_setopt(curl, CURLOPT_URL, c->smtp);
	curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
	curl_easy_setopt(curl, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
	/* In the clear at most to a mail server of this host, and never a password. */
	curl_easy_setopt(curl, CURLOPT_USE_SSL,
		(long)(config_is_near(c->smtp) && !*c->smtp_user ? CURLUSESSL_TRY
								 : CURLUSESSL_ALL));
	if (*c->smtp_user) {
		curl_easy_setopt(curl, CURLOPT_USERNAME, c->smtp_user);
		curl_easy_setopt(curl, CURLOPT_PASSWORD, c->smtp_password);
	}
	curl_easy_setopt(curl, CURLOPT_MAIL_FROM, l->sender);
	curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, to);
	curl_easy_setopt(curl, CURLOPT_READFUNCTION, read_letter);
	curl_easy_setopt(curl, CURLOPT_READDATA, r);
	curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
	curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_SECONDS);
	curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long)SEND_SECONDS);
	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
}

/* A 5xx answer will not pass (RFC 5321 section 4.2.1); anything else may. */
static enum fate
hand_over(struct post *p, const struct letter *l, const char *name, const char **error)
{
	struct buffer text = buffer_in(p->arena, 2048);
	struct letter_text parts = {
		.from_name = name,
		.from = l->sender,
		.to = l->recipient,
		.subject = l->subject,
		.body = l->body,
		.message_id = l->message_id,
		.in_reply_to = l->in_reply_to,
		.date = l->created,
		.automatic = l->automatic,
	};
	struct curl_slist *to;
	struct reader r;
	CURLcode code;
	long answer = 0;

	if (!letter_text_write(&text, &parts)) {
		*error = "an address cannot stand in a letter";
		return FATE_REFUSED;
	}
	r.left = buffer_bytes(&text);
	to = curl_slist_append(NULL, l->recipient);
	configure(p, l, to, &r);
	code = curl_easy_perform(p->curl);
	curl_easy_getinfo(p->curl, CURLINFO_RESPONSE_CODE, &answer);
	curl_slist_free_all(to);
	if (code == CURLE_OK)
		return FATE_SENT;
	*error = arena_printf(p->arena, "%s (%ld)", curl_easy_strerror(code), answer);
	log_warning("letter %lld: %s", (long long)l->id, *error);
	return answer >= 500 && answer < 600 ? FATE_REFUSED : FATE_LATER;
}

int
post_round(struct post *p)
{
	struct batch *b;

	arena_reset(p->arena);
	if (!*p->house->config->smtp || !house_ask(p->house, p->arena, outbox_due))
		return 0;
	b = arena_alloc(p->arena, sizeof *b);
	b->arena = p->arena;
	if (house_write(p->house, 0, take, b) != DB_KEPT)
		return 0;
	for (int i = 0; i < b->letters.count; i++)
		b->fates[i] = b->held[i] ? FATE_REFUSED
					 : hand_over(p, &b->letters.at[i],
						   b->sender_names[i], &b->errors[i]);
	if (b->letters.count > 0 && house_write(p->house, 0, mark, b) != DB_KEPT)
		log_error("letters were sent but could not be marked: they leave again");
	return b->letters.count;
}
