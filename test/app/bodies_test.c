/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/bodies.h"
#include "app/photos.h"
#include "app/pulling.h"
#include "app/reaching.h"

#include "desk/handle.h"
#include "desk/intake.h"
#include "desk/neighbour.h"
#include "store/body.h"
#include "store/service.h"
#include "testing_door.h"
#include "testing_receiver.h"

#include <string.h>

static struct testing_door *door;
static struct testing_receiver *there;

static enum outcome
offer_tree(struct work *w, void *context)
{
	struct service s = testing_offer(SOUTHMERE, "TREE", door->people.highways);

	(void)context;
	s.name = "Report a tree";
	s.open311 = true;
	s.fields = "location:point|easting:text";
	service_save(w, &s, "TREE");
	return DONE;
}

static enum outcome
add_body(struct work *w, void *context)
{
	struct body *b = context;

	pairs_add(w->arena, &b->services, "WA-MISSED", "TREE");
	body_insert(w, b);
	return DONE;
}

static enum outcome
drop_bodies(struct work *w, void *context)
{
	struct body_list list;

	(void)context;
	body_list(w, SOUTHMERE, &list);
	for (int i = 0; i < list.count; i++)
		body_delete(w, &list.at[i]);
	return DONE;
}

/* The only one there is. */
static struct body
neighbour_as(struct body b)
{
	testing_door_write(door, drop_bodies, NULL);
	testing_door_write(door, add_body, &b);
	return b;
}

static struct body
neighbour(const char *url, const char *key)
{
	struct body b = {
		.org = SOUTHMERE,
		.name = "Northmere",
		.url = url,
		.key = key,
		.jurisdiction = "southmere",
		.team = door->people.waste,
		.area = "",
		.active = true,
	};

	return neighbour_as(b);
}

static enum outcome
report(struct work *w, void *context)
{
	struct contact c = {
		.org = SOUTHMERE,
		.channel = CHANNEL_WEB,
		.key = context,
		.service = "WA-MISSED",
		.words = "A bin – “full”\r\nof leaves",
		.place = "51.540000,0.710000",
		.from = {.name = "Xaver Yzop", .email = "xaver@example.org"},
	};
	struct receipt got;

	pairs_add(w->arena, &c.fields, "easting", "588000");
	return intake(w, &c, &got);
}

static enum outcome
due_now(struct work *w, void *context)
{
	(void)context;
	db_run(w->db, "update open311_body set next_pull = 0");
	db_run(w->db, "update outbox set next_at = 0 where kind = 'open311'");
	return DONE;
}

static void
rounds(void)
{
	struct arena *a = arena_new();

	/* What they offer; what goes there; what is new. */
	testing_door_write(door, due_now, NULL);
	while (pulling_round(&door->house, a) > 0)
		;
	while (bodies_send(&door->house, a) > 0)
		;
	testing_door_write(door, due_now, NULL);
	while (pulling_round(&door->house, a) > 0)
		;
	arena_free(a);
}

static enum outcome
resolve_theirs(struct work *w, void *context)
{
	const char *reference = db_text(w->db, w->arena,
		"select reference from ticket where service = 'TREE' order by id desc"
		" limit 1");
	struct handle h = {.org = SOUTHMERE, .reference = reference};
	struct ticket t;

	(void)context;
	testing_act_as(w, SOUTHMERE, door->people.leader);
	return handle_resolve(w, &h, "The leaves are gone.", &t);
}

static int64_t
notes(void)
{
	return testing_door_number(door,
		"select count(*) from event e join ticket t on t.org = e.org"
		" and t.id = e.ticket where t.service = 'WA-MISSED' and e.kind = 'note'");
}

/* Our server is the other body. */
static void
a_ticket_goes_there_and_its_news_comes_back(void **state)
{
	const char *key = testing_door_token(door, ROLE_SYSTEM);
	int64_t before = notes();

	(void)state;
	neighbour(arena_printf(testing_arena(), "%s/open311/v2/", door->base), key);
	testing_door_write(door, report, arena_copy(testing_arena(), "there"));
	rounds();
	assert_int_equal(testing_door_number(door,
				 "select count(*) from ticket where service = 'TREE'"),
		1);
	assert_int_equal(testing_door_number(door,
				 "select count(*) from contact where service = 'TREE'"
				 " and fields like '%easting=588000%' and name = ''"
				 " and email = '' and words like '%“full”%'"),
		1);
	assert_int_equal(notes(), before + 1);

	testing_door_write(door, resolve_theirs, NULL);
	rounds();
	assert_int_equal(notes(), before + 2);
	rounds(); /* the overlap brings it again */
	assert_int_equal(notes(), before + 2);
	assert_int_equal(testing_door_number(door,
				 "select count(*) from ticket where service = 'WA-MISSED'"
				 " and open = 1"),
		1); /* a wish changes nothing by itself */
	assert_int_equal(testing_door_number(door,
				 "select count(*) from outbox where kind = 'open311'"
				 " and state = 'sent'"),
		1);
}

static const char *
here(const char *path)
{
	return arena_printf(
		testing_arena(), "%s%s", testing_receiver_address(there), path);
}

/* A list of services, and nothing new. */
static void
offers(const char *base, const char *services)
{
	testing_receiver_say(there,
		arena_printf(testing_arena(), "%s/services.xml", base),
		arena_printf(testing_arena(), "<services>%s</services>", services));
	testing_receiver_say(there,
		arena_printf(testing_arena(), "%s/servicerequestupdates.xml", base),
		"<u></u>");
}

static void
a_batch_body_gives_the_id_later(void **state)
{
	int64_t before = notes();

	(void)state;
	testing_receiver_forget(there);
	neighbour(here("/v2/"), "k");
	offers("/v2", "<service><service_code>TREE</service_code>"
		      "<metadata>False</metadata></service>");
	testing_receiver_say(there, "/v2/servicerequestupdates.xml",
		"<service_request_updates><request_update><update_id>9</update_id>"
		"<service_request_id>unknown</service_request_id><status>OPEN</status>"
		"<updated_datetime>2026-03-02T09:00:00+01:00</updated_datetime>"
		"<description>?</description></request_update></"
		"service_request_updates>");
	testing_receiver_say(there, "/v2/requests.xml",
		"<?xml version='1.0'?><service_requests><request><token>t1</token>"
		"</request></service_requests>");
	testing_receiver_say(there, "/v2/tokens/t1.xml",
		"<service_requests><request><service_request_id>77</service_request_id>"
		"<token>t1</token></request></service_requests>");
	testing_door_write(door, report, arena_copy(testing_arena(), "batch"));
	rounds();
	assert_int_equal(notes(), before + 1);
	assert_int_equal(testing_door_number(door,
				 "select count(*) from open311_sent where theirs = '77'"),
		1);
	/* What is about an id that we do not know is kept. */
	assert_int_equal(testing_door_number(door,
				 "select count(*) from open311_pulled where ticket = 0"),
		1);
}

static const char *
list_of(int services)
{
	struct buffer b = buffer_in(testing_arena(), 0);

	buffer_text_add(&b, "<services>");
	for (int i = 0; i < services; i++)
		buffer_printf(&b, "<service><service_code>%s%d</service_code></service>",
			i ? "S" : "TREE", i);
	buffer_text_add(&b, "</services>");
	return buffer_text(&b);
}

static void
a_list_that_shrank_raises_an_alarm(void **state)
{
	(void)state;
	testing_receiver_forget(there);
	neighbour(here("/v2/"), "k");
	testing_receiver_say(there, "/v2/servicerequestupdates.xml", "<u></u>");
	testing_receiver_say(there, "/v2/services.xml", list_of(20));
	rounds();
	assert_int_equal(
		testing_door_number(door, "select listed from open311_body"), 20);
	testing_receiver_say(there, "/v2/services.xml", list_of(9));
	rounds();
	assert_int_equal(
		testing_door_number(door, "select listed from open311_body"), 20);
	assert_int_equal(testing_door_number(door, "select count(*) from open311_body"
						   " where alarm like '%9%20%'"),
		1);
	testing_receiver_say(there, "/v2/services.xml", list_of(10));
	rounds();
	assert_int_equal(
		testing_door_number(door, "select listed from open311_body"), 10);
}

static void
what_cannot_be_read_is_tried_again(void **state)
{
	(void)state;
	testing_receiver_forget(there);
	neighbour(here("/gone/"), "k");
	offers("/gone", "<service><service_code>TREE</service_code></service>");
	testing_receiver_say(there, "/gone/requests.xml", "no <xml");
	testing_door_write(door, report, arena_copy(testing_arena(), "refused"));
	rounds();
	assert_int_equal(testing_door_number(door,
				 "select count(*) from outbox where kind = 'open311'"
				 " and state = 'waiting' and error <> ''"),
		1); /* what cannot be read may be right later */
}

/* --- what they are told and what they say ------------------------------------------- */

static const char tree[] = "<service><service_code>TREE</service_code></service>";

/* The last letter to a path. */
static const struct testing_letter *
letter_to(const char *path)
{
	const struct testing_letter *found = NULL;

	for (int i = 0; i < testing_receiver_count(there); i++)
		if (strcmp(testing_receiver_letter(there, i)->path, path) == 0)
			found = testing_receiver_letter(there, i);
	return found;
}

static int
letters_to(const char *path)
{
	int n = 0;

	for (int i = 0; i < testing_receiver_count(there); i++)
		n += strcmp(testing_receiver_letter(there, i)->path, path) == 0;
	return n;
}

/* A new ticket that they took as `theirs`. */
static void
taken_as(const char *key, const char *theirs)
{
	testing_receiver_say(there, "/v2/requests.xml",
		arena_printf(testing_arena(),
			"<service_requests><request><service_request_id>%s"
			"</service_request_id></request></service_requests>",
			theirs));
	testing_door_write(door, report, arena_copy(testing_arena(), key));
	rounds();
}

static int64_t
of_theirs(const char *theirs, const char *what)
{
	return testing_door_number(
		door, arena_printf(testing_arena(),
			      "select %s from ticket t join open311_sent s"
			      " on s.org = t.org and s.ticket = t.id"
			      " where s.theirs = '%s'",
			      what, theirs));
}

static int64_t
notes_of(const char *theirs, const char *like)
{
	return testing_door_number(
		door, arena_printf(testing_arena(),
			      "select count(*) from event e join open311_sent s"
			      " on s.org = e.org and s.ticket = e.ticket"
			      " where s.theirs = '%s' and e.body like '%s'",
			      theirs, like));
}

/* What they ask and only where they have a definition; nothing else of the answers. */
static void
only_what_they_ask_for_is_sent(void **state)
{
	const struct testing_letter *l;

	(void)state;
	testing_receiver_forget(there);
	neighbour(here("/v2/"), "k");
	offers("/v2", "<service><service_code>TREE</service_code><metadata>True"
		      "</metadata></service><service><service_code>OTHER"
		      "</service_code><metadata>true</metadata></service>");
	testing_receiver_say(there, "/v2/services/TREE.xml",
		"<service_definition><attributes><attribute><code>fixmystreet_id</code>"
		"<variable>true</variable></attribute><attribute><code>note</code>"
		"<variable>false</variable></attribute></attributes>"
		"</service_definition>");
	taken_as("asked", "a1");
	l = letter_to("/v2/requests.xml");
	assert_non_null(l);
	assert_null(pairs_get(&l->form, "attribute[easting]"));
	assert_non_null(pairs_get(&l->form, "attribute[fixmystreet_id]"));
	assert_null(pairs_get(&l->form, "account_id"));
	assert_string_equal(pairs_get(&l->form, "service_code"), "TREE");
	assert_int_equal(letters_to("/v2/services/TREE.xml"), 1); /* once a day */
	assert_int_equal(letters_to("/v2/services/OTHER.xml"), 0);

	testing_receiver_forget(there);
	neighbour(here("/v2/"), "k");
	offers("/v2", "<service><service_code>TREE</service_code><metadata>false"
		      "</metadata></service>");
	taken_as("not asked", "a2");
	assert_int_equal(letters_to("/v2/services/TREE.xml"), 0);
	l = letter_to("/v2/requests.xml");
	assert_null(pairs_get(&l->form, "attribute[easting]"));
	assert_non_null(pairs_get(&l->form, "account_id"));
}

static void
json_is_spoken_where_they_speak_no_xml(void **state)
{
	const struct testing_letter *l;

	(void)state;
	testing_receiver_forget(there);
	neighbour(here("/j/"), "k");
	testing_receiver_answer(
		there, "/j/discovery.xml", (struct testing_saying){.status = 404});
	testing_receiver_say(there, "/j/discovery.json",
		"{\"endpoints\":[{\"url\":\"x\",\"formats\":[\"application/json\"]}]}");
	testing_receiver_say(there, "/j/services.json",
		"[{\"service_code\":\"TREE\",\"metadata\":true}]");
	testing_receiver_say(there, "/j/services/TREE.json",
		"{\"service_code\":\"TREE\",\"attributes\":[{\"code\":\"easting\","
		"\"variable\":true}]}");
	testing_receiver_say(
		there, "/j/requests.json", "[{\"service_request_id\":4711}]");
	testing_receiver_say(there, "/j/servicerequestupdates.json",
		"[{\"update_id\":1,\"service_request_id\":4711,\"status\":\"FIXED\","
		"\"updated_datetime\":\"2026-03-02T09:00:00Z\",\"description\":\"Gone\"}"
		"]");
	testing_door_write(door, report, arena_copy(testing_arena(), "json"));
	rounds();
	l = letter_to("/j/requests.json");
	assert_non_null(l);
	assert_string_equal(pairs_get(&l->form, "attribute[easting]"), "588000");
	assert_int_equal(notes_of("4711", "Northmere (fixed): Gone"), 1);
	assert_int_equal(testing_door_number(door, "select count(*) from open311_body"
						   " where format = 'json'"
						   " and alarm = ''"),
		1);
}

static void
say_updates(const char *updates)
{
	testing_receiver_say(there, "/v2/servicerequestupdates.xml",
		arena_printf(testing_arena(),
			"<service_request_updates>%s</service_request_updates>",
			updates));
	rounds();
}

#define UPDATE(id, theirs, status, at)                                             \
	"<request_update><update_id>" id "</update_id><service_request_id>" theirs \
	"</service_request_id><status>" status "</status><updated_datetime>" at    \
	"</updated_datetime><description>words " id "</description></request_update>"

static void
with_statuses(void)
{
	struct body b = {
		.org = SOUTHMERE,
		.name = "Northmere",
		.url = here("/v2/"),
		.key = "k",
		.jurisdiction = "",
		.team = door->people.waste,
		.area = "",
		.active = true,
	};

	testing_receiver_forget(there);
	pairs_add(testing_arena(), &b.statuses, "fixed", "resolve");
	pairs_add(testing_arena(), &b.statuses, "reopen", "reopen");
	pairs_add(testing_arena(), &b.statuses, "unchanged", "ignore");
	neighbour_as(b);
	offers("/v2", tree);
}

static void
a_status_does_what_the_table_says(void **state)
{
	(void)state;
	with_statuses();
	taken_as("statuses", "s1");
	say_updates(UPDATE("u1", "s1", "UNCHANGED", "2026-03-02T09:00:00Z")
			UPDATE("u2", "s1", "IN_PROGRESS", "2026-03-02T10:00:00Z"));
	assert_int_equal(notes_of("s1", "%words u1%"), 0);
	assert_int_equal(notes_of("s1", "Northmere (in_progress): words u2"), 1);
	assert_int_equal(of_theirs("s1", "t.open"), 1);
	say_updates(UPDATE("u3", "s1", "Fixed", "2026-03-02T11:00:00Z"));
	assert_int_equal(of_theirs("s1", "t.open"), 0);
	assert_int_equal(testing_door_number(door,
				 "select count(*) from event where kind = 'resolved'"
				 " and public = 1 and body = 'words u3'"),
		1);
	say_updates(UPDATE("u4", "s1", "reopen", "2026-03-02T12:00:00+00:00"));
	assert_int_equal(of_theirs("s1", "t.open"), 1);
}

static void
updates_are_applied_once_whatever_the_order(void **state)
{
	(void)state;
	with_statuses();
	taken_as("order", "o1");
	/* In one answer, the newer one first and one of them twice. */
	say_updates(UPDATE("o3", "o1", "reopen", "2026-03-02T12:00:00Z")
			UPDATE("o2", "o1", "fixed", "2026-03-02T11:00:00Z")
				UPDATE("o2", "o1", "fixed", "2026-03-02T11:00:00Z"));
	assert_int_equal(of_theirs("o1", "t.open"), 1);
	assert_int_equal(of_theirs("o1", "t.reopened"), 1);
	/* Again, and one that is older than what we know: it no longer resolves. */
	say_updates(UPDATE("o3", "o1", "reopen", "2026-03-02T12:00:00Z")
			UPDATE("o1", "o1", "fixed", "2026-03-02T10:00:00Z"));
	assert_int_equal(of_theirs("o1", "t.open"), 1);
	assert_int_equal(of_theirs("o1", "t.reopened"), 1);
	assert_int_equal(notes_of("o1", "Northmere (fixed): words o1"), 1);
}

static void
an_update_may_come_before_its_id_is_known(void **state)
{
	(void)state;
	with_statuses();
	say_updates(UPDATE("b1", "late", "in_progress", "2026-03-02T10:00:00Z"));
	assert_int_equal(testing_door_number(door, "select count(*) from open311_pulled"
						   " where theirs = 'late'"
						   " and ticket = 0"),
		1);
	taken_as("late", "late");
	assert_int_equal(notes_of("late", "Northmere (in_progress): words b1"), 1);
	rounds();
	assert_int_equal(notes_of("late", "%words b1%"), 1);
}

/* Their clock goes three hours behind: what they write now bears a time before the two
 * hours that we would ask for. */
static void
a_clock_that_is_behind_loses_nothing(void **state)
{
	const int64_t now = 1800000000, behind = -3 * 3600;
	struct arena *a = testing_arena();
	int64_t from, to;

	(void)state;
	assert_int_equal(reaching_skew(a, "Fri, 15 Jan 2027 05:00:00 GMT", now), behind);
	assert_int_equal(reaching_skew(a, "Fri, 15 Jan 2027 08:00:30 GMT", now), 0);
	assert_int_equal(reaching_skew(a, "Friday", now), 0);
	assert_int_equal(reaching_skew(a, NULL, now), 0);
	pulling_period(now - 300, now, behind, &from, &to);
	assert_true(from <= now + behind - 300 && now + behind <= to);
	assert_int_equal(from, now - 300 + behind - 7200);
	pulling_period(0, now, 0, &from, &to);
	assert_true(to - from <= 90 * (int64_t)TIMES_DAY); /* after a long sleep */
}

static int64_t
body_number(const char *column)
{
	return testing_door_number(door,
		arena_printf(testing_arena(), "select %s from open311_body", column));
}

static void
one_round(void)
{
	struct arena *a = arena_new();

	testing_door_write(door, due_now, NULL);
	assert_int_equal(pulling_round(&door->house, a), 1);
	assert_int_equal(pulling_round(&door->house, a), 0); /* not its time */
	arena_free(a);
}

static void
who_is_down_is_asked_less_and_less(void **state)
{
	int64_t pauses[10], before;

	(void)state;
	testing_receiver_forget(there);
	neighbour(here("/v2/"), "k");
	testing_receiver_answer(
		there, "/v2/discovery.xml", (struct testing_saying){.status = 503});
	for (int i = 0; i < 10; i++) {
		one_round();
		pauses[i] = body_number("next_pull") - times_now();
		assert_int_equal(body_number("failures"), i + 1);
		assert_int_equal(testing_receiver_count(there), i + 1); /* no more */
	}
	assert_in_range(pauses[0], 590, 600);
	assert_in_range(pauses[1], 1190, 1200);
	assert_in_range(pauses[9], 6 * 3600 - 10, 6 * 3600);
	assert_int_equal(testing_door_number(door, "select count(*) from open311_body"
						   " where alarm like '%503%'"
						   " and alarm_since > 0"),
		1);
	before = body_number("pulled");
	testing_receiver_forget(there);
	offers("/v2", tree);
	one_round();
	assert_int_equal(body_number("failures"), 0);
	assert_true(body_number("pulled") >= before);
	assert_int_equal(testing_door_number(door, "select count(*) from open311_body"
						   " where alarm = ''"
						   " and alarm_since = 0"),
		1);
}

static void
what_they_do_not_want_is_for_people(void **state)
{
	(void)state;
	testing_receiver_forget(there);
	neighbour(here("/v2/"), "k");
	offers("/v2", tree);
	testing_receiver_answer(there, "/v2/requests.xml",
		(struct testing_saying){.status = 400,
			.body = bytes_of("<errors><error><code>400</code><description>"
					 "lat was not provided</description></error>"
					 "</errors>")});
	testing_door_write(door, report, arena_copy(testing_arena(), "unwanted"));
	rounds();
	assert_int_equal(testing_door_number(door,
				 "select count(*) from event where kind = 'note' and body"
				 " = 'Northmere did not take this: HTTP 400: lat was not"
				 " provided'"),
		1);
	assert_int_equal(testing_door_number(door,
				 "select count(*) from open311_exchange where what ="
				 " 'create' and failures = 1 and good = 0"),
		1);
}

static void
a_mapping_to_what_they_do_not_offer_raises_an_alarm(void **state)
{
	(void)state;
	testing_receiver_forget(there);
	neighbour(here("/v2/"), "k");
	offers("/v2", "<service><service_code>BUSH</service_code></service>");
	one_round();
	one_round(); /* and it stays */
	assert_int_equal(testing_door_number(door, "select count(*) from open311_body"
						   " where alarm like '%have TREE'"),
		1);
}

static const char *
long_text(const char *piece, int times)
{
	struct buffer b = buffer_in(testing_arena(), 0);

	for (int i = 0; i < times; i++)
		buffer_text_add(&b, piece);
	return buffer_text(&b);
}

/* A body that means ill, or is broken: what is too long to be kept must not stop what can
 * be, on any engine, and nothing without bounds reaches a letter. */
static void
texts_without_bounds_stop_nothing(void **state)
{
	const char *id = long_text("x", 20000);

	(void)state;
	with_statuses();
	taken_as("bounds", "bo1");
	say_updates(arena_printf(testing_arena(),
		"<request_update><update_id>%s</update_id><service_request_id>bo1"
		"</service_request_id><status>open</status><updated_datetime>"
		"2026-03-02T10:00:00Z</updated_datetime></request_update>"
		"<request_update><update_id>l2</update_id><service_request_id>%s"
		"</service_request_id><status>open</status><updated_datetime>"
		"2026-03-02T10:00:00Z</updated_datetime></request_update>"
		"<request_update><update_id>l3</update_id><service_request_id>bo1"
		"</service_request_id><status>in_progress</status><updated_datetime>"
		"2026-03-02T10:00:00Z</updated_datetime><description>%s</description>"
		"</request_update>",
		id, id, long_text("é", 100000)));
	assert_int_equal(notes_of("bo1", "Northmere (in_progress): é%"), 1);
	assert_int_equal(testing_door_number(door,
				 "select count(*) from open311_pulled where length(words)"
				 " > 16001 or length(update_id) > 200"),
		0);
	testing_receiver_say(there, "/v2/requests.xml",
		arena_printf(testing_arena(),
			"<service_requests><request><service_request_id>%s"
			"</service_request_id></request></service_requests>",
			id));
	testing_door_write(door, report, arena_copy(testing_arena(), "long id"));
	rounds();
	assert_int_equal(testing_door_number(door,
				 "select count(*) from outbox where kind = 'open311' and"
				 " state = 'waiting' and error like 'the answer has%'"),
		1);
	taken_as("after", "bo2"); /* both leave now */
	assert_int_equal(of_theirs("bo2", "count(*)"), 2);
}

/* --- their requests ----------------------------------------------------------------- */

#define REQUEST(id, code, lat, more)                                                  \
	"<request><service_request_id>" id "</service_request_id><service_code>" code \
	"</service_code><status>open</status><lat>" lat "</lat><long>0.71</long>"     \
	"<description>It fell</description>" more "</request>"
#define WHEN "<updated_datetime>2026-03-02T09:00:00Z</updated_datetime>"
#define GIF                                                                              \
	"<media_url>data:image/gif;base64,R0lGODlhAQABAIAAAP///wAAACwAAAAAAQABAAACAkQBA" \
	"Ds=</media_url>"

static int64_t
ignored(const char *theirs, const char *why)
{
	return testing_door_number(
		door, arena_printf(testing_arena(),
			      "select count(*) from open311_brought where theirs = '%s'"
			      " and ignored = '%s'",
			      theirs, why));
}

static void
their_requests_become_tickets_once(void **state)
{
	struct body b = {
		.org = SOUTHMERE,
		.name = "Northmere",
		.url = here("/v2/"),
		.key = "k",
		.jurisdiction = "",
		.team = door->people.waste,
		.requests = true,
		.area = "51.5,0.7 51.6,0.7 51.6,0.8 51.5,0.8",
		.active = true,
	};
	struct arena *a = arena_new();

	(void)state;
	testing_receiver_forget(there);
	neighbour_as(b);
	offers("/v2", tree);
	testing_receiver_say(there, "/v2/requests.xml",
		"<service_requests>" REQUEST("r1", "TREE", "51.54", WHEN GIF) REQUEST(
			"r2", "TREE", "", WHEN) REQUEST("r3", "TREE", "51.54", "")
			REQUEST("r4", "BUSH", "51.54", WHEN) REQUEST("r5", "TREE", "51.7",
				WHEN) REQUEST("r6", "TREE", "40.7", WHEN) REQUEST("r1",
				"TREE", "51.54", WHEN) "</service_requests>");
	rounds();
	rounds();
	assert_int_equal(of_theirs("r1", "count(*)"), 1);
	assert_int_equal(testing_door_number(door,
				 "select count(*) from contact where channel = 'open311'"
				 " and service = 'WA-MISSED' and words = 'It fell'"),
		1);
	assert_int_equal(ignored("r1", ""), 1);
	assert_int_equal(ignored("r2", "incomplete"), 1);
	assert_int_equal(ignored("r3", "incomplete"), 1);
	assert_int_equal(ignored("r4", "service"), 1);
	assert_int_equal(ignored("r5", "area"), 1);
	assert_int_equal(ignored("r6", "area"), 1);
	/* It stands with the team that stands for them, and does not go back. */
	assert_int_equal(testing_door_number(door,
				 "select count(*) from outbox o join open311_sent s"
				 " on s.org = o.org and s.ticket = o.ticket"
				 " where o.kind = 'open311' and s.theirs = 'r1'"),
		0);
	while (photos_round(&door->house, a) > 0)
		;
	arena_free(a);
	assert_int_equal(testing_door_number(door,
				 "select count(*) from attachment f join open311_sent s"
				 " on s.org = f.org and s.ticket = f.ticket"
				 " where s.theirs = 'r1' and f.type = 'image/gif'"),
		1);
	/* Their news about it finds it. */
	say_updates(UPDATE("r-u1", "r1", "planned", "2026-03-02T10:00:00Z"));
	assert_int_equal(notes_of("r1", "Northmere (planned): words r-u1"), 1);
}

static enum outcome
pulled_long_ago(struct work *w, void *context)
{
	(void)context;
	db_run(w->db, "update open311_body set pulled = 77");
	return DONE;
}

/* A thousand are taken at once; that there were more is not forgotten. */
static void
more_than_can_be_taken_is_asked_for_again(void **state)
{
	struct body b = {
		.org = SOUTHMERE,
		.name = "Northmere",
		.url = here("/v2/"),
		.key = "k",
		.jurisdiction = "",
		.team = door->people.waste,
		.requests = true,
		.area = "",
		.active = true,
	};
	struct buffer many = buffer_in(testing_arena(), 0);

	(void)state;
	testing_receiver_forget(there);
	neighbour_as(b);
	testing_door_write(door, pulled_long_ago, NULL);
	offers("/v2", tree);
	for (int i = 0; i < 1001; i++)
		buffer_printf(&many,
			"<request><service_request_id>many%d</service_request_id>"
			"</request>",
			i);
	testing_receiver_say(there, "/v2/requests.xml",
		arena_printf(testing_arena(), "<service_requests>%s</service_requests>",
			buffer_text(&many)));
	one_round();
	assert_int_equal(ignored("many999", "incomplete"), 1);
	assert_int_equal(body_number("pulled"), 77);
	assert_int_equal(testing_door_number(door, "select count(*) from open311_body"
						   " where alarm like 'there are more%'"),
		1);
	testing_receiver_say(
		there, "/v2/requests.xml", "<service_requests></service_requests>");
	one_round();
	assert_true(body_number("pulled") > 77);
}

static int
begin(void **state)
{
	(void)state;
	door = testing_door_open("off");
	there = testing_receiver_start();
	testing_door_write(door, offer_tree, NULL);
	return 0;
}

static int
end(void **state)
{
	(void)state;
	testing_receiver_stop(there);
	testing_door_close(door);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_ticket_goes_there_and_its_news_comes_back),
		cmocka_unit_test(a_batch_body_gives_the_id_later),
		cmocka_unit_test(a_list_that_shrank_raises_an_alarm),
		cmocka_unit_test(what_cannot_be_read_is_tried_again),
		cmocka_unit_test(only_what_they_ask_for_is_sent),
		cmocka_unit_test(json_is_spoken_where_they_speak_no_xml),
		cmocka_unit_test(a_status_does_what_the_table_says),
		cmocka_unit_test(updates_are_applied_once_whatever_the_order),
		cmocka_unit_test(an_update_may_come_before_its_id_is_known),
		cmocka_unit_test(a_clock_that_is_behind_loses_nothing),
		cmocka_unit_test(who_is_down_is_asked_less_and_less),
		cmocka_unit_test(what_they_do_not_want_is_for_people),
		cmocka_unit_test(a_mapping_to_what_they_do_not_offer_raises_an_alarm),
		cmocka_unit_test(texts_without_bounds_stop_nothing),
		cmocka_unit_test(their_requests_become_tickets_once),
		cmocka_unit_test(more_than_can_be_taken_is_asked_for_again),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
