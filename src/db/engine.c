/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "db/engine.h"

#include "base/log.h"

#include <stdlib.h>
#include <string.h>

void *
engine_memory(size_t size)
{
	void *at = calloc(1, size);

	if (!at)
		log_fatal("out of memory");
	return at;
}

static const char *const end_names[] = {
	"kept", "failed", "has to be run again", "disk full", "connection lost"};

void
engine_fail(struct db *db, enum db_end end, const char *message, const char *sql)
{
	/* Running a transaction again is daily life; all else is somebody's mistake. */
	enum log_level level = end == DB_AGAIN ? LOG_DEBUG : LOG_ERROR;

	log_line(level, "database: %s: %s%s%.400s", end_names[end], message,
		sql ? " in: " : "", sql ? sql : "");
	if (!db->failed)
		db->failed_depth = db->depth;
	db->failed = true;
	if (end > db->trouble)
		db->trouble = end;
	if (end > DB_UNDONE)
		db->gone = true;
}

/* The highest $n of a statement, or -1 when a lower one is never used (PostgreSQL
 * could not know its type). What is quoted does not count. */
static int
highest_parameter(const char *sql)
{
	uint64_t seen = 0;
	int highest = 0;
	char quote = 0;

	for (const char *p = sql; *p; p++) {
		if (quote) {
			if (*p == quote)
				quote = 0;
		} else if (*p == '\'' || *p == '"') {
			quote = *p;
		} else if (*p == '$' && p[1] >= '1' && p[1] <= '9') {
			int n = (int)strtol(p + 1, NULL, 10);

			if (n > ENGINE_MOST_VALUES)
				return -1;
			seen |= (uint64_t)1 << n;
			if (n > highest)
				highest = n;
		}
	}
	return seen == (((uint64_t)1 << highest) - 1) << 1 ? highest : -1;
}

static struct statement **
bucket_of(struct db *db, const char *sql)
{
	uint64_t key = (uint64_t)(uintptr_t)sql * 0x9E3779B97F4A7C15u;

	return &db->bucket[key >> 32 & (ENGINE_BUCKETS - 1)];
}

static void
discard(struct db *db, struct statement *s)
{
	struct statement **at = bucket_of(db, s->sql);

	while (*at != s)
		at = &(*at)->next;
	*at = s->next;
	db->statements--;
	db->engine->discard(db, s);
}

/* Drops the idle statement that has not been used for longest. */
static void
make_room(struct db *db)
{
	struct statement *oldest = NULL;

	for (int i = 0; i < ENGINE_BUCKETS; i++)
		for (struct statement *s = db->bucket[i]; s; s = s->next)
			if (!s->busy && (!oldest || s->used < oldest->used))
				oldest = s;
	if (oldest)
		discard(db, oldest);
}

struct statement *
engine_statement(struct db *db, const char *sql, int parameters)
{
	struct statement **at = bucket_of(db, sql);
	struct statement *s;

	for (s = *at; s; s = s->next)
		if (s->sql == sql && !s->busy)
			break;
	if (!s) {
		if (highest_parameter(sql) != parameters) {
			engine_fail(
				db, DB_UNDONE, "the values do not match $1, $2 ...", sql);
			return NULL;
		}
		if (db->statements >= ENGINE_STATEMENTS)
			make_room(db);
		s = db->engine->prepare(db, sql, parameters);
		if (!s)
			return NULL;
		s->sql = sql;
		s->parameters = parameters;
		s->next = *at;
		*at = s;
		db->statements++;
	}
	s->used = ++db->used;
	return s;
}

void
engine_end_rows(struct db *db, int depth)
{
	for (int i = 0; db->open && i < ENGINE_BUCKETS; i++)
		for (struct statement *s = db->bucket[i]; s; s = s->next)
			if (s->busy && s->depth > depth) {
				db->changed += db->engine->finish(db, s);
				s->busy = false;
				db->open--;
			}
}

void
engine_forget(struct db *db)
{
	db->forgetting = true;
	for (int i = 0; i < ENGINE_BUCKETS; i++)
		while (db->bucket[i])
			discard(db, db->bucket[i]);
	db->forgetting = false;
}
