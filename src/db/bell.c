/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "db/bell.h"

#include "base/log.h"
#include "db/engine.h"

#include <assert.h>
#include <libpq-fe.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct bell {
	PGconn *conn;
	char channel[64];
};

static bool
ask(struct bell *b, const char *sql)
{
	PGresult *r = PQexec(b->conn, sql);
	bool well = PQresultStatus(r) == PGRES_COMMAND_OK;

	PQclear(r);
	return well;
}

static void
ignore(void *nothing, const char *message)
{
	(void)nothing;
	(void)message;
}

struct bell *
bell_open(const char *url, const char *channel)
{
	const char *const key[] = {"connect_timeout", "keepalives_idle",
		"keepalives_interval", "keepalives_count", "tcp_user_timeout",
		"target_session_attrs", "fallback_application_name", "dbname",
		"client_encoding", NULL};
	const char *const value[] = {"10", "10", "5", "3", "15000", "read-write",
		"portreeve", url, "UTF8", NULL};
	struct bell *b = engine_memory(sizeof *b);
	char listen[80];

	assert(strlen(channel) < sizeof b->channel &&
		channel[strspn(channel, "abcdefghijklmnopqrstuvwxyz_")] == 0);
	snprintf(b->channel, sizeof b->channel, "%s", channel);
	snprintf(listen, sizeof listen, "listen %s", channel);
	b->conn = PQconnectdbParams(key, value, 1);
	PQsetNoticeProcessor(b->conn, ignore, NULL);
	if (PQstatus(b->conn) == CONNECTION_OK && ask(b, listen))
		return b;
	log_warning("other nodes cannot be heard: %s", PQerrorMessage(b->conn));
	bell_close(b);
	return NULL;
}

void
bell_close(struct bell *b)
{
	if (!b)
		return;
	PQfinish(b->conn);
	free(b);
}

static bool
hand_over(struct bell *b, void (*heard)(void *context, const char *text), void *context)
{
	int own = PQbackendPID(b->conn);
	bool any = false;
	PGnotify *call;

	while ((call = PQnotifies(b->conn))) {
		if (call->be_pid != own)
			heard(context, call->extra);
		any = true;
		PQfreemem(call);
	}
	return any;
}

bool
bell_wait(struct bell *b, int also, int milliseconds,
	void (*heard)(void *context, const char *text), void *context)
{
	struct pollfd on[] = {
		{.fd = PQsocket(b->conn), .events = POLLIN},
		{.fd = also, .events = POLLIN},
	};

	/* Some may have come with the answer to a call of ours. */
	if (hand_over(b, heard, context))
		return true;
	if (poll(on, 2, milliseconds) > 0 && on[0].revents && !PQconsumeInput(b->conn))
		return false;
	(void)hand_over(b, heard, context);
	return PQstatus(b->conn) == CONNECTION_OK;
}

bool
bell_ring(struct bell *b, const char *text)
{
	const char *const values[] = {b->channel, text};
	PGresult *r;
	bool well;

	assert(strlen(text) <= BELL_LONGEST);
	r = PQexecParams(
		b->conn, "select pg_notify($1, $2)", 2, NULL, values, NULL, NULL, 0);
	well = PQresultStatus(r) == PGRES_TUPLES_OK;
	PQclear(r);
	return well;
}
