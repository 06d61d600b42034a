/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/demo/demo.h"

#include "app/check.h"
#include "app/demo/demo_tickets.h"
#include "app/import_command.h"
#include "db/db.h"
#include "format/json.h"
#include "store/secret.h"
#include "testing.h"
#include "testing_command.h"
#include "testing_db.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *const organisations[] = {"Southmere Council", "Shared ICT Desk"};

/* SPEC section 1, and the other word for an analyst. */
static const char *const roles[] = {"resident", "internal-customer", "vip", "apprentice",
	"analyst", "agent", "specialist", "leader", "service-owner", "supplier",
	"partner", "field-officer", "counter-officer", "hub-caller",
	"volunteer-coordinator", "manager", "cabinet-member", "governance-officer",
	"administrator"};

static struct testing_run
demo(const char *url, const char *file)
{
	return testing_command(demo_command, "--db", url, "--credentials", file, "--base",
		"https://desk.example.org", "--data", "none", "--key",
		arena_printf(testing_arena(), "%s.key", file), NULL);
}

static const struct json *
read_json(const char *path)
{
	FILE *f = fopen(path, "rb");
	char *text = arena_alloc(testing_arena(), 65536);
	const char *problem = NULL;
	const struct json *all;
	size_t n;

	assert_non_null(f);
	n = fread(text, 1, 65536, f);
	fclose(f);
	all = json_read(
		testing_arena(), (struct bytes){(unsigned char *)text, n}, &problem);
	if (!all)
		fail_msg("%s", problem);
	return all;
}

static const char *
word(const struct json *list, int i, const char *name)
{
	return json_words(json_get(&list->items[i], name));
}

static const char *
new_file(void)
{
	return arena_printf(testing_arena(), "%s/credentials.json", testing_folder());
}

/* One demonstration for the tests that only look. */
static const char *
loaded(const char **file)
{
	static const char *url, *its_file;

	if (!url) {
		url = testing_db_url_empty();
		its_file = new_file();
		assert_int_equal(demo(url, its_file).status, 0);
	}
	*file = its_file;
	return url;
}

static void
every_role_has_an_account_in_both_organisations(void **state)
{
	const char *file;
	const struct json *people;
	struct stat st;

	(void)state;
	loaded(&file);
	people = json_get(read_json(file), "people");
	assert_string_equal(json_words(json_get(read_json(file), "base")),
		"https://desk.example.org");
	for (int o = 0; o < 2; o++)
		for (size_t r = 0; r < sizeof roles / sizeof *roles; r++) {
			int found = 0;

			for (int i = 0; i < people->count; i++)
				found += strcmp(word(people, i, "role"), roles[r]) == 0 &&
					 strcmp(word(people, i, "organisation"),
						 organisations[o]) == 0;
			if (found != 1)
				fail_msg(
					"%d %s in %s", found, roles[r], organisations[o]);
		}
	assert_int_equal(stat(file, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
}

static bool
opens(struct db *db, const char *email, const char *password)
{
	const char *stored = db_text(db, testing_arena(),
		"select password from account where email = $1", email);

	return stored &&
	       crypto_pwhash_str_verify(stored, password, strlen(password)) == 0;
}

static void
the_password_of_the_file_opens_and_the_token_is_known(void **state)
{
	const char *file;
	const char *url = loaded(&file);
	const struct json *all;
	struct db *db;

	(void)state;
	all = read_json(file);
	db = db_open(url, DB_WRITE);
	assert_true(opens(db, "analyst@southmere.example.org",
		word(json_get(all, "people"), 0, "password")));
	assert_int_equal(json_get(all, "tokens")->count, 2);
	for (int i = 0; i < 2; i++)
		assert_int_equal(
			db_int(db, 0,
				"select org from api_token where hash = $1"
				" and role = 'system'",
				secret_hash(testing_arena(),
					word(json_get(all, "tokens"), i, "token"))),
			i + 1);
	db_close(db);
}

/* Its page has something to show, and nobody outside is asked. */
static void
another_body_is_there_and_switched_off(void **state)
{
	const char *file;
	struct db *db = db_open(loaded(&file), DB_WRITE);

	(void)state;
	assert_int_equal(db_int(db, 0,
				 "select count(*) from open311_body where active = 0"
				 " and updates = 1 and listed > 0 and alarm = ''"),
		1);
	assert_int_equal(db_int(db, 0, "select count(*) from open311_body"), 1);
	assert_int_equal(
		db_int(db, 0, "select count(*) from open311_sent where theirs <> ''"), 1);
	assert_int_equal(db_int(db, 0,
				 "select count(*) from outbox where kind ="
				 " 'open311-update' and state = 'sent'"),
		1);
	assert_int_equal(db_int(db, 0,
				 "select count(*) from outbox where kind like 'open311%'"
				 " and state <> 'sent'"),
		0);
	db_close(db);
}

static void
a_second_run_changes_nothing(void **state)
{
	static const char *const tables[] = {"ticket", "event", "person", "account",
		"service", "rule_row", "calendar", "team", "member", "contact", "outbox",
		"open311_body", "open311_sent"};
	const char *url = testing_db_url_empty();
	const char *file = new_file();
	const struct json *first;
	struct db *db;

	(void)state;
	assert_int_equal(demo(url, file).status, 0);
	first = read_json(file);
	db = db_open(url, DB_WRITE);
	for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
		assert_true(db_script(
			db, arena_printf(testing_arena(),
				    "create table was_%s as select count(*) as n from %s",
				    tables[i], tables[i])));
	assert_non_null(strstr(demo(url, file).out, "new tickets: 0\n"));
	for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
		assert_true(db_script(
			db, arena_printf(testing_arena(),
				    "create table differs_%s as select 1 / (case when"
				    " (select n from was_%s) = (select count(*) from %s)"
				    " then 1 else 0 end) as n",
				    tables[i], tables[i], tables[i])));
	assert_int_equal(db_int(db, 0, "select n from differs_ticket"), 1);
	db_close(db);
	assert_string_equal(word(json_get(first, "people"), 0, "password"),
		word(json_get(read_json(file), "people"), 0, "password"));
	assert_string_equal(word(json_get(first, "tokens"), 1, "token"),
		word(json_get(read_json(file), "tokens"), 1, "token"));
}

static void
a_lost_file_gives_a_new_password_and_ends_the_old_token(void **state)
{
	const char *url = testing_db_url_empty();
	const char *file = new_file();
	const struct json *first, *second;
	struct db *db;

	(void)state;
	assert_int_equal(demo(url, file).status, 0);
	first = json_get(read_json(file), "people");
	assert_int_equal(unlink(file), 0);
	assert_int_equal(demo(url, file).status, 0);
	second = json_get(read_json(file), "people");
	db = db_open(url, DB_WRITE);
	assert_false(opens(db, "vip@ict.example.org", word(first, 0, "password")));
	assert_true(opens(db, "vip@ict.example.org", word(second, 0, "password")));
	assert_int_equal(
		db_int(db, 0,
			"select count(*) from api_token where expires - created > 86400"),
		2);
	db_close(db);
}

static void
the_story_leaves_queues_scores_and_no_letter_to_send(void **state)
{
	const char *file;
	const char *url = loaded(&file);
	struct db *db;

	(void)state;
	db = db_open(url, DB_WRITE);
	assert_true(db_int(db, 0, "select count(*) from ticket") >= 60);
	assert_true(db_int(db, 0, "select count(*) from ticket where open = 1") >= 20);
	assert_true(db_int(db, 0, "select count(*) from survey where score > 0") >= 20);
	assert_int_equal(
		db_int(db, 9, "select count(*) from outbox where state = 'waiting'"), 0);
	assert_int_equal(
		db_int(db, 0, "select count(*) from service where org = 1"), 118);
	assert_true(db_int(db, 0,
			    "select count(*) from member m"
			    " join team t on t.org = m.org and t.id = m.team"
			    " join account a on a.org = m.org and a.person = m.person"
			    " where t.name = 'Highways'"
			    " and a.email = 'analyst@southmere.example.org'") == 1);
	/* Ids in the order of time. */
	assert_int_equal(db_int(db, 9,
				 "select count(*) from ticket a join ticket b"
				 " on a.org = b.org and a.id < b.id"
				 " where a.created > b.created"),
		0);
	db_close(db);
	assert_int_equal(testing_command(check_command, "--db", url, NULL).status, 0);
}

struct telling {
	struct demo_cast cast;
	int64_t now;
	int64_t made;
};

/* The story once more as it would be told at another time; undone. */
static enum outcome
tell(struct work *w, void *context)
{
	static const char *const tables[] = {
		"contact", "ticket", "event", "verdict", "decision", "outbox", "survey"};
	struct telling *t = context;
	struct demo_tickets story = {.cast = &t->cast};

	for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
		assert_true(db_script(
			w->db, arena_printf(w->arena, "delete from %s", tables[i])));
	demo_cast_write(w, &t->cast);
	assert_true(demo_tickets_read(w->arena, t->now, &story));
	assert_int_equal(demo_tickets_play(w, &story), DONE);
	t->made = story.made;
	return CONFLICT;
}

static void
the_story_can_be_told_at_any_time(void **state)
{
	const char *file;
	struct telling t;
	struct errand e;
	struct config c;
	char *no_words[] = {NULL};

	(void)state;
	assert_true(config_read(testing_arena(), 0, no_words, &c));
	c.db = loaded(&file);
	assert_true(errand_open(&e, &c, DB_WRITE));
	assert_true(demo_cast_read(e.arena, &t.cast));
	assert_true(times_parse_iso(bytes_of("2026-03-20T03:17:00Z"), &t.now));
	/* Ten times of day on ten days, over a change of clocks. */
	for (int i = 0; i < 10; i++, t.now += 29 * 3600) {
		assert_false(errand_write(&e, 0, tell, &t));
		assert_int_equal(t.made, 69);
	}
	errand_close(&e);
}

static void
the_database_of_somebody_else_is_refused(void **state)
{
	const char *url = testing_db_url();
	struct testing_run r;

	(void)state;
	testing_command(import_command, "services",
		testing_command_project("seed/services.csv"), "--db", url, "--org",
		"real", NULL);
	r = demo(url, new_file());
	assert_int_equal(r.status, 1);
	assert_non_null(strstr(r.err, "this database belongs to"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_role_has_an_account_in_both_organisations),
		cmocka_unit_test(the_password_of_the_file_opens_and_the_token_is_known),
		cmocka_unit_test(another_body_is_there_and_switched_off),
		cmocka_unit_test(a_second_run_changes_nothing),
		cmocka_unit_test(a_lost_file_gives_a_new_password_and_ends_the_old_token),
		cmocka_unit_test(the_story_leaves_queues_scores_and_no_letter_to_send),
		cmocka_unit_test(the_story_can_be_told_at_any_time),
		cmocka_unit_test(the_database_of_somebody_else_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
