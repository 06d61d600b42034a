/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/import_command.h"
#include "base/times.h"
#include "desk/honesty.h"
#include "format/urlencoded.h"
#include "rule/clock.h"
#include "rule/testing_clock.h"
#include "store/shelf.h"
#include "testing_command.h"
#include "testing_db.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zstd.h>

/*
 * The incident log, replayed: what our timeline of it says against a count made straight
 * from the file by incident_log.py, and our clock against the verdicts it records. Its
 * beginning, or with PORTREEVE_CASES=full the whole; where it is absent this is skipped.
 */

enum { WHOLE = 80000000, BEGINNING = 1500000, PRIORITIES = 4 };

static const char working_week[] =
	"zone=Europe/London week=1/0-86400,2/0-86400,3/0-86400,4/0-86400,5/0-86400";

/* The file up to a whole line, at most so many bytes of it. */
static const char *
unpack(const char *path, size_t most)
{
	FILE *f = fopen(path, "rb");
	char *text = arena_alloc(testing_arena(), most + 1);
	ZSTD_DStream *z = ZSTD_createDStream();
	ZSTD_outBuffer out = {text, most, 0};
	char packed[65536];
	ZSTD_inBuffer in = {packed, 0, 0};

	assert_non_null(f);
	while (out.pos < out.size && (in.size = fread(packed, 1, sizeof packed, f)) > 0)
		for (in.pos = 0; in.pos < in.size && out.pos < out.size;)
			assert_false(ZSTD_isError(ZSTD_decompressStream(z, &out, &in)));
	fclose(f);
	ZSTD_freeDStream(z);
	text[out.pos] = 0;
	*(strrchr(text, '\n') + 1) = 0;
	return text;
}

struct counted {
	int incidents, legs, returns, closed, met;
};

static struct counted
count_by_hand(const char *file)
{
	const char *command = arena_printf(testing_arena(), "python3 %s '%s'",
		testing_path("app/incident_log.py"), file);
	struct counted c;
	FILE *out = popen(command, "r");

	assert_non_null(out);
	assert_int_equal(fscanf(out, "incidents %d legs %d returns %d closed %d met %d",
				 &c.incidents, &c.legs, &c.returns, &c.closed, &c.met),
		5);
	assert_int_equal(pclose(out), 0);
	return c;
}

/* Opened to closed, nothing deducted. */
static bool
met_by_us(const struct calendar *week, int64_t target, int64_t opened, int64_t closed)
{
	struct clock_policy p = {
		.unit = CLOCK_SECONDS, .target = target, .calendar = week};
	struct clock c = clock_new(&p);
	struct clock_event start = {.id = 1, .sequence = 1, .at = opened};
	struct clock_event stop = {
		.id = 2, .sequence = 2, .at = closed, .act = CLOCK_STOP};
	struct clock_cycle ended;

	assert_int_equal(clock_apply(&c, &start, &ended), CLOCK_APPLIED);
	assert_int_equal(clock_apply(&c, &stop, &ended), CLOCK_APPLIED);
	return clock_read(&c, closed).result == CLOCK_MET;
}

/* Of the customer's clock, in what is kept of a ticket's: see store/kept_clock. */
static int64_t
target_of(const char *clocks)
{
	const char *line = strstr(clocks, "resolution 0 ");
	long long target;

	assert_non_null(line);
	assert_int_equal(
		sscanf(line, "resolution 0 %*d %*d %*d %*d %*d %lld", &target), 1);
	return target;
}

static void
compare_verdicts(struct db *db, int right[PRIORITIES], int all[PRIORITIES])
{
	const struct calendar *week = testing_calendar(testing_arena(), working_week);
	struct arena *a = arena_new();
	struct rows r = db_query(db,
		"select t.priority, t.created, t.closed, i.extra, t.clocks from "
		"import_row i"
		" join ticket t on t.org = i.org and t.id = i.ticket"
		" where i.ticket > 0 and t.closed > 0");

	while (rows_next(&r)) {
		int p = (int)row_int(&r, 0) - 1;
		struct pairs extra = urlencoded_read(a, row_text(&r, 3));
		const char *made = pairs_get(&extra, "made_sla");

		assert_in_range(p, 0, PRIORITIES - 1);
		assert_non_null(made);
		all[p]++;
		right[p] += met_by_us(week, target_of(row_text(&r, 4)), row_int(&r, 1),
				    row_int(&r, 2)) == (strcmp(made, "true") == 0);
	}
	arena_free(a);
}

static struct honesty
all_time(struct db *db)
{
	struct actor house = work_house_actor(1);
	struct work w = {
		.arena = testing_arena(),
		.db = db,
		.shelf = shelf_new(),
		.actor = &house,
		.now = times_now(),
	};
	struct scope all = access_house(1);
	struct figures_period ever = {0, w.now};
	struct honesty h;

	honesty_read(&w, &all, &ever, &h);
	shelf_free(w.shelf);
	return h;
}

static void
say_verdicts(const int right[PRIORITIES], const int all[PRIORITIES])
{
	for (int p = 0; p < PRIORITIES; p++)
		if (all[p])
			print_message("priority %d: our clock agrees with %d of %d"
				      " verdicts (%.2f %%)\n",
				p + 1, right[p], all[p], 100.0 * right[p] / all[p]);
}

static void
the_log_replayed_says_what_the_log_says(void **state)
{
	const char *path = testing_command_data("incident-log/incidents.csv.zst");
	const char *url = testing_db_url();
	bool whole = testing_cases(0, 1) == 1;
	int right[PRIORITIES] = {0}, all[PRIORITIES] = {0};
	const char *file;
	struct counted c;
	struct honesty h;
	struct db *db;

	(void)state;
	if (!path) {
		print_message("the incident log is absent\n");
		skip();
	}
	file = testing_command_file("log.csv", unpack(path, whole ? WHOLE : BEGINNING));
	c = count_by_hand(file);
	assert_int_equal(
		testing_command(import_command, "incident-log", file, "--db", url, NULL)
			.status,
		0);
	db = db_open(url, DB_READ);
	assert_int_equal(
		db_int(db, 0, "select count(*) from ticket where open = 0"), c.closed);
	assert_int_equal(db_int(db, 0,
				 "select (select count(*) from ticket)"
				 " + (select count(*) from handover)"),
		c.legs);
	assert_int_equal(db_int(db, 0,
				 "select count(distinct ticket) from handover"
				 " where back = 1"),
		c.returns);
	compare_verdicts(db, right, all);
	h = all_time(db);
	db_close(db);
	print_message("%d incidents, %d legs, %d return to an earlier team\n",
		c.incidents, c.legs, c.returns);
	say_verdicts(right, all);
	print_message("until resolved: %d stopped, %d met with pauses, %d without:"
		      " %d are met only because of pauses\n",
		(int)h.stopped, (int)h.met, (int)h.unpaused, h.gained_count);
	assert_true(right[2] * 100 >= all[2] * 99);
	assert_true(h.unpaused <= h.met && h.met <= h.stopped);
	if (whole) {
		assert_int_equal(c.incidents, 9202);
		assert_int_equal(c.returns, 1128);
		assert_int_equal(right[2], 8514);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_log_replayed_says_what_the_log_says),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
