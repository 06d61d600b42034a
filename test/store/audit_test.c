/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "store/audit.h"

#include "testing.h"
#include "testing_desk.h"

#include <string.h>

/* Five rows a minute apart, sealed three and two. */
static struct work *
five_sealed_rows(void)
{
	struct work *w = testing_desk(NULL);

	for (int i = 0; i < 5; i++) {
		w->now += 60;
		audit_add(w, "ticket.view", arena_printf(w->arena, "ticket %d", i), "");
	}
	assert_int_equal(audit_seal(w, 3), 3);
	assert_int_equal(audit_seal(w, 100), 2);
	assert_int_equal(audit_seal(w, 100), 0);
	assert_false(audit_waits(w));
	return w;
}

static const char *
problem(struct work *w)
{
	struct audit_verdict v;

	audit_verify(w, SOUTHMERE, &v);
	return v.problem;
}

/* The id of the nth row, from 0. */
static int64_t
nth(struct work *w, int n)
{
	return db_int(w->db, 0,
		"select id from audit where org = $1 order by id limit 1 offset $2",
		SOUTHMERE, n);
}

static void
assert_names(struct work *w, int64_t id)
{
	const char *what = problem(w);

	assert_non_null(what);
	assert_non_null(strstr(what, arena_printf(w->arena, "row %lld", (long long)id)));
}

static void
a_sealed_chain_is_right_and_has_a_head(void **state)
{
	struct work *w = five_sealed_rows();
	struct audit_verdict v;

	(void)state;
	audit_verify(w, SOUTHMERE, &v);
	assert_null(v.problem);
	assert_int_equal(v.rows, 5);
	assert_int_equal(v.waiting, 0);
	assert_int_equal(strlen(v.head), 64);
}

static void
rows_that_wait_are_counted(void **state)
{
	struct work *w = five_sealed_rows();
	struct audit_verdict v;

	(void)state;
	w->now += 60;
	audit_add(w, "ticket.view", "ticket 6", "");
	assert_true(audit_waits(w));
	audit_verify(w, SOUTHMERE, &v);
	assert_null(v.problem);
	assert_int_equal(v.waiting, 1);
}

static void
an_altered_row_is_found(void **state)
{
	struct work *w = five_sealed_rows();
	int64_t id = nth(w, 2);

	(void)state;
	db_run(w->db, "update audit set subject = 'another' where id = $1", id);
	assert_names(w, id);
}

static void
a_removed_row_is_found(void **state)
{
	struct work *w = five_sealed_rows();
	int64_t id = nth(w, 1);

	(void)state;
	db_run(w->db, "delete from audit where id = $1", id);
	assert_names(w, id);
}

static void
a_row_removed_with_its_seal_is_found(void **state)
{
	struct work *w = five_sealed_rows();
	int64_t id = nth(w, 1);

	(void)state;
	db_run(w->db, "delete from audit_seal where audit = $1", id);
	db_run(w->db, "delete from audit where id = $1", id);
	assert_string_equal(problem(w), "seal 2 is missing");
}

static void
an_inserted_row_is_found_whatever_it_says_of_itself(void **state)
{
	struct work *w = five_sealed_rows();
	int64_t id = nth(w, 1) + 1;

	(void)state;
	for (int sealed = 0; sealed < 2; sealed++) {
		db_run(w->db, "delete from audit where id = $1", id);
		db_run(w->db,
			"insert into audit (org, id, at, actor, actor_kind, action,"
			" subject, detail, sealed)"
			" values (1, $1, 0, 0, 'staff', 'x', 'y', '', $2)",
			id, sealed);
		assert_names(w, id);
	}
}

static void
swapped_rows_are_found(void **state)
{
	struct work *w = five_sealed_rows();
	int64_t a = nth(w, 1);
	int64_t b = nth(w, 3);

	(void)state;
	db_run(w->db, "update audit set id = 1 where id = $1", a);
	db_run(w->db, "update audit set id = $1 where id = $2", a, b);
	db_run(w->db, "update audit set id = $1 where id = 1", b);
	assert_names(w, a);
}

static void
every_organisation_has_a_chain_of_its_own(void **state)
{
	struct work *w = five_sealed_rows();
	struct actor other = work_house_actor(ICT_DESK);
	struct audit_verdict v;

	(void)state;
	w->actor = &other;
	audit_add(w, "account.disable", "eve", "");
	assert_int_equal(audit_seal(w, 100), 1);
	audit_verify(w, ICT_DESK, &v);
	assert_null(v.problem);
	assert_int_equal(v.rows, 1);
	assert_null(problem(w));
}

/* Who can write to the database cuts the end off, rows and seals: the chain that is left
 * is right, and only a head that was kept elsewhere tells. */
static void
a_cut_end_is_found_by_a_head_that_was_kept(void **state)
{
	struct work *w = five_sealed_rows();
	const char *head;
	int64_t seq;

	(void)state;
	audit_head(w, SOUTHMERE, &seq, &head);
	assert_int_equal(seq, 5);
	assert_true(audit_has(w, SOUTHMERE, seq, head));
	db_run(w->db, "delete from audit where org = $1 and id = $2", SOUTHMERE,
		nth(w, 4));
	db_run(w->db, "delete from audit_seal where org = $1 and seq = 5", SOUTHMERE);
	assert_null(problem(w));
	assert_false(audit_has(w, SOUTHMERE, seq, head));
}

/* What somebody looked at is read by person, by action and by what it was. */
static void
the_audit_is_read_by_its_filters(void **state)
{
	struct work *w = five_sealed_rows();
	struct audit_query q = {.org = SOUTHMERE, .limit = 2};
	struct audit_entries list;

	(void)state;
	audit_read(w, &q, &list);
	assert_int_equal(list.count, 2);
	assert_true(list.more);
	assert_string_equal(list.at[0].subject, "ticket 4");
	q.before = list.at[1].id;
	audit_read(w, &q, &list);
	assert_string_equal(list.at[0].subject, "ticket 2");
	q = (struct audit_query){.org = SOUTHMERE, .limit = 9, .subject = "ticket 1"};
	audit_read(w, &q, &list);
	assert_int_equal(list.count, 1);
	q = (struct audit_query){.org = ICT_DESK, .limit = 9};
	audit_read(w, &q, &list);
	assert_int_equal(list.count, 0);
	q = (struct audit_query){.org = SOUTHMERE, .limit = 9, .person = 12345};
	audit_read(w, &q, &list);
	assert_int_equal(list.count, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_cut_end_is_found_by_a_head_that_was_kept),
		cmocka_unit_test(the_audit_is_read_by_its_filters),
		cmocka_unit_test(a_sealed_chain_is_right_and_has_a_head),
		cmocka_unit_test(rows_that_wait_are_counted),
		cmocka_unit_test(an_altered_row_is_found),
		cmocka_unit_test(a_removed_row_is_found),
		cmocka_unit_test(a_row_removed_with_its_seal_is_found),
		cmocka_unit_test(an_inserted_row_is_found_whatever_it_says_of_itself),
		cmocka_unit_test(swapped_rows_are_found),
		cmocka_unit_test(every_organisation_has_a_chain_of_its_own),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
