/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/check.h"

#include "app/heads.h"
#include "desk/handovers.h"
#include "desk/promises.h"
#include "store/attachment.h"
#include "store/audit.h"
#include "store/inspection.h"
#include "store/put_aside.h"

#include <inttypes.h>
#include <stdio.h>

enum { PAGE = 1000, SHOWN = 5 };

struct checking {
	int64_t wrong;
	const char *heads; /* file, or "" */
};

static void
report(struct checking *c, const char *what, const struct inspection_finding *f)
{
	if (f->count == 0)
		return;
	printf("  %s: %" PRId64 " wrong; the first: %s\n", what, f->count, f->first);
	c->wrong += f->count;
}

/* What of tickets is kept beside their events, and how it is checked page by page: the
 * ids that are wrong come first. */
struct cache {
	const char *name;
	int (*check)(struct work *w, int64_t org, int64_t *ids, int count);
};

static const struct cache caches[] = {
	{"clocks", promises_check_page}, /* and the ledger of pauses */
	{"hand-overs", handovers_check_page},
};

/* Page by page, so that memory stays small however many there are. */
static void
check_cache(struct work *w, const struct scope *s, const struct cache *cache,
	struct checking *c)
{
	struct arena *passing = arena_new();
	int64_t *ids = arena_array(w->arena, PAGE, sizeof *ids);
	struct work here = *w;
	int64_t wrong = 0, after = 0;
	int count;

	here.arena = passing;
	while ((count = inspection_ids(w, s, after, PAGE, ids)) > 0) {
		int bad;

		after = ids[count - 1];
		arena_reset(passing);
		bad = cache->check(&here, s->org, ids, count);
		for (int i = 0; i < bad; i++) {
			struct ticket t;

			if (wrong++ < SHOWN && ticket_get(&here, s, ids[i], &t) == DONE)
				printf("  %s: those of %s are not what its events "
				       "add up to\n",
					cache->name, t.reference);
		}
	}
	if (wrong > SHOWN)
		printf("  %s: and %" PRId64 " more\n", cache->name, wrong - SHOWN);
	c->wrong += wrong;
	arena_free(passing);
}

static void
check_attachments(struct work *w, const struct scope *s, struct checking *c)
{
	int64_t count, first;
	int64_t wrong = attachment_verify(w, s, &count, &first);

	if (wrong > 0)
		printf("  attachments: %" PRId64 " of %" PRId64
		       " wrong; the first has the id %" PRId64 "\n",
			wrong, count, first);
	c->wrong += wrong;
}

static void
check_audit(struct work *w, int64_t org, struct checking *c)
{
	struct audit_verdict v;

	audit_verify(w, org, &v);
	if (v.problem)
		printf("  audit: %s\n", v.problem);
	else if (v.rows + v.waiting > 0)
		printf("  audit: %" PRId64 " sealed, %" PRId64 " waiting, head %s\n",
			v.rows, v.waiting, *v.head ? v.head : "-");
	c->wrong += v.problem != NULL;
}

/* What clocks want is not done: somebody has to look at it. */
static void
check_put_aside(struct work *w, int64_t org, struct checking *c)
{
	struct put_aside_list list;

	put_aside_read(w, org, SHOWN, &list);
	for (int i = 0; i < list.count; i++)
		printf("  escalation: what the clocks of %s want has failed %" PRId64
		       " times since %s\n",
			list.at[i].reference, list.at[i].attempts,
			times_iso(w->arena, list.at[i].since));
	c->wrong += list.count;
}

static void
check_organisation(struct work *w, const struct organisation *o, struct checking *c)
{
	struct scope all = access_house(o->id);
	struct inspection_size size;
	struct inspection_finding f;

	inspection_size(w, &all, &size);
	printf("%s: %" PRId64 " tickets, %" PRId64 " events, %" PRId64 " letters\n",
		o->name, size.tickets, size.events, size.letters);
	for (size_t i = 0; i < sizeof caches / sizeof *caches; i++)
		check_cache(w, &all, &caches[i], c);
	inspection_timelines(w, &all, &f);
	report(c, "timelines", &f);
	inspection_states(w, &all, &f);
	report(c, "states", &f);
	inspection_outbox(w, o->id, &f);
	report(c, "outbox", &f);
	check_put_aside(w, o->id, c);
	check_attachments(w, &all, c);
	check_audit(w, o->id, c);
}

static enum outcome
check(struct work *w, void *context)
{
	struct checking *c = context;
	struct organisation_list orgs;

	team_organisations(w, &orgs);
	for (int i = 0; i < orgs.count; i++)
		check_organisation(w, &orgs.at[i], c);
	check_audit(w, 0, c);
	if (*c->heads && heads_check(w, c->heads) != 0)
		c->wrong++;
	return db_failed(w->db) ? FAULT : DONE;
}

int64_t
check_all(struct errand *e)
{
	struct checking c = {.heads = e->config->audit_head};

	return errand_write(e, 0, check, &c) ? c.wrong : -1;
}

struct quick {
	struct check_counts *counts;
	int64_t wrong;
};

static enum outcome
quick(struct work *w, void *context)
{
	struct quick *q = context;
	struct organisation_list orgs;

	*q->counts = (struct check_counts){0};
	q->wrong = 0;
	team_organisations(w, &orgs);
	for (int i = 0; i < orgs.count; i++) {
		struct scope all = access_house(orgs.at[i].id);
		struct inspection_finding found[3];
		struct inspection_size size;

		inspection_size(w, &all, &size);
		q->counts->tickets += size.tickets;
		q->counts->events += size.events;
		inspection_timelines(w, &all, &found[0]);
		inspection_states(w, &all, &found[1]);
		inspection_outbox(w, orgs.at[i].id, &found[2]);
		for (int f = 0; f < 3; f++) {
			q->wrong += found[f].count;
			if (found[f].first)
				errand_say("%s", found[f].first);
		}
	}
	return db_failed(w->db) ? FAULT : DONE;
}

int64_t
check_quick(struct errand *e, struct check_counts *counts)
{
	struct quick q = {.counts = counts};

	return errand_write(e, 0, quick, &q) ? q.wrong : -1;
}

int
check_command(const struct config *c)
{
	struct errand e;
	int64_t wrong;

	if (!errand_open(&e, c, DB_READ))
		return 1;
	printf("migrations: all have run\n");
	wrong = check_all(&e);
	if (wrong == 0)
		printf("check: all is right\n");
	else if (wrong > 0)
		printf("check: %" PRId64 " wrong\n", wrong);
	else
		printf("check: the database could not be read to the end\n");
	errand_close(&e);
	return wrong == 0 ? 0 : 1;
}
