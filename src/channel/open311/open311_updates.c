/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "channel/open311/open311.h"
#include "channel/open311/open311_door.h"
#include "channel/open311/open311_media.h"
#include "channel/open311/open311_say.h"
#include "channel/received_files.h"
#include "desk/wishes.h"
#include "rule/reference.h"
#include "rule/typed.h"
#include "store/publication.h"

#include <ctype.h>
#include <string.h>

enum { MOST_UPDATES = 10000, LONGEST_ID = 255, LONGEST_WORDS = 4000 };

enum outcome
open311_updates(struct work *w, const struct request *q, struct reply *r)
{
	struct publication_update_list list;
	struct open311_answer o;
	int64_t org, from, to;
	enum outcome end = open311_door_place(w, q, r, &org);

	if (end == DONE)
		end = open311_door_period(w, q, r, &from, &to);
	if (end != DONE)
		return end;
	publication_updates(w, org, from, to, MOST_UPDATES + 1, &list);
	if (list.count > MOST_UPDATES)
		return open311_door_refuse(q, r, 400,
			"there are more than 10000 updates in this period: ask for a "
			"shorter one");
	o = open311_door_answer(q, r, 200);
	open311_door_list(&o, "service_request_updates");
	for (int i = 0; i < list.count; i++) {
		const struct publication_update *u = &list.at[i];

		open311_door_record(&o, "request_update");
		open311_door_text(&o, "update_id",
			arena_printf(w->arena, "%lld", (long long)u->id));
		open311_door_text(&o, "service_request_id", u->reference);
		open311_door_text(&o, "status", u->status);
		open311_door_instant(&o, "updated_datetime", u->at);
		open311_door_text(&o, "description", open311_say(w, org, u));
		open311_door_text(
			&o, "media_url", open311_media_url(w, u->reference, u->photo));
		open311_door_end(&o);
	}
	open311_door_end(&o);
	return DONE;
}

static enum outcome
answer(const struct request *q, struct reply *r, const char *id)
{
	struct open311_answer o = open311_door_answer(q, r, 201);

	open311_door_list(&o, "service_request_updates");
	open311_door_record(&o, "request_update");
	open311_door_text(&o, "update_id", id);
	open311_door_end(&o);
	open311_door_end(&o);
	return DONE;
}

/* Small letters; NULL for what is no status. */
static const char *
read_status(struct arena *a, const char *said)
{
	char *small = arena_copy(a, said ? said : "unchanged");

	for (char *c = small; *c; c++)
		*c = (char)tolower((unsigned char)*c);
	return wishes_known(small) ? small : NULL;
}

static enum outcome
read_wish(struct work *w, const struct request *q, struct wish *wish)
{
	const char *words = pairs_get(&q->form, "description");
	const char *first = open311_door_said(q, "first_name");
	const char *last = open311_door_said(q, "last_name");

	wish->status = read_status(w->arena, open311_door_said(q, "status"));
	wish->words = words ? words : "";
	wish->name = typed_line(
		w->arena, arena_printf(w->arena, "%s %s", first ? first : "",
				  last && strcmp(last, "-") != 0 ? last : ""));
	if (!wish->status)
		return work_problem(w, "status", "problem.status.unknown");
	if (typed_length(wish->words) > LONGEST_WORDS)
		return work_problem(w, "description", "problem.open311.description");
	return DONE;
}

/* An update for what we do not publish is for nothing, as if it did not exist. */
static enum outcome
apply(struct work *w, const struct request *q, const char *update_id, struct wish *wish,
	struct reply *r)
{
	struct publication p;
	struct received_files files;
	char written[REFERENCE_ROOM];
	const char *id = open311_door_said(q, "service_request_id");
	const char *given = arena_printf(w->arena, "%lld", (long long)work_id(w));
	struct ticket t;
	enum outcome end;

	if (!id || reference_read(id, written) != REFERENCE_READ ||
		publication_find(w, wish->org, written, &p) != DONE)
		return open311_door_refuse(q, r, 404, "service_request_id was not found");
	if (read_wish(w, q, wish) != DONE || received_files_read(w, q, &files) != DONE)
		return open311_door_problems(w, q, r);
	wish->ticket = p.ticket;
	wish->files = files.at;
	wish->file_count = files.count;
	wish->addresses = open311_media_addresses(q);
	end = wishes_apply(w, wish, &t);
	if (end != DONE)
		return end;
	if (publication_answer(w, &t, update_id, given) != DONE)
		return open311_door_refuse(q, r, 409, "this update is being taken in");
	return answer(q, r, given);
}

enum outcome
open311_add_update(struct work *w, const struct request *q, struct reply *r)
{
	const char *update_id = open311_door_said(q, "update_id");
	struct wish wish = {.org = 0};
	const char *known;
	enum outcome end = open311_door_keyed(w, q, r, RIGHT_CREATE, &wish.org);

	if (end != DONE)
		return end;
	if (!update_id || strlen(update_id) > LONGEST_ID)
		return open311_door_refuse(
			q, r, 400, "update_id must have 1 to 255 characters");
	known = publication_answered(w, update_id);
	if (known)
		return answer(q, r, known);
	wish.key = arena_printf(w->arena, "update:%.16s:%s", w->caller->hash, update_id);
	return apply(w, q, update_id, &wish, r);
}
