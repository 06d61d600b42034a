/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/updates.h"

#include "app/bodies.h"
#include "app/pulling.h"
#include "desk/handle.h"
#include "desk/intake.h"
#include "store/body.h"
#include "testing_door.h"
#include "testing_receiver.h"

#include <string.h>

#define UPDATES "/v2/servicerequestupdates.xml"

static struct testing_door *door;
static struct testing_receiver *there;

static const char *
text(const char *format, const char *one)
{
	return arena_printf(testing_arena(), "%s%s", format, one);
}

/* --- the other body ----------------------------------------------------------------- */

static enum outcome
only_body(struct work *w, void *context)
{
	struct body *b = context;
	struct body_list list;

	body_list(w, SOUTHMERE, &list);
	for (int i = 0; i < list.count; i++)
		body_delete(w, &list.at[i]);
	db_run(w->db, "delete from outbox where kind like 'open311%'");
	body_insert(w, b);
	return DONE;
}

/* Northmere, to which bins go, with their updates on or off. */
static void
northmere(bool updates)
{
	struct body b = {
		.org = SOUTHMERE,
		.name = "Northmere",
		.url = text(testing_receiver_address(there), "/v2/"),
		.key = "their-key",
		.jurisdiction = "north",
		.team = door->people.waste,
		.updates = updates,
		.area = "",
		.active = true,
	};

	pairs_add(testing_arena(), &b.services, "WA-MISSED", "BIN");
	pairs_add(testing_arena(), &b.statuses, "fixed", "resolve");
	pairs_add(testing_arena(), &b.statuses, "reopen", "reopen");
	testing_receiver_forget(there);
	testing_receiver_say(there, "/v2/services.xml",
		"<services><service><service_code>BIN</service_code></service>"
		"</services>");
	testing_receiver_say(there, UPDATES, "<u></u>");
	testing_door_write(door, only_body, &b);
}

static enum outcome
due_now(struct work *w, void *context)
{
	(void)context;
	db_run(w->db, "update open311_body set next_pull = 0");
	db_run(w->db, "update outbox set next_at = 0 where kind like 'open311%'");
	return DONE;
}

static void
pull(void)
{
	struct arena *a = arena_new();

	testing_door_write(door, due_now, NULL);
	while (pulling_round(&door->house, a) > 0)
		;
	arena_free(a);
}

static void
send(void)
{
	struct arena *a = arena_new();

	testing_door_write(door, due_now, NULL);
	while (bodies_send(&door->house, a) > 0)
		;
	while (updates_send(&door->house, a) > 0)
		;
	arena_free(a);
}

static enum outcome
report(struct work *w, void *context)
{
	struct contact c = {
		.org = SOUTHMERE,
		.channel = CHANNEL_WEB,
		.key = context,
		.service = "WA-MISSED",
		.words = "A bin, full of leaves",
		.place = "51.540000,0.710000",
		.from = {.name = "Xaver Yzop", .email = "xaver@example.org"},
	};
	struct receipt got;

	return intake(w, &c, &got);
}

/* A new ticket, which they take as `theirs`; "" : they answer with a token. */
static void
taken_as(const char *theirs)
{
	testing_receiver_say(there, "/v2/requests.xml",
		*theirs ? arena_printf(testing_arena(),
				  "<service_requests><request><service_request_id>%s"
				  "</service_request_id></request></service_requests>",
				  theirs)
			: "<service_requests><request><token>t1</token></request>"
			  "</service_requests>");
	testing_door_write(
		door, report, arena_copy(testing_arena(), *theirs ? theirs : "token"));
	pull();
	send();
}

/* --- what we do --------------------------------------------------------------------- */

struct deed {
	const char *what, *words;
};

static enum outcome
act(struct work *w, void *context)
{
	const struct deed *d = context;
	struct handle h = {.org = SOUTHMERE};
	struct ticket t;

	h.reference = db_text(w->db, w->arena,
		"select reference from ticket where service = 'WA-MISSED'"
		" order by id desc limit 1");
	testing_act_as(w, SOUTHMERE, door->people.binman);
	if (strcmp(d->what, "reply") == 0)
		return handle_reply(w, &h, d->words, &t);
	if (strcmp(d->what, "note") == 0)
		return handle_note(w, &h, d->words, &t);
	if (strcmp(d->what, "claim") == 0)
		return handle_claim(w, &h, &t);
	if (strcmp(d->what, "resolve") == 0)
		return handle_resolve(w, &h, d->words, &t);
	if (strcmp(d->what, "close") == 0)
		return handle_close(w, &h, d->words, &t);
	return handle_reopen(w, &h, d->words, &t);
}

static void
we(const char *what, const char *words)
{
	testing_door_write(door, act, &(struct deed){what, words});
}

/* --- what they heard ---------------------------------------------------------------- */

static int
heard(void)
{
	int n = 0;

	for (int i = 0; i < testing_receiver_count(there); i++) {
		const struct testing_letter *l = testing_receiver_letter(there, i);

		n += strcmp(l->method, "POST") == 0 &&
		     strstr(l->path, "servicerequestupdates") != NULL;
	}
	return n;
}

/* A field of the nth of them. */
static const char *
said(int nth, const char *field)
{
	for (int i = 0; i < testing_receiver_count(there); i++) {
		const struct testing_letter *l = testing_receiver_letter(there, i);

		if (strcmp(l->method, "POST") == 0 &&
			strstr(l->path, "servicerequestupdates") && nth-- == 0) {
			const char *value = pairs_get(&l->form, field);

			return value ? value : "";
		}
	}
	return "never";
}

static int64_t
letters(const char *state)
{
	return testing_door_number(
		door, arena_printf(testing_arena(),
			      "select count(*) from outbox where kind ="
			      " 'open311-update' and state = '%s'",
			      state));
}

static void
replies_and_changes_of_status_go_there(void **state)
{
	(void)state;
	northmere(true);
	taken_as("n1");
	we("claim", "");
	we("reply", "We come on Friday – “early”.");
	we("note", "Nobody else knows");
	send();
	assert_int_equal(heard(), 2);
	assert_string_equal(said(0, "status"), "INVESTIGATING");
	assert_string_equal(said(0, "description"), "We are looking into this.");
	assert_string_equal(said(1, "api_key"), "their-key");
	assert_string_equal(said(1, "jurisdiction_id"), "north");
	assert_string_equal(said(1, "service_request_id"), "n1");
	assert_string_equal(said(1, "status"), "INVESTIGATING");
	assert_string_equal(said(1, "description"), "We come on Friday – “early”.");
	assert_string_not_equal(said(0, "update_id"), said(1, "update_id"));
	assert_int_equal(
		strlen(said(1, "updated_datetime")), strlen("2026-03-02T09:00:00Z"));
	/* Names of nobody. */
	assert_string_equal(said(1, "first_name"), "");
	assert_string_equal(said(1, "last_name"), "");
	assert_string_equal(said(1, "email"), "");
	we("resolve", "Emptied.");
	we("close", "");
	we("reopen", "It is full again");
	send();
	send();
	assert_int_equal(heard(), 4); /* fixed stays fixed when it is closed */
	assert_string_equal(said(2, "status"), "FIXED");
	assert_string_equal(said(2, "description"), "Emptied.");
	assert_string_equal(said(3, "status"), "REOPEN");
	assert_string_equal(said(3, "description"), "This is open again.");
	assert_int_equal(letters("sent"), 4);
	assert_int_equal(testing_door_number(door,
				 "select count(*) from open311_exchange"
				 " where what = 'update' and good > 0 and failures = 0"),
		1);
}

static enum outcome
switch_off(struct work *w, void *context)
{
	(void)context;
	db_run(w->db, "update open311_body set updates = 0");
	return DONE;
}

static void
nothing_goes_where_it_is_not_wanted(void **state)
{
	(void)state;
	northmere(false);
	taken_as("off1");
	we("reply", "We come on Friday.");
	send();
	assert_int_equal(heard(), 0);
	assert_int_equal(letters("waiting") + letters("sent"), 0);
	/* Nor what was written before it was switched off. */
	northmere(true);
	taken_as("off2");
	we("reply", "We come on Friday.");
	testing_door_write(door, switch_off, NULL);
	send();
	assert_int_equal(heard(), 0);
	assert_int_equal(letters("failed"), 1);
}

static void
say_updates(const char *update)
{
	testing_receiver_say(there, UPDATES,
		arena_printf(testing_arena(),
			"<service_request_updates>%s</service_request_updates>", update));
	pull();
}

#define UPDATE(id, theirs, status, at)                                             \
	"<request_update><update_id>" id "</update_id><service_request_id>" theirs \
	"</service_request_id><status>" status "</status><updated_datetime>" at    \
	"</updated_datetime><description>words " id "</description></request_update>"

static int64_t
open_now(void)
{
	return testing_door_number(door,
		"select open from ticket where service = 'WA-MISSED'"
		" order by id desc limit 1");
}

static void
what_came_from_them_is_not_sent_back(void **state)
{
	(void)state;
	northmere(true);
	taken_as("e1");
	say_updates(UPDATE("u1", "e1", "FIXED", "2026-03-02T09:00:00Z"));
	assert_int_equal(open_now(), 0);
	send();
	assert_int_equal(heard(), 0);
	say_updates(UPDATE("u2", "e1", "REOPEN", "2026-03-02T10:00:00Z"));
	assert_int_equal(open_now(), 1);
	send();
	assert_int_equal(heard(), 0);
	we("resolve", "We did it ourselves.");
	send();
	assert_int_equal(heard(), 1);
}

/* They publish what we told them: under the id that they answered it is no news. */
static void
our_own_update_that_comes_back_is_no_news(void **state)
{
	(void)state;
	northmere(true);
	taken_as("b1");
	testing_receiver_say(there, UPDATES,
		"<service_request_updates><request_update><update_id>9001</update_id>"
		"</request_update></service_request_updates>");
	we("reply", "We come on Friday.");
	send();
	assert_int_equal(heard(), 1);
	say_updates(UPDATE("9001", "b1", "INVESTIGATING", "2026-03-02T09:00:00Z"));
	assert_int_equal(
		testing_door_number(door,
			"select count(*) from event where body like '%words 9001%'"),
		0);
}

static void
a_failure_is_tried_again_under_the_same_id_and_in_order(void **state)
{
	const char *id;

	(void)state;
	northmere(true);
	taken_as("f1");
	testing_receiver_answer(there, UPDATES, (struct testing_saying){.status = 503});
	we("reply", "First.");
	we("reply", "Second.");
	send();
	assert_int_equal(heard(), 1); /* the second waits for it */
	assert_int_equal(letters("waiting"), 2);
	assert_int_equal(
		testing_door_number(door, "select count(*) from outbox where kind ="
					  " 'open311-update' and error like 'HTTP 503%'"
					  " and next_at > 0"),
		1);
	id = said(0, "update_id");
	testing_receiver_say(there, UPDATES, "what is this?");
	send();
	assert_int_equal(heard(), 3); /* any 2xx will do */
	assert_string_equal(said(1, "update_id"), id);
	assert_string_equal(said(1, "description"), "First.");
	assert_string_equal(said(2, "description"), "Second.");
	assert_int_equal(letters("sent"), 2);
	send();
	assert_int_equal(heard(), 3);
}

static enum outcome
as_if_killed(struct work *w, void *context)
{
	(void)context;
	db_run(w->db, "update outbox set state = 'waiting', attempts = 0"
		      " where kind = 'open311-update'");
	return DONE;
}

/* Killed after they took it and before we knew: it leaves again as the same one. */
static void
what_left_twice_is_one_update(void **state)
{
	(void)state;
	northmere(true);
	taken_as("k1");
	testing_receiver_say(there, UPDATES,
		"<service_request_updates><request_update><update_id>9002</update_id>"
		"</request_update></service_request_updates>");
	we("reply", "Once.");
	send();
	testing_door_write(door, as_if_killed, NULL);
	send();
	assert_int_equal(heard(), 2);
	assert_string_equal(said(0, "update_id"), said(1, "update_id"));
	assert_string_equal(said(0, "updated_datetime"), said(1, "updated_datetime"));
	assert_int_equal(letters("sent"), 1);
	assert_int_equal(testing_door_number(door, "select count(*) from open311_pulled"
						   " where update_id = '9002'"),
		1);
}

static void
what_they_refuse_is_for_people(void **state)
{
	(void)state;
	northmere(true);
	taken_as("r1");
	testing_receiver_answer(there, UPDATES,
		(struct testing_saying){.status = 404,
			.body = bytes_of(
				"<errors><error><code>404</code><description>"
				"no such thing</description></error></errors>")});
	we("reply", "Hello?");
	send();
	send();
	assert_int_equal(heard(), 1);
	assert_int_equal(letters("failed"), 1);
	assert_int_equal(testing_door_number(door,
				 "select count(*) from event where kind = 'note' and"
				 " public = 0 and body = 'Northmere did not take our"
				 " update: HTTP 404: no such thing'"),
		1);
}

static void
an_update_waits_for_the_id_of_its_request(void **state)
{
	(void)state;
	northmere(true);
	testing_receiver_say(there, "/v2/tokens/t1.xml", "<service_requests/>");
	taken_as("");
	we("reply", "We come on Friday.");
	send();
	assert_int_equal(heard(), 0);
	assert_int_equal(letters("waiting"), 1);
	testing_receiver_say(there, "/v2/tokens/t1.xml",
		"<service_requests><request><service_request_id>late</service_request_id>"
		"<token>t1</token></request></service_requests>");
	pull();
	send();
	assert_int_equal(heard(), 1);
	assert_string_equal(said(0, "service_request_id"), "late");
}

static int
begin(void **state)
{
	(void)state;
	door = testing_door_open("off");
	there = testing_receiver_start();
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
		cmocka_unit_test(replies_and_changes_of_status_go_there),
		cmocka_unit_test(nothing_goes_where_it_is_not_wanted),
		cmocka_unit_test(what_came_from_them_is_not_sent_back),
		cmocka_unit_test(our_own_update_that_comes_back_is_no_news),
		cmocka_unit_test(a_failure_is_tried_again_under_the_same_id_and_in_order),
		cmocka_unit_test(what_left_twice_is_one_update),
		cmocka_unit_test(what_they_refuse_is_for_people),
		cmocka_unit_test(an_update_waits_for_the_id_of_its_request),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
