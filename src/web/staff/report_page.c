/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "web/staff/report_page.h"

#include "format/csv.h"
#include "format/words.h"
#include "store/audit.h"
#include "store/figures.h"
#include "views.h"
#include "web/frame.h"
#include "web/staff/report_view.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { BAR = 200 };

static struct figures_report
report_of(struct work *w, const struct report_days *d)
{
	struct scope s = access_figures(w->actor, w->actor->org);
	struct figures_report report;

	figures_read(w, &s, &d->period, &report);
	return report;
}

static const char *
number(struct work *w, int64_t n)
{
	return words_number(w->arena, n);
}

static const char *
share(struct work *w, int64_t part, int64_t whole)
{
	if (whole == 0)
		return "–";
	return arena_printf(
		w->arena, "%" PRId64 "\u00a0%%", (part * 200 + whole) / (whole * 2));
}

/* "" when there is nothing to share. */
static const char *
part_of(struct work *w, int64_t part, int64_t whole)
{
	if (whole == 0)
		return "";
	return words_text(w->arena, w->words, WORD_report_of,
		words_values(word_value("n", part), word_value("of", whole)));
}

static const char *
mean(struct work *w, const struct figures *f)
{
	if (f->answered == 0)
		return "–";
	return arena_printf(w->arena, "%.1f", (double)f->score / (double)f->answered);
}

static struct report_row
row(struct work *w, const char *name, const struct figures *f)
{
	return (struct report_row){
		.name = name,
		.backlog = number(w, f->backlog),
		.broken = number(w, f->broken),
		.in = number(w, f->in),
		.out = number(w, f->out),
		.response = share(w, f->response_met, f->response),
		.response_of = part_of(w, f->response_met, f->response),
		.resolution = share(w, f->resolution_met, f->resolution),
		.resolution_of = part_of(w, f->resolution_met, f->resolution),
		.score = mean(w, f),
		.score_of = part_of(w, f->answered, f->asked),
	};
}

static struct report_rows
rows(struct work *w, const struct figures_list *list, bool may_work)
{
	struct report_row *at = arena_array(w->arena, (size_t)list->count, sizeof *at);

	for (int i = 0; i < list->count; i++) {
		at[i] = row(w, list->at[i].name, &list->at[i].f);
		if (may_work && list->at[i].team && list->at[i].f.backlog)
			at[i].href = arena_printf(w->arena,
				"/staff/queue?view=team&team=%" PRId64, list->at[i].team);
	}
	return (struct report_rows){at, list->count};
}

static struct report_ages
ages(struct work *w, const struct figures *f)
{
	static const enum word names[FIGURES_AGES] = {WORD_report_age_day,
		WORD_report_age_week, WORD_report_age_month, WORD_report_age_quarter,
		WORD_report_age_more};
	struct report_age *at = arena_array(w->arena, FIGURES_AGES, sizeof *at);

	for (int i = 0; i < FIGURES_AGES; i++)
		at[i] = (struct report_age){
			.name = names[i],
			.count = number(w, f->ages[i]),
			.bar = f->backlog ? f->ages[i] * BAR / f->backlog : 0,
		};
	return (struct report_ages){at, FIGURES_AGES};
}

enum outcome
report_page_show(struct work *w, const struct request *q, struct reply *r)
{
	struct report_view v = {.teams_csv = NULL};
	struct figures_report report;

	frame_page(w, q, &v.page, WORD_report_title, SECTION_REPORTS);
	if (!v.page.may_figures)
		return DENIED;
	report_days_read(w, q, "/staff/reports", &v.days);
	report = report_of(w, &v.days);
	v.page.wrong = v.days.wrong;
	v.teams_csv = arena_printf(w->arena, "/staff/reports/teams.csv?%s", v.days.query);
	v.services_csv = arena_printf(
		w->arena, "/staff/reports/services.csv?%s", v.days.query);
	v.honesty = arena_printf(w->arena, "/staff/reports/honesty?%s", v.days.query);
	v.all = row(w, v.page.organisation, &report.all);
	v.answered = words_text(w->arena, w->words, WORD_report_answered,
		words_values(word_value("n", report.all.answered),
			word_value("of", report.all.asked),
			word_value("share",
				share(w, report.all.answered, report.all.asked))));
	if (v.page.may_work)
		v.all.href = "/staff/queue?view=all";
	v.ages = ages(w, &report.all);
	v.teams = rows(w, &report.teams, v.page.may_work);
	v.services = rows(w, &report.services, false);
	view_report(&r->body, w->words, &v);
	return DONE;
}

/* Counts, not shares: whoever opens the table can divide, nobody can undo a rounding. */
static void
write_csv(struct csv_out *out, const struct figures_list *list)
{
	static const char *const head[] = {"name", "backlog", "broken", "in", "out",
		"response", "response_met", "resolution", "resolution_met",
		"scores_asked", "scores_answered", "scores_sum"};

	for (size_t i = 0; i < sizeof head / sizeof *head; i++)
		csv_put(out, head[i]);
	csv_put_end(out);
	for (int i = 0; i < list->count; i++) {
		const struct figures *f = &list->at[i].f;
		const int64_t counts[] = {f->backlog, f->broken, f->in, f->out,
			f->response, f->response_met, f->resolution, f->resolution_met,
			f->asked, f->answered, f->score};

		csv_put(out, list->at[i].name);
		for (size_t k = 0; k < sizeof counts / sizeof *counts; k++)
			csv_put_int(out, counts[k]);
		csv_put_end(out);
	}
}

enum outcome
report_page_csv(struct work *w, const struct request *q, struct reply *r)
{
	const char *table = path_part(q, "table");
	struct report_days d;
	struct buffer body = buffer_in(w->arena, 4096);
	struct csv_out out = {.to = &body};
	struct figures_report report;
	bool teams = strcmp(table, "teams") == 0;

	if (!access_may(w->actor, w->actor->org, RIGHT_FIGURES))
		return DENIED;
	if (!teams && strcmp(table, "services") != 0)
		return MISSING;
	report_days_read(w, q, "/staff/reports", &d);
	report = report_of(w, &d);
	audit_exported(w, arena_printf(w->arena, "figures %s", table), d.query);
	write_csv(&out, teams ? &report.teams : &report.services);
	return reply_attachment(r, "text/csv; charset=utf-8",
		arena_printf(w->arena, "%s-%s-%s.csv", table,
			report_days_date(w, d.first), report_days_date(w, d.last)),
		buffer_bytes(&body));
}
