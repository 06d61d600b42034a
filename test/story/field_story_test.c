/* SPDX-License-Identifier: AGPL-3.0-or-later */

/* What may be changed on a ticket, and which parts of it are read, by role and status, is
 * the organisation's table, whatever door somebody comes by. */

#include "channel/api/api.h"
#include "channel/api/api_act.h"
#include "desk/amend.h"
#include "desk/handle.h"
#include "desk/moderate.h"
#include "desk/refuse.h"
#include "desk/undertake.h"
#include "format/json.h"
#include "rule/table_shape.h"
#include "store/account.h"
#include "store/person.h"
#include "store/publication.h"
#include "store/rulebook.h"
#include "testing.h"
#include "testing_desk.h"
#include "testing_page.h"

#include <string.h>

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
publish(struct work *w, const struct table_row *rows, int count)
{
	rulebook_publish(w, SOUTHMERE, "field", rows, count);
}

static struct handle
on(const char *reference)
{
	return (struct handle){.org = SOUTHMERE, .reference = reference};
}

/* The rule refused it, as a problem of that field and no other. */
static bool
refuses(struct work *w, enum outcome end, const char *field)
{
	bool says = end == INVALID && w->problems.count == 1 &&
		    strcmp(w->problems.at[0].field, field) == 0 &&
		    strcmp(w->problems.at[0].key, "problem.field.refused") == 0;

	w->problems.count = 0;
	return says;
}

static void
every_verb_asks_the_table(void **state)
{
	struct testing_people people;
	struct work *w = testing_desk(&people);
	const struct table_row rows[] = {row("priority", NULL, NULL),
		row("team", NULL, NULL), row("person", NULL, NULL),
		row("promise", NULL, NULL), row("times", NULL, NULL)};
	const char *reference = testing_report(w, "a", "A hole.");
	struct handle h = on(reference), news = h;
	const struct call late = {"Rang her.", w->now, "Wrote it down later"};
	const struct amendment earlier = {1, w->now, "It came before"};
	struct ticket t;

	(void)state;
	testing_act_as(w, SOUTHMERE, people.leader);
	assert_int_equal(handle_assign(w, &h, people.waste, 0, &t), DONE);
	assert_int_equal(handle_assign(w, &h, people.highways, 0, &t), DONE);
	publish(w, rows, 5);
	news.by = w->now + 86400;
	assert_true(refuses(w, handle_priority(w, &h, 1, "A bus route", &t), "priority"));
	assert_true(refuses(w, handle_claim(w, &h, &t), "person"));
	assert_true(refuses(
		w, handle_assign(w, &h, people.highways, people.analyst, &t), "person"));
	assert_true(refuses(w, handle_assign(w, &h, people.waste, 0, &t), "team"));
	assert_true(refuses(w, refuse(w, &h, "Not ours", &t), "team"));
	assert_true(refuses(w, undertake_promise(w, &h, news.by, &t), "by"));
	assert_true(refuses(w, handle_reply(w, &news, "Soon.", &t), "by"));
	assert_true(refuses(w, undertake_call(w, &h, &late, &t), "at"));
	assert_true(refuses(w, amend_event(w, &h, &earlier, &t), "at"));
	assert_int_equal(handle_reply(w, &h, "We are on it.", &t), DONE);
}

/* What the timeline of a ticket says after a refusal is what it said before. */
static void
a_refusal_leaves_the_ticket_as_it_was(void **state)
{
	struct testing_people people;
	struct work *w = testing_desk(&people);
	const char *reference = testing_report(w, "a", "A hole.");
	const char *path = arena_printf(w->arena, "/staff/tickets/%s", reference);
	struct handle h = on(reference);
	struct ticket t, before, after;
	struct visit v;

	(void)state;
	testing_act_as(w, SOUTHMERE, people.leader);
	assert_int_equal(handle_resolve(w, &h, "Filled.", &t), DONE);
	assert_int_equal(handle_close(w, &h, "", &t), DONE);
	before = testing_ticket(w, reference);
	v = testing_post(w, arena_printf(w->arena, "%s/priority", path),
		arena_printf(w->arena, "version=%lld&priority=1&reason=Now",
			(long long)before.version));
	assert_int_equal(v.status, 422);
	testing_is_page(&v);
	assert_true(testing_says(&v,
		"The rules do not let you change the priority while this ticket is "
		"Closed: row 1 of the table “Changes to fields”, as Portreeve "
		"comes"));
	after = testing_ticket(w, reference);
	assert_int_equal(after.priority, before.priority);
	assert_int_equal(after.events, before.events);
	assert_int_equal(after.version, before.version);
}

static void
the_page_shows_no_control_of_what_may_not_be_changed_and_says_why(void **state)
{
	struct testing_people people;
	struct work *w = testing_desk(&people);
	struct table_row rows[] = {row("priority", "leader", NULL),
		row("team", NULL, "new"), row("times", NULL, NULL)};
	const char *reference = testing_report(w, "a", "A hole.");
	const char *path = arena_printf(w->arena, "/staff/tickets/%s", reference);
	struct visit v;

	(void)state;
	testing_act_as(w, SOUTHMERE, people.leader);
	v = testing_get(w, path);
	assert_non_null(strstr(v.body, "/priority\""));
	assert_non_null(strstr(v.body, "id=\"assign-team\""));
	assert_null(strstr(v.body, "id=\"limits\""));
	rows[0].note = "Priorities are the service owner’s.";
	publish(w, rows, 3);
	v = testing_get(w, path);
	testing_is_page(&v);
	assert_null(strstr(v.body, "/priority\""));
	assert_null(strstr(v.body, "id=\"assign-team\""));
	assert_non_null(strstr(v.body, "id=\"assign-person\""));
	assert_non_null(strstr(v.body, "id=\"limits\""));
	assert_true(testing_says(&v, "change the priority"));
	assert_true(testing_says(&v, "Row 1 of version 1"));
	assert_non_null(strstr(v.body, "Priorities are the service owner’s."));
	assert_null(strstr(v.body, "name=\"call_day\""));
	v = testing_get(w, arena_printf(w->arena, "%s/clocks/response", path));
	testing_is_page(&v);
	assert_null(strstr(v.body, "name=\"seq\""));
	testing_act_as(w, SOUTHMERE, people.analyst);
	v = testing_get(w, path);
	assert_null(strstr(v.body, "Priorities are the service owner’s."));
}

/* The person alone may be changed, and the team is kept as it is. */
static void
somebody_gets_it_where_the_team_stays(void **state)
{
	struct testing_people people;
	struct work *w = testing_desk(&people);
	const struct table_row rows[] = {row("team", NULL, NULL)};
	const char *reference = testing_report(w, "a", "A hole.");
	struct ticket t = testing_ticket(w, reference);
	struct visit v;

	(void)state;
	publish(w, rows, 1);
	testing_act_as(w, SOUTHMERE, people.leader);
	v = testing_post(w, arena_printf(w->arena, "/staff/tickets/%s/assign", reference),
		arena_printf(w->arena, "version=%lld&team=%lld&person=%lld&do=assign",
			(long long)t.version, (long long)t.team,
			(long long)people.analyst));
	assert_int_equal(v.status, 303);
	t = testing_ticket(w, reference);
	assert_int_equal(t.assignee, people.analyst);
	assert_int_equal(t.team, people.highways);
}

/* --- reading ------------------------------------------------------------------------ */

static bool
reads_contact(struct work *w, const char *reference)
{
	struct person p;
	struct ticket t;

	assert_int_equal(ticket_reach(w, reference, &t), DONE);
	return person_of_ticket(w, &t, &p) == DONE;
}

static void
parts_are_kept_from_a_role_wherever_a_ticket_is_read(void **state)
{
	struct testing_people people;
	struct work *w = testing_desk(&people);
	const struct table_row rows[] = {row("read-contact", "analyst", NULL),
		row("read-internal", "analyst", NULL),
		row("read-words", "analyst", "new")};
	const char *reference = testing_report(
		w, "a", "A hole.\nIt is behind the blue gate.");
	const char *path = arena_printf(w->arena, "/staff/tickets/%s", reference);
	struct handle h = on(reference);
	struct ticket t;
	struct visit v;

	(void)state;
	testing_act_as(w, SOUTHMERE, people.leader);
	assert_int_equal(handle_note(w, &h, "She rings every day.", &t), DONE);
	assert_true(reads_contact(w, reference));
	testing_act_as(w, SOUTHMERE, people.analyst);
	v = testing_get(w, path);
	assert_non_null(strstr(v.body, "mailto:ann@example.org"));
	assert_non_null(strstr(v.body, "behind the blue gate"));
	publish(w, rows, 3);
	v = testing_get(w, path);
	testing_is_page(&v);
	assert_null(strstr(v.body, "ann@example.org"));
	assert_null(strstr(v.body, "behind the blue gate"));
	assert_null(strstr(v.body, "She rings every day."));
	assert_true(testing_says(&v, "read how to reach the customer"));
	assert_false(reads_contact(w, reference));
	testing_act_as(w, SOUTHMERE, people.leader);
	assert_true(reads_contact(w, reference));
	v = testing_get(w, path);
	assert_non_null(strstr(v.body, "She rings every day."));
}

static void
a_customer_reads_their_own_ticket_whatever_the_table_says(void **state)
{
	struct testing_people people;
	struct work *w = testing_desk(&people);
	const struct table_row rows[] = {
		row("read-words", NULL, NULL), row("read-contact", NULL, NULL)};
	const char *reference = testing_report(w, "a", "A hole.");
	struct ticket t = testing_ticket(w, reference);
	struct grant own = access_grant(SOUTHMERE, ROLE_CUSTOMER);
	const struct actor ann = {.kind = ACTOR_CUSTOMER,
		.org = SOUTHMERE,
		.person = t.customer,
		.grants = &own,
		.grant_count = 1};

	(void)state;
	publish(w, rows, 2);
	w->actor = &ann;
	assert_int_equal(ticket_reach(w, reference, &t), DONE);
	assert_int_equal(t.hidden, 1u << DETAIL_INTERNAL);
}

/* --- the API ------------------------------------------------------------------------ */

struct asked {
	struct request q;
	struct reply r;
	const struct json *answer;
};

static struct asked
ask(struct work *w, const char *reference, const char *body,
	enum outcome (*handle)(struct work *w, const struct request *q, struct reply *r))
{
	struct asked c = {.r = reply_in(w->arena)};
	const char *problem = NULL;

	c.q = (struct request){.arena = w->arena,
		.path = "/api/v1/tickets",
		.peer = "127.0.0.1",
		.body = bytes_of(body)};
	pairs_add(w->arena, &c.q.parts, "ref", reference);
	pairs_add(w->arena, &c.q.headers, "If-Match", "*");
	w->problems.count = 0;
	(void)!handle(w, &c.q, &c.r);
	c.answer = json_read(w->arena, buffer_bytes(&c.r.body), &problem);
	assert_null(problem);
	return c;
}

static void
a_machine_is_refused_as_a_page_is_and_can_ask_why(void **state)
{
	struct testing_people people;
	struct work *w = testing_desk(&people);
	const char *reference = testing_report(w, "a", "A hole.");
	struct table_row rows[] = {row("priority", "system", "new")};
	struct actor *a = arena_alloc(w->arena, sizeof *a);
	const struct json *limit;
	struct asked c;

	(void)state;
	rows[0].note = "People set priorities.";
	publish(w, rows, 1);
	account_add_token(
		w, "secret-token", SOUTHMERE, people.analyst, "test", ROLE_SYSTEM);
	assert_int_equal(account_by_token(w, "secret-token", a), DONE);
	w->actor = a;
	c = ask(w, reference, "{\"priority\":1,\"reason\":\"Now\"}", api_change);
	assert_int_equal(c.r.status, 422);
	assert_non_null(strstr(buffer_text(&c.r.body),
		"change the priority while this ticket is New: row 1 of version 1"));
	assert_non_null(strstr(buffer_text(&c.r.body), "People set priorities."));
	c = ask(w, reference, "", api_act_decisions);
	assert_int_equal(json_get(c.answer, "limits")->count, 1);
	limit = &json_get(c.answer, "limits")->items[0];
	assert_string_equal(json_words(json_get(limit, "field")), "priority");
	assert_string_equal(
		json_words(json_get(limit, "note")), "People set priorities.");
	rows[0].from_status = "closed";
	publish(w, rows, 1);
	c = ask(w, reference, "{\"priority\":1,\"reason\":\"Now\"}", api_change);
	assert_int_equal(c.r.status, 200);
}

static void
what_everybody_reads_is_not_an_apprentices_to_decide(void **state)
{
	struct testing_people people;
	struct work *w = testing_desk(&people);
	const char *reference = testing_report(w, "a", "A hole.");
	const struct moderation m = {.hidden = true, .words = "A hole"};
	struct ticket t;

	(void)state;
	t = testing_ticket(w, reference);
	publication_insert(w, &t, "A hole", false, NULL);
	account_grant(w, SOUTHMERE, people.binman, ROLE_APPRENTICE);
	db_run(w->db, "delete from role_grant where person = $1 and role = 'analyst'",
		people.binman);
	testing_act_as(w, SOUTHMERE, people.binman);
	t = testing_ticket(w, reference);
	assert_true(refuses(w, moderate(w, &t, &m), "shown"));
	testing_act_as(w, SOUTHMERE, people.analyst);
	assert_int_equal(moderate(w, &t, &m), DONE);
}

/* --- the editor --------------------------------------------------------------------- */

static void
the_table_is_edited_like_the_others(void **state)
{
	struct testing_people people;
	struct work *w = testing_desk(&people);
	struct visit v;

	(void)state;
	account_grant(w, SOUTHMERE, people.leader, ROLE_ADMINISTRATOR);
	testing_act_as(w, SOUTHMERE, people.leader);
	v = testing_get(w, "/admin/rules");
	testing_is_page(&v);
	assert_true(testing_says(&v, "Changes to fields"));
	v = testing_get(w, "/admin/rules/field");
	testing_is_page(&v);
	assert_true(testing_says(
		&v, "somebody wants to change the priority and the ticket is Closed"));
	assert_int_equal(testing_post(w, "/admin/rules/field/draft", "").status, 303);
	v = testing_get(w, "/admin/rules/field/draft/rows/new");
	testing_is_page(&v);
	v = testing_post(w, "/admin/rules/field/draft/rows/new",
		"revision=1&place=1&column-role=apprentice&column-refused=1");
	assert_int_equal(v.status, 422);
	assert_true(testing_says(&v, "Choose what the row is about"));
	v = testing_post(w, "/admin/rules/field/draft/rows/new",
		"revision=1&place=1&column-field=team&column-role=nobody");
	assert_int_equal(v.status, 422);
	assert_true(testing_says(&v, "Choose a role"));
	v = testing_post(w, "/admin/rules/field/draft/rows/new",
		"revision=1&place=1&column-field=promise&column-role=apprentice"
		"&column-refused=1&column-note=They+learn");
	assert_int_equal(v.status, 303);
	v = testing_get(w, "/admin/rules/field/draft");
	testing_is_page(&v);
	assert_true(testing_says(&v,
		"somebody wants to promise news by a time and their role is Apprentice"));
	v = testing_post(w, "/admin/rules/field/draft/publish",
		"revision=2&reason=They+learn&untried=1");
	assert_int_equal(v.status, 303);
	assert_int_equal(db_int(w->db, 0,
				 "select count(*) from rule_row where name = 'field'"
				 " and version = 1"),
		12);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_verb_asks_the_table),
		cmocka_unit_test(a_refusal_leaves_the_ticket_as_it_was),
		cmocka_unit_test(
			the_page_shows_no_control_of_what_may_not_be_changed_and_says_why),
		cmocka_unit_test(somebody_gets_it_where_the_team_stays),
		cmocka_unit_test(parts_are_kept_from_a_role_wherever_a_ticket_is_read),
		cmocka_unit_test(
			a_customer_reads_their_own_ticket_whatever_the_table_says),
		cmocka_unit_test(a_machine_is_refused_as_a_page_is_and_can_ask_why),
		cmocka_unit_test(what_everybody_reads_is_not_an_apprentices_to_decide),
		cmocka_unit_test(the_table_is_edited_like_the_others),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
