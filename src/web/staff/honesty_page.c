/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "web/staff/honesty_page.h"

#include "desk/honesty.h"
#include "format/csv.h"
#include "format/urlencoded.h"
#include "store/audit.h"
#include "views.h"
#include "web/frame.h"
#include "web/say.h"
#include "web/staff/honesty_view.h"
#include "web/staff/staff_words.h"

#include <inttypes.h>
#include <string.h>

enum { TOUCHED = 10 };

static const char *
number(struct work *w, int64_t n)
{
	return words_number(w->arena, n);
}

/* "92 % of 120"; "" when there is nothing to share. */
static const char *
share(struct work *w, int64_t part, int64_t whole)
{
	if (whole == 0)
		return "";
	return words_text(w->arena, w->words, WORD_honesty_share,
		words_values(
			word_value("share", arena_printf(w->arena, "%" PRId64 "\u00a0%%",
						    (part * 200 + whole) / (whole * 2))),
			word_value("of", whole)));
}

/* Where the tickets behind a figure are, for who may read tickets. */
struct behind {
	struct work *w;
	const char *days; /* "days=30" */
	bool may_read;
};

static const char *
behind(const struct behind *b, const char *what, int64_t n, const char *more)
{
	if (!b->may_read || n == 0)
		return NULL;
	return arena_printf(b->w->arena, "/staff/reports/honesty/tickets?what=%s&%s%s",
		what, b->days, more);
}

static struct honesty_tile
tile(const struct behind *b, enum word name, int64_t n, const char *what)
{
	return (struct honesty_tile){
		.name = name,
		.number = number(b->w, n),
		.share = "",
		.href = what ? behind(b, what, n, "") : NULL,
	};
}

static struct honesty_tiles
promise_tiles(const struct behind *b, const struct honesty *h)
{
	struct honesty_tile *at = arena_array(b->w->arena, 6, sizeof *at);
	int64_t missed = h->stopped - h->met;

	at[0] = tile(b, WORD_honesty_met, h->met, "met");
	at[0].share = share(b->w, h->met, h->stopped);
	at[1] = tile(b, WORD_honesty_unpaused, h->unpaused, NULL);
	at[1].share = share(b->w, h->unpaused, h->stopped);
	at[2] = tile(b, WORD_honesty_gained, h->gained_count, "gained");
	at[3] = tile(b, WORD_honesty_missed, missed, "missed");
	at[3].share = share(b->w, missed, h->stopped);
	at[4] = tile(b, WORD_honesty_tightened, h->tightened, "tightened");
	at[4].share = share(b->w, h->tightened, missed);
	at[5] = tile(b, WORD_honesty_cancelled, h->cancelled, "cancelled");
	return (struct honesty_tiles){at, 6};
}

static struct honesty_tiles
move_tiles(const struct behind *b, const struct truth_moves *m)
{
	struct honesty_tile *at = arena_array(b->w->arena, 4, sizeof *at);

	at[0] = tile(b, WORD_honesty_handovers, m->all.moves, "moves");
	at[1] = tile(b, WORD_honesty_moved, m->tickets, "moves");
	at[2] = tile(b, WORD_honesty_returned, m->returned, "back");
	at[2].share = share(b->w, m->returned, m->tickets);
	at[3] = tile(b, WORD_honesty_refused, m->all.refused, "refused");
	return (struct honesty_tiles){at, 4};
}

static struct figure_cell
cell(const struct behind *b, int64_t n, const char *href)
{
	return (struct figure_cell){number(b->w, n), n ? href : NULL, true};
}

/* A reason as staff read it; the codes of old or foreign reasons as they are. */
static const char *
reason_name(struct work *w, const char *code)
{
	return strcmp(code, "customer") == 0 ? say(w, WORD_honesty_reason_customer)
					     : code;
}

static const char *
pause_filter(struct work *w, enum truth_key key, const struct truth_row *row)
{
	struct buffer b = buffer_in(w->arena, 32);

	if (key == TRUTH_REASON) {
		buffer_text_add(&b, "&reason=");
		urlencoded_add(&b, row->name);
	} else {
		buffer_printf(&b, "&%s=%" PRId64,
			key == TRUTH_PERSON ? "person" : "supplier", row->id);
	}
	return buffer_text(&b);
}

static struct figure_table
pause_table(const struct behind *b, const struct scope *s, const struct report_days *d,
	enum truth_key key, enum word caption)
{
	static const struct figure_column heads[] = {{WORD_report_name, false},
		{WORD_honesty_pauses, true}, {WORD_honesty_late, true},
		{WORD_report_tickets, true}, {WORD_honesty_hours, true}};
	struct work *w = b->w;
	struct truth_rows list;
	struct figure_row *rows;

	truth_pauses(w, s, &d->period, key, &list);
	rows = arena_array(w->arena, (size_t)list.count, sizeof *rows);
	for (int i = 0; i < list.count; i++) {
		const struct truth_row *row = &list.at[i];
		const char *filter = pause_filter(w, key, row);
		const char *all = behind(b, "pauses", row->pauses, filter);
		struct figure_cell *at = arena_array(w->arena, 4, sizeof *at);

		at[0] = cell(b, row->pauses, all);
		at[1] = cell(b, row->late, behind(b, "late", row->late, filter));
		at[2] = cell(b, row->tickets, all);
		at[3] = cell(b, row->seconds / 3600, NULL);
		rows[i].name.text = key == TRUTH_REASON ? reason_name(w, row->name)
							: row->name;
		if (!*rows[i].name.text)
			rows[i].name.text = say(w, WORD_honesty_the_desk);
		rows[i].cells = (struct figure_cells){at, 4};
	}
	return (struct figure_table){say(w, caption), say(w, WORD_honesty_nothing),
		{heads, 5}, {rows, list.count}};
}

static struct figure_table
pair_table(const struct behind *b, const struct truth_moves *m)
{
	static const struct figure_column heads[] = {{WORD_honesty_pair, false},
		{WORD_honesty_handovers, true}, {WORD_honesty_back, true},
		{WORD_honesty_refused, true}};
	struct work *w = b->w;
	struct figure_row *rows = arena_array(w->arena, (size_t)m->count, sizeof *rows);

	for (int i = 0; i < m->count; i++) {
		const struct truth_move *p = &m->at[i];
		const char *filter = arena_printf(
			w->arena, "&team=%" PRId64 "&to_team=%" PRId64, p->from, p->to);
		struct figure_cell *at = arena_array(w->arena, 3, sizeof *at);

		at[0] = cell(b, p->moves, behind(b, "moves", p->moves, filter));
		at[1] = cell(b, p->back, behind(b, "back", p->back, filter));
		at[2] = cell(b, p->refused, behind(b, "refused", p->refused, filter));
		rows[i].name.text = words_text(w->arena, w->words, WORD_honesty_from_to,
			words_values(word_value("from", p->from_name),
				word_value("to", p->to_name)));
		rows[i].cells = (struct figure_cells){at, 3};
	}
	return (struct figure_table){say(w, WORD_honesty_moves),
		say(w, WORD_honesty_nothing), {heads, 4}, {rows, m->count}};
}

/* Names tickets, so it takes the scope of reading. */
static struct figure_table
touched_table(struct work *w, const struct report_days *d)
{
	static const struct figure_column heads[] = {
		{WORD_queue_ticket, false}, {WORD_honesty_teams, true}};
	struct scope see = access_scope(w->actor, w->actor->org, RIGHT_SEE);
	struct truth_question q = {
		.what = TRUTH_TOUCHED, .period = d->period, .limit = TOUCHED};
	struct truth_tickets list;
	struct figure_row *rows;

	truth_tickets(w, &see, &q, &list);
	rows = arena_array(w->arena, (size_t)list.count, sizeof *rows);
	for (int i = 0; i < list.count; i++) {
		struct figure_cell *at = arena_alloc(w->arena, sizeof *at);

		*at = (struct figure_cell){number(w, list.at[i].count), NULL, true};
		rows[i].name.text = arena_printf(
			w->arena, "%s, %s", list.at[i].reference, list.at[i].subject);
		rows[i].name.href = arena_printf(
			w->arena, "/staff/tickets/%s", list.at[i].reference);
		rows[i].cells = (struct figure_cells){at, 1};
	}
	return (struct figure_table){say(w, WORD_honesty_touched),
		say(w, WORD_honesty_nothing), {heads, 2}, {rows, list.count}};
}

enum outcome
honesty_page_show(struct work *w, const struct request *q, struct reply *r)
{
	struct scope s = access_figures(w->actor, w->actor->org);
	struct honesty_view v = {.more = false};
	struct truth_moves moves;
	struct honesty h;
	struct behind b;

	frame_page(w, q, &v.page, WORD_honesty_title, SECTION_REPORTS);
	if (!v.page.may_figures)
		return DENIED;
	report_days_read(w, q, "/staff/reports/honesty", &v.days);
	v.page.wrong = v.days.wrong;
	b = (struct behind){w, v.days.query, v.page.may_work};
	honesty_read(w, &s, &v.days.period, &h);
	truth_moves(w, &s, &v.days.period, &moves);
	v.promises = promise_tiles(&b, &h);
	v.more = h.more;
	v.reasons = pause_table(&b, &s, &v.days, TRUTH_REASON, WORD_honesty_reasons);
	v.people = pause_table(&b, &s, &v.days, TRUTH_PERSON, WORD_honesty_people);
	v.suppliers = pause_table(
		&b, &s, &v.days, TRUTH_SUPPLIER, WORD_honesty_suppliers);
	v.moves = move_tiles(&b, &moves);
	v.pairs = pair_table(&b, &moves);
	v.touched = touched_table(w, &v.days);
	v.csv = arena_printf(w->arena, "/staff/reports/honesty.csv?%s", v.days.query);
	view_honesty(&r->body, w->words, &v);
	return DONE;
}

/* --- the table -----------------------------------------------------------------------
 */

static void
put(struct csv_out *out, const char *figure, const char *of, int64_t n)
{
	csv_put(out, figure);
	csv_put(out, of);
	csv_put_int(out, n);
	csv_put_end(out);
}

static void
put_pauses(struct work *w, const struct scope *s, const struct report_days *d,
	enum truth_key key, struct csv_out *out)
{
	static const char *const figures[] = {
		"pauses_by_reason", "pauses_by_person", "pauses_by_supplier"};
	static const char *const late[] = {"pauses_in_last_tenth_by_reason",
		"pauses_in_last_tenth_by_person", "pauses_in_last_tenth_by_supplier"};
	struct truth_rows list;

	truth_pauses(w, s, &d->period, key, &list);
	for (int i = 0; i < list.count; i++) {
		put(out, figures[key], list.at[i].name, list.at[i].pauses);
		put(out, late[key], list.at[i].name, list.at[i].late);
	}
}

static void
put_moves(struct work *w, const struct scope *s, const struct report_days *d,
	struct csv_out *out)
{
	struct truth_moves m;

	truth_moves(w, s, &d->period, &m);
	put(out, "handovers", "", m.all.moves);
	put(out, "tickets_handed_over", "", m.tickets);
	put(out, "tickets_returned", "", m.returned);
	put(out, "refusals", "", m.all.refused);
	for (int i = 0; i < m.count; i++)
		put(out, "handovers",
			arena_printf(
				w->arena, "%s > %s", m.at[i].from_name, m.at[i].to_name),
			m.at[i].moves);
}

enum outcome
honesty_page_csv(struct work *w, const struct request *q, struct reply *r)
{
	struct scope s = access_figures(w->actor, w->actor->org);
	struct buffer body = buffer_in(w->arena, 4096);
	struct csv_out out = {.to = &body};
	struct report_days d;
	struct honesty h;

	if (!access_may(w->actor, w->actor->org, RIGHT_FIGURES))
		return DENIED;
	report_days_read(w, q, "/staff/reports/honesty", &d);
	honesty_read(w, &s, &d.period, &h);
	audit_exported(w, "figures honesty", d.query);
	csv_put(&out, "figure");
	csv_put(&out, "of");
	csv_put(&out, "count");
	csv_put_end(&out);
	put(&out, "resolutions", "", h.stopped);
	put(&out, "met", "", h.met);
	put(&out, "met_without_pauses", "", h.unpaused);
	put(&out, "missed_by_tightened_target", "", h.tightened);
	put(&out, "cancelled", "", h.cancelled);
	for (enum truth_key k = TRUTH_REASON; k <= TRUTH_SUPPLIER; k++)
		put_pauses(w, &s, &d, k, &out);
	put_moves(w, &s, &d, &out);
	return reply_attachment(r, "text/csv; charset=utf-8",
		arena_printf(w->arena, "honesty-%s-%s.csv", report_days_date(w, d.first),
			report_days_date(w, d.last)),
		buffer_bytes(&body));
}
