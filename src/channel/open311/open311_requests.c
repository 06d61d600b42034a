/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "channel/open311/open311.h"
#include "channel/open311/open311_door.h"
#include "channel/open311/open311_media.h"
#include "channel/open311/open311_say.h"
#include "format/words.h"
#include "rule/point.h"
#include "rule/reference.h"
#include "store/publication.h"

#include <string.h>

enum { MOST_RESULTS = 1000, MOST_NAMED = 200, MOST_PAGES = 1000000 };

/* Latitude and longitude of a place that is a point: two texts. */
static bool
split_point(struct arena *a, const char *place, const char **lat, const char **lon)
{
	const char *comma = strchr(place, ',');
	struct point p;

	if (!comma || point_read(a, place, &p) == POINT_ILL)
		return false;
	*lat = arena_text(a, place, (size_t)(comma - place));
	*lon = comma + 1;
	return true;
}

/* An address is told only where the service is about a place, not about a home. */
static const char *
address_of(const struct publication *p)
{
	bool number = p->place[strspn(p->place, "0123456789")] == 0;

	return strcmp(p->geo, "point") == 0 && !number ? p->place : NULL;
}

static void
show_notes(struct work *w, struct open311_answer *o, const struct publication *p)
{
	struct publication_update_list list;

	publication_updates_of(w, p, &list);
	open311_door_list(o, "notes");
	for (int i = 0; i < list.count; i++) {
		const struct publication_update *u = &list.at[i];

		open311_door_record(o, "note");
		open311_door_instant(o, "datetime", u->at);
		open311_door_text(o, "description", open311_say(w, p->org, u));
		open311_door_text(o, "type", u->status);
		open311_door_end(o);
	}
	open311_door_end(o);
}

static void
show_photos(struct work *w, struct open311_answer *o, const struct publication *p)
{
	struct publication_photo_list all;

	publication_photos(w, p->org, p->ticket, &all);
	for (int i = 0; i < all.count; i++)
		if (all.at[i].shown)
			open311_door_item(o, "photo",
				open311_media_url(w, p->reference, all.at[i].id));
}

static void
show_extensions(struct work *w, struct open311_answer *o, const struct publication *p)
{
	open311_door_record(o, "extended_attributes");
	open311_door_text(o, "channel", p->channel);
	open311_door_list(o, "photos");
	show_photos(w, o, p);
	open311_door_end(o);
	open311_door_end(o);
	show_notes(w, o, p);
}

static void
show(struct work *w, struct open311_answer *o, const struct publication *p, bool extended)
{
	const char *lat = NULL, *lon = NULL;
	bool point = split_point(w->arena, p->place, &lat, &lon);

	open311_door_record(o, "request");
	open311_door_text(o, "service_request_id", p->reference);
	open311_door_text(o, "status", p->open ? "open" : "closed");
	open311_door_text(o, "status_notes", open311_say_status(w, p->told));
	open311_door_text(o, "service_name", p->service_name);
	open311_door_text(o, "service_code", p->service);
	open311_door_text(o, "description", p->words);
	open311_door_text(o, "agency_responsible", p->agency);
	open311_door_text(o, "service_notice", NULL);
	open311_door_instant(o, "requested_datetime", p->requested);
	open311_door_instant(o, "updated_datetime", p->updated);
	open311_door_instant(o, "expected_datetime", p->due ? p->due : TIMES_NONE);
	open311_door_text(o, "address", point ? NULL : address_of(p));
	open311_door_text(o, "address_id", NULL);
	open311_door_text(o, "zipcode", NULL);
	open311_door_number(o, "lat", lat);
	open311_door_number(o, "long", lon);
	open311_door_text(o, "media_url", open311_media_url(w, p->reference, p->photo));
	if (extended)
		show_extensions(w, o, p);
	open311_door_end(o);
}

static bool
is_extended(const struct request *q)
{
	const char *said = open311_door_said(q, "extensions");

	return said && (strcmp(said, "true") == 0 || strcmp(said, "v1") == 0 ||
			       strcmp(said, "1") == 0);
}

static enum outcome
answer_list(struct work *w, const struct request *q, struct reply *r,
	const struct publication_list *list)
{
	struct open311_answer o = open311_door_answer(q, r, 200);

	open311_door_list(&o, "service_requests");
	for (int i = 0; i < list->count; i++)
		show(w, &o, &list->at[i], is_extended(q));
	open311_door_end(&o);
	return DONE;
}

static bool
find(struct work *w, int64_t org, const char *typed, struct publication *p)
{
	char written[REFERENCE_ROOM];

	return reference_read(typed, written) == REFERENCE_READ &&
	       publication_find(w, org, written, p) == DONE;
}

enum outcome
open311_show(struct work *w, const struct request *q, struct reply *r)
{
	struct publication p;
	int64_t org;
	enum outcome end = open311_door_place(w, q, r, &org);

	if (end != DONE)
		return end;
	if (!find(w, org, path_part(q, "id"), &p))
		return open311_door_refuse(q, r, 404, "service_request_id was not found");
	return answer_list(w, q, r, &(struct publication_list){&p, 1});
}

/* The next word of a comma list, or NULL at its end. */
static const char *
next_word(struct arena *a, const char **list)
{
	for (;;) {
		size_t n = strcspn(*list, ",");
		const char *word = arena_text(a, *list, n);
		bool last = (*list)[n] == 0;

		if (last && n == 0)
			return NULL;
		*list += n + !last;
		if (n > 0)
			return word;
	}
}

static enum outcome
query_by_ids(struct work *w, const struct request *q, const char *ids, int64_t org,
	struct reply *r)
{
	struct publication_list list = {
		.at = arena_array(w->arena, MOST_NAMED, sizeof *list.at),
	};
	const char *id;

	while ((id = next_word(w->arena, &ids))) {
		if (list.count == MOST_NAMED)
			return open311_door_refuse(
				q, r, 400, "service_request_id names too many");
		if (find(w, org, id, &list.at[list.count]))
			list.count++;
	}
	return answer_list(w, q, r, &list);
}

static bool
read_states(const char *said, struct arena *a, enum publication_state *state)
{
	bool open = false, closed = false;
	const char *word;

	while (said && (word = next_word(a, &said))) {
		if (strcasecmp(word, "open") == 0)
			open = true;
		else if (strcasecmp(word, "closed") == 0)
			closed = true;
		else
			return false;
	}
	*state = open == closed ? PUBLICATION_ANY
		 : open		? PUBLICATION_OPEN
				: PUBLICATION_CLOSED;
	return true;
}

static enum outcome
query_by_period(struct work *w, const struct request *q, int64_t org, struct reply *r)
{
	const char *codes = open311_door_said(q, "service_code");
	int64_t page = query_int(
		q, "page", 1, MOST_PAGES, *query_text(q, "page") ? 0 : 1);
	int64_t size = query_int(q, "page_size", 1, INT64_MAX,
		*query_text(q, "page_size") ? 0 : MOST_RESULTS);
	struct publication_query find = {
		.org = org,
		.limit = (int)(size < MOST_RESULTS ? size : MOST_RESULTS),
	};
	struct publication_list list;
	enum outcome end = open311_door_period(w, q, r, &find.from, &find.to);

	if (end != DONE)
		return end;
	if (page == 0 || size == 0)
		return open311_door_refuse(
			q, r, 400, "page and page_size are whole numbers from 1 on");
	if (!read_states(open311_door_said(q, "status"), w->arena, &find.state))
		return open311_door_refuse(q, r, 400, "status is open, closed or both");
	find.skip = (int)(page - 1) * find.limit;
	if (codes && strchr(codes, ','))
		find.services = arena_printf(w->arena, ",%s,", codes);
	else
		find.service = codes;
	publication_query(w, &find, &list);
	return answer_list(w, q, r, &list);
}

enum outcome
open311_query(struct work *w, const struct request *q, struct reply *r)
{
	const char *ids = open311_door_said(q, "service_request_id");
	int64_t org;
	enum outcome end = open311_door_place(w, q, r, &org);

	if (end != DONE)
		return end;
	if (ids)
		return query_by_ids(w, q, ids, org, r);
	return query_by_period(w, q, org, r);
}
