/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/demo/demo.h"

#include "app/demo/demo_bodies.h"
#include "app/demo/demo_papers.h"
#include "app/demo/demo_promises.h"
#include "app/demo/demo_rules.h"
#include "app/demo/demo_sharing.h"
#include "app/demo/demo_tickets.h"
#include "app/demo/demo_work.h"
#include "app/founding.h"
#include "app/import/import_people.h"
#include "app/import/import_services.h"
#include "store/vault.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const struct {
	int64_t id;
	const char *code, *name, *kind, *email, *phone, *catalogue;
} organisations[DEMO_ORGS] = {
	{DEMO_SOUTHMERE, "southmere", "Southmere Council", "council",
		"desk@southmere.example.org", "01632 960100", "services.csv"},
	{DEMO_ICT, "ict", "Shared ICT Desk", "desk", "desk@ict.example.org",
		"01632 960999", "ict-services.csv"},
};

struct demo {
	struct errand errand;
	struct demo_cast cast;
	struct demo_papers papers;
	struct demo_tickets tickets;
	struct demo_bodies bodies;
	struct vault vault;
	int64_t people;
};

/* Two organisations of ours, or none yet. */
static bool
is_ours(struct work *w)
{
	struct organisation_list all;

	team_organisations(w, &all);
	for (int i = 0; i < all.count; i++) {
		bool ours = false;

		for (int o = 0; o < DEMO_ORGS; o++)
			ours = ours || strcmp(all.at[i].code, organisations[o].code) == 0;
		if (!ours) {
			errand_say("this database belongs to %s: the demonstration wants "
				   "one of its own",
				all.at[i].name);
			return false;
		}
	}
	return true;
}

static enum outcome
found(struct work *w, void *context)
{
	int added;

	(void)context;
	if (!is_ours(w))
		return DENIED;
	if (founding_holidays(w, founding_seed("bank-holidays.json"), &added) != DONE)
		return INVALID;
	for (int i = 0; i < DEMO_ORGS; i++) {
		struct organisation o = {
			.id = organisations[i].id,
			.code = organisations[i].code,
			.name = organisations[i].name,
			.kind = organisations[i].kind,
			.language = "en",
			.email = organisations[i].email,
			.phone = organisations[i].phone,
		};

		if (founding_organisation(w, &o, i == 0) != DONE)
			return INVALID;
	}
	return founding_holidays(w, founding_seed("bank-holidays.json"), &added);
}

static bool
load_services(struct demo *d)
{
	for (int i = 0; i < DEMO_ORGS; i++) {
		const char *name = organisations[i].catalogue;
		struct import_services s = {.org = organisations[i].id, .calendar = 1};
		struct import_table *t = import_table_over(
			d->errand.arena, name, founding_seed(name));

		if (!t || !import_services_read(d->errand.arena, t, &s) ||
			import_table_bad(t) > 0 ||
			!errand_write(&d->errand, s.org, import_services_write, &s))
			return false;
	}
	return true;
}

static enum outcome
write_cast(struct work *w, void *context)
{
	demo_cast_write(w, context);
	demo_rules_write(w);
	return DONE;
}

/* The many of the data folder, or the few of the seed. */
static bool
load_people(struct demo *d)
{
	struct arena *a = d->errand.arena;
	const char *many = arena_printf(
		a, "%s/residents/residents.csv.zst", d->errand.config->data);
	struct import_people p = {.org = DEMO_SOUTHMERE};
	struct import_table *t = access(many, R_OK) == 0
					 ? import_table_open(a, many)
					 : import_table_over(a, "residents.csv",
						   founding_seed("residents.csv"));
	bool well = t && import_people(&d->errand, t, &p);

	if (t)
		import_table_close(t);
	d->people = p.people + p.same;
	return well;
}

static bool
issue_papers(struct demo *d)
{
	const struct config *c = d->errand.config;
	struct demo_papers *p = &d->papers;

	p->cast = &d->cast;
	for (int i = 0; i < DEMO_ORGS; i++)
		p->organisations[organisations[i].id] = organisations[i].name;
	demo_papers_read(d->errand.arena, c->credentials, p);
	demo_papers_invent(d->errand.arena, p);
	if (!errand_write(&d->errand, 0, demo_papers_issue, p))
		return false;
	return !*c->credentials || demo_papers_write(c->credentials, c->base, p);
}

static bool
play(struct demo *d)
{
	d->tickets.cast = &d->cast;
	return demo_tickets_read(d->errand.arena, times_now(), &d->tickets) &&
	       errand_write(&d->errand, 0, demo_bodies_begin, &d->bodies) &&
	       errand_write(&d->errand, 0, demo_tickets_play, &d->tickets) &&
	       errand_write(&d->errand, 0, demo_work_write, &d->cast) &&
	       errand_write(&d->errand, 0, demo_bodies_end, &d->bodies);
}

static bool
load(struct demo *d)
{
	return errand_write(&d->errand, 0, found, NULL) && load_services(d) &&
	       load_people(d) && demo_cast_read(d->errand.arena, &d->cast) &&
	       errand_write(&d->errand, 0, write_cast, &d->cast) && issue_papers(d) &&
	       errand_write(&d->errand, 0, demo_promises_write, NULL) && play(d) &&
	       (d->tickets.made == 0 ||
		       errand_write(&d->errand, 0, demo_promises_catch_up, NULL)) &&
	       errand_write(&d->errand, 0, demo_sharing_write, NULL);
}

int
demo_command(const struct config *c)
{
	struct demo d = {.people = 0};
	bool well;

	if (c->argument_count > 0) {
		errand_say("usage: portreeve demo [--credentials FILE] [--data FOLDER]");
		return 2;
	}
	if (!errand_open_migrated(&d.errand, c))
		return 1;
	if (!c->key)
		vault_forgetful(&d.vault);
	d.errand.vault = &d.vault;
	well = (!c->key || vault_open(&d.vault, c->key)) && load(&d);
	if (well) {
		demo_papers_print(&d.papers);
		printf("residents: %lld, new tickets: %lld\n", (long long)d.people,
			(long long)d.tickets.made);
	} else {
		errand_say("the demonstration could not be loaded");
	}
	errand_close(&d.errand);
	return well ? 0 : 1;
}
