/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "channel/open311/open311.h"
#include "channel/open311/open311_attributes.h"
#include "channel/open311/open311_door.h"
#include "channel/open311/open311_media.h"
#include "channel/received_files.h"
#include "desk/intake.h"
#include "rule/point.h"
#include "rule/reference.h"
#include "rule/typed.h"
#include "store/publication.h"
#include "store/remote_photo.h"
#include "store/secret.h"
#include "store/shelf.h"
#include "store/stopper_row.h"

#include <sodium.h>
#include <string.h>
#include <strings.h>

enum {
	LONGEST_DESCRIPTION = 4000,
	SAME_SECONDS = 600,
	LONGEST_PLACE = 500,
	FIRST_EVENT = 1, /* of a new ticket: the report */
};

/* One report on its way in. */
struct report {
	int64_t org;
	struct offer offer;
	struct pairs sent; /* attributes */
	struct contact contact;
};

static const char *
or_empty(const char *text)
{
	return text ? text : "";
}

/* "-" stands for a name that is not there (O17). */
static const char *
name_of(struct arena *a, const struct request *q)
{
	const char *first = or_empty(open311_door_said(q, "first_name"));
	const char *last = or_empty(open311_door_said(q, "last_name"));

	if (strcmp(last, "-") == 0)
		last = "";
	return typed_line(a, arena_printf(a, "%s %s", first, last));
}

/* By its point, else its address, else its number: as exactly as it was told. */
static enum outcome
read_place(struct work *w, const struct request *q, struct contact *c)
{
	const char *lat = open311_door_said(q, "lat");
	const char *lon = open311_door_said(q, "long");
	const char *address = open311_door_said(q, "address_string");
	const char *number = open311_door_said(q, "address_id");
	struct point p;

	if (lat && lon) {
		const char *text = arena_printf(w->arena, "%s,%s", lat, lon);

		switch (point_read(w->arena, text, &p)) {
		case POINT_READ: c->place = point_text(w->arena, p); return DONE;
		case POINT_OUTSIDE:
			return work_problem(w, "lat", "problem.point.outside");
		case POINT_ILL: return work_problem(w, "lat", "problem.point.shape");
		}
	}
	if (lat || lon)
		return work_problem(w, lat ? "long" : "lat", "problem.open311.required");
	c->place = address ? typed_line(w->arena, address) : number;
	if (c->place && typed_length(c->place) > LONGEST_PLACE)
		return work_problem(w, "address_string", "problem.text.long");
	return DONE;
}

static bool
has_point(const struct contact *c)
{
	return c->place && *c->place;
}

/* The fields for the place that the form has, and whether one that it needs is missing.
 */
static enum outcome
place_fields(struct work *w, const struct form *form, struct contact *c)
{
	enum outcome end = DONE;

	for (int i = 0; form && i < form->count; i++) {
		const struct field *f = &form->fields[i];

		if (f->type != FIELD_POINT)
			continue;
		if (has_point(c))
			pairs_add(w->arena, &c->fields, f->name, c->place);
		else if (f->required)
			end = work_problem(w, "lat", "problem.open311.place");
	}
	return end;
}

/* Addresses where a picture lies are kept with the case; one that is the picture itself
 * becomes a file and no more. */
static void
keep_extras(struct work *w, const struct request *q, struct contact *c)
{
	static const char *const extras[] = {
		"media_url", "account_id", "device_id", "address_id", "address_string"};

	for (size_t k = 0; k < sizeof extras / sizeof *extras; k++)
		for (int i = 0; i < q->form.count; i++)
			if (strcmp(q->form.at[i].name, extras[k]) == 0 &&
				*q->form.at[i].value &&
				strncasecmp(q->form.at[i].value, "data:", 5) != 0)
				pairs_add(w->arena, &c->fields, extras[k],
					q->form.at[i].value);
}

static enum outcome
read_report(struct work *w, const struct request *q, struct report *r)
{
	const struct form *form = shelf_form(
		w, r->org, r->offer.code, r->offer.form_version);
	struct contact *c = &r->contact;
	struct received_files files;
	enum outcome end = DONE;

	r->sent = open311_door_attributes(q);
	*c = (struct contact){
		.org = r->org,
		.channel = CHANNEL_OPEN311,
		.service = r->offer.code,
		.subject = or_empty(pairs_get(&r->sent, "title")),
		.words = or_empty(pairs_get(&q->form, "description")),
		.from = {.name = name_of(w->arena, q),
			.email = open311_door_said(q, "email"),
			.phone = open311_door_said(q, "phone")},
	};
	if (typed_length(c->words) > LONGEST_DESCRIPTION)
		end = work_problem(w, "description", "problem.open311.description");
	if (read_place(w, q, c) != DONE ||
		open311_attributes_read(w, form, &r->sent, &c->fields) != DONE ||
		received_files_read(w, q, &files) != DONE || end != DONE)
		return INVALID;
	if (place_fields(w, form, c) != DONE)
		return INVALID;
	keep_extras(w, q, c);
	c->files = files.at;
	c->file_count = files.count;
	return DONE;
}

static void
digest_add(crypto_generichash_state *h, const char *text)
{
	if (text)
		crypto_generichash_update(h, (const unsigned char *)text, strlen(text));
	crypto_generichash_update(h, (const unsigned char *)"", 1);
}

/* What makes two posts the same report (O24). */
static const char *
digest_of(struct work *w, const struct request *q, const struct report *r)
{
	const char *theirs = pairs_get(&r->sent, "fixmystreet_id");
	const struct contact *c = &r->contact;
	crypto_generichash_state h;
	unsigned char hash[16];
	char *hex = arena_alloc(w->arena, sizeof hash * 2 + 1);

	crypto_generichash_init(&h, NULL, 0, sizeof hash);
	digest_add(&h, w->caller->hash);
	digest_add(&h, c->service);
	digest_add(&h, theirs ? theirs : "");
	if (!theirs) {
		digest_add(&h, open311_door_said(q, "device_id"));
		digest_add(&h, c->from.email);
		digest_add(&h, c->words);
		digest_add(&h, c->place);
	}
	crypto_generichash_final(&h, hash, sizeof hash);
	return sodium_bin2hex(hex, sizeof hash * 2 + 1, hash, sizeof hash);
}

static enum outcome
answer(struct work *w, const struct request *q, const char *reference, const char *token,
	struct reply *r)
{
	struct open311_answer o = open311_door_answer(q, r, 201);

	open311_door_list(&o, "service_requests");
	open311_door_record(&o, "request");
	if (token)
		open311_door_text(&o, "token", token);
	else
		open311_door_text(&o, "service_request_id", reference);
	open311_door_text(&o, "service_notice", NULL);
	open311_door_text(&o, "account_id", open311_door_said(q, "account_id"));
	open311_door_end(&o);
	open311_door_end(&o);
	(void)w;
	return DONE;
}

static void
fetch_later(struct work *w, const struct request *q, const struct receipt *got)
{
	struct pairs addresses = open311_media_addresses(q);
	struct ticket t = {.org = got->org, .id = got->ticket};

	for (int i = 0; i < addresses.count; i++)
		remote_photo_insert(w, &t, FIRST_EVENT, addresses.at[i].value);
}

static enum outcome
take_in(struct work *w, const struct request *q, struct report *report, struct reply *r)
{
	const char *what = digest_of(w, q, report);
	const char *known = publication_recent(
		w, report->org, what, w->now - SAME_SECONDS);
	bool batch = strcmp(report->offer.type, "batch") == 0;
	struct contact *c = &report->contact;
	struct receipt got;
	enum outcome end;

	if (known)
		return answer(w, q, known, NULL, r);
	c->key = secret_token(w->arena);
	c->token = batch ? secret_token(w->arena) : NULL;
	end = intake(w, c, &got);
	if (end == INVALID)
		return open311_door_problems(w, q, r);
	if (end != DONE)
		return end;
	publication_made(w, report->org, what, got.ticket);
	fetch_later(w, q, &got);
	return answer(w, q, got.reference, c->token, r);
}

/* What the sender is told when the answers or the place stop the report, or NULL. */
static const char *
stopped_by(struct work *w, const struct report *r)
{
	struct stopper_list list;
	struct point p;
	bool point = r->contact.place &&
		     point_read(w->arena, r->contact.place, &p) == POINT_READ;

	stopper_row_list(w, r->org, r->offer.code, &list);
	for (int i = 0; i < list.count; i++) {
		const struct stopper *s = &list.at[i];

		if (stopper_fits(w->arena, s, pairs_get(&r->contact.fields, s->field),
			    point ? &p : NULL, w->now))
			return s->words;
	}
	return NULL;
}

enum outcome
open311_create(struct work *w, const struct request *q, struct reply *r)
{
	const char *code = open311_door_said(q, "service_code");
	struct report report = {.org = 0};
	const char *stopped;
	enum outcome end = open311_door_keyed(w, q, r, RIGHT_CREATE, &report.org);

	if (end != DONE)
		return end;
	if (!code)
		return open311_door_refuse(q, r, 400, "service_code was not provided");
	if (publication_offer(w, report.org, code, &report.offer) != DONE)
		return open311_door_refuse(q, r, 404, "service_code was not found");
	if (*report.offer.stopper)
		return open311_door_refuse(q, r, 400, report.offer.stopper);
	if (strcmp(report.offer.state, "live") != 0)
		return open311_door_refuse(q, r, 400, "this service has ended");
	if (read_report(w, q, &report) != DONE)
		return open311_door_problems(w, q, r);
	stopped = stopped_by(w, &report);
	if (stopped)
		return open311_door_refuse(q, r, 400, stopped);
	return take_in(w, q, &report, r);
}

enum outcome
open311_token(struct work *w, const struct request *q, struct reply *r)
{
	const char *token = path_part(q, "token");
	struct publication p;
	struct open311_answer o;
	int64_t org;
	enum outcome end = open311_door_place(w, q, r, &org);

	if (end != DONE)
		return end;
	if (publication_by_token(w, org, token, &p) != DONE)
		return open311_door_refuse(q, r, 404, "token was not found");
	o = open311_door_answer(q, r, 200);
	open311_door_list(&o, "service_requests");
	open311_door_record(&o, "request");
	open311_door_text(&o, "service_request_id", p.reference);
	open311_door_text(&o, "token", token);
	open311_door_end(&o);
	open311_door_end(&o);
	return DONE;
}
