/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "web/staff/report_days.h"

#include "format/words.h"
#include "web/say.h"

#include <inttypes.h>

enum { LONGEST_DAYS = 3660 };

static const int spans[] = {7, 30, 90};
enum { SPANS = sizeof spans / sizeof *spans };

static int64_t
start_of(const struct zone *z, int64_t day)
{
	enum zone_reading reading;

	if (!z)
		return day * TIMES_DAY;
	return zone_instant(z, times_date(day), 0, &reading);
}

static bool
read_day(const struct request *q, const char *name, int64_t *day)
{
	struct date d;

	if (!times_parse_date(bytes_of(query_text(q, name)), &d))
		return false;
	*day = times_days(d);
	return true;
}

const char *
report_days_date(struct work *w, int64_t day)
{
	struct date d = times_date(day);

	return arena_printf(w->arena, "%04d-%02d-%02d", d.year, d.month, d.day);
}

static void
choose(const struct request *q, int64_t today, struct report_days *d)
{
	bool asked = *query_text(q, "from") || *query_text(q, "to");

	d->last = today;
	d->span = query_int(q, "days", 7, 90, 0);
	if (d->span == 0 && asked && read_day(q, "from", &d->first) &&
		read_day(q, "to", &d->last) && d->first <= d->last &&
		d->last - d->first < LONGEST_DAYS)
		return;
	d->wrong = d->span == 0 && asked;
	if (d->span != 7 && d->span != 90)
		d->span = 30;
	d->last = today;
	d->first = today - d->span + 1;
}

static struct page_links
span_links(struct work *w, const struct report_days *d)
{
	struct page_link *at = arena_array(w->arena, SPANS, sizeof *at);

	for (int i = 0; i < SPANS; i++)
		at[i] = (struct page_link){
			.text = words_text(w->arena, w->words, WORD_report_last,
				words_values(word_value("count", spans[i]))),
			.href = d->span == spans[i] && !d->wrong
					? NULL
					: arena_printf(w->arena, "%s?days=%d", d->address,
						  spans[i]),
		};
	return (struct page_links){at, SPANS};
}

void
report_days_read(struct work *w, const struct request *q, const char *address,
	struct report_days *d)
{
	const struct zone *z = moment_zone(w, w->actor->org);
	struct part_problem *problem = arena_alloc(w->arena, sizeof *problem);

	*d = (struct report_days){.address = address};
	choose(q, times_days(moment_date(z, w->now)), d);
	d->period = (struct figures_period){
		start_of(z, d->first), start_of(z, d->last + 1)};
	d->query = d->span ? arena_printf(w->arena, "days=%" PRId64, d->span)
			   : arena_printf(w->arena, "from=%s&to=%s",
				     report_days_date(w, d->first),
				     report_days_date(w, d->last));
	d->spans = span_links(w, d);
	d->text = words_text(w->arena, w->words, WORD_report_span,
		words_values(word_value("from", words_date(w->arena, w->words,
							times_date(d->first), DATE_LONG)),
			word_value("to", words_date(w->arena, w->words,
						 times_date(d->last), DATE_LONG))));
	d->from = d->wrong ? query_text(q, "from") : report_days_date(w, d->first);
	d->to = d->wrong ? query_text(q, "to") : report_days_date(w, d->last);
	*problem = (struct part_problem){say(w, WORD_report_wrong), "from"};
	d->problems = (struct part_problems){problem, d->wrong};
}
