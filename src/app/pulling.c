/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/pulling.h"

#include "app/reaching.h"
#include "base/log.h"
#include "base/times.h"
#include "desk/neighbour.h"
#include "format/urlencoded.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum {
	BATCH = 4,
	LEASE = 1800,
	EVERY = 300, /* seconds between two rounds */
	LONGEST_PAUSE = 6 * 3600,
	OVERLAP = 7200, /* a client asks for the last two hours (O34) */
	LONGEST_PERIOD = 89 * TIMES_DAY,
	MARGIN = 60, /* what is written while we ask */
	MOST_UPDATES = 5000,
	MOST_REQUESTS = 1000,
	MOST_DEFINITIONS = 50,
	MOST_MEDIA = 10,
};

struct found {
	int64_t ticket;
	const char *theirs;
};

struct definition {
	const char *code, *attributes;
};

struct round {
	struct arena *arena;
	struct body body;
	struct reaching talk;
	int64_t now;
	struct body_waiting_list waiting;
	struct found found[BODY_MOST];
	int found_count;
	struct definition definitions[MOST_DEFINITIONS];
	int definition_count;
	struct body_update *updates;
	int update_count;
	struct neighbour_request *requests;
	int request_count;
};

void
pulling_period(int64_t pulled, int64_t now, int64_t skew, int64_t *from, int64_t *to)
{
	*to = now + skew + MARGIN;
	*from = pulled + skew - OVERLAP;
	if (*to - *from > LONGEST_PERIOD)
		*from = *to - LONGEST_PERIOD;
}

/* The first that was found wrong is the one to look at. */
static void
alarm(struct round *r, const char *what)
{
	if (!*r->body.alarm)
		r->body.alarm = what;
}

static const struct xml *
ask(struct round *r, const struct reaching_call *call)
{
	const char *problem;
	const struct xml *x;

	if (r->talk.down)
		return NULL;
	x = reaching_get(&r->talk, call, &problem, NULL);
	if (problem)
		alarm(r, arena_printf(r->arena, "%s: %s", call->what, problem));
	return x;
}

/* --- what they offer ---------------------------------------------------------------- */

/* Do they offer JSON and no XML? */
static bool
json_alone(struct arena *a, const struct xml *discovery)
{
	const struct xml *e = xml_child(xml_child(discovery, "endpoints"), "endpoint");
	bool json = false, xml = false;

	for (; e; e = xml_again(e)) {
		const struct xml *f = xml_child(xml_child(e, "formats"), "format");

		for (; f; f = xml_again(f)) {
			json = json || strcasestr(f->text, "json");
			xml = xml || strcasestr(f->text, "xml");
		}
	}
	(void)a;
	return json && !xml;
}

/* An endpoint without a discovery speaks XML. */
static void
discover(struct round *r)
{
	static const char *const formats[] = {"xml", "json"};
	struct reaching_call call = {
		.what = "discovery", .path = "discovery", .element = "endpoint"};

	for (int i = 0; i < 2 && !r->talk.down; i++) {
		const char *problem;
		const struct xml *x;
		int status;

		r->body.format = formats[i];
		x = reaching_get(&r->talk, &call, &problem, &status);
		if (x) {
			r->body.format = json_alone(r->arena, x) ? "json" : "xml";
			return;
		}
		if (status == 0 || status >= 500)
			break;
	}
	r->body.format = r->talk.down ? "" : "xml";
}

static void
define(struct round *r, const char *code, const char *attributes)
{
	if (r->definition_count < MOST_DEFINITIONS)
		r->definitions[r->definition_count++] = (struct definition){
			code, attributes};
}

/* Codes of what they ask, with blanks between; what is only shown is left out. */
static const char *
attributes_of(struct arena *a, const struct xml *definition)
{
	const struct xml *x = xml_child(xml_child(definition, "attributes"), "attribute");
	struct buffer b = buffer_in(a, 128);

	for (; x; x = xml_again(x)) {
		const char *code = xml_words(a, x, "code");

		if (!*code || code[strcspn(code, " \t\r\n")] ||
			strcasecmp(xml_words(a, x, "variable"), "false") == 0)
			continue;
		buffer_printf(&b, "%s%s", b.len ? " " : "", code);
	}
	return buffer_text(&b);
}

/* Only where metadata is true, written large or small (O40). False: ask again soon. */
static bool
look_at_definition(struct round *r, const char *code, const struct xml *service)
{
	struct reaching_call call = {
		.what = "definition",
		.path = arena_printf(
			r->arena, "services/%s", urlencoded_encode(r->arena, code)),
		.element = "attribute",
	};
	const struct xml *x;

	if (strcasecmp(xml_words(r->arena, service, "metadata"), "true") != 0) {
		define(r, code, "");
		return true;
	}
	x = ask(r, &call);
	if (x)
		define(r, code, attributes_of(r->arena, x));
	return x != NULL;
}

static const struct xml *
service_in(struct arena *a, const struct xml *list, const char *code)
{
	const struct xml *s = xml_child(list, "service");

	while (s && strcmp(xml_words(a, s, "service_code"), code) != 0)
		s = xml_again(s);
	return s;
}

/* Of the services that we map: whether they are there, each time; what they ask, once a
 * day. */
static void
look_at_mapped(struct round *r, const struct xml *list)
{
	bool again = r->body.looked + TIMES_DAY <= r->now, all = true;

	for (int i = 0; i < r->body.services.count; i++) {
		const char *code = r->body.services.at[i].value;
		const struct xml *s = service_in(r->arena, list, code);

		if (!s)
			alarm(r,
				arena_printf(r->arena,
					"their list of services does not have %s", code));
		else if (again && !look_at_definition(r, code, s))
			all = false;
	}
	if (again && all)
		r->body.looked = r->now;
}

/* A list that shrank by more than half is not believed (O43). */
static void
look_at_services(struct round *r)
{
	static const struct reaching_call call = {
		.what = "services", .path = "services", .element = "service"};
	const struct xml *x = ask(r, &call);
	int64_t count = 0;

	if (!x)
		return;
	for (const struct xml *s = xml_child(x, "service"); s; s = xml_again(s))
		count++;
	if (count * 2 < r->body.listed) {
		alarm(r, arena_printf(r->arena,
				 "their list of services has %lld, it had %lld",
				 (long long)count, (long long)r->body.listed));
		return;
	}
	r->body.listed = count;
	look_at_mapped(r, x);
}

/* --- what is new -------------------------------------------------------------------- */

static void
ask_tokens(struct round *r)
{
	for (int i = 0; i < r->waiting.count; i++) {
		struct reaching_call call = {
			.what = "token",
			.path = arena_printf(r->arena, "tokens/%s",
				urlencoded_encode(r->arena, r->waiting.at[i].token)),
			.element = "request",
		};
		const struct xml *x = ask(r, &call);
		const char *theirs = xml_words(
			r->arena, xml_child(x, "request"), "service_request_id");

		if (reaching_is_id(theirs))
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

static struct pairs
period_of(struct round *r)
{
	struct pairs q = {NULL, 0};
	int64_t from, to;

	pulling_period(r->body.pulled, r->now, r->talk.skew, &from, &to);
	pairs_add(r->arena, &q, "api_key", r->body.key);
	pairs_add(r->arena, &q, "start_date", times_iso(r->arena, from));
	pairs_add(r->arena, &q, "end_date", times_iso(r->arena, to));
	return q;
}

/* In the order in which they were made, whatever the order they came in. */
static int
by_time(const void *one, const void *other)
{
	const struct body_update *a = one, *b = other;

	if (a->at != b->at)
		return a->at < b->at ? -1 : 1;
	return strcmp(a->id, b->id);
}

/* What stands behind the most that is taken at once is not passed over in silence: the
 * period is asked for again, and somebody hears of it. */
static bool
is_whole(struct round *r, const struct xml *rest, const char *what, int most)
{
	if (rest)
		alarm(r, arena_printf(r->arena, "there are more than %d %s in one period",
				 most, what));
	return !rest;
}

static bool
ask_updates(struct round *r)
{
	struct pairs q = period_of(r);
	struct reaching_call call = {
		.what = "updates",
		.path = "servicerequestupdates",
		.query = &q,
		.element = "request_update",
	};
	const struct xml *x = ask(r, &call);
	struct arena *a = r->arena;

	if (!x)
		return false;
	r->updates = arena_array(a, MOST_UPDATES, sizeof *r->updates);
	for (x = xml_child(x, "request_update"); x && r->update_count < MOST_UPDATES;
		x = xml_again(x)) {
		struct body_update *u = &r->updates[r->update_count];

		*u = (struct body_update){
			.id = xml_words(a, x, "update_id"),
			.theirs = xml_words(a, x, "service_request_id"),
			.status = small(a, xml_words(a, x, "status")),
			.words = reaching_words(a, xml_words(a, x, "description")),
		};
		if (reaching_is_id(u->id) && reaching_is_id(u->theirs) &&
			reaching_is_id(u->status) &&
			times_parse_iso(
				bytes_of(xml_words(a, x, "updated_datetime")), &u->at))
			r->update_count++;
	}
	if (r->update_count > 1)
		qsort(r->updates, (size_t)r->update_count, sizeof *r->updates, by_time);
	return is_whole(r, x, "updates", MOST_UPDATES);
}

static void
read_media(struct arena *a, const struct xml *x, struct pairs *media)
{
	for (x = xml_child(x, "media_url"); x && media->count < MOST_MEDIA;
		x = xml_again(x))
		if (*x->text)
			pairs_add(a, media, "", arena_copy(a, x->text));
}

static bool
ask_requests(struct round *r)
{
	struct pairs q = period_of(r);
	struct reaching_call call = {
		.what = "requests",
		.path = "requests",
		.query = &q,
		.element = "request",
	};
	const struct xml *x;
	struct arena *a = r->arena;

	if (!r->body.requests)
		return true;
	x = ask(r, &call);
	if (!x)
		return false;
	r->requests = arena_array(a, MOST_REQUESTS, sizeof *r->requests);
	for (x = xml_child(x, "request"); x && r->request_count < MOST_REQUESTS;
		x = xml_again(x)) {
		struct neighbour_request *n = &r->requests[r->request_count];

		*n = (struct neighbour_request){
			.theirs = xml_words(a, x, "service_request_id"),
			.service = xml_words(a, x, "service_code"),
			.words = reaching_words(a, xml_words(a, x, "description")),
			.lat = xml_words(a, x, "lat"),
			.lon = xml_words(a, x, "long"),
			.updated = xml_words(a, x, "updated_datetime"),
			.status = small(a, xml_words(a, x, "status")),
		};
		read_media(a, x, &n->media);
		r->request_count += reaching_is_id(n->theirs);
	}
	return is_whole(r, x, "requests", MOST_REQUESTS);
}

/* --- a round ------------------------------------------------------------------------ */

static enum outcome
apply(struct work *w, void *context)
{
	const struct round *r = context;

	for (int i = 0; i < r->talk.noted_count; i++)
		body_exchanged(
			w, &r->body, r->talk.noted[i].what, r->talk.noted[i].problem);
	for (int i = 0; i < r->definition_count; i++)
		body_define(w, &r->body, r->definitions[i].code,
			r->definitions[i].attributes);
	for (int i = 0; i < r->found_count; i++)
		if (neighbour_taken(w, &r->body, r->found[i].ticket, r->found[i].theirs,
			    "") != DONE)
			return MISSING;
	for (int i = 0; i < r->request_count; i++)
		neighbour_brought(w, &r->body, &r->requests[i]);
	for (int i = 0; i < r->update_count; i++)
		neighbour_told(w, &r->body, &r->updates[i]);
	body_pulled(w, &r->body);
	return DONE;
}

static int64_t
pause_of(int64_t failures)
{
	int64_t pause = EVERY;

	while (failures-- > 0 && pause < LONGEST_PAUSE)
		pause *= 2;
	return pause < LONGEST_PAUSE ? pause : LONGEST_PAUSE;
}

static void
go_round(const struct house *h, struct round *r)
{
	bool updated, brought;

	r->talk = (struct reaching){
		.rules = &h->config->outgoing, .arena = r->arena, .body = &r->body};
	r->now = times_now();
	r->body.alarm = "";
	if (!*r->body.format)
		discover(r);
	if (r->talk.down)
		alarm(r, r->talk.noted[0].problem);
	look_at_services(r);
	ask_tokens(r);
	updated = ask_updates(r);
	brought = ask_requests(r);
	if (updated && brought)
		r->body.pulled = r->now;
	r->body.skew = r->talk.skew;
	r->body.failures = r->talk.down ? r->body.failures + 1 : 0;
	r->body.next_pull = r->now + pause_of(r->body.failures);
}

struct batch {
	struct arena *arena;
	struct round *rounds;
	int count;
};

static enum outcome
take(struct work *w, void *context)
{
	struct batch *b = context;
	struct body_list list;

	w->arena = b->arena;
	body_take(w, BATCH, LEASE, &list);
	b->count = list.count;
	b->rounds = arena_array(b->arena, (size_t)list.count, sizeof *b->rounds);
	for (int i = 0; i < list.count; i++) {
		b->rounds[i] = (struct round){.arena = b->arena, .body = list.at[i]};
		body_waiting(w, &list.at[i], &b->rounds[i].waiting);
	}
	return DONE;
}

int
pulling_round(struct house *h, struct arena *a)
{
	struct batch b = {.arena = a};

	arena_reset(a);
	if (!house_ask(h, a, body_due) || house_write(h, 0, take, &b) != DB_KEPT)
		return 0;
	for (int i = 0; i < b.count; i++) {
		struct round *r = &b.rounds[i];

		go_round(h, r);
		if (*r->body.alarm)
			log_warning("open311 body %lld: %s", (long long)r->body.id,
				r->body.alarm);
		if (house_write(h, r->body.org, apply, r) != DB_KEPT)
			log_warning("news of another body could not be kept yet");
	}
	return b.count;
}
