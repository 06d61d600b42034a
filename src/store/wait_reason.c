/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "store/wait_reason.h"

#include "base/buffer.h"

#include <ctype.h>
#include <string.h>

enum { MOST_REASONS = 50 };

static const struct wait_reason asked = {
	.code = "customer",
	.words = "",
	.proof = WAIT_QUESTION,
	.chase_days = 5,
	.chase_limit = 2,
};

void
wait_reason_list(struct work *w, int64_t org, struct wait_reason_list *list)
{
	struct wait_reason *at = arena_array(w->arena, MOST_REASONS, sizeof *at);
	struct rows r = db_query(w->db,
		"select code, words, proof, chase_days, chase_limit, review_days"
		" from wait_reason where org = $1 and ended = 0"
		" order by position, code limit $2",
		org, MOST_REASONS);
	int n = 0;

	while (rows_next(&r))
		at[n++] = (struct wait_reason){
			.org = org,
			.code = row_copy(&r, 0, w->arena),
			.words = row_copy(&r, 1, w->arena),
			.proof = strcmp(row_text(&r, 2), "question") == 0 ? WAIT_QUESTION
									  : WAIT_EVIDENCE,
			.chase_days = row_int(&r, 3),
			.chase_limit = row_int(&r, 4),
			.review_days = row_int(&r, 5),
		};
	if (n == 0) {
		at[n] = asked;
		at[n++].org = org;
	}
	*list = (struct wait_reason_list){at, n};
}

enum outcome
wait_reason_find(struct work *w, int64_t org, const char *code, struct wait_reason *r)
{
	struct wait_reason_list list;

	wait_reason_list(w, org, &list);
	for (int i = 0; i < list.count; i++)
		if (strcmp(list.at[i].code, code) == 0) {
			*r = list.at[i];
			return DONE;
		}
	return MISSING;
}

void
wait_reason_save(struct work *w, const struct wait_reason *r, int position)
{
	db_run(w->db,
		"insert into wait_reason (org, code, position, words, proof, chase_days,"
		" chase_limit, review_days) values ($1, $2, $3, $4, $5, $6, $7, $8)"
		" on conflict (org, code) do update set position = $3, words = $4,"
		" proof = $5, chase_days = $6, chase_limit = $7, review_days = $8,"
		" ended = 0",
		r->org, r->code, position, r->words,
		r->proof == WAIT_QUESTION ? "question" : "evidence", r->chase_days,
		r->chase_limit, r->review_days);
}

enum outcome
wait_reason_end(struct work *w, int64_t org, const char *code)
{
	return db_run(w->db,
		       "update wait_reason set ended = 1"
		       " where org = $1 and code = $2 and ended = 0",
		       org, code)
		       ? DONE
		       : MISSING;
}

static const char *
code_of(struct work *w, const char *words)
{
	enum { LONGEST = 40 };
	struct buffer b = buffer_in(w->arena, LONGEST);

	for (; *words && b.len < LONGEST; words++)
		if (isalnum((unsigned char)*words))
			buffer_char(&b, (char)tolower((unsigned char)*words));
		else if (b.len > 0 && b.at[b.len - 1] != '_')
			buffer_char(&b, '_');
	return b.len ? buffer_text(&b) : "reason";
}

void
wait_reason_place(struct work *w, int64_t org, const char *words, struct wait_reason *r,
	int *position)
{
	const char *code = code_of(w, words);

	r->code = code;
	for (int n = 2;
		db_int(w->db, 0, "select 1 from wait_reason where org = $1 and code = $2",
			org, r->code) == 1;
		n++)
		r->code = arena_printf(w->arena, "%s_%d", code, n);
	*position = (int)db_int(w->db, 0,
			    "select max(position) from wait_reason where org = $1", org) +
		    1;
}
