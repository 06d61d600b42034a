/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/bodies.h"

#include "app/reaching.h"
#include "base/log.h"
#include "desk/neighbour.h"
#include "rule/point.h"
#include "store/contact.h"
#include "store/publication.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { BATCH = 8, LEASE = 900 };

struct parcel {
	struct letter letter;
	struct body body; /* id 0: it is gone or off */
	struct ticket ticket;
	struct pairs answers;
	const char *words, *photo;
	const char *asked; /* codes of their attributes; NULL: not known */

	struct reaching talk;
	const char *theirs, *token, *error;
	bool refused;
};

struct load {
	struct arena *arena;
	struct parcel at[BATCH];
	int count;
};

/* A photograph that everybody may see. */
static const char *
photo_of(struct work *w, const struct ticket *t)
{
	struct publication p;

	if (publication_find(w, t->org, t->reference, &p) != DONE || p.photo == 0)
		return NULL;
	return arena_printf(w->arena, "%s/open311/v2/photos/%s/%" PRId64, w->base,
		t->reference, p.photo);
}

static void
pack(struct work *w, struct parcel *p)
{
	struct scope all = access_house(p->letter.org);
	const char *code, *words;

	if (body_get(w, p->letter.org, strtoll(p->letter.recipient, NULL, 10),
		    &p->body) != DONE ||
		!p->body.active ||
		ticket_get(w, &all, p->letter.ticket, &p->ticket) != DONE) {
		p->body.id = 0;
		return;
	}
	words = contact_words(w, p->ticket.org, p->ticket.id);
	p->words = words ? words : "";
	p->answers = contact_fields(w, &p->ticket);
	p->photo = photo_of(w, &p->ticket);
	code = pairs_get(&p->body.services, p->ticket.service);
	p->asked = code ? body_definition(w, &p->body, code) : NULL;
}

static enum outcome
take(struct work *w, void *context)
{
	struct load *load = context;
	struct letter_list letters;

	w->arena = load->arena;
	outbox_take_messages(w, "open311", BATCH, LEASE, &letters);
	load->count = letters.count;
	for (int i = 0; i < letters.count; i++) {
		load->at[i] = (struct parcel){.letter = letters.at[i]};
		pack(w, &load->at[i]);
	}
	return DONE;
}

static void
add_place(struct arena *a, struct buffer *b, const char *place)
{
	const char *comma = strchr(place, ',');
	struct point p;

	if (comma && point_read(a, place, &p) != POINT_ILL) {
		reaching_add(b, "lat", arena_text(a, place, (size_t)(comma - place)));
		reaching_add(b, "long", comma + 1);
	} else {
		reaching_add(b, "address_string", place);
	}
}

/* Is it one of the codes that they ask for? */
static bool
is_asked(const char *codes, const char *code)
{
	size_t n = strlen(code);

	for (const char *at = codes; (at = strstr(at, code)); at += n)
		if ((at == codes || at[-1] == ' ') && (at[n] == ' ' || at[n] == 0))
			return true;
	return false;
}

/* An answer of several is sent as a repeated key. */
static void
add_answer(struct arena *a, struct buffer *b, const struct pair *answer)
{
	const char *key = arena_printf(a, "attribute[%s]", answer->name);
	const char *at = answer->value;

	while (*at) {
		size_t n = strcspn(at, ";");

		reaching_add(b, key, arena_text(a, at, n));
		at += n + (at[n] == ';');
	}
}

/* What they ask for, no more: the rest of the answers may be about a person. */
static const char *
form_of(struct arena *a, const struct parcel *p)
{
	struct buffer b = buffer_in(a, 1024);

	reaching_add(&b, "api_key", p->body.key);
	reaching_add(&b, "jurisdiction_id", p->body.jurisdiction);
	reaching_add(&b, "service_code", pairs_get(&p->body.services, p->ticket.service));
	add_place(a, &b, p->ticket.place);
	reaching_add(&b, "description", *p->words ? p->words : p->ticket.subject);
	reaching_add(&b, "media_url", p->photo);
	if (is_asked(p->asked, "fixmystreet_id"))
		reaching_add(&b, "attribute[fixmystreet_id]", p->ticket.reference);
	else
		reaching_add(&b, "account_id", p->ticket.reference);
	for (int i = 0; i < p->answers.count; i++)
		if (is_asked(p->asked, p->answers.at[i].name) &&
			strcmp(p->answers.at[i].name, "fixmystreet_id") != 0)
			add_answer(a, &b, &p->answers.at[i]);
	return buffer_text(&b);
}

static void
send(const struct outgoing *rules, struct arena *a, struct parcel *p)
{
	struct reaching_letter l = {
		.what = "create",
		.path = "requests",
		.element = "request",
		.key = p->letter.message_id,
	};
	struct reaching_verdict v;
	const struct xml *x;

	p->talk = (struct reaching){.rules = rules, .arena = a, .body = &p->body};
	if (!p->asked) {
		p->error = "their list of services has not been seen yet";
		return;
	}
	l.form = form_of(a, p);
	v = reaching_post(&p->talk, &l);
	p->error = v.problem;
	p->refused = v.refused;
	x = xml_child(v.answer, "request");
	p->theirs = xml_words(a, x, "service_request_id");
	p->token = xml_words(a, x, "token");
	if (!p->error && !reaching_is_id(p->theirs) && !reaching_is_id(p->token))
		p->error = "the answer has neither an id nor a token";
	if (!reaching_is_id(p->theirs))
		p->theirs = "";
	if (!reaching_is_id(p->token))
		p->token = "";
}

static void
settle(struct work *w, struct parcel *p)
{
	for (int i = 0; i < p->talk.noted_count; i++)
		body_exchanged(
			w, &p->body, p->talk.noted[i].what, p->talk.noted[i].problem);
	if (p->body.id == 0) {
		outbox_refused(w, &p->letter, "the body is gone or switched off");
	} else if (p->error && p->refused) {
		outbox_refused(w, &p->letter, p->error);
		neighbour_refused(w, &p->body, p->ticket.id, p->error);
	} else if (p->error) {
		outbox_failed(w, &p->letter, p->error);
	} else if (neighbour_taken(w, &p->body, p->ticket.id, p->theirs, p->token) ==
		   DONE) {
		outbox_sent(w, &p->letter);
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
	return outbox_message_due(w, "open311");
}

int
bodies_send(struct house *h, struct arena *a)
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
		log_error("tickets were sent but could not be marked: they leave again");
	return load->count;
}
