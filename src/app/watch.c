/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/watch.h"

#include "app/house.h"
#include "app/live.h"
#include "base/times.h"
#include "http/assets.h"
#include "store/outbox.h"
#include "store/put_aside.h"

#include <stdio.h>
#include <unistd.h>

/* How long a security.txt may be relied on (RFC 9116 2.5.5: less than a year). */
enum { SAID_FOR = 90 * 86400 };

enum outcome
watch_health(struct work *w, const struct request *q, struct reply *r)
{
	(void)w;
	(void)q;
	return reply_bytes(r, "text/plain; charset=utf-8", bytes_of("ok\n"));
}

enum outcome
watch_ready(struct work *w, const struct request *q, struct reply *r)
{
	(void)q;
	outbox_due(w);
	if (db_failed(w->db)) {
		r->status = 503;
		return reply_bytes(r, "text/plain; charset=utf-8",
			bytes_of("the database does not answer\n"));
	}
	return reply_bytes(r, "text/plain; charset=utf-8", bytes_of("ready\n"));
}

/* Resident memory of the process in bytes, from /proc. */
static int64_t
resident_memory(void)
{
	FILE *f = fopen("/proc/self/statm", "r");
	long long pages = 0;

	if (!f)
		return 0;
	if (fscanf(f, "%*s %lld", &pages) != 1)
		pages = 0;
	fclose(f);
	return pages * sysconf(_SC_PAGESIZE);
}

static void
metric(struct buffer *b, const char *name, const char *type, const char *help, int64_t n)
{
	buffer_printf(b,
		"# HELP portreeve_%s %s\n# TYPE portreeve_%s %s\nportreeve_%s %lld\n",
		name, help, name, type, name, (long long)n);
}

/* In our own networks: behind a proxy, `peer` is whom the proxy speaks for. */
static bool
is_near(const char *peer)
{
	struct network n;

	return network_read(peer, &n) && !network_is_public(n.at);
}

enum outcome
watch_metrics(struct work *w, const struct request *q, struct reply *r)
{
	struct server_figures f;

	if (!is_near(q->peer))
		return MISSING;
	f = server_figures(w->house->server);
	r->type = "text/plain; version=0.0.4; charset=utf-8";
	metric(&r->body, "requests_total", "counter", "Requests begun.", f.requests);
	metric(&r->body, "refused_total", "counter", "Connections and requests refused.",
		f.refused);
	metric(&r->body, "connections", "gauge", "Connections open.", f.connections);
	metric(&r->body, "streams", "gauge", "Live pages open.", f.streams);
	metric(&r->body, "writes_waiting", "gauge", "Writes waiting for a lane.",
		lanes_depth(w->house->lanes));
	metric(&r->body, "letters_waiting", "gauge", "Letters that have not left.",
		outbox_waiting(w));
	metric(&r->body, "escalations_failing", "gauge",
		"Tickets put aside: what their clocks want could not be done.",
		put_aside_count(w));
	metric(&r->body, "resident_memory_bytes", "gauge", "Memory in use.",
		resident_memory());
	return DONE;
}

enum outcome
watch_security(struct work *w, const struct request *q, struct reply *r)
{
	const char *contact = w->house->config->security_contact;

	(void)q;
	if (!contact || !*contact)
		return MISSING;
	r->type = "text/plain; charset=utf-8";
	buffer_printf(&r->body,
		"Contact: %s\nExpires: %s\nPreferred-Languages: en, cy\n"
		"Canonical: %s/.well-known/security.txt\n",
		contact, times_iso(w->arena, w->now + SAID_FOR), w->base);
	return DONE;
}

enum outcome
watch_events(struct work *w, const struct request *q, struct reply *r)
{
	(void)q;
	return live_open(w, w->house->streams, r);
}

enum outcome
watch_assets(struct work *w, const struct request *q, struct reply *r)
{
	(void)w;
	return assets_answer(q, r) ? DONE : MISSING;
}
