/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "store/figures.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_ROWS = 2500, DAY = 86400 };

const int64_t figures_ages[FIGURES_AGES - 1] = {DAY, 7 * DAY, 28 * DAY, 90 * DAY};

/* A row of a grouped query: which team and service, and what to add. */
struct group {
	int64_t team;
	const char *service;
	struct figures f;
};

static void
add(struct figures *to, const struct figures *f)
{
	int64_t *a = (int64_t *)to;
	const int64_t *b = (const int64_t *)f;

	/* Nothing but counts, each of which adds up. */
	for (size_t i = 0; i < sizeof *f / sizeof *b; i++)
		a[i] += b[i];
}

static struct figures_row *
row_of(struct figures_list *list, int64_t team, const char *service)
{
	for (int i = 0; i < list->count; i++) {
		struct figures_row *r = &list->at[i];

		if (r->team == team && (team || strcmp(r->service, service) == 0))
			return r;
	}
	if (list->count == MOST_ROWS)
		return &list->at[MOST_ROWS - 1];
	list->at[list->count] = (struct figures_row){.team = team, .service = service};
	return &list->at[list->count++];
}

static void
count(struct work *w, struct figures_report *report, const struct group *g)
{
	struct figures_row *team = row_of(&report->teams, g->team, "");
	struct figures_row *service = row_of(&report->services, 0, g->service);

	if (service->name == NULL)
		service->name = service->service = arena_copy(w->arena, g->service);
	add(&team->f, &g->f);
	add(&service->f, &g->f);
	add(&report->all, &g->f);
}

static void
count_backlog(struct work *w, const struct scope *s, struct figures_report *report)
{
	const int64_t *age = figures_ages;
	struct rows r = db_query(w->db,
		"select t.team, t.service, count(*),"
		" sum(case when t.due < $3 then 1 else 0 end),"
		" sum(case when t.created > $4 then 1 else 0 end),"
		" sum(case when t.created <= $4 and t.created > $5 then 1 else 0 end),"
		" sum(case when t.created <= $5 and t.created > $6 then 1 else 0 end),"
		" sum(case when t.created <= $6 and t.created > $7 then 1 else 0 end),"
		" sum(case when t.created <= $7 then 1 else 0 end)"
		" from ticket t where t.org = $1 and $2 = 1 and t.open = 1"
		" group by t.team, t.service",
		s->org, s->all, w->now, w->now - age[0], w->now - age[1], w->now - age[2],
		w->now - age[3]);

	while (rows_next(&r)) {
		struct group g = {row_int(&r, 0), row_text(&r, 1), {0}};

		g.f.backlog = row_int(&r, 2);
		g.f.broken = row_int(&r, 3);
		for (int i = 0; i < FIGURES_AGES; i++)
			g.f.ages[i] = row_int(&r, 4 + i);
		count(w, report, &g);
	}
}

static void
count_flow(struct work *w, const struct scope *s, const struct figures_period *p,
	struct figures_report *report)
{
	struct rows r = db_query(w->db,
		"select t.team, t.service, count(*) from ticket t where t.org = $1"
		" and $2 = 1 and t.created >= $3 and t.created < $4"
		" group by t.team, t.service",
		s->org, s->all, p->from, p->to);

	while (rows_next(&r)) {
		struct group g = {row_int(&r, 0), row_text(&r, 1), {0}};

		g.f.in = row_int(&r, 2);
		count(w, report, &g);
	}
	r = db_query(w->db,
		"select t.team, t.service, count(*) from ticket t where t.org = $1"
		" and $2 = 1 and t.solved > 0 and t.solved >= $3 and t.solved < $4"
		" group by t.team, t.service",
		s->org, s->all, p->from, p->to);
	while (rows_next(&r)) {
		struct group g = {row_int(&r, 0), row_text(&r, 1), {0}};

		g.f.out = row_int(&r, 2);
		count(w, report, &g);
	}
}

static void
count_promises(struct work *w, const struct scope *s, const struct figures_period *p,
	struct figures_report *report)
{
	struct rows r = db_query(w->db,
		"select t.team, t.service, c.kind, count(*),"
		" sum(case when c.met = 1 then 1 else 0 end)"
		" from verdict c join ticket t on t.org = c.org and t.id = c.ticket"
		" where c.org = $1 and $2 = 1 and c.kind in ('response', 'resolution')"
		" and c.stopped >= $3 and c.stopped < $4"
		" group by t.team, t.service, c.kind",
		s->org, s->all, p->from, p->to);

	while (rows_next(&r)) {
		struct group g = {row_int(&r, 0), row_text(&r, 1), {0}};

		if (strcmp(row_text(&r, 2), "response") == 0) {
			g.f.response = row_int(&r, 3);
			g.f.response_met = row_int(&r, 4);
		} else {
			g.f.resolution = row_int(&r, 3);
			g.f.resolution_met = row_int(&r, 4);
		}
		count(w, report, &g);
	}
}

static void
count_scores(struct work *w, const struct scope *s, const struct figures_period *p,
	struct figures_report *report)
{
	struct rows r = db_query(w->db,
		"select v.team, v.service, count(*),"
		" sum(case when v.score > 0 then 1 else 0 end),"
		" cast(coalesce(sum(v.score), 0) as bigint)"
		" from survey v where v.org = $1 and $2 = 1 and v.sent >= $3"
		" and v.sent < $4 group by v.team, v.service",
		s->org, s->all, p->from, p->to);

	while (rows_next(&r)) {
		struct group g = {row_int(&r, 0), row_text(&r, 1), {0}};

		g.f.asked = row_int(&r, 2);
		g.f.answered = row_int(&r, 3);
		g.f.score = row_int(&r, 4);
		count(w, report, &g);
	}
}

static int
by_name(const void *a, const void *b)
{
	const struct figures_row *x = a, *y = b;
	int order = strcmp(x->name, y->name);

	if (order == 0)
		order = strcmp(x->service, y->service);
	return order ? order : (x->team > y->team) - (x->team < y->team);
}

/* Names for the ids and codes; what has none keeps its code. */
static void
name_all(struct work *w, int64_t org, struct figures_report *report)
{
	struct rows r = db_query(w->db, "select id, name from team where org = $1", org);

	for (int i = 0; i < report->teams.count; i++)
		report->teams.at[i].name = "";
	while (rows_next(&r))
		for (int i = 0; i < report->teams.count; i++)
			if (report->teams.at[i].team == row_int(&r, 0))
				report->teams.at[i].name = row_copy(&r, 1, w->arena);
	r = db_query(w->db, "select code, name from service where org = $1", org);
	while (rows_next(&r))
		for (int i = 0; i < report->services.count; i++)
			if (strcmp(report->services.at[i].service, row_text(&r, 0)) == 0)
				report->services.at[i].name = row_copy(&r, 1, w->arena);
	qsort(report->teams.at, (size_t)report->teams.count, sizeof *report->teams.at,
		by_name);
	qsort(report->services.at, (size_t)report->services.count,
		sizeof *report->services.at, by_name);
}

void
figures_read(struct work *w, const struct scope *s, const struct figures_period *p,
	struct figures_report *report)
{
	*report = (struct figures_report){
		.teams.at = arena_array(w->arena, MOST_ROWS, sizeof *report->teams.at),
		.services.at = arena_array(
			w->arena, MOST_ROWS, sizeof *report->services.at),
	};
	count_backlog(w, s, report);
	count_flow(w, s, p, report);
	count_promises(w, s, p, report);
	count_scores(w, s, p, report);
	name_all(w, s->org, report);
}

void
figures_waiting(struct work *w, const struct scope *s, struct figures_waiting_list *list)
{
	struct rows r = db_query(w->db,
		"select g.id, g.name, x.open, x.unclaimed, x.broken, x.oldest"
		" from (select t.team as team, count(*) as open,"
		" sum(case when t.assignee = 0 then 1 else 0 end) as unclaimed,"
		" sum(case when t.due < $3 then 1 else 0 end) as broken,"
		" min(case when t.assignee = 0 then t.created end) as oldest"
		" from ticket t where t.org = $1 and $2 = 1 and t.open = 1"
		" and (t.restricted = 0 or $5 = 1) group by t.team) x join team g on "
		"g.org = $1 and g.id = x.team"
		" order by x.broken desc, x.open desc, g.name limit $4",
		s->org, s->all, w->now, MOST_ROWS, s->restricted);

	*list = (struct figures_waiting_list){
		.at = arena_array(w->arena, MOST_ROWS, sizeof *list->at),
	};
	while (rows_next(&r))
		list->at[list->count++] = (struct figures_waiting){
			.team = row_int(&r, 0),
			.name = row_copy(&r, 1, w->arena),
			.open = row_int(&r, 2),
			.unclaimed = row_int(&r, 3),
			.broken = row_int(&r, 4),
			.oldest = row_int(&r, 5),
		};
}
