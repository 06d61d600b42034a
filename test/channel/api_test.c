/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "channel/api/api.h"

#include "channel/api/api_desk.h"
#include "format/json.h"
#include "store/account.h"
#include "store/score.h"
#include "store/sharing.h"
#include "testing.h"
#include "testing_desk.h"

#include <inttypes.h>
#include <string.h>

struct call {
	struct work *w;
	struct request q;
	struct reply r;
	enum outcome end;
	const struct json *answer;
};

static void
with_header(struct call *c, const char *name, const char *value)
{
	pairs_add(c->w->arena, &c->q.headers, name, value);
}

static struct call
call_of(struct work *w, const char *body)
{
	struct call c = {.w = w};

	c.q = (struct request){
		.arena = w->arena, .path = "/api/v1/", .peer = "127.0.0.1"};
	c.q.body = bytes_of(body);
	c.r = reply_in(w->arena);
	w->problems.count = 0;
	return c;
}

static void
run(struct call *c,
	enum outcome (*handle)(struct work *w, const struct request *q, struct reply *r))
{
	const char *problem = NULL;

	c->end = handle(c->w, &c->q, &c->r);
	c->answer = json_read(c->w->arena, buffer_bytes(&c->r.body), &problem);
	assert_null(problem);
	assert_non_null(c->answer);
}

static const char *
text(const struct call *c, const char *name)
{
	return json_words(json_get(c->answer, name));
}

/* A token of a system in SOUTHMERE. */
static struct work *
machine(struct testing_people *people)
{
	struct work *w = testing_desk(people);
	struct actor *a = arena_alloc(w->arena, sizeof *a);

	account_add_token(
		w, "secret-token", SOUTHMERE, people->analyst, "test", ROLE_SYSTEM);
	assert_int_equal(account_by_token(w, "secret-token", a), DONE);
	w->actor = a;
	return w;
}

static const char pothole[] =
	"{\"service\":\"HW-POTHOLE\",\"subject\":\"Hole\",\"description\":\"Deep.\","
	"\"customer\":{\"name\":\"Ann Fisher\",\"email\":\"ann@example.org\"},"
	"\"fields\":{\"location\":\"51.5,0.7\"},\"urgency\":2}";

static struct call
create(struct work *w, const char *key, const char *body)
{
	struct call c = call_of(w, body);

	with_header(&c, "Idempotency-Key", key);
	run(&c, api_create);
	return c;
}

static void
a_post_becomes_a_ticket_and_a_retry_answers_the_same(void **state)
{
	struct testing_people people;
	struct work *w = machine(&people);
	struct call first = create(w, "k1", pothole);
	struct call again = create(w, "k1", pothole);

	(void)state;
	assert_int_equal(first.end, DONE);
	assert_int_equal(first.r.status, 201);
	assert_int_equal(again.r.status, 201);
	assert_string_equal(text(&first, "reference"), text(&again, "reference"));
	assert_string_equal(buffer_text(&first.r.body), buffer_text(&again.r.body));
	assert_string_equal(text(&first, "status"), "new");
	assert_int_equal(json_get(first.answer, "clocks")->count, 2);
}

static void
the_same_key_with_another_body_is_refused(void **state)
{
	struct testing_people people;
	struct work *w = machine(&people);
	struct call c;

	(void)state;
	create(w, "k1", pothole);
	c = create(w, "k1", "{\"service\":\"HW-POTHOLE\",\"description\":\"Other.\"}");
	assert_int_equal(c.end, INVALID);
	assert_int_equal(c.r.status, 422);
	assert_string_equal(c.r.type, "application/problem+json");
}

static void
wrong_bodies_are_named(void **state)
{
	struct testing_people people;
	struct work *w = machine(&people);
	static const struct {
		const char *body;
		int status;
	} cases[] = {
		{"", 400},
		{"[]", 400},
		{"{\"service\":\"HW-POTHOLE\"", 400},
		{"{\"service\":\"NONE\"}", 422},
		{"{\"service\":\"HW-POTHOLE\",\"urgency\":9}", 422},
		{"{\"service\":\"HW-POTHOLE\",\"urgency\":\"high\"}", 422},
		{"{\"service\":\"HW-POTHOLE\",\"channel\":\"pigeon\"}", 422},
		{"{\"service\":\"HW-POTHOLE\",\"fields\":{\"a\":[]}}", 422},
		{"{\"service\":\"HW-POTHOLE\",\"customer\":{\"email\":\"no\"}}", 422},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct call c = create(w, "k", cases[i].body);

		assert_int_equal(c.end, INVALID);
		assert_int_equal(c.r.status, cases[i].status);
	}
	assert_int_equal(db_int(w->db, 9, "select count(*) from ticket"), 0);
}

static struct call
change(struct work *w, const char *reference, const char *tag, const char *body)
{
	struct call c = call_of(w, body);

	pairs_add(w->arena, &c.q.parts, "ref", reference);
	if (tag)
		with_header(&c, "If-Match", tag);
	run(&c, api_change);
	return c;
}

static void
a_change_needs_the_version_it_is_based_on(void **state)
{
	struct testing_people people;
	struct work *w = machine(&people);
	struct call made = create(w, "k1", pothole);
	const char *reference = text(&made, "reference");
	struct call c;

	(void)state;
	c = change(w, reference, NULL, "{\"assignee\":\"me\"}");
	assert_int_equal(c.r.status, 428);
	c = change(w, reference, made.r.tag, "{\"assignee\":\"me\"}");
	assert_int_equal(c.r.status, 200);
	assert_string_equal(
		json_words(json_get(json_get(c.answer, "assignee"), "name")), "amy");
	c = change(w, reference, made.r.tag,
		"{\"status\":\"resolved\",\"solution\":\"Filled.\"}");
	assert_int_equal(c.r.status, 412);
	c = change(w, reference, "*",
		"{\"priority\":1,\"reason\":\"School\",\"status\":\"resolved\","
		"\"solution\":\"Filled.\"}");
	assert_int_equal(c.r.status, 200);
	assert_string_equal(text(&c, "status"), "resolved");
	c = change(w, reference, "*", "{}");
	assert_int_equal(c.r.status, 422);
	c = change(w, "7KM-39Q-XAA", "*", "{\"assignee\":\"me\"}");
	assert_int_equal(c.r.status, 404);
}

static struct call
message(struct work *w, const char *reference, const char *key, const char *body)
{
	struct call c = call_of(w, body);

	pairs_add(w->arena, &c.q.parts, "ref", reference);
	with_header(&c, "Idempotency-Key", key);
	run(&c, api_message);
	return c;
}

static void
messages_both_ways_are_kept_once(void **state)
{
	struct testing_people people;
	struct work *w = machine(&people);
	struct call made = create(w, "k1", pothole);
	const char *reference = text(&made, "reference");
	struct call c;

	(void)state;
	for (int i = 0; i < 2; i++) {
		c = message(w, reference, "m1", "{\"body\":\"We look.\"}");
		assert_int_equal(c.r.status, 201);
		c = message(w, reference, "m2", "{\"body\":\"Thin.\",\"public\":false}");
		assert_int_equal(c.r.status, 201);
		c = message(w, reference, "m3",
			"{\"body\":\"Please hurry.\",\"from\":\"customer\"}");
		assert_int_equal(c.r.status, 201);
	}
	c = message(w, reference, "m1", "{\"body\":\"Other.\"}");
	assert_int_equal(c.r.status, 422);
	c = call_of(w, "");
	pairs_add(w->arena, &c.q.parts, "ref", reference);
	run(&c, api_timeline);
	/* received, acknowledged, reply, note, message */
	assert_int_equal(json_get(c.answer, "messages")->count, 5);
}

static void
lists_are_paged_without_a_gap_or_a_double(void **state)
{
	struct testing_people people;
	struct work *w = machine(&people);
	const char *cursor = "";
	int seen = 0;

	(void)state;
	for (int i = 0; i < 23; i++)
		create(w, arena_printf(w->arena, "k%d", i), pothole);
	while (cursor) {
		struct call c = call_of(w, "");

		pairs_add(w->arena, &c.q.query, "queue", "Highways");
		pairs_add(w->arena, &c.q.query, "limit", "5");
		pairs_add(w->arena, &c.q.query, "cursor", cursor);
		run(&c, api_list);
		seen += json_get(c.answer, "tickets")->count;
		cursor = text(&c, "next");
		assert_true(seen <= 23);
	}
	assert_int_equal(seen, 23);
}

static void
a_token_without_the_right_may_not_look_people_up(void **state)
{
	struct testing_people people;
	struct work *w = machine(&people);
	struct actor *a = arena_alloc(w->arena, sizeof *a);
	struct call c = call_of(w, "");

	(void)state;
	pairs_add(w->arena, &c.q.query, "q", "ann@example.org");
	run(&c, api_people);
	assert_int_equal(json_get(c.answer, "people")->count, 1);
	account_add_token(w, "poor", SOUTHMERE, 0, "figures", ROLE_CABINET_MEMBER);
	assert_int_equal(account_by_token(w, "poor", a), DONE);
	w->actor = a;
	c = call_of(w, "");
	pairs_add(w->arena, &c.q.query, "q", "ann@example.org");
	run(&c, api_people);
	assert_int_equal(c.r.status, 403);
	c = create(w, "k", pothole);
	assert_int_equal(c.r.status, 403);
}

/* A list that tells of restricted tickets is a look at each of them. */
static void
restricted_tickets_in_a_list_are_noted(void **state)
{
	struct testing_people people;
	struct work *w = machine(&people);
	struct call c = create(w, "1", pothole);
	const char *reference = text(&c, "reference");

	(void)state;
	w->glances = NULL;
	c = call_of(w, "");
	run(&c, api_list);
	assert_null(w->glances);
	db_run(w->db, "update ticket set restricted = 1");
	c.r = reply_in(w->arena);
	run(&c, api_list);
	assert_int_equal(json_get(c.answer, "tickets")->count, 1);
	assert_non_null(w->glances);
	assert_true(w->glances->first);
	assert_string_equal(
		w->glances->subject, arena_printf(w->arena, "ticket %s", reference));
}

/* People looked up by a machine are noted as those that people look up. */
static void
who_is_looked_up_is_noted(void **state)
{
	struct testing_people people;
	struct work *w = machine(&people);
	const char *ann = arena_printf(w->arena, "person=%" PRId64, people.ann);
	struct call c = call_of(w, "");

	(void)state;
	pairs_add(w->arena, &c.q.query, "q", "ann@example.org");
	w->glances = NULL;
	run(&c, api_people);
	assert_int_equal(c.r.status, 200);
	assert_non_null(w->glances);
	assert_string_equal(w->glances->subject, "people");
	assert_string_equal(w->glances->detail, ann);

	w->glances = NULL;
	c.r = reply_in(w->arena);
	run(&c, api_list);
	assert_int_equal(c.r.status, 200);
	assert_non_null(w->glances);
	assert_string_equal(w->glances->detail, ann);

	w->glances = NULL;
	c = call_of(w, "");
	pairs_add(w->arena, &c.q.parts, "id",
		arena_printf(w->arena, "%" PRId64, people.ann));
	run(&c, api_desk_person);
	assert_int_equal(c.r.status, 200);
	assert_non_null(w->glances);
	assert_string_equal(w->glances->action, "view");
	assert_string_equal(w->glances->subject,
		arena_printf(w->arena, "person %" PRId64, people.ann));
}

/* Another organisation's token, which an agreement lets see tickets of SOUTHMERE. */
static void
act_as_partner(struct work *w, const struct testing_people *people, unsigned details)
{
	struct actor house = *w->actor, *a = arena_alloc(w->arena, sizeof *a);
	struct sharing row = {.org = SOUTHMERE,
		.taker = ICT_DESK,
		.name = "n",
		.purpose = "p",
		.basis = "consent",
		.signed_for_org = "a",
		.signed_for_taker = "b",
		.services = "HW-POTHOLE",
		.rights = RIGHT_BIT(RIGHT_SEE),
		.details = details,
		.starts = w->now - 10,
		.ends = w->now + 1000};

	house.org = SOUTHMERE;
	w->actor = &house;
	sharing_save(w, &row);
	account_add_token(
		w, "partner-token", ICT_DESK, people->engineer, "test", ROLE_ANALYST);
	assert_int_equal(account_by_token(w, "partner-token", a), DONE);
	w->actor = a;
}

static void
what_a_customer_said_of_it_is_shared_as_their_words_are(void **state)
{
	struct testing_people people;
	struct work *w = machine(&people);
	struct call c = create(w, "1", pothole);
	const char *reference = text(&c, "reference");
	struct ticket t = testing_ticket(w, reference);
	struct score s;

	(void)state;
	assert_int_equal(score_find(w, score_ask(w, &t), &s), DONE);
	s.score = 2;
	s.comment = "My neighbour says you never came.";
	score_give(w, &s);
	act_as_partner(w, &people, 1u << DETAIL_SUBJECT);
	c = call_of(w, "");
	pairs_add(w->arena, &c.q.parts, "ref", reference);
	run(&c, api_show);
	assert_int_equal(c.r.status, 200);
	c.r = reply_in(w->arena);
	run(&c, api_desk_score);
	assert_int_equal(c.r.status, 404);

	act_as_partner(w, &people, 1u << DETAIL_PUBLIC);
	c.r = reply_in(w->arena);
	run(&c, api_desk_score);
	assert_int_equal(c.r.status, 200);
	assert_null(text(&c, "comment"));

	act_as_partner(w, &people, 1u << DETAIL_WORDS);
	c.r = reply_in(w->arena);
	run(&c, api_desk_score);
	assert_string_equal(text(&c, "comment"), s.comment);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_post_becomes_a_ticket_and_a_retry_answers_the_same),
		cmocka_unit_test(the_same_key_with_another_body_is_refused),
		cmocka_unit_test(wrong_bodies_are_named),
		cmocka_unit_test(a_change_needs_the_version_it_is_based_on),
		cmocka_unit_test(messages_both_ways_are_kept_once),
		cmocka_unit_test(lists_are_paged_without_a_gap_or_a_double),
		cmocka_unit_test(a_token_without_the_right_may_not_look_people_up),
		cmocka_unit_test(restricted_tickets_in_a_list_are_noted),
		cmocka_unit_test(who_is_looked_up_is_noted),
		cmocka_unit_test(what_a_customer_said_of_it_is_shared_as_their_words_are),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
