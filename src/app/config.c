/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/config.h"

#include <errno.h>
#include <ini.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct setting {
	const char *name; /* --NAME, NAME = in the file */
	const char *environment;
	size_t place;
} settings[] = {
	{"db", "PORTREEVE_DB", offsetof(struct config, db)},
	{"listen", "PORTREEVE_LISTEN", offsetof(struct config, listen)},
	{"base", "PORTREEVE_BASE", offsetof(struct config, base)},
	{"audit-head", "PORTREEVE_AUDIT_HEAD", offsetof(struct config, audit_head)},
	{"smtp", "PORTREEVE_SMTP", offsetof(struct config, smtp)},
	{"smtp-user", "PORTREEVE_SMTP_USER", offsetof(struct config, smtp_user)},
	{"smtp-password", "PORTREEVE_SMTP_PASSWORD",
		offsetof(struct config, smtp_password)},
	{"trusted-proxy", "PORTREEVE_TRUSTED_PROXY",
		offsetof(struct config, trusted_proxy)},
	{"node", "PORTREEVE_NODE", offsetof(struct config, node)},
	{"key", "PORTREEVE_KEY", offsetof(struct config, key)},
	{"credentials", "PORTREEVE_CREDENTIALS", offsetof(struct config, credentials)},
	{"org", "PORTREEVE_ORG", offsetof(struct config, org)},
	{"data", "PORTREEVE_DATA", offsetof(struct config, data)},
	{"limits", "PORTREEVE_LIMITS", offsetof(struct config, limits)},
	{"security-contact", "PORTREEVE_SECURITY_CONTACT",
		offsetof(struct config, security_contact)},
	{"clamd", "PORTREEVE_CLAMD", offsetof(struct config, clamd)},
	{"outgoing-allow", "PORTREEVE_OUTGOING_ALLOW",
		offsetof(struct config, outgoing_allow)},
};

enum { SETTINGS = sizeof settings / sizeof *settings };

static const char **
value_of(struct config *c, const struct setting *s)
{
	return (const char **)((char *)c + s->place);
}

static const struct setting *
setting_named(const char *name, size_t n)
{
	for (int i = 0; i < SETTINGS; i++)
		if (strlen(settings[i].name) == n && !memcmp(settings[i].name, name, n))
			return &settings[i];
	return NULL;
}

struct reading {
	struct arena *arena;
	struct config *config;
	const char *path;
	FILE *file;
	int line;
	bool failed;
};

/* The library's handler is not told the line, so lines are counted as they are read. */
static char *
next_line(char *text, int room, void *context)
{
	struct reading *r = context;

	r->line++;
	return fgets(text, room, r->file);
}

/* One line of the file; what was set before stays. */
static int
from_file(void *context, const char *section, const char *name, const char *value)
{
	struct reading *r = context;
	const struct setting *s = setting_named(name, strlen(name));

	if (!s || *section) {
		fprintf(stderr, "%s:%d: there is no setting \"%s\"%s\n", r->path, r->line,
			name, *section ? " in a section" : "");
		r->failed = true;
		return 1;
	}
	if (!*value_of(r->config, s))
		*value_of(r->config, s) = arena_copy(r->arena, value);
	return 1;
}

static bool
read_file(struct arena *a, const char *path, struct config *c)
{
	struct reading r = {a, c, path, false};
	FILE *f = fopen(path, "r");
	int wrong;

	if (!f) {
		fprintf(stderr, "%s: %s\n", path, strerror(errno));
		return false;
	}
	r.file = f;
	wrong = ini_parse_stream(next_line, &r, from_file, &r);
	fclose(f);
	if (wrong > 0)
		fprintf(stderr, "%s:%d: not \"name = value\"\n", path, wrong);
	return wrong == 0 && !r.failed;
}

/* --name=value or --name value; moves *i on when the value is the next word. */
static bool
read_option(int argc, char **argv, int *i, struct config *c, const char **file)
{
	const char *name = argv[*i] + 2;
	size_t n = strcspn(name, "=");
	const struct setting *s = setting_named(name, n);
	bool is_file = n == 6 && memcmp(name, "config", 6) == 0;
	const char *value = name[n] == '=' ? name + n + 1 : NULL;

	if (!s && !is_file) {
		fprintf(stderr, "there is no option --%.*s\n", (int)n, name);
		return false;
	}
	if (!value && *i + 1 < argc)
		value = argv[++*i];
	if (!value) {
		fprintf(stderr, "--%.*s needs a value\n", (int)n, name);
		return false;
	}
	if (is_file)
		*file = value;
	else
		*value_of(c, s) = value;
	return true;
}

static void
fill(const char **value, const char *otherwise)
{
	if (!*value)
		*value = otherwise;
}

static bool
begins(const char *text, const char *front)
{
	return strncasecmp(text, front, strlen(front)) == 0;
}

bool
config_is_near(const char *url)
{
	const char *host = strstr(url, "://");
	const char *end, *at;

	if (!host)
		return true;
	host += 3;
	end = host + strcspn(host, "/?#");
	at = memrchr(host, '@', (size_t)(end - host));
	if (at)
		host = at + 1;
	if (host == end || *host == ':')
		return !strstr(end, "host=") || strstr(end, "host=/") ||
		       strstr(end, "host=%2F");
	return begins(host, "%2F") || begins(host, "127.") || begins(host, "[::1]") ||
	       (begins(host, "localhost") && strchr(":/?", host[9]));
}

/* A database elsewhere is spoken to over TLS or not at all. */
static bool
is_private(const char *db)
{
	static const char *const modes[] = {
		"sslmode=require", "sslmode=verify-ca", "sslmode=verify-full"};

	for (size_t i = 0; i < sizeof modes / sizeof *modes; i++)
		if (strstr(db, modes[i]))
			return true;
	return config_is_near(db);
}

static bool
check(const struct config *c)
{
	char *end;
	long node = strtol(c->node, &end, 10);

	if (strncmp(c->db, "sqlite:", 7) != 0 &&
		strncmp(c->db, "postgresql://", 13) != 0 &&
		strncmp(c->db, "postgres://", 11) != 0) {
		fprintf(stderr,
			"db: \"sqlite:PATH\" or \"postgresql://...\" is wanted\n");
		return false;
	}
	if (strncmp(c->db, "postgres", 8) == 0 && !is_private(c->db)) {
		fprintf(stderr, "db: a database on another host is spoken to over TLS: "
				"add sslmode=verify-full to its address\n");
		return false;
	}
	if (!strrchr(c->listen, ':')) {
		fprintf(stderr, "listen: \"ADDRESS:PORT\" is wanted, not \"%s\"\n",
			c->listen);
		return false;
	}
	if (strncmp(c->base, "http://", 7) != 0 && strncmp(c->base, "https://", 8) != 0) {
		fprintf(stderr, "base: an address that begins with http is wanted\n");
		return false;
	}
	if (*c->security_contact && strncmp(c->security_contact, "mailto:", 7) != 0 &&
		strncmp(c->security_contact, "https://", 8) != 0) {
		fprintf(stderr, "security-contact: an address that begins with mailto: "
				"or https:// is wanted\n");
		return false;
	}
	if (*end || end == c->node || node < 0 || node > 255) {
		fprintf(stderr, "node: a number from 0 to 255 is wanted\n");
		return false;
	}
	return true;
}

bool
config_read(struct arena *a, int argc, char **argv, struct config *c)
{
	const char *file = NULL;
	bool only_arguments = false;

	*c = (struct config){
		.arguments = arena_array(a, (size_t)argc + 1, sizeof(char *)),
	};
	for (int i = 0; i < argc; i++) {
		if (!only_arguments && strcmp(argv[i], "--") == 0)
			only_arguments = true;
		else if (only_arguments || strncmp(argv[i], "--", 2) != 0)
			c->arguments[c->argument_count++] = argv[i];
		else if (!read_option(argc, argv, &i, c, &file))
			return false;
	}
	for (int i = 0; i < SETTINGS; i++)
		fill(value_of(c, &settings[i]), getenv(settings[i].environment));
	fill(&file, getenv("PORTREEVE_CONFIG"));
	if (file && !read_file(a, file, c))
		return false;
	fill(&c->db, "sqlite:portreeve.db");
	fill(&c->listen, "127.0.0.1:8080");
	fill(&c->base, arena_printf(a, "http://%s", c->listen));
	fill(&c->audit_head, "");
	fill(&c->smtp, "");
	fill(&c->smtp_user, "");
	fill(&c->smtp_password, "");
	fill(&c->trusted_proxy, "");
	c->node_given = c->node != NULL;
	fill(&c->node, "0");
	fill(&c->key, strncmp(c->db, "sqlite:", 7) == 0
			      ? arena_printf(a, "%s.key", c->db + 7)
			      : "portreeve.key");
	fill(&c->credentials, "");
	fill(&c->org, "");
	fill(&c->data, "../shared/data");
	fill(&c->limits, "on");
	fill(&c->security_contact, "");
	fill(&c->clamd, "");
	fill(&c->outgoing_allow, "");
	if (!network_list_read(a, c->outgoing_allow, &c->outgoing.allowed)) {
		fprintf(stderr, "outgoing-allow: networks such as \"10.1.0.0/16, ::1\" "
				"are wanted\n");
		return false;
	}
	return check(c);
}
