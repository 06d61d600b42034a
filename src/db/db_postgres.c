/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "db/postgres_session.h"
#include "db/postgres_value.h"

#include <endian.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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
postgres_script(struct db *db, const char *script)
{
	struct postgres *p = of(db);

	return postgres_session_ready(p) &&
	       postgres_session_took(p, PQexec(p->conn, script), NULL);
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

	if (!*s->name || db->forgetting || db->failed || !postgres_session_ready(of(db)))
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

/* Takes the types of the values. A null tells none, so a statement may have to be
 * prepared again when a value comes; then true. */
static bool
new_types(struct postgres_statement *s, const struct db_value *v)
{
	bool new = false;

	for (int i = 0; i < s->statement.parameters; i++)
		if (v[i].kind != DB_NULL && v[i].kind != s->kind[i]) {
			s->kind[i] = (unsigned char)v[i].kind;
			new = true;
		}
	return new;
}

static bool
prepare(struct postgres *p, struct postgres_statement *s)
{
	const char *sql = s->statement.sql;
	int n = s->statement.parameters;
	Oid type[ENGINE_MOST_VALUES];

	deallocate(&p->db, s);
	for (int i = 0; i < n; i++)
		type[i] = postgres_value_type(s->kind[i]);
	snprintf(s->name, sizeof s->name, "s%lld", (long long)++p->names);
	if (postgres_session_ready(p) &&
		postgres_session_took(p, PQprepare(p->conn, s->name, sql, n, type), sql))
		return true;
	*s->name = 0;
	return false;
}

/* Values as libpq wants them. */
struct values {
	const char *at[ENGINE_MOST_VALUES];
	int length[ENGINE_MOST_VALUES];
	int binary[ENGINE_MOST_VALUES];
	uint64_t number[ENGINE_MOST_VALUES];
};

static void
encode(struct values *to, int n, const struct db_value *v)
{
	for (int i = 0; i < n; i++) {
		to->binary[i] = 1;
		to->at[i] = (const char *)v[i].bytes.at;
		to->length[i] = (int)v[i].bytes.len;
		if (v[i].kind == DB_INT) {
			to->number[i] = htobe64((uint64_t)v[i].number);
			to->at[i] = (const char *)&to->number[i];
			to->length[i] = sizeof to->number[i];
		} else if (v[i].kind == DB_NULL) {
			to->at[i] = NULL;
		} else if (v[i].kind == DB_BYTES && !to->at[i]) {
			to->at[i] = "";
		}
	}
}

/* The one result of what was sent next in a pipeline. */
static PGresult *
next_result(PGconn *conn)
{
	PGresult *r = PQgetResult(conn);

	PQclear(PQgetResult(conn));
	return r;
}

/* Begins the transaction and runs its first statement, waiting once. */
static PGresult *
begin_with(struct postgres *p, const struct postgres_statement *s, const struct values *v)
{
	PGresult *begun = NULL;
	PGresult *r = NULL;
	bool sent = PQenterPipelineMode(p->conn) &&
		    PQsendQueryParams(p->conn, postgres_session_start(p), 0, NULL, NULL,
			    NULL, NULL, 1) &&
		    PQsendQueryPrepared(p->conn, s->name, s->statement.parameters, v->at,
			    v->length, v->binary, 1) &&
		    PQpipelineSync(p->conn);

	p->begin_due = false;
	if (sent) {
		begun = next_result(p->conn);
		r = next_result(p->conn);
		PQclear(PQgetResult(p->conn));
	}
	PQexitPipelineMode(p->conn);
	if (PQresultStatus(begun) != PGRES_COMMAND_OK) {
		PQclear(r);
		return begun;
	}
	PQclear(begun);
	return r;
}

static bool
postgres_start(
	struct db *db, struct statement *given, const struct db_value *v, enum lifetime l)
{
	struct postgres *p = of(db);
	struct postgres_statement *s = (struct postgres_statement *)given;
	bool fresh = new_types(s, v) || !*s->name;
	struct values values;
	ExecStatusType status;

	(void)l;
	if (fresh && !prepare(p, s))
		return false;
	encode(&values, given->parameters, v);
	if (p->begin_due)
		s->result = begin_with(p, s, &values);
	else if (postgres_session_ready(p))
		s->result = PQexecPrepared(p->conn, s->name, given->parameters, values.at,
			values.length, values.binary, 1);
	status = PQresultStatus(s->result);
	if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK)
		return true;
	postgres_session_fail(p, s->result, given->sql, CAREFUL, !fresh);
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
	if (!strncmp(tag, "INSERT", 6) || !strncmp(tag, "UPDATE", 6) ||
		!strncmp(tag, "DELETE", 6))
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
	.begin = postgres_session_begin,
	.commit = postgres_session_commit,
	.rollback = postgres_session_rollback,
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

struct db *
db_postgres_open(const char *url, enum db_mode mode)
{
	struct postgres *p = engine_memory(sizeof *p);

	p->db.engine = &engine;
	p->db.mode = mode;
	if (postgres_session_open(p, url))
		return &p->db;
	postgres_close(&p->db);
	return NULL;
}
