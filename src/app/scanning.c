/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/scanning.h"

#include "app/clamd.h"
#include "base/log.h"
#include "desk/timeline.h"
#include "format/words.h"
#include "store/attachment.h"

#include <inttypes.h>

struct scan {
	struct arena *arena;
	struct attachment_waiting file;
	struct bytes data;
	enum clamd_verdict verdict;
	const char *said;
};

/* Reads the oldest one that waits, with its bytes. */
static bool
next(struct house *h, struct scan *s)
{
	struct db *db = house_reader(h);
	struct actor actor = work_house_actor(0);
	struct work w;
	bool found;

	if (!db)
		return false;
	db_begin(db);
	w = house_work(h, s->arena, db, &actor);
	found = attachment_unscanned(&w, &s->file, &s->data) == DONE;
	db_rollback(db);
	house_reader_back(h, db);
	return found;
}

static void
note(struct work *w, const struct scan *s)
{
	struct event e = {
		.kind = "note",
		.actor_kind = ACTOR_SYSTEM,
		.body = words_text(w->arena, w->words, WORD_bodies_infected,
			words_values(word_value("name", s->file.filename),
				word_value("what", s->said))),
	};
	struct ticket t;

	if (ticket_hold_for_house(w, s->file.org, s->file.ticket, &t) != DONE)
		return;
	timeline_add(w, &t, &e);
	ticket_save(w, &t);
}

static enum outcome
mark(struct work *w, void *context)
{
	const struct scan *s = context;
	bool clean = s->verdict == CLAMD_CLEAN;

	if (attachment_scanned(w, &s->file, clean) && !clean)
		note(w, s);
	return DONE;
}

int
scanning_round(struct house *h, struct arena *a)
{
	struct scan s = {.arena = a};

	arena_reset(a);
	if (!h->config->clamd || !*h->config->clamd || !next(h, &s))
		return 0;
	s.verdict = clamd_scan(a, h->config->clamd, s.data, &s.said);
	if (s.verdict == CLAMD_NO_ANSWER) {
		log_warning(
			"file %" PRId64 " could not be scanned: %s", s.file.id, s.said);
		return -1;
	}
	if (s.verdict == CLAMD_FOUND)
		log_warning("file %" PRId64 " was taken away: %s", s.file.id, s.said);
	if (house_write(h, s.file.org, mark, &s) != DB_KEPT) {
		log_warning("what a scan found could not be written");
		return 0;
	}
	return 1;
}
