/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/import_command.h"
#include "app/import/import_agreement.h"

#include "app/founding.h"
#include "app/import/import_log.h"
#include "app/import/import_people.h"
#include "app/import/import_services.h"
#include "app/import/import_targets.h"

#include <stdio.h>
#include <string.h>

enum { LARGEST_JSON = 16 * 1024 * 1024 };

/* Says what was skipped and why, and gives how many rows that is. */
static int64_t
skipped(const struct import_table *t, int64_t same)
{
	int64_t bad = import_table_bad(t);

	if (same > 0)
		errand_say("%lld rows were there already", (long long)same);
	if (bad > 0)
		errand_say("%lld rows cannot be taken, see above", (long long)bad);
	return same + bad;
}

static bool
services(struct errand *e, const char *path)
{
	struct organisation o;
	struct import_services s = {0};
	struct import_table *t = import_table_open(e->arena, path);
	bool well = t && founding_first(e, "council", "Council", &o) &&
		    import_services_read(e->arena, t, &s);

	if (well) {
		s.org = o.id;
		s.calendar = o.calendar;
		well = errand_write(e, o.id, import_services_write, &s);
	}
	if (well)
		printf("services: %lld, fields: %lld, teams: %lld, skipped: %lld\n",
			(long long)s.saved, (long long)s.fields, (long long)s.teams,
			(long long)skipped(t, s.skipped));
	if (t)
		import_table_close(t);
	return well;
}

static bool
people(struct errand *e, const char *path)
{
	struct organisation o;
	struct import_people p = {0};
	struct import_table *t = import_table_open(e->arena, path);
	bool well = t && founding_first(e, "council", "Council", &o);

	if (well) {
		p.org = o.id;
		well = import_people(e, t, &p);
	}
	if (well)
		printf("people: %lld, skipped: %lld\n", (long long)p.people,
			(long long)skipped(t, p.same));
	if (t)
		import_table_close(t);
	return well;
}

static enum outcome
prepare_desk(struct work *w, void *context)
{
	const struct organisation *o = context;

	import_targets_default(w, o->id, o->calendar);
	return import_agreement_found(w, o->id);
}

static bool
incident_log(struct errand *e, const char *path)
{
	struct organisation o;
	struct import_log l = {0};
	struct import_table *t = import_table_open(e->arena, path);
	bool well = t && founding_first(e, "desk", "Service desk", &o) &&
		    errand_write(e, o.id, prepare_desk, &o);

	if (well) {
		l.org = o.id;
		errand_say("times are taken as local times of Europe/London");
		well = import_log(e, t, &l);
	}
	if (well) {
		errand_say("%lld lines were written to timelines", (long long)l.entries);
		printf("tickets: %lld, events: %lld, skipped: %lld\n",
			(long long)l.tickets, (long long)l.events,
			(long long)skipped(t, l.same));
	}
	if (t)
		import_table_close(t);
	return well;
}

struct holidays {
	struct bytes json;
	int added;
};

static enum outcome
write_holidays(struct work *w, void *context)
{
	struct holidays *h = context;

	return founding_holidays(w, h->json, &h->added);
}

static bool
read_whole(struct errand *e, const char *path, struct bytes *whole)
{
	FILE *f = strcmp(path, "-") == 0 ? stdin : fopen(path, "rb");
	char *at = arena_alloc(e->arena, LARGEST_JSON);
	size_t n;
	bool well;

	if (!f) {
		perror(path);
		return false;
	}
	n = fread(at, 1, LARGEST_JSON, f);
	well = !ferror(f) && feof(f);
	if (!well)
		errand_say("%s: cannot be read, or is larger than 16 MiB", path);
	if (f != stdin)
		fclose(f);
	*whole = (struct bytes){(unsigned char *)at, n};
	return well;
}

static bool
bank_holidays(struct errand *e, const char *path)
{
	struct holidays h;
	bool well = read_whole(e, path, &h.json) &&
		    errand_write(e, 0, write_holidays, &h);

	if (well)
		printf("bank holidays: %d\n", h.added);
	return well;
}

static const struct {
	const char *name;
	bool (*run)(struct errand *e, const char *path);
} kinds[] = {
	{"services", services},
	{"people", people},
	{"bank-holidays", bank_holidays},
	{"incident-log", incident_log},
};

int
import_command(const struct config *c)
{
	const int count = sizeof kinds / sizeof *kinds;
	const char *name = c->argument_count > 0 ? c->arguments[0] : "";
	struct errand e;
	int kind = 0;
	bool well;

	while (kind < count && strcmp(kinds[kind].name, name) != 0)
		kind++;
	if (kind == count || c->argument_count != 2) {
		errand_say("usage: portreeve import services|people|bank-holidays|"
			   "incident-log FILE [--org CODE]");
		return 2;
	}
	if (!errand_open(&e, c, DB_WRITE))
		return 1;
	well = kinds[kind].run(&e, c->arguments[1]);
	errand_close(&e);
	return well ? 0 : 1;
}
