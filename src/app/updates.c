/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/updates.h"

#include "app/reaching.h"
#include "base/log.h"
#include "base/times.h"
#include "desk/neighbour.h"
#include "format/words.h"
#include "store/hearer.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { BATCH = 8, LEASE = 900, LONGEST = 4000 /* characters, as on a request */ };

static const char before[] = "open311";

struct parcel {
	struct letter letter;
	struct body body; /* id 0: it is gone or off */
	struct hearer_telling what;
	struct event event;
	const char *words, *theirs;

	struct reaching talk;
	struct reaching_verdict verdict;
	const char *known; /* what they call our update; "" : not said */
};

struct load {
	struct arena *arena;
	struct parcel at[BATCH];
	int count;
};

/* What is said where nobody wrote anything. */
static enum word
sentence(const char *status)
{
	static const struct {
		const char *status;
		enum word word;
	} all[] = {{"open", WORD_open311_open},
		{"investigating", WORD_open311_investigating},
		{"fixed", WORD_open311_fixed}, {"closed", WORD_open311_closed},
		{"cancelled", WORD_open311_cancelled}, {"reopen", WORD_open311_reopen}};

	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if (strcmp(all[i].status, status) == 0)
			return all[i].word;
	return WORD_open311_update;
}

/* At most LONGEST characters of it. */
static const char *
bounded(struct arena *a, const char *text)
{
	const char *at = text;
	int n = 0;

	for (; *at; at++)
		if (((unsigned char)*at & 0xC0) != 0x80 && n++ == LONGEST)
			return arena_text(a, text, (size_t)(at - text));
	return text;
}

static void
pack(struct work *w, struct parcel *p)
{
	struct scope all = access_house(p->letter.org);
	struct ticket t;

	p->what = hearer_telling_of(w, &p->letter);
	if (body_get(w, p->letter.org, strtoll(p->letter.recipient, NULL, 10),
		    &p->body) != DONE ||
		!p->body.active || !p->body.updates ||
		ticket_get(w, &all, p->letter.ticket, &t) != DONE ||
		event_get(w, &t, p->what.seq, &p->event) != DONE) {
		p->body.id = 0;
		return;
	}
	p->theirs = hearer_id(w, p->body.org, p->body.id, t.id);
	p->words = p->event.public && p->event.body && *p->event.body
			   ? bounded(w->arena, p->event.body)
			   : words_text(
				     w->arena, w->words, sentence(p->what.status), NULL);
}

static enum outcome
take(struct work *w, void *context)
{
	struct load *load = context;
	struct letter_list letters;

	w->arena = load->arena;
	outbox_take_ordered(w, HEARER_KIND, before, BATCH, LEASE, &letters);
	load->count = letters.count;
	for (int i = 0; i < letters.count; i++) {
		load->at[i] = (struct parcel){.letter = letters.at[i], .known = ""};
		pack(w, &load->at[i]);
	}
	return DONE;
}

static const char *
capitals(struct arena *a, const char *text)
{
	char *copy = arena_copy(a, text);

	for (char *c = copy; *c; c++)
		*c = (char)toupper((unsigned char)*c);
	return copy;
}

static const char *
form_of(struct arena *a, const struct parcel *p)
{
	struct buffer b = buffer_in(a, 1024);

	reaching_add(&b, "api_key", p->body.key);
	reaching_add(&b, "jurisdiction_id", p->body.jurisdiction);
	reaching_add(&b, "service_request_id", p->theirs);
	reaching_add(&b, "update_id", p->letter.message_id);
	reaching_add(&b, "status", capitals(a, p->what.status));
	reaching_add(&b, "updated_datetime", times_iso(a, p->event.at));
	reaching_add(&b, "description", p->words);
	reaching_add(&b, "service_request_id_ext", p->letter.subject);
	return buffer_text(&b);
}

static void
send(const struct outgoing *rules, struct arena *a, struct parcel *p)
{
	struct reaching_letter l = {
		.what = "update",
		.path = "servicerequestupdates",
		.element = "request_update",
		.key = p->letter.message_id,
	};

	p->talk = (struct reaching){.rules = rules, .arena = a, .body = &p->body};
	if (!*p->theirs) {
		p->verdict.problem = "they have not given the request an id yet";
		return;
	}
	l.form = form_of(a, p);
	p->verdict = reaching_post(&p->talk, &l);
	p->known = xml_words(
		a, xml_child(p->verdict.answer, "request_update"), "update_id");
	if (!reaching_is_id(p->known))
		p->known = "";
}

static void
settle(struct work *w, struct parcel *p)
{
	const struct body_update known = {
		.id = p->known,
		.theirs = p->theirs,
		.status = p->what.status,
		.words = "",
		.at = p->event.at,
		.ticket = p->letter.ticket,
	};

	for (int i = 0; i < p->talk.noted_count; i++)
		body_exchanged(
			w, &p->body, p->talk.noted[i].what, p->talk.noted[i].problem);
	if (p->body.id == 0) {
		outbox_refused(w, &p->letter, "the body is gone or switched off");
	} else if (p->verdict.taken) {
		neighbour_heard(w, &p->body, &known);
		outbox_sent(w, &p->letter);
	} else if (p->verdict.refused) {
		outbox_refused(w, &p->letter, p->verdict.problem);
		neighbour_deaf(w, &p->body, p->letter.ticket, p->verdict.problem);
	} else {
		outbox_failed(w, &p->letter, p->verdict.problem);
	}
}

static enum outcome
mark(struct work *w, void *context)
{
	struct load *load = context;

	for (int i = 0; i < load->count; i++)
		settle(w, &load->at[i]);
	return DONE;
}

static bool
anything_due(struct work *w)
{
	return outbox_ordered_due(w, HEARER_KIND, before);
}

int
updates_send(struct house *h, struct arena *a)
{
	struct load *load;

	arena_reset(a);
	if (!house_ask(h, a, anything_due))
		return 0;
	load = arena_alloc(a, sizeof *load);
	load->arena = a;
	if (house_write(h, 0, take, load) != DB_KEPT)
		return 0;
	for (int i = 0; i < load->count; i++)
		if (load->at[i].body.id)
			send(&h->config->outgoing, a, &load->at[i]);
	if (load->count > 0 && house_write(h, 0, mark, load) != DB_KEPT)
		log_error("updates were sent but could not be marked: they leave again");
	return load->count;
}
