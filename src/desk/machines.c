/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "desk/machines.h"

#include "base/times.h"
#include "desk/roles.h"
#include "desk/telling.h"
#include "format/urlencoded.h"
#include "rule/scopes.h"
#include "rule/typed.h"
#include "store/audit.h"
#include "store/role_row.h"
#include "store/service.h"

#include <string.h>
#include <strings.h>

enum { LONGEST_NAME = 100, LARGEST_RATE = 1000, LONGEST_URL = 1000 };

static bool
is_admin(struct work *w, int64_t org)
{
	return access_may(w->actor, org, RIGHT_ADMIN);
}

static bool
is_name(const char *name)
{
	int n = name ? typed_length(name) : 0;

	return n > 0 && n <= LONGEST_NAME;
}

/* Each word of a list with blanks between must be `known`. */
static enum outcome
check_list(struct work *w, const char *list, const char *field, const char *problem,
	bool (*known)(struct work *w, const char *word))
{
	for (;;) {
		const char *word;
		size_t n;

		list += strspn(list, " ");
		n = strcspn(list, " ");
		if (n == 0)
			return DONE;
		word = arena_text(w->arena, list, n);
		if (!known(w, word))
			return work_problem_detail(w, field, problem, word);
		list += n;
	}
}

static bool
known_scope(struct work *w, const char *word)
{
	(void)w;
	return scopes_named(word) < SCOPES_COUNT;
}

static bool
known_event(struct work *w, const char *word)
{
	(void)w;
	return telling_known(word);
}

static bool
known_service(struct work *w, const char *word)
{
	struct service s;

	return service_find(w, w->actor->org, word, &s) == DONE;
}

/* A token makes none that opens more than it does itself. */
static bool
opens_no_more(const struct work *w, const char *scopes)
{
	uint64_t own = w->caller ? w->caller->scopes : UINT64_MAX;

	return (scopes_bits(scopes) & ~own) == 0;
}

/* What it carries: its scopes narrow the role; who runs the desk also hands on. */
static void
check_role(struct work *w, const struct token *t)
{
	uint64_t carries;
	struct role_row r;

	if (role_row_get(w, t->org, t->role, &r) != DONE || r.role == ROLE_CUSTOMER) {
		(void)work_problem(w, "role", "problem.token.role");
		return;
	}
	carries = r.rights & scopes_rights(t->scopes);
	if (carries & RIGHT_BIT(RIGHT_ADMIN))
		carries |= r.gives;
	if (!roles_may_give(w, carries))
		(void)work_problem(w, "role", "problem.token.rights");
	if (!opens_no_more(w, t->scopes))
		(void)work_problem(w, "scopes", "problem.token.rights");
}

enum outcome
machines_add_token(struct work *w, struct token *t, const char **secret)
{
	if (!is_admin(w, t->org))
		return DENIED;
	if (!is_name(t->name))
		(void)work_problem(w, "name", "problem.token.name");
	check_role(w, t);
	if (t->rate < 0 || t->rate > LARGEST_RATE)
		(void)work_problem(w, "rate", "problem.token.rate");
	if (t->expires <= w->now ||
		t->expires > w->now + (int64_t)MACHINES_LONGEST_DAYS * TIMES_DAY)
		(void)work_problem(w, "expires", "problem.token.expires");
	if (check_list(w, t->scopes, "scopes", "problem.token.scope", known_scope) !=
			DONE ||
		w->problems.count > 0)
		return INVALID;
	*secret = token_insert(w, t);
	audit_add(w, "token.make", arena_printf(w->arena, "token %lld", (long long)t->id),
		arena_printf(w->arena, "role=%s&scopes=%s", t->role, t->scopes));
	return DONE;
}

enum outcome
machines_end_token(struct work *w, int64_t org, int64_t id)
{
	if (!is_admin(w, org))
		return DENIED;
	if (token_end(w, org, id) != DONE)
		return MISSING;
	audit_add(
		w, "token.end", arena_printf(w->arena, "token %lld", (long long)id), "");
	return DONE;
}

/* What is checked again, and for good, when it is connected to (http/outgoing). */
static bool
is_address(const char *url)
{
	return url && strlen(url) <= LONGEST_URL && url[strcspn(url, " \t\r\n@")] == 0 &&
	       (strncasecmp(url, "https://", 8) == 0 ||
		       strncasecmp(url, "http://", 7) == 0);
}

static void
note(struct work *w, const char *action, const struct webhook *h)
{
	const char *host = h->url ? strstr(h->url, "://") : NULL;
	struct pairs detail = {.count = 0};

	/* No more than the host: behind it stands what some receivers take for a key. */
	host = host ? host + 3 : "";
	pairs_add(w->arena, &detail, "name", h->name);
	pairs_add(w->arena, &detail, "host",
		arena_text(w->arena, host, strcspn(host, "/?#")));
	pairs_add_int(w->arena, &detail, "active", h->active);
	pairs_add_int(w->arena, &detail, "restricted", h->restricted);
	audit_add(w, action, arena_printf(w->arena, "webhook %lld", (long long)h->id),
		urlencoded_write(w->arena, &detail));
}

enum outcome
machines_save_webhook(struct work *w, struct webhook *h)
{
	bool fresh = h->id == 0;

	if (!is_admin(w, h->org))
		return DENIED;
	if (!is_name(h->name))
		(void)work_problem(w, "name", "problem.webhook.name");
	if (!is_address(h->url))
		(void)work_problem(w, "url", "problem.webhook.url");
	if (check_list(w, h->events, "events", "problem.webhook.event", known_event) !=
			DONE ||
		check_list(w, h->services, "services", "problem.webhook.service",
			known_service) != DONE ||
		w->problems.count > 0)
		return INVALID;
	if (!fresh)
		webhook_save(w, h);
	else if (webhook_insert(w, h) != DONE)
		return work_problem(w, "name", "problem.webhook.many");
	note(w, fresh ? "webhook.make" : "webhook.change", h);
	return DONE;
}

enum outcome
machines_end_webhook(struct work *w, int64_t org, int64_t id)
{
	struct webhook h;

	if (!is_admin(w, org))
		return DENIED;
	if (webhook_get(w, org, id, &h) != DONE)
		return MISSING;
	webhook_delete(w, &h);
	note(w, "webhook.end", &h);
	return DONE;
}

enum outcome
machines_replay(struct work *w, int64_t org, int64_t id, int64_t message)
{
	struct webhook h;

	if (!is_admin(w, org))
		return DENIED;
	if (webhook_get(w, org, id, &h) != DONE)
		return MISSING;
	return webhook_replay(w, &h, message);
}

enum outcome
machines_try_webhook(struct work *w, int64_t org, int64_t id)
{
	struct webhook h;

	if (!is_admin(w, org))
		return DENIED;
	if (webhook_get(w, org, id, &h) != DONE)
		return MISSING;
	(void)telling_try(w, &h);
	return DONE;
}
