/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/bodies.h"

#include "base/log.h"
#include "base/times.h"
#include "desk/neighbour.h"
#include "format/urlencoded.h"
#include "format/xml.h"
#include "rule/point.h"
#include "store/contact.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum {
	BATCH = 8,
	LEASE = 600,
	SEND_SECONDS = 60,
	PULL_SECONDS = 30,
	EVERY = 300,	/* seconds between two pulls */
	OVERLAP = 7200, /* a client asks for the last two hours (O34) */
	LARGEST = 4 * 1024 * 1024,
	MOST_UPDATES = 5000,
};

struct parcel {
	struct letter letter;
	struct body body; /* id 0: it is gone or off */
	struct ticket ticket;
	struct pairs answers;
	const char *words;

	const char *theirs, *token, *error;
	bool refused;
};

struct load {
	struct arena *arena;
	struct parcel at[BATCH];
	int count;
};

static const char *
first_words(struct work *w, int64_t org, int64_t ticket)
{
	const char *words = contact_words(w, org, ticket);

	return words ? words : "";
}

static void
pack(struct work *w, struct parcel *p)
{
	struct scope all = access_house(p->letter.org);

	if (body_get(w, p->letter.org, strtoll(p->letter.recipient, NULL, 10),
		    &p->body) != DONE ||
		!p->body.active ||
		ticket_get(w, &all, p->letter.ticket, &p->ticket) != DONE) {
		p->body.id = 0;
		return;
	}
	p->answers = contact_fields(w, &p->ticket);
	p->words = first_words(w, p->ticket.org, p->ticket.id);
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
add(struct buffer *b, const char *name, const char *value)
{
	if (!value || !*value)
		return;
	if (b->len > 0)
		buffer_char(b, '&');
	urlencoded_add(b, name);
	buffer_char(b, '=');
	urlencoded_add(b, value);
}

static void
add_place(struct arena *a, struct buffer *b, const char *place)
{
	const char *comma = strchr(place, ',');
	struct point p;

	if (comma && point_read(a, place, &p) != POINT_ILL) {
		add(b, "lat", arena_text(a, place, (size_t)(comma - place)));
		add(b, "long", comma + 1);
	} else {
		add(b, "address_string", place);
	}
}

/* Nothing of a person goes along: they ask us. */
static const char *
form_of(struct arena *a, const struct parcel *p)
{
	struct buffer b = buffer_in(a, 1024);

	add(&b, "api_key", p->body.key);
	add(&b, "jurisdiction_id", p->body.jurisdiction);
	add(&b, "service_code", pairs_get(&p->body.services, p->ticket.service));
	add_place(a, &b, p->ticket.place);
	add(&b, "description", *p->words ? p->words : p->ticket.subject);
	add(&b, "account_id", p->ticket.reference);
	for (int i = 0; i < p->answers.count; i++)
		add(&b, arena_printf(a, "attribute[%s]", p->answers.at[i].name),
			p->answers.at[i].value);
	return buffer_text(&b);
}

static void
send(const struct outgoing *rules, struct arena *a, struct parcel *p)
{
	struct outgoing_call c = {
		.method = "POST",
		.url = arena_printf(a, "%srequests.xml", p->body.url),
		.body = bytes_of(form_of(a, p)),
		.seconds = SEND_SECONDS,
	};
	struct outgoing_answer got;
	const struct xml *x;

	pairs_add(a, &c.headers, "Content-Type",
		"application/x-www-form-urlencoded; charset=utf-8");
	pairs_add(a, &c.headers, "Idempotency-Key", p->letter.message_id);
	if (outgoing_send(rules, a, &c, &got) != DONE) {
		p->error = got.problem;
		return;
	}
	if (got.status / 100 != 2) {
		p->error = arena_printf(a, "HTTP %d", got.status);
		p->refused = got.status / 100 == 4 && got.status != 429 &&
			     got.status != 409;
		return;
	}
	x = xml_child(xml_read(a, got.body, &p->error), "request");
	p->theirs = xml_words(a, x, "service_request_id");
	p->token = xml_words(a, x, "token");
	if (!p->error && !*p->theirs && !*p->token)
		p->error = "the answer has neither an id nor a token";
}

static enum outcome
mark(struct work *w, void *context)
{
	struct load *load = context;

	for (int i = 0; i < load->count; i++) {
		struct parcel *p = &load->at[i];

		if (p->body.id == 0)
			outbox_refused(w, &p->letter, "the body is gone or switched off");
		else if (p->error && p->refused)
			outbox_refused(w, &p->letter, p->error);
		else if (p->error)
			outbox_failed(w, &p->letter, p->error);
		else if (neighbour_taken(
				 w, &p->body, p->ticket.id, p->theirs, p->token) == DONE)
			outbox_sent(w, &p->letter);
	}
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

/* --- pulling ------------------------------------------------------------------------ */

struct found {
	int64_t ticket;
	const char *theirs;
};

struct round {
	struct arena *arena;
	struct body body;
	struct body_waiting_list waiting;
	struct found found[BODY_MOST];
	int found_count;
	struct body_update updates[MOST_UPDATES];
	int update_count;
};

static const struct xml *
get(const struct house *h, struct round *r, const char *path, const char **problem)
{
	struct outgoing_call c = {
		.method = "GET",
		.url = arena_printf(r->arena, "%s%s", r->body.url, path),
		.most = LARGEST,
		.seconds = PULL_SECONDS,
	};
	struct outgoing_answer got;

	if (outgoing_send(&h->config->outgoing, r->arena, &c, &got) != DONE) {
		*problem = got.problem;
		return NULL;
	}
	if (got.status != 200 || got.cut) {
		*problem = got.cut ? "the answer is too long"
				   : arena_printf(r->arena, "HTTP %d", got.status);
		return NULL;
	}
	return xml_read(r->arena, got.body, problem);
}

static const char *
query_of(struct round *r, struct buffer *b, const char *path)
{
	struct buffer all = buffer_in(r->arena, 256);

	add(b, "jurisdiction_id", r->body.jurisdiction);
	buffer_printf(
		&all, "%s%s%s", path, b->len ? "?" : "", b->len ? buffer_text(b) : "");
	return buffer_text(&all);
}

/* A list that shrank by more than half is not believed (O43). */
static void
look_at_services(const struct house *h, struct round *r)
{
	struct buffer b = buffer_in(r->arena, 64);
	const char *problem = NULL;
	const struct xml *x = get(h, r, query_of(r, &b, "services.xml"), &problem);
	int64_t count = 0;

	if (problem) {
		r->body.alarm = problem;
		return;
	}
	for (const struct xml *s = xml_child(x, "service"); s; s = xml_again(s))
		count++;
	if (count * 2 < r->body.listed)
		r->body.alarm = arena_printf(r->arena,
			"their list of services has %lld, it had %lld", (long long)count,
			(long long)r->body.listed);
	else
		r->body.listed = count;
}

static void
ask_tokens(const struct house *h, struct round *r)
{
	for (int i = 0; i < r->waiting.count; i++) {
		struct buffer b = buffer_in(r->arena, 64);
		const char *problem = NULL, *theirs;
		const char *path = arena_printf(r->arena, "tokens/%s.xml",
			urlencoded_encode(r->arena, r->waiting.at[i].token));
		const struct xml *x = get(h, r, query_of(r, &b, path), &problem);

		theirs = xml_words(
			r->arena, xml_child(x, "request"), "service_request_id");
		if (*theirs)
			r->found[r->found_count++] = (struct found){
				r->waiting.at[i].ticket, theirs};
	}
}

static const char *
small(struct arena *a, const char *text)
{
	char *copy = arena_copy(a, text);

	for (char *c = copy; *c; c++)
		*c = (char)tolower((unsigned char)*c);
	return copy;
}

static void
ask_updates(const struct house *h, struct round *r, int64_t now)
{
	struct buffer b = buffer_in(r->arena, 256);
	const char *problem = NULL;
	const struct xml *x;

	add(&b, "api_key", r->body.key);
	add(&b, "start_date", times_iso(r->arena, r->body.pulled - OVERLAP));
	add(&b, "end_date", times_iso(r->arena, now));
	x = get(h, r, query_of(r, &b, "servicerequestupdates.xml"), &problem);
	if (problem) {
		r->body.alarm = problem;
		return;
	}
	for (x = xml_child(x, "request_update"); x && r->update_count < MOST_UPDATES;
		x = xml_again(x)) {
		struct body_update *u = &r->updates[r->update_count];

		*u = (struct body_update){
			.id = xml_words(r->arena, x, "update_id"),
			.theirs = xml_words(r->arena, x, "service_request_id"),
			.status = small(r->arena, xml_words(r->arena, x, "status")),
			.words = xml_words(r->arena, x, "description"),
		};
		if (*u->id && *u->theirs &&
			times_parse_iso(
				bytes_of(xml_words(r->arena, x, "updated_datetime")),
				&u->at))
			r->update_count++;
	}
	r->body.pulled = now;
}

static enum outcome
apply(struct work *w, void *context)
{
	const struct round *r = context;

	for (int i = 0; i < r->found_count; i++)
		if (neighbour_taken(w, &r->body, r->found[i].ticket, r->found[i].theirs,
			    "") != DONE)
			return MISSING;
	for (int i = 0; i < r->update_count; i++)
		neighbour_told(w, &r->body, &r->updates[i]);
	body_pulled(w, &r->body);
	return DONE;
}

/* Whose time it is, with their keys. */
static int
due(struct house *h, struct arena *a, struct round *rounds)
{
	struct db *db = house_reader(h);
	struct actor actor = work_house_actor(0);
	struct body_list list;
	struct work w;
	int count = 0;

	if (!db)
		return 0;
	db_begin(db);
	w = house_work(h, a, db, &actor);
	body_list(&w, 0, &list);
	for (int i = 0; i < list.count && count < BATCH; i++) {
		const struct body *b = &list.at[i];

		if (!b->active || b->next_pull > w.now ||
			body_get(&w, b->org, b->id, &rounds[count].body) != DONE)
			continue;
		rounds[count].arena = a;
		body_waiting(&w, b, &rounds[count].waiting);
		count++;
	}
	db_rollback(db);
	house_reader_back(h, db);
	return count;
}

int
bodies_pull(struct house *h, struct arena *a)
{
	struct round *rounds;
	int count;

	arena_reset(a);
	rounds = arena_array(a, BATCH, sizeof *rounds);
	count = due(h, a, rounds);
	for (int i = 0; i < count; i++) {
		struct round *r = &rounds[i];
		int64_t now = times_now();

		r->body.alarm = "";
		r->body.next_pull = now + EVERY;
		look_at_services(h, r);
		ask_tokens(h, r);
		ask_updates(h, r, now);
		if (*r->body.alarm)
			log_warning("open311 body %lld: %s", (long long)r->body.id,
				r->body.alarm);
		if (house_write(h, r->body.org, apply, r) != DB_KEPT)
			log_warning("updates of another body could not be kept yet");
	}
	return count;
}
