/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rule/field_rule.h"

#include "rule/table_shape.h"
#include "testing.h"

#include <string.h>

enum { HERE = 1, THERE = 2 };

static struct actor
somebody(enum actor_kind kind, const struct grant *grants, int count)
{
	return (struct actor){
		.kind = kind, .org = HERE, .grants = grants, .grant_count = count};
}

static struct field_ruling
ask(const struct table *t, const struct actor *who, const char *status,
	enum ticket_field f)
{
	const struct table_facts facts = {.kind = "request",
		.service = "HW-POTHOLE",
		.category = "Roads",
		.from_status = status};

	return field_rule_ask(t, &facts, who, HERE, f);
}

static struct table_row
row(const char *field, const char *role, const char *status)
{
	struct table_row r = table_shape_blank();

	r.field = field;
	r.role = role;
	r.from_status = status;
	r.refused = true;
	return r;
}

static void
what_has_ended_keeps_its_priority_team_and_person(void **state)
{
	static const struct {
		enum ticket_field field;
		const char *status;
		int64_t row; /* 0: allowed */
	} cases[] = {
		{FIELD_PRIORITY, "new", 0},
		{FIELD_PRIORITY, "open", 0},
		{FIELD_PRIORITY, "waiting", 0},
		{FIELD_PRIORITY, "resolved", 0},
		{FIELD_PRIORITY, "closed", 1},
		{FIELD_PRIORITY, "cancelled", 2},
		{FIELD_TEAM, "closed", 3},
		{FIELD_TEAM, "cancelled", 4},
		{FIELD_PERSON, "closed", 5},
		{FIELD_PERSON, "cancelled", 6},
		{FIELD_PERSON, "resolved", 0},
		{FIELD_PROMISE, "closed", 0},
		{FIELD_TIMES, "closed", 0},
		{FIELD_PUBLICATION, "closed", 0},
		{FIELD_READ_CONTACT, "closed", 0},
		{FIELD_READ_WORDS, "closed", 0},
	};
	const struct grant leader = access_grant(HERE, ROLE_LEADER);
	const struct actor who = somebody(ACTOR_STAFF, &leader, 1);

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct field_ruling by = ask(
			field_rule_standard(), &who, cases[i].status, cases[i].field);

		assert_int_equal(by.allowed, cases[i].row == 0);
		assert_int_equal(by.row ? by.row->position : 0, cases[i].row);
	}
}

static void
outsiders_do_not_read_how_to_reach_the_customer_of_what_has_ended(void **state)
{
	const struct grant supplier = access_grant(HERE, ROLE_SUPPLIER);
	const struct actor who = somebody(ACTOR_STAFF, &supplier, 1);
	const struct table_facts closed = {.from_status = "closed"};
	const struct table_facts open = {.from_status = "open"};

	(void)state;
	assert_int_equal(field_rule_unread(field_rule_standard(), &closed, &who, HERE),
		1u << DETAIL_CONTACT);
	assert_int_equal(field_rule_unread(field_rule_standard(), &open, &who, HERE), 0);
}

static void
roles_add_up_and_those_where_the_ticket_is_count(void **state)
{
	const struct table_row rows[] = {row("priority", "apprentice", NULL)};
	const struct table t = {.version = 3, .rows = rows, .count = 1};
	const struct grant both[] = {access_grant(HERE, ROLE_CUSTOMER),
		access_grant(HERE, ROLE_APPRENTICE), access_grant(HERE, ROLE_LEADER)};
	const struct grant elsewhere[] = {
		access_grant(HERE, ROLE_APPRENTICE), access_grant(THERE, ROLE_LEADER)};
	const struct grant guest[] = {access_grant(THERE, ROLE_APPRENTICE)};
	struct actor who = somebody(ACTOR_STAFF, both, 2);

	(void)state;
	assert_false(ask(&t, &who, "open", FIELD_PRIORITY).allowed);
	who.grant_count = 3;
	assert_true(ask(&t, &who, "open", FIELD_PRIORITY).allowed);
	who = somebody(ACTOR_STAFF, elsewhere, 2);
	assert_false(ask(&t, &who, "open", FIELD_PRIORITY).allowed);
	who = somebody(ACTOR_STAFF, guest, 1);
	who.org = THERE; /* an agreement shows it: their role at home */
	assert_false(ask(&t, &who, "open", FIELD_PRIORITY).allowed);
	who = somebody(ACTOR_API, both, 2);
	assert_false(ask(&t, &who, "open", FIELD_PRIORITY).allowed);
}

static void
the_house_and_customers_are_not_asked(void **state)
{
	const struct table_row rows[] = {row("read-words", NULL, NULL)};
	const struct table t = {.rows = rows, .count = 1};
	const struct grant own = access_grant(HERE, ROLE_CUSTOMER);
	struct actor who = somebody(ACTOR_CUSTOMER, &own, 1);

	(void)state;
	assert_true(ask(&t, &who, "open", FIELD_READ_WORDS).allowed);
	who.kind = ACTOR_SYSTEM;
	assert_true(ask(&t, &who, "open", FIELD_READ_WORDS).allowed);
}

static void
the_first_row_decides_and_may_ask_for_a_right(void **state)
{
	struct table_row rows[] = {
		row("times", "leader", NULL), row("times", NULL, NULL)};
	const struct table t = {.rows = rows, .count = 2};
	const struct grant leader = access_grant(HERE, ROLE_LEADER);
	const struct grant owner = access_grant(HERE, ROLE_SERVICE_OWNER);
	const struct actor lee = somebody(ACTOR_STAFF, &leader, 1);
	const struct actor sam = somebody(ACTOR_STAFF, &owner, 1);

	(void)state;
	rows[0].refused = false;
	assert_true(ask(&t, &lee, "closed", FIELD_TIMES).allowed);
	assert_int_equal(ask(&t, &lee, "closed", FIELD_TIMES).row - rows, 0);
	assert_false(ask(&t, &sam, "closed", FIELD_TIMES).allowed);
	rows[1].refused = false;
	rows[1].needs_right = "audit";
	assert_false(ask(&t, &sam, "closed", FIELD_TIMES).allowed);
	rows[1].needs_right = "amend";
	assert_true(ask(&t, &sam, "closed", FIELD_TIMES).allowed);
}

static void
a_role_of_the_organisation_is_known_by_its_name(void **state)
{
	const struct table_row rows[] = {row("team", "night-desk", NULL)};
	const struct table t = {.rows = rows, .count = 1};
	struct grant night = access_grant(HERE, ROLE_LOCAL);
	const struct actor who = somebody(ACTOR_STAFF, &night, 1);

	(void)state;
	night.label = "The night desk";
	night.name = "day-desk";
	assert_true(ask(&t, &who, "open", FIELD_TEAM).allowed);
	night.name = "night-desk";
	assert_false(ask(&t, &who, "open", FIELD_TEAM).allowed);
}

static void
every_field_has_a_name_and_parts_are_read(void **state)
{
	(void)state;
	for (int i = 0; i < FIELD_COUNT; i++) {
		bool reads = strncmp(field_rule_name(i), "read-", 5) == 0;

		assert_int_equal(
			field_rule_detail((enum ticket_field)i) != DETAIL_COUNT, reads);
	}
	assert_null(field_rule_name(FIELD_COUNT));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_has_ended_keeps_its_priority_team_and_person),
		cmocka_unit_test(
			outsiders_do_not_read_how_to_reach_the_customer_of_what_has_ended),
		cmocka_unit_test(roles_add_up_and_those_where_the_ticket_is_count),
		cmocka_unit_test(the_house_and_customers_are_not_asked),
		cmocka_unit_test(the_first_row_decides_and_may_ask_for_a_right),
		cmocka_unit_test(a_role_of_the_organisation_is_known_by_its_name),
		cmocka_unit_test(every_field_has_a_name_and_parts_are_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
