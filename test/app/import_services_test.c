/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/import/import_services.h"

#include "app/founding.h"
#include "app/import/import_targets.h"
#include "app/import_command.h"
#include "desk/routing.h"
#include "store/service.h"
#include "testing.h"
#include "testing_command.h"
#include "testing_db.h"

#include <string.h>

#define HEADINGS                                                               \
	"service_code,service_name,group,lgsl,lgil,fields,team,priority,"      \
	"target_working_days,target_hours,geo,open311,charge_gbp,who_may_ask," \
	"special_category,retention_months_after_close,emergency_text,note\n"

/* An errand on a fresh database with a first organisation and its catalogue. */
static struct errand *
council(const char *catalogue)
{
	struct errand *e = arena_alloc(testing_arena(), sizeof *e);
	struct config *c = arena_alloc(testing_arena(), sizeof *c);
	char *no_words[] = {NULL};

	assert_true(config_read(testing_arena(), 0, no_words, c));
	c->db = testing_db_url();
	assert_int_equal(testing_command(import_command, "services", catalogue, "--db",
				 c->db, NULL)
				 .status,
		0);
	assert_true(errand_open(e, c, DB_WRITE));
	return e;
}

struct question {
	const char *service;
	int64_t priority;
	bool vip, vulnerable;
	int64_t impact, urgency;
	struct routed answer;
	struct service found;
};

static enum outcome
route(struct work *w, void *context)
{
	struct question *q = context;
	struct contact c = {.impact = q->impact, .urgency = q->urgency};
	struct person p = {.vip = q->vip, .vulnerable = q->vulnerable};

	assert_int_equal(service_find(w, 1, q->service, &q->found), DONE);
	if (q->priority)
		q->found.priority = q->priority;
	routing_decide(w, &q->found, &c, &p, &q->answer);
	return DONE;
}

static const char *
seed(void)
{
	return testing_command_project("seed/services.csv");
}

static void
the_whole_catalogue_loads_once(void **state)
{
	const char *url = testing_db_url();
	struct testing_run r = testing_command(
		import_command, "services", seed(), "--db", url, NULL);

	(void)state;
	assert_int_equal(r.status, 0);
	assert_string_equal(r.out, "services: 118, fields: 545, teams: 33, skipped: 0\n");
	r = testing_command(import_command, "services", seed(), "--db", url, NULL);
	assert_int_equal(r.status, 0);
	assert_string_equal(r.out, "services: 0, fields: 0, teams: 0, skipped: 118\n");
}

static void
a_pothole_has_twenty_days_and_a_dangerous_one_a_day(void **state)
{
	struct errand *e = council(seed());
	struct question plain = {.service = "HW-POTHOLE"};
	struct question danger = {.service = "HW-POTHOLE", .priority = 1};

	(void)state;
	assert_true(errand_write(e, 1, route, &plain));
	assert_int_equal(plain.answer.priority, 3);
	assert_int_equal(plain.answer.terms.resolution, 20);
	assert_int_equal(plain.answer.terms.unit, CLOCK_WORKING_DAYS);
	assert_int_equal(plain.answer.terms.response, 8 * 3600);
	assert_int_equal(plain.answer.terms.calendar, 1);
	assert_true(errand_write(e, 1, route, &danger));
	assert_int_equal(danger.answer.terms.resolution, 24 * 3600);
	assert_int_equal(danger.answer.terms.unit, CLOCK_SECONDS);
	assert_int_equal(danger.answer.terms.response, 3600);
	assert_int_equal(danger.answer.terms.calendar, 24);
	errand_close(e);
}

static void
freedom_of_information_has_the_laws_own_days(void **state)
{
	struct errand *e = council(seed());
	struct question foi = {.service = "IG-FOI"};
	struct question other = {.service = "IG-SAR"};

	(void)state;
	assert_true(errand_write(e, 1, route, &foi));
	assert_int_equal(foi.answer.terms.resolution, 20);
	assert_int_equal(foi.answer.terms.unit, CLOCK_WORKING_DAYS);
	assert_int_equal(foi.answer.terms.calendar, 2);
	assert_true(foi.answer.terms.midnight);
	assert_true(foi.answer.terms.no_pause);
	assert_string_equal(db_text(e->db, e->arena,
				    "select name from calendar where id = 2"
				    " and holidays = 'uk'"),
		"Statutory days");
	assert_true(errand_write(e, 1, route, &other));
	assert_int_equal(other.answer.terms.calendar, 1);
	assert_false(other.answer.terms.midnight);
	errand_close(e);
}

static void
data_protection_has_months_and_days_of_the_wall_calendar(void **state)
{
	struct errand *e = council(seed());
	struct question access = {.service = "IG-SAR"};
	struct question urgent = {.service = "IG-SAR", .priority = 1};
	struct question misuse = {.service = "IG-DPCOMP"};
	struct question complaint = {.service = "CU-COMPL"};

	(void)state;
	assert_true(errand_write(e, 1, route, &access));
	assert_int_equal(access.answer.terms.resolution, 1);
	assert_int_equal(access.answer.terms.unit, CLOCK_MONTHS);
	assert_int_equal(access.answer.terms.extended, 3);
	assert_int_equal(access.answer.terms.response, 8 * 3600);
	assert_int_equal(access.answer.terms.response_unit, CLOCK_SECONDS);
	assert_false(access.answer.terms.no_pause);
	assert_true(errand_write(e, 1, route, &urgent));
	assert_int_equal(urgent.answer.terms.resolution, 1);
	assert_int_equal(urgent.answer.terms.unit, CLOCK_MONTHS);
	assert_true(errand_write(e, 1, route, &misuse));
	assert_int_equal(misuse.answer.terms.response, 30);
	assert_int_equal(misuse.answer.terms.response_unit, CLOCK_DAYS);
	assert_int_equal(misuse.answer.terms.resolution, 21);
	assert_int_equal(misuse.answer.terms.unit, CLOCK_WORKING_DAYS);
	assert_true(errand_write(e, 1, route, &complaint));
	assert_int_equal(complaint.answer.terms.response, 5);
	assert_int_equal(complaint.answer.terms.response_unit, CLOCK_WORKING_DAYS);
	assert_int_equal(complaint.answer.terms.resolution, 10);
	assert_int_equal(complaint.answer.terms.extended, 20);
	errand_close(e);
}

static void
plain_hours_hold_for_every_priority(void **state)
{
	struct errand *e = council(seed());
	struct question stray = {.service = "EH-STRAY"};

	(void)state;
	assert_true(errand_write(e, 1, route, &stray));
	assert_int_equal(stray.answer.priority, 2);
	assert_int_equal(stray.answer.terms.resolution, 4 * 3600);
	assert_int_equal(stray.answer.terms.response, 4 * 3600);
	errand_close(e);
}

static void
vips_and_vulnerable_people_are_one_step_up(void **state)
{
	struct errand *e = council(seed());
	struct question vip = {.service = "HW-POTHOLE", .vip = true};
	struct question vulnerable = {.service = "HW-POTHOLE", .vulnerable = true};
	struct question first = {.service = "HW-SPILL", .vip = true};

	(void)state;
	assert_true(errand_write(e, 1, route, &vip));
	assert_int_equal(vip.answer.priority, 2);
	assert_true(errand_write(e, 1, route, &vulnerable));
	assert_int_equal(vulnerable.answer.priority, 2);
	assert_true(errand_write(e, 1, route, &first));
	assert_int_equal(first.answer.priority, 1);
	errand_close(e);
}

static void
impact_by_urgency_decides_where_both_are_said(void **state)
{
	static const struct {
		int64_t impact, urgency;
		bool vip;
		int64_t priority;
	} cases[] = {{1, 1, false, 1}, {1, 2, false, 2}, {2, 2, false, 3},
		{3, 3, false, 4}, {2, 2, true, 2}, {1, 0, false, 3}};
	struct errand *e = council(seed());

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct question q = {.service = "HW-POTHOLE",
			.impact = cases[i].impact,
			.urgency = cases[i].urgency,
			.vip = cases[i].vip};

		assert_true(errand_write(e, 1, route, &q));
		assert_int_equal(q.answer.priority, cases[i].priority);
	}
	errand_close(e);
}

static void
kinds_and_restrictions_follow_from_the_catalogue(void **state)
{
	static const struct {
		const char *code, *kind;
		bool restricted;
	} cases[] = {{"HW-POTHOLE", "request", false}, {"CU-COMPL", "complaint", false},
		{"IG-DPCOMP", "complaint", false}, {"LI-TAXICOMP", "request", false},
		{"HB-HELP", "need", true}, {"HB-VOL", "request", false},
		{"EH-ASBESTOS", "enquiry", false}, {"CU-CLLR", "enquiry", false},
		{"AS-SAFE", "request", true}};
	struct errand *e = council(seed());

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct question q = {.service = cases[i].code};

		assert_true(errand_write(e, 1, route, &q));
		assert_string_equal(q.found.kind, cases[i].kind);
		assert_int_equal(q.found.restricted, cases[i].restricted);
	}
	errand_close(e);
}

static void
bad_rows_are_reported_by_line_and_the_others_load(void **state)
{
	const char *path = testing_command_file("catalogue.csv",
		HEADINGS "A-ONE,One,G,1,1,name:text!,Team,3,5,,none,N,,anyone,N,24,,\n"
			 "A-TWO,Two,G,1,1,name:nonsense,Team,3,5,,none,N,,anyone,N,24,,\n"
			 "A-THREE,Three,G,1,1,,Team,9,5,,none,N,,anyone,N,24,,\n"
			 "A-FOUR,Four,G,1,1,,Team,3,5,soon,none,N,,anyone,N,24,,\n"
			 "A-FIVE,Five\n");
	struct testing_run r = testing_command(
		import_command, "services", path, "--db", testing_db_url(), NULL);

	(void)state;
	assert_int_equal(r.status, 0);
	assert_string_equal(r.out, "services: 1, fields: 1, teams: 1, skipped: 4\n");
	assert_non_null(strstr(r.err, "catalogue.csv:3: A-TWO: fields: "));
	assert_non_null(strstr(r.err, "catalogue.csv:4: A-THREE: priority must be"));
	assert_non_null(strstr(r.err, "catalogue.csv:5: A-FOUR: the target must be"));
	assert_non_null(strstr(r.err, "catalogue.csv:6: 2 fields where"));
}

static void
a_table_without_its_columns_is_refused(void **state)
{
	struct testing_run r = testing_command(import_command, "services",
		testing_command_file("wrong.csv", "a,b\n1,2\n"), "--db", testing_db_url(),
		NULL);

	(void)state;
	assert_int_equal(r.status, 1);
	assert_non_null(strstr(r.err, "there is no column \"service_code\""));
}

static enum outcome
rows_that_say(struct work *w, void *context)
{
	int64_t *count = context;

	count[0] = db_int(w->db, 0,
		"select count(*) from rule_row r join rule_table t on t.org = r.org"
		" and t.name = r.name and t.version = r.version"
		" where r.name = 'target' and t.state = 'live' and r.service = 'A-ONE'");
	count[1] = db_int(w->db, 0,
		"select count(*) from rule_row r join rule_table t on t.org = r.org"
		" and t.name = r.name and t.version = r.version"
		" where r.name = 'target' and t.state = 'live'"
		" and r.service = 'HW-POTHOLE'");
	return DONE;
}

static void
another_catalogue_keeps_the_targets_of_the_first(void **state)
{
	struct errand *e = council(seed());
	int64_t count[2];

	(void)state;
	assert_int_equal(
		testing_command(import_command, "services",
			testing_command_file("more.csv", HEADINGS
				"A-ONE,One,G,1,1,,Team,3,5,,none,N,,anyone,N,24,,\n"),
			"--db", e->config->db, NULL)
			.status,
		0);
	assert_true(errand_write(e, 1, rows_that_say, count));
	assert_int_equal(count[0], 4);
	assert_int_equal(count[1], 4);
	errand_close(e);
}

static void
bank_holidays_make_new_calendar_versions_of_office_hours_alone(void **state)
{
	struct errand *e = council(seed());
	struct testing_run r = testing_command(import_command, "bank-holidays",
		testing_command_file("days.json",
			"{\"england-and-wales\": {\"events\": [{\"title\": \"A new day\","
			" \"date\": \"2027-06-07\"}]}}"),
		"--db", e->config->db, NULL);

	(void)state;
	assert_int_equal(r.status, 0);
	assert_string_equal(r.out, "bank holidays: 1\n");
	assert_int_equal(
		db_int(e->db, 0, "select max(version) from calendar where id = 1"), 2);
	assert_int_equal(
		db_int(e->db, 0, "select max(version) from calendar where id = 24"), 1);
	r = testing_command(import_command, "bank-holidays",
		testing_command_file("wrong.json", "{\"a\": 1}"), "--db", e->config->db,
		NULL);
	assert_int_equal(r.status, 1);
	assert_non_null(strstr(r.err, "This is not a file of bank holidays"));
	errand_close(e);
}

static void
an_unmigrated_database_is_refused(void **state)
{
	const char *url = testing_db_url_empty();
	struct testing_run r;

	(void)state;
	db_close(db_open(url, DB_WRITE));
	r = testing_command(import_command, "services", seed(), "--db", url, NULL);
	assert_int_equal(r.status, 1);
	assert_non_null(strstr(r.err, "run `portreeve migrate`"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_whole_catalogue_loads_once),
		cmocka_unit_test(a_pothole_has_twenty_days_and_a_dangerous_one_a_day),
		cmocka_unit_test(freedom_of_information_has_the_laws_own_days),
		cmocka_unit_test(
			data_protection_has_months_and_days_of_the_wall_calendar),
		cmocka_unit_test(plain_hours_hold_for_every_priority),
		cmocka_unit_test(vips_and_vulnerable_people_are_one_step_up),
		cmocka_unit_test(impact_by_urgency_decides_where_both_are_said),
		cmocka_unit_test(kinds_and_restrictions_follow_from_the_catalogue),
		cmocka_unit_test(bad_rows_are_reported_by_line_and_the_others_load),
		cmocka_unit_test(a_table_without_its_columns_is_refused),
		cmocka_unit_test(another_catalogue_keeps_the_targets_of_the_first),
		cmocka_unit_test(
			bank_holidays_make_new_calendar_versions_of_office_hours_alone),
		cmocka_unit_test(an_unmigrated_database_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
