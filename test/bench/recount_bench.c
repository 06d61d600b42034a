/* SPDX-License-Identifier: AGPL-3.0-or-later */

/*
 * A new version of a calendar for 100,000 tickets that run, each with its clocks of
 * response, resolution and team: all of them moved on, written and committed, on SQLite
 * with synchronous=FULL. One JSON object a line.
 *
 *   ninja -C build test/bench/recount-bench && build/test/bench/recount-bench [FOLDER]
 */

#include "app/apply_calendar.h"
#include "db/migrate.h"
#include "desk/intake.h"
#include "desk/promises.h"
#include "store/calendar_row.h"
#include "store/rulebook.h"
#include "store/service.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { TICKETS = 100000, ORG = 1, HOUR = 3600, PAGE = 1000 };

#define ANY                                                               \
	.priority = TABLE_ANY, .impact = TABLE_ANY, .urgency = TABLE_ANY, \
	.vip = TABLE_ANY, .vulnerable = TABLE_ANY

static const char before[] =
	"zone=Europe/London week=1/32400-61200,2/32400-61200,3/32400-61200,"
	"4/32400-61200,5/32400-61200";
static const char after[] =
	"zone=Europe/London week=1/28800-64800,2/28800-64800,3/28800-64800,"
	"4/28800-64800,5/28800-64800,6/32400-46800";

static double
seconds(clockid_t which)
{
	struct timespec t;

	clock_gettime(which, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static enum outcome
found(struct work *w, void *context)
{
	static const struct table_row target[] = {
		{ANY, .response = 40 * HOUR, .resolution = 80 * HOUR, .calendar = 1}};
	static const struct table_row leg[] = {
		{ANY, .resolution = 60 * HOUR, .calendar = 1}};
	static const struct table_row steps[] = {
		{ANY, .amount = 75, .notify = TABLE_NOTIFY_ASSIGNEE},
		{ANY, .amount = 100, .notify = TABLE_NOTIFY_LEADER}};
	struct organisation o = {.id = ORG,
		.code = "council",
		.name = "Council",
		.kind = "council",
		.language = "en",
		.email = "desk@example.org",
		.phone = "",
		.calendar = 1};
	struct service s = {.org = ORG,
		.code = "HOLE",
		.name = "Hole",
		.category = "Roads",
		.kind = "request",
		.priority = 3,
		.who_may_ask = "anyone",
		.geo = "none",
		.charge = "",
		.emergency = "",
		.note = "",
		.lgsl = "",
		.lgil = "",
		.fields = "details:long"};

	(void)context;
	team_save_organisation(w, &o, true);
	if (calendar_row_save(w, ORG, 1, "Desk", before) != DONE)
		return FAULT;
	s.team = team_ensure(w, ORG, "Highways", "resolver");
	service_save(w, &s, "");
	rulebook_publish(w, ORG, "target", target, 1);
	rulebook_publish(w, ORG, "leg", leg, 1);
	rulebook_publish(w, ORG, "escalation", steps, 2);
	return DONE;
}

static enum outcome
fill(struct work *w, void *context)
{
	int from = *(const int *)context;

	for (int i = from; i < from + PAGE; i++) {
		struct contact c = {
			.org = ORG,
			.channel = CHANNEL_API,
			.key = arena_printf(w->arena, "k-%d", i),
			.service = "HOLE",
			.words = "A hole.",
		};
		struct receipt got;

		w->now = 1780300000 + i;
		if (intake(w, &c, &got) != DONE)
			return FAULT;
	}
	return DONE;
}

static enum outcome
publish(struct work *w, void *context)
{
	(void)context;
	return calendar_row_save(w, ORG, 1, "Desk", after);
}

static enum outcome
check(struct work *w, void *context)
{
	int64_t *wrong = context;
	struct rows r = db_query(w->db, "select id from ticket order by id limit 2000");
	int64_t ids[2000];
	int n = 0;

	while (rows_next(&r))
		ids[n++] = row_int(&r, 0);
	*wrong = promises_check_page(w, ORG, ids, n);
	return DONE;
}

int
main(int argc, char **argv)
{
	char url[300];
	struct config c = {.base = "https://desk.example.org", .org = ""};
	struct errand e;
	double began, busy;
	int64_t moved, wrong = -1;

	snprintf(url, sizeof url, "sqlite:%s/recount-%ld.db", argc > 1 ? argv[1] : "/tmp",
		(long)clock());
	c.db = url;
	e.now = 1780300000;
	if (!errand_open_migrated(&e, &c))
		return 1;
	e.now = 1780300000;
	if (!errand_write(&e, ORG, found, NULL))
		return 1;
	for (int i = 0; i < TICKETS; i += PAGE)
		if (!errand_write(&e, ORG, fill, &i))
			return 1;
	e.now = 1780300000 + TICKETS + 60;
	if (!errand_write(&e, ORG, publish, NULL))
		return 1;
	began = seconds(CLOCK_MONOTONIC);
	busy = seconds(CLOCK_PROCESS_CPUTIME_ID);
	moved = apply_calendar(&e, ORG, 1);
	began = seconds(CLOCK_MONOTONIC) - began;
	busy = seconds(CLOCK_PROCESS_CPUTIME_ID) - busy;
	if (!errand_write(&e, ORG, check, &wrong))
		return 1;
	printf("{\"bench\": \"clocks recomputed after a calendar change\", \"tickets\": "
	       "%lld, \"clocks\": %lld, \"seconds\": %.2f, \"cpu_s\": %.2f, "
	       "\"target_s\": 2, \"wrong\": "
	       "%lld}\n",
		(long long)moved, (long long)moved * 3, began, busy, (long long)wrong);
	errand_close(&e);
	return moved == TICKETS && wrong == 0 ? 0 : 1;
}
