/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "db/postgres_value.h"

#include "base/log.h"

#include <endian.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct postgres {
	struct db db;
	PGconn *conn;
	int64_t names; /* prepared statements so far */
	bool unusable; /* connect anew at the next begin */
	bool outdated; /* prepare everything anew at the next begin */
};

struct postgres_statement {
	struct statement statement;
	char name[24]; /* on the server; "" while not prepared */
	unsigned char kind[ENGINE_MOST_VALUES];
	PGresult *result;
};

static struct postgres *
of(struct db *db)
{
	return (struct postgres *)db;
}

static bool
is(const char *state, const char *wanted)
{
	return !strncmp(state, wanted, strlen(wanted));
}

/* What an SQLSTATE means (PostgreSQL manual, appendix A). */
static enum db_end
judge(struct postgres *p, const char *state)
{
	if (PQstatus(p->conn) != CONNECTION_OK || is(state, "08") || is(state, "57P"))
		p->unusable = true;
	/* The server we write to has become a standby: another one is the master now. */
	if (is(state, "25006") && p->db.mode == DB_WRITE)
		p->unusable = true;
	if (p->unusable)
		return DB_LOST;
	if (is(state, "40001") || is(state, "40P01") || is(state, "55P03"))
		return DB_AGAIN;
	/* A migration has changed a table under a prepared statement. */
	if (is(state, "0A000") || is(state, "26000")) {
		p->outdated = true;
		return DB_AGAIN;
	}
	return is(state, "53100") ? DB_FULL : DB_UNDONE;
}

enum told { WHOLE, CAREFUL };

/* A message made while running may hold what somebody typed (behind a quotation mark),
 * except that of a constraint, which names tables and columns. */
static void
fail(struct db *db, PGresult *result, const char *sql, enum told told)
{
	const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
	const char *message = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
	char line[400];

	state = state ? state : "";
	message = message ? message : "no answer";
	snprintf(line, sizeof line, "%s %s", state, message);
	if (told == CAREFUL && !is(state, "23"))
		line[strcspn(line, "\"")] = 0;
	engine_fail(db, judge(of(db), state), line, sql);
}

/* Takes the result. */
static bool
succeeded(struct db *db, PGresult *result, const char *sql, enum told told)
{
	ExecStatusType status = PQresultStatus(result);
	bool well = status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;

	if (!well)
		fail(db, result, sql, told);
	PQclear(result);
	return well;
}

/* What every connection must be before the first transaction. */
static bool
settle(struct postgres *p)
{
	static const char start[] = "set timezone = 'UTC'; set jit = off;"
				    "set lock_timeout = '10s';"
				    "set client_min_messages = warning;"
				    "set standard_conforming_strings = on;";
	static const char reading[] = "set default_transaction_read_only = on";
	static const char writing[] =
		"select set_config('synchronous_commit', 'on', false)"
		" where current_setting('synchronous_commit') = 'off'";
	const char *encoding = PQparameterStatus(p->conn, "server_encoding");
	PGresult *result;
	bool well;

	if (PQstatus(p->conn) != CONNECTION_OK) {
		log_error("database: cannot connect to PostgreSQL: %s",
			PQerrorMessage(p->conn));
		return false;
	}
	if (!encoding || strcmp(encoding, "UTF8")) {
		log_error("database: %s is not in UTF-8", PQdb(p->conn));
		return false;
	}
	PQclear(PQexec(p->conn, start));
	result = PQexec(p->conn, p->db.mode == DB_READ ? reading : writing);
	well = PQresultStatus(result) == PGRES_COMMAND_OK ||
	       PQresultStatus(result) == PGRES_TUPLES_OK;
	PQclear(result);
	p->unusable = !well;
	p->outdated = false;
	return well;
}

static void
connect_anew(struct postgres *p)
{
	engine_forget(&p->db);
	PQreset(p->conn);
	p->unusable = !settle(p);
}

static bool
begun(struct postgres *p)
{
	PGresult *result;
	bool well;

	if (p->unusable)
		return false;
	result = PQexec(
		p->conn, p->db.mode == DB_WRITE
				 ? "begin isolation level read committed"
				 : "begin isolation level repeatable read read only");
	well = PQresultStatus(result) == PGRES_COMMAND_OK;
	PQclear(result);
	return well;
}

/* A connection that broke while nobody used it is not worth a failed transaction. */
static void
postgres_begin(struct db *db)
{
	struct postgres *p = of(db);

	if (p->outdated) {
		engine_forget(db);
		PQclear(PQexec(p->conn, "deallocate all"));
		p->outdated = false;
	}
	if (begun(p))
		return;
	connect_anew(p);
	if (begun(p))
		return;
	p->unusable = true;
	engine_fail(db, DB_LOST, "no connection", NULL);
}

static void
postgres_rollback(struct db *db)
{
	struct postgres *p = of(db);

	if (!p->unusable && PQtransactionStatus(p->conn) != PQTRANS_IDLE)
		PQclear(PQexec(p->conn, "rollback"));
}

static void
postgres_commit(struct db *db)
{
	PGresult *result = PQexec(of(db)->conn, "commit");
	bool kept = !strcmp(PQcmdStatus(result), "COMMIT");

	if (succeeded(db, result, "commit", WHOLE) && !kept)
		engine_fail(db, DB_UNDONE, "the server rolled back", "commit");
	postgres_rollback(db);
}

static bool
postgres_script(struct db *db, const char *script)
{
	return succeeded(db, PQexec(of(db)->conn, script), NULL, WHOLE);
}

/* The server learns of it when its first values are known, for they have types. */
static struct statement *
postgres_prepare(struct db *db, const char *sql, int parameters)
{
	struct postgres_statement *s = engine_memory(sizeof *s);

	(void)db;
	(void)sql;
	(void)parameters;
	return &s->statement;
}

static void
deallocate(struct db *db, struct postgres_statement *s)
{
	char command[48];

	if (!*s->name || db->forgetting ||
		PQtransactionStatus(of(db)->conn) > PQTRANS_INTRANS)
		return;
	snprintf(command, sizeof command, "deallocate %s", s->name);
	PQclear(PQexec(of(db)->conn, command));
}

static void
postgres_discard(struct db *db, struct statement *s)
{
	deallocate(db, (struct postgres_statement *)s);
	free(s);
}

/* Prepared with the types of the values seen so far; a null tells nothing, so the same
 * statement may have to be prepared again when a value comes. */
static bool
prepared(struct db *db, struct postgres_statement *s, const struct db_value *v)
{
	Oid type[ENGINE_MOST_VALUES];
	bool new = !*s->name;

	for (int i = 0; i < s->statement.parameters; i++) {
		if (v[i].kind != DB_NULL && v[i].kind != s->kind[i]) {
			s->kind[i] = (unsigned char)v[i].kind;
			new = true;
		}
		type[i] = postgres_value_type(s->kind[i]);
	}
	if (!new)
		return true;
	deallocate(db, s);
	snprintf(s->name, sizeof s->name, "s%lld", (long long)++of(db)->names);
	if (succeeded(db,
		    PQprepare(of(db)->conn, s->name, s->statement.sql,
			    s->statement.parameters, type),
		    s->statement.sql, WHOLE))
		return true;
	*s->name = 0;
	return false;
}

static bool
postgres_start(
	struct db *db, struct statement *given, const struct db_value *v, enum lifetime l)
{
	struct postgres_statement *s = (struct postgres_statement *)given;
	int n = given->parameters;
	const char *at[ENGINE_MOST_VALUES];
	int length[ENGINE_MOST_VALUES];
	int binary[ENGINE_MOST_VALUES];
	uint64_t number[ENGINE_MOST_VALUES];
	ExecStatusType status;

	(void)l;
	if (!prepared(db, s, v))
		return false;
	for (int i = 0; i < n; i++) {
		binary[i] = 1;
		at[i] = (const char *)v[i].bytes.at;
		length[i] = (int)v[i].bytes.len;
		if (v[i].kind == DB_INT) {
			number[i] = htobe64((uint64_t)v[i].number);
			at[i] = (const char *)&number[i];
			length[i] = sizeof number[i];
		} else if (v[i].kind == DB_NULL) {
			at[i] = NULL;
		} else if (v[i].kind == DB_BYTES && !at[i]) {
			at[i] = "";
		}
	}
	s->result = PQexecPrepared(of(db)->conn, s->name, n, at, length, binary, 1);
	status = PQresultStatus(s->result);
	if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK)
		return true;
	fail(db, s->result, given->sql, CAREFUL);
	PQclear(s->result);
	s->result = NULL;
	return false;
}

static PGresult *
result_of(struct statement *s)
{
	return ((struct postgres_statement *)s)->result;
}

static bool
postgres_next(struct db *db, struct statement *s, int row)
{
	(void)db;
	return row < PQntuples(result_of(s));
}

static int64_t
postgres_finish(struct db *db, struct statement *given)
{
	struct postgres_statement *s = (struct postgres_statement *)given;
	const char *tag = PQcmdStatus(s->result);
	int64_t changed = 0;

	(void)db;
	if (is(tag, "INSERT") || is(tag, "UPDATE") || is(tag, "DELETE"))
		changed = strtoll(PQcmdTuples(s->result), NULL, 10);
	PQclear(s->result);
	s->result = NULL;
	return changed;
}

static enum column
postgres_column(struct statement *s, int row, int column)
{
	return postgres_value_column(result_of(s), row, column);
}

static int64_t
postgres_integer(struct statement *s, int row, int column)
{
	int64_t n = 0;

	postgres_value_number(result_of(s), row, column, &n);
	return n;
}

static struct bytes
postgres_bytes(struct statement *s, int row, int column)
{
	return (struct bytes){
		.at = (const unsigned char *)PQgetvalue(result_of(s), row, column),
		.len = (size_t)PQgetlength(result_of(s), row, column),
	};
}

static void
postgres_close(struct db *db)
{
	PQfinish(of(db)->conn);
	free(db);
}

static const struct engine engine = {
	.name = DB_POSTGRES,
	.close = postgres_close,
	.begin = postgres_begin,
	.commit = postgres_commit,
	.rollback = postgres_rollback,
	.script = postgres_script,
	.prepare = postgres_prepare,
	.discard = postgres_discard,
	.start = postgres_start,
	.next = postgres_next,
	.finish = postgres_finish,
	.column = postgres_column,
	.integer = postgres_integer,
	.bytes = postgres_bytes,
};

/* What the address leaves open; the address itself comes after it and wins. */
static PGconn *
connection(const char *url, enum db_mode mode)
{
	const char *const key[] = {"connect_timeout", "keepalives_idle",
		"keepalives_interval", "keepalives_count", "tcp_user_timeout",
		"target_session_attrs", "fallback_application_name", "dbname",
		"client_encoding", NULL};
	const char *const value[] = {"10", "10", "5", "3", "15000",
		mode == DB_WRITE ? "read-write" : "any", "portreeve", url, "UTF8", NULL};

	return PQconnectdbParams(key, value, 1);
}

static void
ignore(void *nothing, const char *message)
{
	(void)nothing;
	(void)message;
}

struct db *
db_postgres_open(const char *url, enum db_mode mode)
{
	PQconninfoOption *parsed = PQconninfoParse(url, NULL);
	struct postgres *p;

	/* Its own message would repeat the address, with the password. */
	if (!parsed) {
		log_error("database: the address postgresql://... is not well formed");
		return NULL;
	}
	PQconninfoFree(parsed);
	p = engine_memory(sizeof *p);
	p->db.engine = &engine;
	p->db.mode = mode;
	p->conn = connection(url, mode);
	PQsetNoticeProcessor(p->conn, ignore, NULL);
	if (settle(p))
		return &p->db;
	PQfinish(p->conn);
	free(p);
	return NULL;
}
