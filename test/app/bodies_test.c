/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/bodies.h"

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
	struct service s = {
		.org = SOUTHMERE,
		.code = "TREE",
		.name = "Report a tree",
		.category = "Parks",
		.kind = "request",
		.team = door->people.highways,
		.priority = 3,
		.who_may_ask = "anyone",
		.geo = "point",
		.charge = "",
		.emergency = "",
		.note = "",
		.lgsl = "",
		.lgil = "",
		.retention_months = 24,
		.open311 = true,
		.fields = "location:point|easting:text",
	};

	(void)context;
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
		.alarm = "",
	};

	testing_door_write(door, drop_bodies, NULL);
	testing_door_write(door, add_body, &b);
	return b;
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

	testing_door_write(door, due_now, NULL);
	while (bodies_send(&door->house, a) > 0)
		;
	while (bodies_pull(&door->house, a) > 0)
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

static void
a_batch_body_gives_the_id_later(void **state)
{
	int64_t before = notes();

	(void)state;
	testing_receiver_forget(there);
	neighbour(here("/v2/"), "k");
	testing_receiver_say(there, "/v2/services.xml", "<services></services>");
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
		buffer_printf(
			&b, "<service><service_code>%d</service_code></service>", i);
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
	testing_receiver_say(there, "/gone/requests.xml", "no <xml");
	testing_door_write(door, report, arena_copy(testing_arena(), "refused"));
	rounds();
	assert_int_equal(testing_door_number(door,
				 "select count(*) from outbox where kind = 'open311'"
				 " and state = 'waiting' and error <> ''"),
		1); /* what cannot be read may be right later */
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
	};

	return cmocka_run_group_tests(tests, begin, end);
}
