/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "db/postgres_session.h"

#include "base/log.h"

#include <poll.h>
#include <stdio.h>
#include <string.h>

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

static bool
good(const PGresult *r)
{
	ExecStatusType status = PQresultStatus(r);

	return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
}

/* What an SQLSTATE means (PostgreSQL manual, appendix A). */
static enum db_end
judge(struct postgres *p, const char *state, bool kept_plan)
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
	if (kept_plan && (is(state, "0A000") || is(state, "26000"))) {
		p->outdated = true;
		return DB_AGAIN;
	}
	return is(state, "53100") ? DB_FULL : DB_UNDONE;
}

void
postgres_session_fail(struct postgres *p, const PGresult *r, const char *sql,
	enum told told, bool kept_plan)
{
	const char *state = PQresultErrorField(r, PG_DIAG_SQLSTATE);
	const char *message = PQresultErrorField(r, PG_DIAG_MESSAGE_PRIMARY);
	char line[400];

	state = state ? state : "";
	message = message ? message : "no answer";
	snprintf(line, sizeof line, "%s %s", state, message);
	/* What was typed stands behind a quotation mark; constraints (23) name columns.
	 */
	if (told == CAREFUL && !is(state, "23"))
		line[strcspn(line, "\"")] = 0;
	engine_fail(&p->db, judge(p, state, kept_plan), line, sql);
}

bool
postgres_session_took(struct postgres *p, PGresult *r, const char *sql)
{
	bool well = good(r);

	if (!well)
		postgres_session_fail(p, r, sql, WHOLE, false);
	PQclear(r);
	return well;
}

/* What every connection must be before the first transaction. */
static bool
settle(struct postgres *p)
{
	static const char start[] = "set timezone = 'UTC'; set jit = off;"
				    "set lock_timeout = '10s';"
				    "set client_min_messages = warning;"
				    "set standard_conforming_strings = on";
	static const char reading[] = "set default_transaction_read_only = on";
	static const char writing[] =
		"select set_config('synchronous_commit', 'on', false)"
		" where current_setting('synchronous_commit') = 'off'";
	const char *encoding = PQparameterStatus(p->conn, "server_encoding");
	PGresult *first;
	PGresult *second;
	bool well;

	if (PQstatus(p->conn) != CONNECTION_OK) {
		log_error("database: cannot connect to PostgreSQL: %s",
			PQerrorMessage(p->conn));
		return false;
	}
	if (!encoding || strcmp(encoding, "UTF8") != 0) {
		log_error("database: %s is not in UTF-8", PQdb(p->conn));
		return false;
	}
	first = PQexec(p->conn, start);
	second = PQexec(p->conn, p->db.mode == DB_READ ? reading : writing);
	well = good(first) && good(second);
	if (!well)
		log_error("database: cannot use PostgreSQL: %s", PQerrorMessage(p->conn));
	PQclear(first);
	PQclear(second);
	return well;
}

static void
ignore(void *nothing, const char *message)
{
	(void)nothing;
	(void)message;
}

/* What the address leaves open; the address itself comes after it and wins. */
bool
postgres_session_open(struct postgres *p, const char *url)
{
	const char *const key[] = {"connect_timeout", "keepalives_idle",
		"keepalives_interval", "keepalives_count", "tcp_user_timeout",
		"target_session_attrs", "fallback_application_name", "dbname",
		"client_encoding", NULL};
	const char *const value[] = {"10", "10", "5", "3", "15000",
		p->db.mode == DB_WRITE ? "read-write" : "any", "portreeve", url, "UTF8",
		NULL};
	PQconninfoOption *parsed = PQconninfoParse(url, NULL);

	/* Its own message would repeat the address, with the password. */
	if (!parsed) {
		log_error("database: the address postgresql://... is not well formed");
		return false;
	}
	PQconninfoFree(parsed);
	p->conn = PQconnectdbParams(key, value, 1);
	PQsetNoticeProcessor(p->conn, ignore, NULL);
	return settle(p);
}

const char *
postgres_session_start(const struct postgres *p)
{
	return p->db.mode == DB_WRITE ? "begin isolation level read committed"
				      : "begin isolation level repeatable read read only";
}

/* The answer to the commit of a reading transaction, by now long there. */
static void
drain(struct postgres *p)
{
	PGresult *r;

	if (!p->commit_sent)
		return;
	while ((r = PQgetResult(p->conn)))
		PQclear(r);
	p->commit_sent = false;
}

/* A server that goes away says so, or closes: there is something to read though nothing
 * was asked. Then it is asked. */
static bool
still_there(struct postgres *p)
{
	struct pollfd idle = {.fd = PQsocket(p->conn), .events = POLLIN};
	PGresult *r;
	bool well;

	if (p->unusable || PQstatus(p->conn) != CONNECTION_OK)
		return false;
	if (poll(&idle, 1, 0) <= 0)
		return true;
	r = PQexec(p->conn, "");
	well = PQresultStatus(r) == PGRES_EMPTY_QUERY;
	PQclear(r);
	return well;
}

static void
connect_anew(struct postgres *p)
{
	engine_forget(&p->db);
	PQreset(p->conn);
	p->outdated = p->begin_due = p->commit_sent = false;
	p->unusable = !settle(p);
}

/* A connection that broke while nobody used it is not worth a failed transaction. */
void
postgres_session_begin(struct db *db)
{
	struct postgres *p = of(db);

	drain(p);
	if (!still_there(p))
		connect_anew(p);
	if (p->unusable) {
		engine_fail(db, DB_LOST, "no connection", NULL);
		return;
	}
	if (p->outdated) {
		engine_forget(db);
		PQclear(PQexec(p->conn, "deallocate all"));
		p->outdated = false;
	}
	p->begin_due = true;
}

bool
postgres_session_ready(struct postgres *p)
{
	drain(p);
	if (!p->begin_due)
		return true;
	p->begin_due = false;
	return postgres_session_took(
		p, PQexec(p->conn, postgres_session_start(p)), "begin");
}

/* The end of a reading transaction changes nothing, so nobody waits for it. */
static bool
sent_only(struct postgres *p, const char *end)
{
	if (p->db.mode == DB_READ && PQsendQuery(p->conn, end))
		p->commit_sent = true;
	return p->commit_sent;
}

void
postgres_session_rollback(struct db *db)
{
	struct postgres *p = of(db);

	p->begin_due = false;
	if (p->unusable || PQtransactionStatus(p->conn) == PQTRANS_IDLE)
		return;
	if (!sent_only(p, "rollback"))
		PQclear(PQexec(p->conn, "rollback"));
}

void
postgres_session_commit(struct db *db)
{
	struct postgres *p = of(db);
	PGresult *r;
	bool kept;

	/* Nothing was asked within it. */
	if (p->begin_due) {
		p->begin_due = false;
		return;
	}
	if (sent_only(p, "commit"))
		return;
	r = PQexec(p->conn, "commit");
	kept = !strcmp(PQcmdStatus(r), "COMMIT");
	if (postgres_session_took(p, r, "commit") && !kept)
		engine_fail(db, DB_UNDONE, "the server rolled back", "commit");
	postgres_session_rollback(db);
}
