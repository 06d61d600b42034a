/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef APP_ERRAND_H
#define APP_ERRAND_H

/*
 * What a command needs that does not serve: one connection, big transactions, a shelf.
 * It may run beside a serving process on the same database; its ids are those of node 254
 * unless --node says otherwise.
 */

#include "app/config.h"
#include "store/shelf.h"
#include "store/team.h"
#include "store/work.h"

struct errand {
	const struct config *config;
	struct arena *arena;   /* lives as long as the errand */
	struct arena *passing; /* forgotten at each try of a transaction */
	struct db *db;
	struct shelf *shelf;
	struct id_source ids;
	const struct vault *vault; /* for who seals secrets; else NULL */
	int64_t now;		   /* 0: the machine's clock */
};

/* Opens the database of the configuration. False after saying on stderr what is wrong:
 * it cannot be opened, it has not been migrated, or it is newer than the program. */
bool errand_open(struct errand *e, const struct config *c, enum db_mode mode);

/* The same, but runs the migrations that are missing. */
bool errand_open_migrated(struct errand *e, const struct config *c);

void errand_close(struct errand *e);

/* Runs a transaction as the house in an organisation (0: none) and keeps it when `run`
 * ends DONE. It is run again when the database asks for that, so `run` must have no
 * effect but on the database and what it resets itself. Problems that `run` noted are
 * printed. On DB_READ the transaction is a snapshot and is always undone. */
bool errand_write(struct errand *e, int64_t org,
	enum outcome (*run)(struct work *w, void *context), void *context);

/* The organisation that --org names or, when it is not given, the only one of that kind
 * ("council", "desk"), or the only one at all. False after saying which there are. */
bool errand_organisation(struct errand *e, const char *kind, struct organisation *o);

/* A line on stderr: "portreeve: ...". */
void errand_say(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
