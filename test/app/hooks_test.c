/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/hooks.h"

#include "desk/handle.h"
#include "desk/telling.h"
#include "format/json.h"
#include "store/account.h"
#include "store/webhook.h"
#include "testing_door.h"
#include "testing_receiver.h"

#include <stdlib.h>
#include <string.h>

static struct testing_door *door;
static struct testing_receiver *there;

static enum outcome
subscribe(struct work *w, void *context)
{
	struct webhook *h = context;
	enum outcome end = webhook_insert(w, h);

	h->secret = arena_copy(testing_arena(), h->secret);
	return end;
}

static struct webhook
subscribed(const char *path, const char *events, const char *services)
{
	struct webhook h = {
		.org = SOUTHMERE,
		.name = "Ours",
		.url = arena_printf(
			testing_arena(), "%s%s", testing_receiver_address(there), path),
		.events = events,
		.services = services,
		.active = true,
	};

	testing_door_write(door, subscribe, &h);
	return h;
}

static enum outcome
unsubscribe_all(struct work *w, void *context)
{
	struct webhook_list list;

	(void)context;
	webhook_list(w, SOUTHMERE, &list);
	for (int i = 0; i < list.count; i++)
		webhook_delete(w, &list.at[i]);
	return DONE;
}

static enum outcome
report(struct work *w, void *context)
{
	const char *reference = testing_report(w, context, "Private words.");

	(void)reference;
	return DONE;
}

static void
rounds(void)
{
	struct arena *a = arena_new();

	while (hooks_round(&door->house, a) > 0)
		;
	arena_free(a);
}

static int
fresh(void **state)
{
	(void)state;
	testing_door_write(door, unsubscribe_all, NULL);
	testing_receiver_forget(there);
	return 0;
}

static void
a_message_is_signed_and_says_nothing_of_a_person(void **state)
{
	struct webhook h = subscribed("/in", "received", "HW-POTHOLE");
	const struct testing_letter *l;
	const char *problem;
	const struct json *v;

	(void)state;
	testing_door_write(door, report, arena_copy(testing_arena(), "signed"));
	rounds();
	assert_int_equal(testing_receiver_count(there), 1);
	l = testing_receiver_letter(there, 0);
	assert_string_equal(l->path, "/in");
	assert_string_equal(pairs_get(&l->headers, "content-type"), "application/json");
	assert_string_equal(pairs_get(&l->headers, "webhook-signature"),
		hooks_signature(testing_arena(), h.secret,
			pairs_get(&l->headers, "webhook-id"),
			strtoll(pairs_get(&l->headers, "webhook-timestamp"), NULL, 10),
			l->body));
	v = json_read(testing_arena(), bytes_of(l->body), &problem);
	assert_string_equal(json_words(json_get(v, "type")), "ticket.received");
	assert_string_equal(
		json_words(json_get(json_get(json_get(v, "data"), "ticket"), "service")),
		"HW-POTHOLE");
	assert_null(strstr(l->body, "Private"));
	assert_null(strstr(l->body, "Fisher"));
	assert_null(strstr(l->body, "example.org"));
}

/* The test vector of the Standard Webhooks specification. */
static void
the_signature_is_that_of_the_standard(void **state)
{
	(void)state;
	assert_string_equal(
		hooks_signature(testing_arena(), "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
			"msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330,
			"{\"test\": 2432232314}"),
		"v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
	assert_null(hooks_signature(testing_arena(), "plain", "a", 1, "b"));
}

static void
filters_leave_out_what_nobody_asked_for(void **state)
{
	(void)state;
	subscribed("/resolved", "resolved", "");
	subscribed("/waste", "", "WA-MISSED");
	testing_door_write(door, report, arena_copy(testing_arena(), "filters"));
	rounds();
	assert_int_equal(testing_receiver_count(there), 0);
	subscribed("/all", "", "");
	testing_door_write(door, report, arena_copy(testing_arena(), "filters2"));
	rounds();
	assert_int_equal(testing_receiver_count(there), 2); /* received, acknowledged */
}

static enum outcome
report_and_fail(struct work *w, void *context)
{
	(void)!report(w, context);
	return INVALID;
}

static void
what_is_undone_is_not_told(void **state)
{
	char name[] = "undone";

	(void)state;
	subscribed("/all", "", "");
	assert_int_equal(
		house_write(&door->house, SOUTHMERE, report_and_fail, name), DB_UNDONE);
	rounds();
	assert_int_equal(testing_receiver_count(there), 0);
}

static enum outcome
make_due(struct work *w, void *context)
{
	(void)context;
	db_run(w->db, "update outbox set next_at = 0 where kind = 'webhook'");
	return DONE;
}

static void
a_failure_is_tried_again_under_the_same_id(void **state)
{
	const char *id;

	(void)state;
	subscribed("/fail-twice", "received", "");
	testing_door_write(door, report, arena_copy(testing_arena(), "again"));
	for (int i = 0; i < 4; i++) {
		rounds();
		testing_door_write(door, make_due, NULL);
	}
	assert_int_equal(testing_receiver_count(there), 3);
	id = pairs_get(&testing_receiver_letter(there, 0)->headers, "webhook-id");
	for (int i = 1; i < 3; i++)
		assert_string_equal(pairs_get(&testing_receiver_letter(there, i)->headers,
					    "webhook-id"),
			id);
	assert_int_equal(testing_door_number(door,
				 "select count(*) from webhook_try where status = 500"),
		2);
	assert_int_equal(testing_door_number(door,
				 "select count(*) from outbox where kind = 'webhook'"
				 " and state = 'waiting'"),
		0);
}

static enum outcome
replay_first(struct work *w, void *context)
{
	struct webhook_try_list tries;

	webhook_tries(w, context, 0, 10, &tries);
	assert_int_equal(tries.count, 1);
	assert_string_equal(tries.at[0].state, "sent");
	assert_string_equal(tries.at[0].answer, "fine");
	assert_int_equal(tries.at[0].status, 200);
	return webhook_replay(w, context, tries.at[0].message);
}

static void
a_delivery_can_be_replayed(void **state)
{
	struct webhook h = subscribed("/in", "received", "");

	(void)state;
	testing_door_write(door, report, arena_copy(testing_arena(), "replay"));
	rounds();
	testing_door_write(door, replay_first, &h);
	rounds();
	assert_int_equal(testing_receiver_count(there), 2);
	assert_string_equal(testing_receiver_letter(there, 0)->body,
		testing_receiver_letter(there, 1)->body);
}

static enum outcome
age_failures(struct work *w, void *context)
{
	(void)context;
	db_run(w->db, "update webhook set failing_since = $1 where failing_since > 0",
		w->now - 6 * TIMES_DAY);
	return make_due(w, NULL);
}

static void
long_failure_switches_it_off_with_a_notice(void **state)
{
	int64_t letters = testing_door_number(
		door, "select count(*) from outbox where kind = 'email'");

	(void)state;
	subscribed("/fail", "received", "");
	testing_door_write(door, report, arena_copy(testing_arena(), "long"));
	rounds();
	assert_int_equal(testing_door_number(door, "select active from webhook"), 1);
	testing_door_write(door, age_failures, NULL);
	rounds();
	assert_int_equal(testing_door_number(door, "select active from webhook"), 0);
	/* The acknowledgement of the report, and the notice. */
	assert_int_equal(testing_door_number(door,
				 "select count(*) from outbox where kind = 'email'"),
		letters + 2);
	testing_door_write(door, report, arena_copy(testing_arena(), "long2"));
	testing_door_write(door, make_due, NULL);
	rounds();
	assert_int_equal(testing_receiver_count(there), 2);
}

static void
gone_is_gone(void **state)
{
	(void)state;
	subscribed("/gone", "received", "");
	testing_door_write(door, report, arena_copy(testing_arena(), "gone"));
	rounds();
	assert_int_equal(testing_door_number(door, "select active from webhook"), 0);
}

static void
private_addresses_are_never_asked(void **state)
{
	struct outgoing kept = door->config.outgoing;

	(void)state;
	subscribed("/in", "received", "");
	subscribed("/move", "received", "");
	testing_door_write(door, report, arena_copy(testing_arena(), "private"));
	door->config.outgoing = (struct outgoing){.allowed = {NULL, 0}};
	rounds();
	door->config.outgoing = kept;
	assert_int_equal(testing_receiver_count(there), 0);
	assert_int_equal(testing_door_number(door,
				 "select count(*) from webhook_try where status = 0"
				 " and answer like 'the address%'"),
		2);
}

static void
redirects_are_a_failure(void **state)
{
	(void)state;
	subscribed("/move", "received", "");
	testing_door_write(door, report, arena_copy(testing_arena(), "moved"));
	rounds();
	assert_int_equal(testing_receiver_count(there), 1);
	assert_int_equal(testing_door_number(door,
				 "select count(*) from webhook_try where status = 302"),
		1);
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
		cmocka_unit_test(the_signature_is_that_of_the_standard),
		cmocka_unit_test_setup(
			a_message_is_signed_and_says_nothing_of_a_person, fresh),
		cmocka_unit_test_setup(filters_leave_out_what_nobody_asked_for, fresh),
		cmocka_unit_test_setup(what_is_undone_is_not_told, fresh),
		cmocka_unit_test_setup(a_failure_is_tried_again_under_the_same_id, fresh),
		cmocka_unit_test_setup(a_delivery_can_be_replayed, fresh),
		cmocka_unit_test_setup(long_failure_switches_it_off_with_a_notice, fresh),
		cmocka_unit_test_setup(gone_is_gone, fresh),
		cmocka_unit_test_setup(private_addresses_are_never_asked, fresh),
		cmocka_unit_test_setup(redirects_are_a_failure, fresh),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
