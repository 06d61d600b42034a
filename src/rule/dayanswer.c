/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rule/dayanswer.h"

#include "base/arena.h"
#include "rule/daytext.h"
#include "rule/typed.h"

#include <string.h>

enum { OLDEST = 130 /* years */ };

struct question {
	struct arena *arena;
	const struct answer *answer;
	struct date today;
};

static struct verdict
stored(const char *text)
{
	return (struct verdict){.text = text};
}

static struct verdict
problem(const char *key)
{
	return (struct verdict){.problem = key};
}

/* Whether the date comes as day, month and year. */
static bool
is_split(const struct question *q)
{
	return q->answer->count >= 3;
}

static struct verdict
date_problem(const struct question *q, unsigned faults)
{
	static const char *const missing[] = {
		[DAYTEXT_DAY] = "problem.date.day",
		[DAYTEXT_MONTH] = "problem.date.month",
		[DAYTEXT_YEAR] = "problem.date.year",
		[DAYTEXT_DAY | DAYTEXT_MONTH] = "problem.date.day_month",
		[DAYTEXT_DAY | DAYTEXT_YEAR] = "problem.date.day_year",
		[DAYTEXT_MONTH | DAYTEXT_YEAR] = "problem.date.month_year",
		[DAYTEXT_DAY | DAYTEXT_MONTH | DAYTEXT_YEAR] = "problem.date.none",
	};
	struct verdict v = {.parts = is_split(q) ? faults : 0};

	if (faults & DAYTEXT_REAL)
		return problem("problem.date.real");
	if (faults & DAYTEXT_DIGITS) {
		v.problem = "problem.date.digits";
		v.parts = is_split(q) ? DAYTEXT_YEAR : 0;
	} else {
		v.problem = missing[faults]; /* whose bits are those of the parts */
	}
	return v;
}

static const char *
date_text(const struct question *q, struct date d)
{
	return arena_printf(q->arena, "%04d-%02d-%02d", d.year, d.month, d.day);
}

/* Reads a date from three parts or one. *rest is what follows it in the one. */
static unsigned
read_date(const struct question *q, struct date *d, const char **rest)
{
	*rest = "";
	if (is_split(q))
		return daytext_date(q->arena, q->answer->parts, d);
	return daytext_take_date(q->arena, q->answer->parts[0], d, rest);
}

static struct verdict
check_date(const struct question *q)
{
	const char *rest;
	struct date d;
	unsigned faults = read_date(q, &d, &rest);

	if (!faults && *rest)
		faults = DAYTEXT_REAL;
	return faults ? date_problem(q, faults) : stored(date_text(q, d));
}

static struct verdict
check_dob(const struct question *q)
{
	struct verdict v = check_date(q);
	struct date d;

	if (!v.text || !times_parse_date(bytes_of(v.text), &d))
		return v;
	if (times_days(d) > times_days(q->today))
		return problem("problem.dob.future");
	if (d.year < q->today.year - OLDEST)
		return problem("problem.dob.early");
	return v;
}

/* The part that is the time, or what follows a date in one text: "T14:30", " 14:30",
 * " at 2pm". */
static const char *
time_of(const struct question *q, const char *rest)
{
	int count = q->answer->count;

	if (count == 2 || count > 3)
		return typed_line(q->arena, q->answer->parts[count == 2 ? 1 : 3]);
	rest = typed_line(q->arena, rest);
	if (strncmp(rest, "at ", 3) == 0)
		return rest + 3;
	return rest + (*rest == 'T' || *rest == ',');
}

static struct verdict
check_datetime(const struct question *q)
{
	struct verdict wrong = {.parts = is_split(q) ? 8 : q->answer->count == 2 ? 2 : 0};
	const char *time, *rest;
	struct date d;
	unsigned faults = read_date(q, &d, &rest);
	int minutes;

	if (faults)
		return date_problem(q, faults);
	time = time_of(q, rest);
	wrong.problem = *time ? "problem.time.real" : "problem.time.none";
	if (!daytext_time(q->arena, time, &minutes))
		return wrong;
	return stored(arena_printf(
		q->arena, "%sT%02d:%02d", date_text(q, d), minutes / 60, minutes % 60));
}

struct verdict
dayanswer_check(struct arena *a, enum field_type type, const struct answer *answer,
	struct date today)
{
	struct question q = {a, answer, today};

	if (type == FIELD_DATETIME)
		return check_datetime(&q);
	return type == FIELD_DOB ? check_dob(&q) : check_date(&q);
}
