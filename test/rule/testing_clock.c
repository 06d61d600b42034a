/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rule/testing_clock.h"

#include "base/buffer.h"
#include "base/log.h"
#include "store/zone_file.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#define ZONES "/usr/share/zoneinfo"

enum { DAY = TIMES_DAY };

const struct zone *
testing_zone(struct arena *a, const char *name)
{
	const char *problem;
	const struct zone *z = zone_file_load(a, name, &problem);

	if (!z)
		log_fatal("zone %s: %s", name, problem);
	return z;
}

const struct calendar *
testing_calendar(struct arena *a, const char *definition)
{
	struct hours_problem problem;
	const struct hours *h = hours_parse(a, definition, &problem);

	if (!h)
		log_fatal("%s: %s: %s", definition, problem.what, problem.where);
	return calendar_new(a, 1, h, testing_zone(a, h->zone));
}

const struct calendar *
testing_office(void)
{
	static const struct calendar *desk;

	if (!desk)
		desk = testing_calendar(testing_arena(),
			"zone=Europe/London "
			"week=1/32400-61200,2/32400-61200,3/32400-61200,"
			"4/32400-61200,5/32400-61200 closed=2026-01-01,2026-04-03,"
			"2026-04-06,2026-05-04,2026-05-25,2026-08-31,2026-12-25,2026-12-"
			"28,"
			"2027-01-01,2027-03-26,2027-03-29,2027-05-03,2027-05-31,2027-08-"
			"30,"
			"2027-12-27,2027-12-28");
	return desk;
}

const struct calendar *
testing_always(void)
{
	static const struct calendar *always;

	if (!always)
		always = testing_calendar(testing_arena(),
			"zone=Europe/London week=1/0-86400,2/0-86400,3/0-86400,4/0-86400,"
			"5/0-86400,6/0-86400,7/0-86400");
	return always;
}

int64_t
testing_at(const char *text)
{
	const char *full = arena_printf(testing_arena(), "%.10sT%s%sZ", text, text + 11,
		strlen(text) == 16 ? ":00" : "");
	enum zone_reading reading;
	int64_t t;

	if (times_parse_iso(bytes_of(text), &t))
		return t;
	if (!times_parse_iso(bytes_of(full), &t))
		log_fatal("%s is no time", text);
	return zone_instant(calendar_zone(testing_office()), times_date(times_day(t)),
		(int)(t - times_day(t) * DAY), &reading);
}

static void
add_names(struct buffer *names, const char *below)
{
	struct arena *a = testing_arena();
	DIR *folder = opendir(arena_printf(a, "%s/%s", ZONES, below));
	const struct dirent *entry;
	const char *problem;

	if (!folder)
		return;
	while ((entry = readdir(folder))) {
		const char *name = arena_printf(
			a, "%s%s%s", below, *below ? "/" : "", entry->d_name);

		/* posix/ holds the same zones again, right/ counts leap seconds. */
		if (entry->d_name[0] == '.' || strcmp(name, "posix") == 0 ||
			strcmp(name, "right") == 0)
			continue;
		if (entry->d_type == DT_DIR)
			add_names(names, name);
		else if (zone_file_load(a, name, &problem))
			buffer_add(names, &name, sizeof name);
	}
	closedir(folder);
}

static int
by_name(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

const char *const *
testing_zone_names(void)
{
	static const char **all;

	if (!all) {
		struct buffer names = buffer_in(testing_arena(), 8192);
		const char *none = NULL;
		size_t n;

		add_names(&names, "");
		n = names.len / sizeof *all;
		buffer_add(&names, &none, sizeof none);
		all = (const char **)(void *)names.at;
		qsort(all, n, sizeof *all, by_name);
	}
	return all;
}

int64_t
testing_cases(int64_t everyday, int64_t full)
{
	const char *wanted = getenv("PORTREEVE_CASES");

	if (!wanted || !*wanted)
		return everyday;
	if (strcmp(wanted, "full") == 0)
		return full;
	return strtoll(wanted, NULL, 10);
}

uint64_t
testing_roll(struct testing_dice *d)
{
	/* splitmix64: a counter, well stirred. */
	uint64_t z = d->state += 0x9E3779B97F4A7C15;

	z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9;
	z = (z ^ z >> 27) * 0x94D049BB133111EB;
	return z ^ z >> 31;
}

int64_t
testing_between(struct testing_dice *d, int64_t least, int64_t most)
{
	return least + (int64_t)(testing_roll(d) % (uint64_t)(most - least + 1));
}

/* Up to three segments, on quarters of an hour or on any second, some up to midnight. */
static struct testing_day
plan_day(struct testing_dice *d, int least)
{
	int64_t grain = testing_between(d, 0, 2) ? 900 : 1;
	int64_t steps = DAY / grain;
	struct testing_day day = {0};
	int64_t at = testing_between(d, 0, 3) ? testing_between(d, 0, steps - 2) : 0;

	for (int64_t n = testing_between(d, least, PLAN_SEGMENTS); n > 0 && at < steps;
		n--) {
		int64_t to = testing_between(d, at + 1, steps);

		day.from[day.n] = (int)(at * grain);
		day.to[day.n++] = (int)(to * grain);
		if (to >= steps)
			break;
		at = testing_between(d, to, steps);
	}
	return day;
}

static struct date
plan_date(struct testing_dice *d, int64_t around)
{
	return times_date(around + testing_between(d, -2, 2));
}

struct testing_plan
testing_plan(struct testing_dice *d, int64_t around)
{
	struct testing_plan p = {0};
	bool always = testing_between(d, 0, 7) == 0;

	for (int i = 0; i < 7; i++)
		p.week[i] = always ? (struct testing_day){1, {0}, {DAY}}
				   : plan_day(d, i == 2);
	p.n_closed = (int)testing_between(d, 0, PLAN_DATES);
	p.n_yearly = (int)testing_between(d, 0, PLAN_DATES);
	for (int i = 0; i < PLAN_DATES; i++) {
		p.closed[i] = plan_date(d, around);
		p.yearly[i] = plan_date(d, around);
	}
	for (int64_t n = testing_between(d, 0, PLAN_DATES); n > 0; n--) {
		struct date date = plan_date(d, around);
		bool taken = false;

		for (int i = 0; i < p.n_open; i++)
			taken = taken || times_days(p.open[i]) == times_days(date);
		if (taken)
			continue;
		p.open[p.n_open] = date;
		p.open_day[p.n_open++] = plan_day(d, 1);
	}
	return p;
}

const char *
testing_plan_text(struct arena *a, const struct testing_plan *p, const char *zone)
{
	struct buffer b = buffer_in(a, 0);
	const char *mark = " week=";

	buffer_printf(&b, "zone=%s", zone);
	for (int i = 0; i < 7; i++)
		for (int k = 0; k < p->week[i].n; k++) {
			buffer_printf(&b, "%s%d/%d-%d", mark, i + 1, p->week[i].from[k],
				p->week[i].to[k]);
			mark = ",";
		}
	for (int i = 0; i < p->n_closed; i++)
		buffer_printf(&b, "%s%04d-%02d-%02d",
			i ? "," : " closed=", p->closed[i].year, p->closed[i].month,
			p->closed[i].day);
	for (int i = 0; i < p->n_yearly; i++)
		buffer_printf(&b, "%s%02d-%02d", i ? "," : " yearly=", p->yearly[i].month,
			p->yearly[i].day);
	for (int i = 0; i < p->n_open; i++) {
		buffer_printf(&b, "%s%04d-%02d-%02d/",
			i ? "," : " open=", p->open[i].year, p->open[i].month,
			p->open[i].day);
		for (int k = 0; k < p->open_day[i].n; k++)
			buffer_printf(&b, "%s%d-%d", k ? "+" : "", p->open_day[i].from[k],
				p->open_day[i].to[k]);
	}
	return buffer_text(&b);
}

const struct testing_day *
testing_plan_day(const struct testing_plan *p, struct date d)
{
	static const struct testing_day none;

	for (int i = 0; i < p->n_open; i++)
		if (times_days(p->open[i]) == times_days(d))
			return &p->open_day[i];
	for (int i = 0; i < p->n_closed; i++)
		if (times_days(p->closed[i]) == times_days(d))
			return &none;
	for (int i = 0; i < p->n_yearly; i++)
		if (p->yearly[i].month == d.month && p->yearly[i].day == d.day)
			return &none;
	return &p->week[times_weekday(times_days(d)) - 1];
}
