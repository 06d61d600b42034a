/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "web/admin/rules_draft.h"

#include "desk/rulemaking.h"
#include "store/shelf.h"
#include "views.h"
#include "web/admin/rules_form.h"
#include "web/admin/rules_frame.h"
#include "web/frame.h"
#include "web/problemlist.h"
#include "web/say.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static const char *
address(const struct rules_words *words, const char *behind)
{
	return arena_printf(words->work->arena, "/admin/rules/%s/draft%s",
		words->shape->name, behind);
}

static const char *
number_text(struct work *w, int64_t n)
{
	return arena_printf(w->arena, "%" PRId64, n);
}

/* --- the draft ---------------------------------------------------------------------- */

/* What is wrong with a row, in words; NULL: nothing. */
static const char *
warning(const struct rules_words *words, const struct rule_draft *d,
	const int64_t *covered, int i)
{
	struct work *w = words->work;
	const char *fault = rule_check_fault(
		words->shape, words->names, &d->table.rows[i], RULE_CHECK_ALL);

	if (fault)
		return say(w, words_find(fault));
	if (covered[i] == 0)
		return NULL;
	return words_text(w->arena, w->words, WORD_tables_covered,
		words_values(word_value("row", covered[i]),
			word_value("when", rules_words_when(words,
						   &d->table.rows[covered[i] - 1]))));
}

static void
fill_rows(const struct rules_words *words, const struct rule_draft *d,
	struct rules_draft_view *v)
{
	struct work *w = words->work;
	const int64_t *covered = rule_check_covered(
		w, words->shape, words->names, &d->table);
	struct rules_rows rows = rules_frame_rows(words, &d->table, 0);
	struct rules_row *at = arena_array(w->arena, (size_t)rows.count, sizeof *at);
	int never = 0;

	for (int i = 0; i < rows.count; i++) {
		at[i] = rows.at[i];
		at[i].key = number_text(w, d->ids[i]);
		at[i].edit = address(
			words, arena_printf(w->arena, "/rows/%" PRId64, d->ids[i]));
		at[i].warning = warning(words, d, covered, i);
		never += covered[i] != 0;
	}
	v->rows = (struct rules_rows){at, rows.count};
	if (never)
		v->covered = words_text(w->arena, w->words, WORD_tables_covered_count,
			words_values(word_value("count", never)));
}

static void
notice(struct work *w, const struct request *q, const struct rules_words *words,
	struct page *p)
{
	static const struct {
		const char *done;
		enum word word;
	} all[] = {
		{"begun", WORD_tables_done_begun},
		{"saved", WORD_tables_done_saved},
		{"moved", WORD_tables_done_moved},
		{"removed", WORD_tables_done_removed},
		{"back", WORD_tables_done_back},
	};
	const char *done = query_text(q, "done"), *row = query_text(q, "row");

	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if (strcmp(all[i].done, done) == 0)
			p->notice = (struct page_notice){
				NOTICE_SUCCESS, say(w, all[i].word), NULL};
	if (strcmp(done, "removed") == 0 && strtoll(row, NULL, 10) > 0)
		p->notice.undo = address(
			words, arena_printf(w->arena, "/rows/%lld/put-back",
				       strtoll(row, NULL, 10)));
}

static enum outcome
print_draft(const struct rules_words *words, const struct request *q, struct reply *r)
{
	struct work *w = words->work;
	struct rules_draft_view v = {.problems = problemlist_of(w)};
	int64_t live = shelf_table(w, w->actor->org, words->shape->name)->version;
	struct rule_draft d;

	rules_frame(words, q, &v.page, &v.head, RULES_DRAFT);
	notice(w, q, words, &v.page);
	v.action = address(words, "");
	if (rule_draft_get(w, w->actor->org, words->shape->name, &d) == DONE) {
		v.revision = number_text(w, d.revision);
		v.by = rules_words_by(w, d.author_name, d.updated);
		if (d.base != live)
			v.outdated = words_text(w->arena, w->words, WORD_tables_outdated,
				words_values(word_value("base", d.base),
					word_value("live", live)));
		v.add = address(words, "/rows/new");
		v.changes = address(words, "/changes");
		v.dry_run = address(words, "/dry-run");
		v.publish = address(words, "/publish");
		v.discard = address(words, "/discard");
		v.tried = d.tried == d.revision;
		fill_rows(words, &d, &v);
	}
	view_rules_draft(&r->body, w->words, &v);
	return DONE;
}

enum outcome
rules_draft_show(struct work *w, const struct request *q, struct reply *r)
{
	struct rules_words words;

	if (rules_frame_table(w, q, &words) != DONE)
		return MISSING;
	return print_draft(&words, q, r);
}

/* --- what is done with it ----------------------------------------------------------- */

/* What was done, and to which row (0: none), for the page that follows. */
struct done {
	const char *what;
	int64_t row;
};

/* On to the draft; or the draft once more with what is in the way. */
static enum outcome
finish(const struct rules_words *words, const struct request *q, enum outcome end,
	struct done done, struct reply *r)
{
	struct work *w = words->work;
	const char *table = words->shape->name;

	if (end == DONE) {
		db_savepoint_keep(w->db);
		if (done.row)
			return reply_see_other(r,
				"/admin/rules/%s/draft?done=%s&row=%ld#key-%ld", table,
				done.what, done.row, done.row);
		return reply_see_other(
			r, "/admin/rules/%s/draft?done=%s", table, done.what);
	}
	db_savepoint_undo(w->db);
	if (end != INVALID && end != CONFLICT)
		return end;
	r->status = end == INVALID ? 422 : 409;
	if (end == CONFLICT)
		(void)!work_problem(w, "rows", "problem.tables.conflict");
	return print_draft(words, q, r);
}

static struct rulemaking
making(const struct rules_words *words, const struct request *q)
{
	return (struct rulemaking){
		.org = words->work->actor->org,
		.table = words->shape->name,
		.revision = form_int(q, "revision"),
	};
}

enum outcome
rules_draft_act(struct work *w, const struct request *q, struct reply *r)
{
	static const struct {
		const char *button;
		int by;
	} moves[] = {{"up", -1}, {"down", 1}};
	int64_t row = form_int(q, "remove");
	struct rules_words words;
	struct rulemaking m;
	enum outcome end;

	if (rules_frame_table(w, q, &words) != DONE)
		return MISSING;
	m = making(&words, q);
	db_savepoint(w->db);
	for (size_t i = 0; i < sizeof moves / sizeof *moves; i++) {
		int64_t moved = form_int(q, moves[i].button);

		if (!moved)
			continue;
		end = rulemaking_move(w, &m, moved, moves[i].by);
		return finish(&words, q, end, (struct done){"moved", moved}, r);
	}
	if (row)
		return finish(&words, q, rulemaking_remove(w, &m, row),
			(struct done){"removed", row}, r);
	return finish(&words, q, rulemaking_begin(w, m.org, m.table),
		(struct done){"begun", 0}, r);
}

enum outcome
rules_draft_discard(struct work *w, const struct request *q, struct reply *r)
{
	struct rules_words words;
	struct rulemaking m;
	enum outcome end;

	if (rules_frame_table(w, q, &words) != DONE)
		return MISSING;
	m = making(&words, q);
	db_savepoint(w->db);
	end = rulemaking_drop(w, &m);
	if (end != DONE)
		return finish(&words, q, end, (struct done){"", 0}, r);
	db_savepoint_keep(w->db);
	return reply_see_other(r, "/admin/rules/%s?done=discarded", m.table);
}

enum outcome
rules_draft_put_back(struct work *w, const struct request *q, struct reply *r)
{
	struct rules_words words;
	struct rule_draft d;
	struct rulemaking m;

	if (rules_frame_table(w, q, &words) != DONE ||
		rule_draft_get(w, w->actor->org, words.shape->name, &d) != DONE)
		return MISSING;
	m = making(&words, q);
	m.revision = d.revision;
	db_savepoint(w->db);
	return finish(&words, q, rulemaking_put_back(w, &m, rules_frame_number(q, "id")),
		(struct done){"back", rules_frame_number(q, "id")}, r);
}

/* --- one row ------------------------------------------------------------------------ */

/* A form with what is in it. */
struct row_form {
	int64_t id; /* 0: a new one */
	struct pairs typed;
	const char *place;
	int64_t revision;
	const char *conflict;
};

static struct part_input
place_input(struct work *w, const char *value)
{
	return (struct part_input){
		.kind = PART_TEXT,
		.id = "place",
		.label = say(w, WORD_tables_place),
		.hint = say(w, WORD_tables_place_hint),
		.value = value,
		.class = "govuk-input--width-4",
		.inputmode = "numeric",
		.autocomplete = "off",
		.error = frame_problem(w, "place"),
	};
}

static enum outcome
print_row(const struct rules_words *words, const struct request *q,
	const struct row_form *f, struct reply *r)
{
	struct work *w = words->work;
	struct rules_row_view v = {
		.problems = problemlist_of(w),
		.conflict = f->conflict,
		.title = say(w, f->id ? WORD_tables_change_row : WORD_tables_new_row),
		.action = address(
			words, f->id ? arena_printf(w->arena, "/rows/%" PRId64, f->id)
				     : "/rows/new"),
		.cancel = address(words, ""),
		.revision = number_text(w, f->revision),
		.place = place_input(w, f->place),
		.conditions = rules_form_inputs(words, &f->typed, true),
		.gives = rules_form_inputs(words, &f->typed, false),
	};

	rules_frame(words, q, &v.page, &v.head, RULES_ELSEWHERE);
	v.page.title_text = v.title;
	view_rules_row(&r->body, w->words, &v);
	return DONE;
}

static bool
is_new(const struct request *q)
{
	return strcmp(path_part(q, "id"), "new") == 0;
}

enum outcome
rules_draft_row(struct work *w, const struct request *q, struct reply *r)
{
	struct row_form f = {.id = rules_frame_number(q, "id")};
	struct table_row row = table_shape_blank();
	struct rules_words words;
	struct rule_draft d;
	int place;

	if (rules_frame_table(w, q, &words) != DONE ||
		rule_draft_get(w, w->actor->org, words.shape->name, &d) != DONE)
		return MISSING;
	place = rule_draft_place(&d, f.id);
	if (!is_new(q) && place < 0)
		return MISSING;
	if (is_new(q))
		f.place = number_text(w, query_int(q, "place", 1, RULE_DRAFT_MOST_ROWS,
						 d.table.count + 1));
	else
		f.place = number_text(w, place + 1);
	if (place >= 0)
		row = d.table.rows[place];
	f.typed = rules_form_of(w, words.shape, &row);
	f.revision = d.revision;
	return print_row(&words, q, &f, r);
}

/* The form once more, with all that was typed. */
static enum outcome
row_comes_back(const struct rules_words *words, const struct request *q, enum outcome end,
	struct reply *r)
{
	struct work *w = words->work;
	struct row_form f = {
		.id = rules_frame_number(q, "id"),
		.typed = q->form,
		.place = form_text(q, "place"),
		.revision = form_int(q, "revision"),
	};
	struct rule_draft d;
	int place;

	r->status = end == CONFLICT ? 409 : 422;
	if (end != CONFLICT)
		return print_row(words, q, &f, r);
	if (rule_draft_get(w, w->actor->org, words->shape->name, &d) != DONE)
		return MISSING;
	place = rule_draft_place(&d, f.id);
	f.revision = d.revision;
	f.conflict = words_text(w->arena, w->words, WORD_tables_conflict_row,
		words_values(
			word_value("by", rules_words_by(w, d.author_name, d.updated)),
			word_value("row", place < 0 ? say(w, WORD_tables_row_gone)
						    : rules_words_row(words,
							      &d.table.rows[place]))));
	if (place < 0)
		f.id = 0;
	return print_row(words, q, &f, r);
}

static int64_t
typed_place(struct work *w, const struct request *q)
{
	const char *text = form_text(q, "place");
	char *end;
	int64_t n = strtoll(text, &end, 10);

	if (!*text)
		return 0;
	if (*end || n < 1 || n > RULE_DRAFT_MOST_ROWS)
		(void)!work_problem(w, "place", "problem.tables.place");
	return n;
}

enum outcome
rules_draft_save(struct work *w, const struct request *q, struct reply *r)
{
	int64_t id = rules_frame_number(q, "id"), place = typed_place(w, q);
	struct rules_words words;
	struct rulemaking m;
	struct table_row row;
	enum outcome end;

	if (rules_frame_table(w, q, &words) != DONE || (!is_new(q) && id == 0))
		return MISSING;
	m = making(&words, q);
	row = rules_form_take(w, words.shape, &q->form);
	db_savepoint(w->db);
	end = rulemaking_save(w, &m, place, &row, &id);
	if (end == DONE && w->problems.count > 0)
		end = INVALID;
	if (end == DONE)
		return finish(&words, q, end, (struct done){"saved", id}, r);
	db_savepoint_undo(w->db);
	if (end == MISSING) /* taken out meanwhile */
		end = CONFLICT;
	if (end != INVALID && end != CONFLICT)
		return end;
	return row_comes_back(&words, q, end, r);
}

enum outcome
rules_draft_changes(struct work *w, const struct request *q, struct reply *r)
{
	struct rules_changes_view v = {.title = NULL};
	struct rules_words words;
	struct table_diff diff;
	struct rule_draft d;

	if (rules_frame_table(w, q, &words) != DONE ||
		rule_draft_get(w, w->actor->org, words.shape->name, &d) != DONE)
		return MISSING;
	rules_frame(&words, q, &v.page, &v.head, RULES_ELSEWHERE);
	v.title = say(w, WORD_tables_changes_draft);
	v.page.title_text = v.title;
	diff = table_diff(w->arena, words.shape,
		shelf_table(w, w->actor->org, words.shape->name), &d.table);
	v.rows = rules_frame_changes(&words, &diff, &v.counts);
	view_rules_changes(&r->body, w->words, &v);
	return DONE;
}
