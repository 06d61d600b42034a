/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/apply_calendar.h"

#include "desk/recount.h"
#include "store/calendar_row.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

/* Few enough that those who write meanwhile need not wait long. */
enum { TICKETS = 5000, MOST_CALENDARS = 100 };

struct attempt {
	struct recount_page from, reached;
	int looked;
};

static enum outcome
apply(struct work *w, void *context)
{
	struct attempt *a = context;

	a->reached = a->from; /* it may be tried again */
	a->looked = recount_calendar(w, &a->reached);
	return db_failed(w->db) ? FAULT : DONE;
}

int64_t
apply_calendar(struct errand *e, int64_t org, int64_t calendar)
{
	struct attempt a = {.from = {.org = org, .calendar = calendar, .limit = TICKETS}};

	do {
		if (!errand_write(e, org, apply, &a))
			return -1;
		a.from = a.reached;
	} while (a.looked > 0);
	return a.from.moved;
}

struct listing {
	int64_t org, wanted;
	const char *name; /* of the one wanted; "" when there is none */
};

static enum outcome
look(struct work *w, void *context)
{
	struct listing *l = context;

	l->name = calendar_row_name(w, l->org, l->wanted);
	if (l->wanted == 0)
		for (int64_t id = 1; id <= MOST_CALENDARS; id++) {
			const char *name = calendar_row_name(w, l->org, id);

			if (*name)
				printf("%" PRId64 "\t%s\n", id, name);
		}
	return DONE;
}

int
apply_calendar_command(const struct config *c)
{
	int64_t id = c->argument_count ? strtoll(c->arguments[0], NULL, 10) : 0;
	struct listing l = {.wanted = id};
	struct organisation o;
	struct errand e;
	int64_t tickets = -1;

	if (!errand_open(&e, c, DB_WRITE))
		return 1;
	if (errand_organisation(&e, "council", &o)) {
		l.org = o.id;
		if (!errand_write(&e, o.id, look, &l))
			tickets = -1;
		else if (id == 0)
			tickets = 0;
		else if (*l.name)
			tickets = apply_calendar(&e, o.id, id);
		else
			errand_say("there is no calendar %s",
				c->argument_count ? c->arguments[0] : "");
	}
	if (tickets >= 0 && id)
		printf("tickets: %" PRId64 "\n", tickets);
	errand_close(&e);
	return tickets >= 0 ? 0 : 1;
}
