/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/import/import_log.h"

#include "app/check.h"
#include "app/import_command.h"
#include "desk/promises.h"
#include "format/urlencoded.h"
#include "store/event.h"
#include "store/import_row.h"
#include "testing.h"
#include "testing_command.h"
#include "testing_db.h"
#include "web/staff/ticket_said.h"

#include <stdio.h>
#include <string.h>
#include <zstd.h>

#define HEADINGS                                                                         \
	"number,incident_state,reopen_count,sys_mod_count,made_sla,caller_id,opened_at," \
	"sys_updated_by,sys_updated_at,contact_type,location,category,subcategory,"      \
	"u_symptom,impact,urgency,priority,assignment_group,assigned_to,resolved_by\n"

/* number, state, count, made_sla, updated, location, priority, group, assigned */
#define ROW(n, state, mod, sla, at, where, priority, group, to)                      \
	n "," state ",0," mod "," sla ",Caller 7,1/6/2016 09:00,Updated by 3," at    \
	  ",Phone," where                                                            \
	  ",Category 55,Subcategory 170,?,2 - Medium,2 - Medium," priority "," group \
	  "," to ",Resolved by 9\n"

#define MODERATE "3 - Moderate"
#define FIRST \
	ROW("INC1", "New", "0", "true", "1/6/2016 09:05", "Here", MODERATE, "?", "?")

/* A Wednesday in summer: 09:00 in London is 08:00 UTC. */
static const char life[] = HEADINGS FIRST ROW("INC1", "Active", "1", "true",
	"1/6/2016 10:00", "Here", MODERATE, "Group 5", "Resolver 2") ROW("INC1",
	"Awaiting User Info", "3", "true", "1/6/2016 12:00", "Here", MODERATE, "Group 5",
	"Resolver 2") ROW("INC1", "Awaiting User Info", "2", "true", "1/6/2016 11:00",
	"There", MODERATE, "Group 5", "Resolver 2") ROW("INC1", "Awaiting Vendor", "4",
	"true", "1/6/2016 14:00", "There", "2 - High", "Group 5", "Resolver 2")
	ROW("INC1", "Resolved", "5", "false", "1/6/2016 15:00", "There", "2 - High",
		"Group 5", "Resolver 2") ROW("INC1", "Active", "6", "false",
		"2/6/2016 09:00", "There", "2 - High", "Group 5", "Resolver 2")
		ROW("INC1", "Closed", "7", "false", "2/6/2016 16:00", "There", "2 - High",
			"Group 5", "Resolver 2");

static struct testing_run
import(const char *url, const char *text)
{
	return testing_command(import_command, "incident-log",
		testing_command_file("log.csv", text), "--db", url, NULL);
}

struct told {
	struct ticket ticket;
	struct event_list events;
	struct promise_list promises;
	struct import_row whole;
	bool clocks_agree;
	struct work work;
};

static enum outcome
read_back(struct work *w, void *context)
{
	struct told *t = context;
	struct scope all = access_house(1);

	/* What is read must outlive the transaction. */
	w->arena = testing_arena();
	t->work = *w;
	assert_int_equal(import_row_find(w, 1, "incident-log", "INC1", &t->whole), DONE);
	assert_int_equal(ticket_get(w, &all, t->whole.ticket, &t->ticket), DONE);
	event_read(w, &t->ticket, EVENT_FOR_STAFF, 0, 100, &t->events);
	promises_read(w, &t->ticket, &t->promises);
	t->clocks_agree = promises_check(w, &t->ticket);
	return DONE;
}

static struct told
told_of(const char *url)
{
	struct told t;
	struct errand e;
	struct config c;
	char *no_words[] = {NULL};

	assert_true(config_read(testing_arena(), 0, no_words, &c));
	c.db = url;
	assert_true(errand_open(&e, &c, DB_READ));
	assert_true(errand_write(&e, 1, read_back, &t));
	errand_close(&e);
	return t;
}

static const char *
fact(const struct told *t, int event, const char *name)
{
	return pairs_get(&t->events.at[event].data, name);
}

static void
an_incident_becomes_a_ticket_with_its_history(void **state)
{
	static const char *const kinds[] = {"received", "moved", "assigned", "waiting",
		"imported", "priority", "resumed", "resolved", "reopened", "closed"};
	const char *url = testing_db_url();
	struct testing_run r = import(url, life);
	struct told t;

	(void)state;
	assert_int_equal(r.status, 0);
	assert_string_equal(r.out, "tickets: 1, events: 8, skipped: 0\n");
	t = told_of(url);
	assert_int_equal(t.events.count, sizeof kinds / sizeof *kinds);
	for (int i = 0; i < t.events.count; i++)
		assert_string_equal(t.events.at[i].kind, kinds[i]);
	assert_string_equal(t.ticket.subject, "INC1: Category 55, Subcategory 170");
	assert_string_equal(t.ticket.channel, "call");
	assert_string_equal(t.ticket.customer_name, "Caller 7");
	assert_string_equal(t.ticket.team_name, "Group 5");
	assert_string_equal(t.ticket.assignee_name, "Resolver 2");
	assert_int_equal(t.ticket.status, TICKET_CLOSED);
	assert_int_equal(t.ticket.priority, 2);
	assert_int_equal(t.ticket.handovers, 1);
	assert_int_equal(t.ticket.reopened, 1);
	assert_true(t.clocks_agree);
}

static void
times_are_londons_and_ids_carry_them(void **state)
{
	const char *url = testing_db_url();
	struct told t;

	(void)state;
	import(url, life);
	t = told_of(url);
	assert_string_equal(
		times_iso(testing_arena(), t.ticket.created), "2016-06-01T08:00:00Z");
	assert_string_equal(
		times_iso(testing_arena(), t.events.at[9].at), "2016-06-02T15:00:00Z");
	assert_int_equal(id_instant(t.ticket.id) / 1000, t.ticket.created);
}

/* 3 h to 12:00 -- the row at 11:00 that comes late in the file is taken in its place and
 * the pause is from 11:00 -- so 2 h, then 1 h from 14:00 for a vendor, then 7 h. */
static void
only_the_customer_pauses_the_clock(void **state)
{
	const char *url = testing_db_url();
	struct told t;

	(void)state;
	import(url, life);
	t = told_of(url);
	assert_int_equal(t.promises.count, 1);
	assert_string_equal(t.promises.at[0].kind, "resolution");
	assert_int_equal(t.promises.at[0].target, 24 * 3600);
	assert_int_equal(t.promises.at[0].spent, (2 + 1 + 7) * 3600);
	assert_true(t.promises.at[0].met);
}

static void
nothing_of_a_row_is_lost(void **state)
{
	const char *url = testing_db_url();
	struct told t;

	(void)state;
	import(url, life);
	t = told_of(url);
	assert_string_equal(fact(&t, 0, "log.location"), "Here");
	assert_string_equal(fact(&t, 0, "log.sys_updated_at"), "1/6/2016 09:05");
	assert_string_equal(fact(&t, 3, "log.location"), "There");
	assert_string_equal(fact(&t, 9, "made_sla"), "false");
	assert_string_equal(pairs_get(&t.whole.extra, "made_sla"), "false");
	assert_string_equal(ticket_said_sentence(&t.work, &t.events.at[9]),
		"Updated by 3 closed this. By its own count the earlier system had"
		" missed its target");
	assert_string_equal(t.events.at[1].actor_name, "Updated by 3");
	assert_string_equal(t.events.at[7].actor_name, "Resolved by 9");
	assert_string_equal(t.events.at[0].actor_name, "Caller 7");
}

static void
no_letter_leaves_for_history(void **state)
{
	const char *url = testing_db_url();
	struct db *db;

	(void)state;
	import(url, life);
	db = db_open(url, DB_WRITE);
	assert_int_equal(db_int(db, 9, "select count(*) from outbox"), 0);
	assert_int_equal(db_int(db, 9, "select count(*) from survey"), 0);
	assert_int_equal(db_int(db, 0, "select count(*) from member"), 2);
	db_close(db);
}

static void
a_second_run_imports_nothing_and_a_longer_file_what_is_new(void **state)
{
	const char *url = testing_db_url();
	const char *more = arena_printf(testing_arena(), "%s%s%s", life,
		ROW("INC1", "Closed", "8", "false", "3/6/2016 09:00", "Elsewhere",
			"2 - High", "Group 5", "Resolver 2"),
		ROW("INC1", "Active", "1", "true", "1/6/2016 10:30", "Late", MODERATE,
			"Group 6", "?"));
	struct told t;

	(void)state;
	import(url, life);
	assert_string_equal(import(url, life).out, "tickets: 0, events: 0, skipped: 8\n");
	assert_string_equal(import(url, more).out, "tickets: 0, events: 2, skipped: 8\n");
	t = told_of(url);
	assert_int_equal(t.events.count, 12);
	/* The row that comes after younger ones is told and changes nothing. */
	assert_string_equal(t.events.at[10].kind, "imported");
	assert_string_equal(t.events.at[11].kind, "imported");
	assert_string_equal(t.ticket.team_name, "Group 5");
	assert_true(t.clocks_agree);
}

static void
dirty_rows_are_reported_by_line(void **state)
{
	const char *url = testing_db_url();
	struct testing_run r = import(url,
		HEADINGS FIRST ROW("INC1", "-100", "1", "true", "1/6/2016 10:00", "Here",
			MODERATE, "?", "?") ROW("INC1", "Active", "2", "true",
			"31/6/2016 10:00", "Here", MODERATE, "?", "?") ROW("?", "Active",
			"2", "true", "1/6/2016 10:00", "Here", MODERATE, "?", "?"));

	(void)state;
	assert_string_equal(r.out, "tickets: 1, events: 2, skipped: 2\n");
	assert_non_null(strstr(r.err, "log.csv:3: there is no state \"-100\""));
	assert_non_null(strstr(r.err, "log.csv:4: sys_updated_at is not a time"));
	assert_non_null(strstr(r.err, "log.csv:5: there is no number"));
	assert_int_equal(told_of(url).ticket.status, TICKET_NEW);
}

/* The beginning of the real log, up to a whole line, with what is in it. */
struct beginning {
	const char *text;
	int rows, incidents;
};

static struct beginning
read_beginning(const char *path, size_t most)
{
	struct beginning b = {0};
	FILE *f = fopen(path, "rb");
	char *packed = arena_alloc(testing_arena(), most);
	char *text = arena_alloc(testing_arena(), most + 1);
	ZSTD_DStream *z = ZSTD_createDStream();
	ZSTD_inBuffer in = {packed, 0, 0};
	ZSTD_outBuffer out = {text, most, 0};
	char number[16] = "";

	assert_non_null(f);
	in.size = fread(packed, 1, most, f);
	fclose(f);
	while (out.pos < out.size && in.pos < in.size)
		assert_false(ZSTD_isError(ZSTD_decompressStream(z, &out, &in)));
	ZSTD_freeDStream(z);
	*(strrchr(text, '\n') + 1) = 0;
	for (char *line = strchr(text, '\n') + 1; *line; line = strchr(line, '\n') + 1) {
		b.rows++;
		b.incidents += strncmp(line, number, strlen("INC0000045")) != 0;
		snprintf(number, sizeof number, "%.10s", line);
	}
	b.text = text;
	return b;
}

static void
the_real_log_is_taken_once_and_its_clocks_agree(void **state)
{
	const char *path = testing_command_data("incident-log/incidents.csv.zst");
	const char *url = testing_db_url();
	struct beginning b;

	(void)state;
	if (!path)
		skip();
	b = read_beginning(path, testing_db_engine() == DB_SQLITE ? 1500000 : 100000);
	assert_true(b.rows > 200 && b.incidents > 20);
	assert_string_equal(import(url, b.text).out,
		arena_printf(testing_arena(), "tickets: %d, events: %d, skipped: 0\n",
			b.incidents, b.rows));
	assert_int_equal(testing_command(check_command, "--db", url, NULL).status, 0);
	assert_string_equal(import(url, b.text).out,
		arena_printf(
			testing_arena(), "tickets: 0, events: 0, skipped: %d\n", b.rows));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_incident_becomes_a_ticket_with_its_history),
		cmocka_unit_test(times_are_londons_and_ids_carry_them),
		cmocka_unit_test(only_the_customer_pauses_the_clock),
		cmocka_unit_test(nothing_of_a_row_is_lost),
		cmocka_unit_test(no_letter_leaves_for_history),
		cmocka_unit_test(
			a_second_run_imports_nothing_and_a_longer_file_what_is_new),
		cmocka_unit_test(dirty_rows_are_reported_by_line),
		cmocka_unit_test(the_real_log_is_taken_once_and_its_clocks_agree),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
