/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/check.h"
#include "app/heads.h"
#include "base/times.h"
#include "store/audit.h"
#include "store/audit_watch.h"
#include "testing.h"
#include "testing_command.h"
#include "testing_db.h"
#include "testing_door.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define WATCHER "watcher@auditors.example.org"

enum { ROWS = 40 };

/* A desk whose audit is watched, and the file beside it. */
struct watched {
	struct testing_door *door;
	const char *file, *letter;
	int64_t day;
};

static enum outcome
watch(struct work *w, void *context)
{
	(void)context;
	audit_watch_set(w, SOUTHMERE, WATCHER);
	return DONE;
}

static enum outcome
work_a_day(struct work *w, void *context)
{
	(void)context;
	for (int i = 0; i < ROWS; i++)
		audit_add(w, "view", arena_printf(w->arena, "ticket %d", i), "what=page");
	return DONE;
}

static enum outcome
seal(struct work *w, void *context)
{
	(void)context;
	assert_true(audit_seal(w, 1000) >= ROWS);
	return DONE;
}

static int64_t
letters(const struct watched *d)
{
	return testing_door_number(
		d->door, "select count(*) from outbox where recipient = '" WATCHER "'");
}

static int
lines(const char *file)
{
	FILE *f = fopen(file, "r");
	char line[1000];
	int count = 0;

	while (f && fgets(line, sizeof line, f))
		count++;
	if (f)
		fclose(f);
	return count;
}

static const char *
newest_letter(const struct watched *d)
{
	struct db *db = house_reader(&d->door->house);
	const char *body;

	db_begin(db);
	body = db_text(db, testing_arena(),
		"select body from outbox where recipient = $1 order by id desc limit 1",
		WATCHER);
	db_rollback(db);
	house_reader_back(&d->door->house, db);
	return testing_command_file("letter", body);
}

static void
the_head_leaves_once_a_day(void **state)
{
	struct watched *d = *state;
	struct heads one = {.arena = arena_new()}, other = {.arena = arena_new()};
	struct house *h = &d->door->house;
	const char *elsewhere = arena_printf(testing_arena(), "%s.b", d->file);

	/* Nothing is sealed: nothing is said. */
	heads_round(&one, h, d->day - TIMES_DAY);
	assert_int_equal(letters(d), 0);
	assert_int_equal(lines(d->file), 0);
	for (int day = 0; day < 3; day++) {
		int64_t now = d->day + day * (int64_t)TIMES_DAY;

		testing_door_write(d->door, work_a_day, NULL);
		testing_door_write(d->door, seal, NULL);
		heads_round(&one, h, now);
		assert_int_equal(letters(d), day + 1);
		assert_int_equal(lines(d->file), day + 1);
		/* No more of it on that day, and none by another process. */
		heads_round(&one, h, now + 3600);
		assert_int_equal(lines(d->file), day + 1);
		d->door->config.audit_head = elsewhere;
		heads_round(&other, h, now + 7200);
		assert_int_equal(lines(elsewhere), day + 1);
		d->door->config.audit_head = d->file;
		assert_int_equal(letters(d), day + 1);
	}
	d->letter = newest_letter(d);
	arena_free(one.arena);
	arena_free(other.arena);
}

/* What somebody who can write to the database does, and who notices. */
struct damage {
	const char *name;
	void (*does)(struct work *w);
	bool chain; /* the chain alone shows it */
	struct watched *at;
};

static int64_t
some_row(struct work *w)
{
	return db_int(w->db, 0,
		"select audit from audit_seal where org = $1 and seq = $2", SOUTHMERE,
		ROWS + 5);
}

static void
change(struct work *w)
{
	db_run(w->db,
		"update audit set detail = 'what=nothing' where org = $1 and id = $2",
		SOUTHMERE, some_row(w));
}

static void
take_out(struct work *w)
{
	db_run(w->db, "delete from audit where org = $1 and id = $2", SOUTHMERE,
		some_row(w));
}

static void
put_in(struct work *w)
{
	db_run(w->db,
		"insert into audit (org, id, at, actor, actor_kind, action, subject,"
		" detail, sealed) values ($1, $2, 1, 0, 'staff', 'view', 'x', '', 1)",
		SOUTHMERE,
		db_int(w->db, 0, "select min(id) - 1 from audit where org = $1",
			SOUTHMERE));
}

/* The last day was never. */
static void
cut_off(struct work *w)
{
	db_run(w->db,
		"delete from audit where org = $1 and id in (select audit from audit_seal"
		" where org = $1 and seq > $2)",
		SOUTHMERE, 2 * ROWS);
	db_run(w->db, "delete from audit_seal where org = $1 and seq > $2", SOUTHMERE,
		2 * ROWS);
}

/* A row is changed and the whole chain made anew, as the program would. */
static void
make_anew(struct work *w)
{
	change(w);
	db_run(w->db, "delete from audit_seal where org = $1", SOUTHMERE);
	db_run(w->db, "update audit set sealed = 0 where org = $1", SOUTHMERE);
	assert_int_equal(audit_seal(w, 1000), 3 * ROWS);
}

static enum outcome
do_damage(struct work *w, void *context)
{
	const struct damage *d = context;
	struct audit_verdict v;

	audit_verify(w, SOUTHMERE, &v);
	assert_null(v.problem);
	assert_int_equal(v.rows, 3 * ROWS);
	assert_int_equal(heads_check(w, d->at->file), 0);
	assert_int_equal(heads_check(w, d->at->letter), 0);
	d->does(w);
	assert_false(db_failed(w->db));
	audit_verify(w, SOUTHMERE, &v);
	print_message("%s: %s\n", d->name, v.problem ? v.problem : "the chain is whole");
	assert_true((v.problem != NULL) == d->chain);
	if (!d->chain) {
		assert_true(heads_check(w, d->at->file) > 0);
		assert_true(heads_check(w, d->at->letter) > 0);
	}
	return INVALID; /* and it is undone */
}

static void
each_damage_is_found(void **state)
{
	struct damage all[] = {
		{"a row is changed", change, true, *state},
		{"a row is taken out", take_out, true, *state},
		{"a row is put in", put_in, true, *state},
		{"the end is cut off", cut_off, false, *state},
		{"the chain is made anew", make_anew, false, *state},
	};
	struct watched *d = *state;

	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		assert_int_equal(
			house_write(&d->door->house, SOUTHMERE, do_damage, &all[i]),
			DB_UNDONE);
}

static enum outcome
really(struct work *w, void *context)
{
	(void)context;
	cut_off(w);
	return DONE;
}

static struct testing_run
check(const struct watched *d, const char *heads)
{
	return testing_command(
		check_command, "--db", d->door->url, "--audit-head", heads, NULL);
}

static void
the_command_finds_it_by_file_and_by_letter(void **state)
{
	struct watched *d = *state;
	struct testing_run r = check(d, d->letter);

	assert_int_equal(r.status, 0);
	assert_non_null(strstr(r.out, "audit heads: all 1 are in their chains"));
	testing_door_write(d->door, really, NULL);
	r = check(d, d->letter);
	assert_int_equal(r.status, 1);
	assert_non_null(strstr(r.out, "the chain no longer has it"));
	assert_int_equal(check(d, d->file).status, 1);
	/* Without them nobody knows. */
	assert_int_equal(check(d, "").status, 0);
	/* What holds no head proves nothing, and says so. */
	r = check(d, testing_command_file("words", "Dear auditor,\nall is well.\n"));
	assert_int_equal(r.status, 1);
	assert_non_null(strstr(r.out, "there are none"));
}

static int
begin(void **state)
{
	struct watched *d = arena_alloc(testing_arena(), sizeof *d);

	*d = (struct watched){
		.door = testing_door_open("off"),
		.file = arena_printf(testing_arena(), "%s/heads", testing_folder()),
		.day = times_now() / TIMES_DAY * TIMES_DAY + TIMES_DAY,
	};
	d->door->config.audit_head = d->file;
	testing_door_write(d->door, watch, NULL);
	*state = d;
	return 0;
}

static int
end(void **state)
{
	struct watched *d = *state;

	testing_door_close(d->door);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_head_leaves_once_a_day),
		cmocka_unit_test(each_damage_is_found),
		cmocka_unit_test(the_command_finds_it_by_file_and_by_letter),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
