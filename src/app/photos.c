/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/photos.h"

#include "base/log.h"
#include "desk/timeline.h"
#include "format/urlencoded.h"
#include "format/words.h"
#include "rule/filename.h"
#include "rule/filetype.h"
#include "store/attachment.h"
#include "store/remote_photo.h"

#include <sodium.h>
#include <string.h>
#include <strings.h>

enum { BATCH = 4, LEASE = 600, SECONDS = 60, REDIRECTS = 3 };

struct found {
	struct remote_photo photo;
	struct bytes data;
	const char *type;
	const char *error; /* NULL: it is here */
	bool refused;	   /* and will never be */
};

struct load {
	struct arena *arena;
	struct found at[BATCH];
	int count;
};

static void
refuse(struct found *f, const char *error)
{
	f->error = error;
	f->refused = true;
}

static bool
begins(const char *text, const char *front)
{
	return strncasecmp(text, front, strlen(front)) == 0;
}

/* data:[TYPE][;base64],DATA (RFC 2397). What it says it is is not looked at. */
static void
read_data(struct arena *a, struct found *f)
{
	const char *comma = strchr(f->photo.address, ',');
	const char *mark = strcasestr(f->photo.address, ";base64,");
	size_t n = comma ? strlen(comma + 1) : 0, got;
	unsigned char *out;

	if (!comma || !mark || mark + 7 != comma) {
		refuse(f, "the data is not in base64");
		return;
	}
	out = arena_alloc(a, n + 1);
	if (sodium_base642bin(out, n, comma + 1, n, " \r\n", &got, NULL,
		    sodium_base64_VARIANT_ORIGINAL) != 0)
		refuse(f, "the data is not in base64");
	else
		f->data = (struct bytes){out, got};
}

/* Later perhaps: the server is busy, or does not have it yet. */
static bool
may_pass(int status)
{
	return status >= 500 || status == 404 || status == 408 || status == 425 ||
	       status == 429;
}

static void
ask(const struct outgoing *rules, struct arena *a, struct found *f)
{
	struct outgoing_call c = {
		.method = "GET",
		.url = f->photo.address,
		.most = ATTACHMENT_LARGEST,
		.seconds = SECONDS,
	};
	struct outgoing_answer got = {.status = 0};
	enum outcome end = FAULT;

	for (int i = 0; i <= REDIRECTS; i++) {
		const char *next;

		end = outgoing_send(rules, a, &c, &got);
		next = end == DONE && got.status / 100 == 3
			       ? pairs_get(&got.headers, "location")
			       : NULL;
		if (!next)
			break;
		c.url = outgoing_onward(a, c.url, next);
	}
	if (end != DONE) {
		f->error = got.problem;
		f->refused = end != FAULT;
	} else if (got.status != 200) {
		f->error = arena_printf(a, "HTTP %d", got.status);
		f->refused = !may_pass(got.status);
	} else if (got.cut) {
		refuse(f, "it is too large");
	} else {
		f->data = got.body;
	}
}

static void
fetch(const struct outgoing *rules, struct arena *a, struct found *f)
{
	if (begins(f->photo.address, "data:"))
		read_data(a, f);
	else
		ask(rules, a, f);
	if (f->error)
		return;
	f->type = filetype_of(f->data);
	if (!f->type || strncmp(f->type, "image/", 6) != 0)
		refuse(f, "it is no picture of a kind that is taken");
}

/* The name is the end of the address, or none; the ending is that of what it is. */
static const char *
name_of(struct arena *a, const struct found *f)
{
	const char *path = f->photo.address, *slash;
	const char *ending = filetype_ending(f->type);
	size_t n = strcspn(path, "?#");
	const char *name = NULL;

	if (!begins(path, "data:")) {
		path = arena_text(a, path, n);
		slash = strrchr(path, '/');
		name = urlencoded_decode(a, bytes_of(slash ? slash + 1 : path));
	}
	if (!name || !*name)
		return arena_printf(a, "photo.%s", ending);
	name = filename_plain(a, name);
	n = strlen(name);
	if (n > strlen(ending) && strcasecmp(name + n - strlen(ending), ending) == 0)
		return name;
	return arena_printf(a, "%s.%s", name, ending);
}

static void
keep(struct work *w, const struct found *f)
{
	struct ticket t = {.org = f->photo.org, .id = f->photo.ticket};
	struct contact_file file = {
		.filename = name_of(w->arena, f),
		.type = f->type,
		.data = f->data,
	};

	if (remote_photo_kept(w, &f->photo))
		attachment_insert(w, &t, f->photo.seq, &file);
}

/* Who works on the ticket should know that there was one. */
static void
note(struct work *w, const struct found *f)
{
	struct event e = {
		.kind = "note",
		.actor_kind = ACTOR_SYSTEM,
		.body = words_text(w->arena, w->words, WORD_bodies_photo_lost,
			words_values(word_value("why", f->error))),
	};
	struct ticket t;

	if (ticket_hold_for_house(w, f->photo.org, f->photo.ticket, &t) != DONE)
		return;
	timeline_add(w, &t, &e);
	ticket_save(w, &t);
}

static enum outcome
take(struct work *w, void *context)
{
	struct load *load = context;
	struct remote_photo_list list;

	w->arena = load->arena;
	remote_photo_take(w, BATCH, LEASE, &list);
	load->count = list.count;
	for (int i = 0; i < list.count; i++)
		load->at[i] = (struct found){.photo = list.at[i]};
	return DONE;
}

static enum outcome
mark(struct work *w, void *context)
{
	const struct load *load = context;

	for (int i = 0; i < load->count; i++) {
		const struct found *f = &load->at[i];
		bool last = f->refused;

		if (!f->error) {
			keep(w, f);
			continue;
		}
		if (f->refused)
			remote_photo_refused(w, &f->photo, f->error);
		else
			last = remote_photo_failed(w, &f->photo, f->error);
		if (last)
			note(w, f);
	}
	return DONE;
}

int
photos_round(struct house *h, struct arena *a)
{
	struct load *load;

	arena_reset(a);
	if (!house_ask(h, a, remote_photo_due))
		return 0;
	load = arena_alloc(a, sizeof *load);
	load->arena = a;
	if (house_write(h, 0, take, load) != DB_KEPT)
		return 0;
	for (int i = 0; i < load->count; i++)
		fetch(&h->config->outgoing, a, &load->at[i]);
	if (load->count > 0 && house_write(h, 0, mark, load) != DB_KEPT)
		log_error(
			"photographs were fetched but not kept: they are fetched again");
	return load->count;
}
