/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "channel/open311/open311_media.h"

#include "channel/open311/open311.h"
#include "channel/open311/open311_door.h"
#include "format/picture.h"
#include "rule/filetype.h"
#include "rule/reference.h"
#include "store/attachment.h"
#include "store/publication.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { MOST_ADDRESSES = 10, LONGEST_ADDRESS = 2000 };

static bool
begins(const char *text, const char *front)
{
	return strncasecmp(text, front, strlen(front)) == 0;
}

static bool
could_be_fetched(const char *address)
{
	if (begins(address, "data:"))
		return true; /* bounded by the form */
	return (begins(address, "http://") || begins(address, "https://")) &&
	       strlen(address) <= LONGEST_ADDRESS;
}

struct pairs
open311_media_addresses(const struct request *q)
{
	struct pairs found = {NULL, 0};

	for (int i = 0; i < q->form.count && found.count < MOST_ADDRESSES; i++)
		if (strcmp(q->form.at[i].name, "media_url") == 0 &&
			could_be_fetched(q->form.at[i].value))
			pairs_add(q->arena, &found, "", q->form.at[i].value);
	return found;
}

const char *
open311_media_url(struct work *w, const char *reference, int64_t id)
{
	if (id == 0)
		return NULL;
	return arena_printf(
		w->arena, "%s/open311/v2/photos/%s/%" PRId64, w->base, reference, id);
}

static bool
is_shown(struct work *w, const struct publication *p, int64_t id)
{
	struct publication_photo_list all;

	publication_photos(w, p->org, p->ticket, &all);
	for (int i = 0; i < all.count; i++)
		if (all.at[i].id == id)
			return all.at[i].shown;
	return false;
}

enum outcome
open311_photo(struct work *w, const struct request *q, struct reply *r)
{
	int64_t org, id = path_int(q, "id");
	char written[REFERENCE_ROOM];
	struct attachment found;
	struct bytes data = {NULL, 0};
	struct publication p;
	enum outcome end = open311_door_place(w, q, r, &org);

	if (end != DONE)
		return end;
	if (reference_read(path_part(q, "ref"), written) == REFERENCE_READ &&
		publication_find(w, org, written, &p) == DONE && is_shown(w, &p, id) &&
		attachment_get(w, &(struct ticket){.org = p.org, .id = p.ticket}, id,
			&found, &data) == DONE)
		data = picture_bare(w->arena, data);
	if (data.len == 0)
		return open311_door_refuse(q, r, 404, "photo was not found");
	return reply_attachment(r, found.type,
		arena_printf(w->arena, "%s-%" PRId64 ".%s", written, id,
			filetype_ending(found.type)),
		data);
}
