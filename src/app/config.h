/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef APP_CONFIG_H
#define APP_CONFIG_H

/*
 * What the program is told: by the command line, else the environment (PORTREEVE_DB,
 * PORTREEVE_LISTEN, ...), else the INI file of --config, else the defaults. A name that
 * is not known or a value that cannot be right ends the program with a line that says
 * where it stands.
 */

#include "base/arena.h"
#include "base/bytes.h"
#include "http/outgoing.h"

struct config {
	const char *db;	    /* sqlite:PATH or postgresql://...; "sqlite:portreeve.db" */
	const char *listen; /* ADDR:PORT; "127.0.0.1:8080" */
	const char *base;   /* public address; "http://" and listen when not given */
	const char *smtp;   /* smtp://HOST:PORT; "" : letters wait */
	const char *smtp_user, *smtp_password;
	const char *trusted_proxy; /* whose X-Forwarded-For is believed; "" */
	const char *node;	   /* 0..255, one for each process on a database; "0" */
	bool node_given;	   /* node is not the default */
	const char *key;	 /* the key file; beside the database, "portreeve.key" */
	const char *credentials; /* demo: where the accounts are written; "" */
	const char *audit_head;	 /* file: heads of the audit are added to it daily; "" */
	const char *org;	 /* import, user: the code of an organisation; "" */
	const char *data;	 /* demo: where larger files may lie; "../shared/data" */
	const char *limits; /* "on"; "off" switches rate limits off, for load tests */
	const char *security_contact; /* for security.txt: an address that begins with
				       mailto: or https://; "" */
	const char *outgoing_allow;   /* networks beside the public ones that webhooks and
					 the like may reach; "" */
	struct outgoing outgoing;     /* the same, read */
	const char *clamd; /* whom files are shown to: a socket or HOST:PORT; "" */

	/* What was neither an option nor its value. */
	char **arguments;
	int argument_count;
};

/* Reads argv behind the command's name. False after saying on stderr what is wrong. */
bool config_read(struct arena *a, int argc, char **argv, struct config *c);

/* Does an address (postgresql://, smtp://) lead to this host: a socket, the loopback? */
bool config_is_near(const char *url);

#endif
