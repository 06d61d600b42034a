/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/errand.h"

#include "db/migrate.h"
#include "format/words.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NODE = 254, MOST_TRIES = 10 };

void
errand_say(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	fputs("portreeve: ", stderr);
	vfprintf(stderr, format, args);
	fputc('\n', stderr);
	va_end(args);
}

static bool
schema_is_ours(struct db *db)
{
	int pending = migrate_pending(db);

	if (pending < 0)
		errand_say("the database is newer than this program");
	if (pending > 0)
		errand_say("the database lacks %d migration%s: run `portreeve migrate`",
			pending, pending == 1 ? "" : "s");
	return pending == 0;
}

static bool
open_with(struct errand *e, const struct config *c, enum db_mode mode,
	bool (*ready)(struct db *db))
{
	*e = (struct errand){
		.config = c,
		.ids = id_source_at(
			c->node_given ? strtol(c->node, NULL, 10) : NODE, times_now_ms()),
	};
	e->db = db_open(c->db, mode);
	if (!e->db) {
		errand_say("the database cannot be opened");
		return false;
	}
	if (!ready(e->db)) {
		db_close(e->db);
		return false;
	}
	e->arena = arena_new();
	e->passing = arena_new();
	e->shelf = shelf_new();
	return true;
}

bool
errand_open(struct errand *e, const struct config *c, enum db_mode mode)
{
	return open_with(e, c, mode, schema_is_ours);
}

bool
errand_open_migrated(struct errand *e, const struct config *c)
{
	return open_with(e, c, DB_WRITE, migrate);
}

void
errand_close(struct errand *e)
{
	db_close(e->db);
	shelf_free(e->shelf);
	arena_free(e->passing);
	arena_free(e->arena);
}

static void
print_problems(const struct work *w)
{
	for (int i = 0; i < w->problems.count; i++) {
		const struct problem *p = &w->problems.at[i];
		enum word word = words_find(p->key);

		errand_say("%s: %s%s%s", p->field,
			word == WORD_NONE ? p->key
					  : words_text(w->arena, w->words, word, NULL),
			p->detail ? ": " : "", p->detail ? p->detail : "");
	}
}

static enum db_end
try_once(struct errand *e, const struct actor *actor,
	enum outcome (*run)(struct work *w, void *context), void *context)
{
	struct work w;
	enum outcome end;

	arena_reset(e->passing);
	w = (struct work){
		.arena = e->passing,
		.db = e->db,
		.ids = &e->ids,
		.shelf = e->shelf,
		.vault = e->vault,
		.actor = actor,
		.words = words_of("en"),
		.base = e->config->base,
		.now = e->now ? e->now : times_now(),
	};
	db_begin(e->db);
	end = run(&w, context);
	print_problems(&w);
	if (end == DONE)
		return db_commit(e->db);
	db_rollback(e->db);
	return DB_UNDONE;
}

bool
errand_write(struct errand *e, int64_t org,
	enum outcome (*run)(struct work *w, void *context), void *context)
{
	struct actor actor = work_house_actor(org);
	enum db_end end = DB_AGAIN;

	for (int try = 0; end == DB_AGAIN && try < MOST_TRIES; try++)
		end = try_once(e, &actor, run, context);
	if (end == DB_FULL)
		errand_say("the disk is full; what was not acknowledged is undone");
	else if (end == DB_LOST)
		errand_say("the connection to the database is lost");
	else if (end == DB_AGAIN)
		errand_say("the database is too busy; try again");
	return end == DB_KEPT;
}

struct choosing {
	const char *code, *kind;
	struct organisation *found;
	struct arena *arena;
	int fits;
	struct organisation_list all;
};

static enum outcome
choose(struct work *w, void *context)
{
	struct choosing *c = context;

	c->fits = 0;
	team_organisations(w, &c->all);
	for (int pass = 0; pass < 2 && c->fits == 0; pass++)
		for (int i = 0; i < c->all.count; i++) {
			const struct organisation *o = &c->all.at[i];

			if (c->code ? strcmp(o->code, c->code) == 0
				    : pass == 1 || strcmp(o->kind, c->kind) == 0) {
				*c->found = *o;
				c->fits++;
			}
		}
	/* The texts must outlive the transaction. */
	if (c->fits == 1) {
		c->found->code = arena_copy(c->arena, c->found->code);
		c->found->name = arena_copy(c->arena, c->found->name);
		c->found->kind = arena_copy(c->arena, c->found->kind);
		c->found->language = arena_copy(c->arena, c->found->language);
		c->found->email = arena_copy(c->arena, c->found->email);
		c->found->phone = arena_copy(c->arena, c->found->phone);
	}
	return DONE;
}

bool
errand_organisation(struct errand *e, const char *kind, struct organisation *o)
{
	struct choosing c = {
		.code = *e->config->org ? e->config->org : NULL,
		.kind = kind,
		.found = o,
		.arena = e->arena,
	};

	if (!errand_write(e, 0, choose, &c))
		return false;
	if (c.fits == 1)
		return true;
	if (c.all.count == 0)
		errand_say("there is no organisation yet: run `portreeve demo`, or name "
			   "a new one with --org CODE");
	else if (c.code)
		errand_say("there is no organisation \"%s\"; there are:", c.code);
	else
		errand_say("say which organisation is meant with --org CODE:");
	for (int i = 0; i < c.all.count; i++)
		errand_say("  %-12s %s", c.all.at[i].code, c.all.at[i].name);
	return false;
}
