/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/repeat.h"

#include "store/account.h"
#include "store/kept_answer.h"
#include "testing_db.h"
#include "testing_door.h"

#include <pthread.h>
#include <stdatomic.h>
#include <string.h>

static const char pothole[] =
	"{\"service\":\"HW-POTHOLE\",\"description\":\"Deep.\",\"customer\":"
	"{\"name\":\"Ann Fisher\",\"email\":\"ann@example.org\"}}";
static const char other[] =
	"{\"service\":\"HW-POTHOLE\",\"description\":\"Wide.\",\"customer\":"
	"{\"name\":\"Ann Fisher\",\"email\":\"ann@example.org\"}}";

static struct testing_answer
create(struct testing_door *d, const char *token, const char *key, const char *body)
{
	return testing_door_ask(d, "POST", "/api/v1/tickets",
		(struct testing_request){.token = token, .key = key, .body = body});
}

static void
the_same_request_gets_the_same_answer(void **state)
{
	struct testing_door *d = *state;
	const char *token = testing_door_token(d, ROLE_SYSTEM);
	int64_t before = testing_door_number(d, "select count(*) from ticket");
	struct testing_answer first = create(d, token, "same", pothole);
	struct testing_answer again = create(d, token, "same", pothole);
	const char *there = pairs_get(&first.headers, "location");
	struct testing_answer change;

	assert_int_equal(first.status, 201);
	assert_null(pairs_get(&first.headers, "idempotency-replayed"));
	assert_int_equal(again.status, 201);
	assert_string_equal(again.body, first.body);
	assert_string_equal(again.type, first.type);
	assert_string_equal(pairs_get(&again.headers, "idempotency-replayed"), "true");
	assert_string_equal(pairs_get(&again.headers, "location"), there);
	assert_string_equal(
		pairs_get(&again.headers, "etag"), pairs_get(&first.headers, "etag"));
	assert_int_equal(
		testing_door_number(d, "select count(*) from ticket"), before + 1);

	/* What came of it since does not change the answer. */
	change = testing_door_ask(d, "PATCH", there,
		(struct testing_request){.token = token,
			.tag = "*",
			.key = "change",
			.body = "{\"assignee\":\"me\"}"});
	assert_int_equal(change.status, 200);
	again = create(d, token, "same", pothole);
	assert_string_equal(again.body, first.body);
	again = testing_door_ask(d, "PATCH", there,
		(struct testing_request){.token = token,
			.tag = "*",
			.key = "change",
			.body = "{\"assignee\":\"me\"}"});
	assert_int_equal(again.status, 200);
	assert_string_equal(again.body, change.body);
}

/* How many kept answers hold the text as it is. */
static enum outcome
count_readable(struct work *w, void *context)
{
	int *count = context;
	struct rows r = db_query(w->db, "select body from kept_answer");

	while (rows_next(&r)) {
		struct bytes body = row_bytes(&r, 0);

		assert_true(body.len > 0);
		*count += memmem(body.at, body.len, "prt_", 4) != NULL;
	}
	return DONE;
}

/* A token is told once; the database, and who takes it, never learns it. */
static void
what_was_answered_is_not_to_be_read_in_the_database(void **state)
{
	struct testing_door *d = *state;
	struct testing_request ask = {.token = testing_door_token(d, ROLE_ADMINISTRATOR),
		.key = "mint",
		.body = "{\"name\":\"lorry\",\"role\":\"analyst\"}"};
	struct testing_answer first = testing_door_ask(d, "POST", "/api/v1/tokens", ask);
	struct testing_answer again = testing_door_ask(d, "POST", "/api/v1/tokens", ask);
	int readable = 0;

	assert_int_equal(first.status, 201);
	assert_non_null(strstr(first.body, "\"token\":\"prt_"));
	assert_string_equal(again.body, first.body);
	testing_door_write(d, count_readable, &readable);
	assert_int_equal(readable, 0);
}

static void
a_key_belongs_to_one_request_of_one_caller(void **state)
{
	struct testing_door *d = *state;
	const char *token = testing_door_token(d, ROLE_SYSTEM);
	const char *stranger = testing_door_token(d, ROLE_SYSTEM);
	struct testing_answer a = create(d, token, "one", pothole);
	struct testing_answer b;

	assert_int_equal(a.status, 201);
	b = create(d, token, "one", other);
	assert_int_equal(b.status, 422);
	assert_string_equal(b.type, "application/problem+json");
	b = testing_door_ask(d, "PATCH", pairs_get(&a.headers, "location"),
		(struct testing_request){.token = token,
			.key = "one",
			.tag = "*",
			.body = "{\"assignee\":\"me\"}"});
	assert_int_equal(b.status, 422);
	b = create(d, stranger, "one", other);
	assert_int_equal(b.status, 201);
	assert_string_not_equal(a.body, b.body);
	b = create(d, token, "", pothole);
	assert_int_equal(b.status, 400);
}

static void
a_refusal_keeps_nothing(void **state)
{
	struct testing_door *d = *state;
	const char *token = testing_door_token(d, ROLE_SYSTEM);

	assert_int_equal(create(d, token, "no", "{\"service\":\"NONE\"}").status, 422);
	assert_int_equal(create(d, token, "no", pothole).status, 201);
	assert_int_equal(create(d, "not-a-token", "no", pothole).status, 401);
	assert_int_equal(create(d, token, "no", pothole).status, 201);
}

static void
long_keys_are_refused(void **state)
{
	struct testing_door *d = *state;
	const char *token = testing_door_token(d, ROLE_SYSTEM);
	char key[257];

	memset(key, 'k', 255);
	key[255] = 0;
	assert_int_equal(create(d, token, key, pothole).status, 201);
	key[255] = 'k';
	key[256] = 0;
	assert_int_equal(create(d, token, key, pothole).status, 400);
}

enum { RIVALS = 16, ROUNDS = 8 };

struct race {
	struct testing_door *doors[2];
	const char *token, *key;
	_Atomic int turn, made, again, waiting, wrong;
};

static void *
rival(void *context)
{
	struct race *r = context;
	struct arena *a = arena_new();
	struct testing_door *d = r->doors[atomic_fetch_add(&r->turn, 1) % 2];
	struct outgoing_answer got;
	struct outgoing_call c = {
		.method = "POST",
		.url = arena_printf(a, "%s/api/v1/tickets", d->base),
		.body = bytes_of(pothole),
	};

	pairs_add(a, &c.headers, "Authorization", arena_printf(a, "Bearer %s", r->token));
	pairs_add(a, &c.headers, "Idempotency-Key", r->key);
	pairs_add(a, &c.headers, "Content-Type", "application/json");
	if (outgoing_send(&d->home, a, &c, &got) != DONE)
		atomic_fetch_add(&r->wrong, 1);
	else if (got.status == 409)
		atomic_fetch_add(&r->waiting, 1);
	else if (got.status != 201)
		atomic_fetch_add(&r->wrong, 1);
	else if (pairs_get(&got.headers, "idempotency-replayed"))
		atomic_fetch_add(&r->again, 1);
	else
		atomic_fetch_add(&r->made, 1);
	arena_free(a);
	return NULL;
}

/* Two nodes on one database where the engine allows it, else two on one. */
static void
at_once_it_is_done_once(void **state)
{
	struct testing_door *d = *state;
	struct testing_door second = *d;
	struct race r = {.doors = {d, d}, .token = testing_door_token(d, ROLE_SYSTEM)};
	int64_t before = testing_door_number(d, "select count(*) from ticket");
	pthread_t threads[RIVALS];
	int waiting = 0;

	if (testing_db_engine() == DB_POSTGRES) {
		testing_door_second(d, &second);
		r.doors[1] = &second;
	}
	for (int round = 0; round < ROUNDS; round++) {
		r.made = r.again = r.waiting = 0;
		r.key = arena_printf(testing_arena(), "race-%d", round);
		for (int i = 0; i < RIVALS; i++)
			assert_int_equal(pthread_create(&threads[i], NULL, rival, &r), 0);
		for (int i = 0; i < RIVALS; i++)
			pthread_join(threads[i], NULL);
		assert_int_equal(r.wrong, 0);
		assert_int_equal(r.made, 1);
		assert_int_equal(r.made + r.again + r.waiting, RIVALS);
		waiting += r.waiting;
	}
	print_message("in flight: %d of %d\n", waiting, RIVALS * ROUNDS);
	assert_int_equal(
		testing_door_number(d, "select count(*) from ticket"), before + ROUNDS);
	if (r.doors[1] != d)
		testing_door_close(&second);
}

static enum outcome
two_days_later(struct work *w, void *context)
{
	(void)context;
	w->now += 86400;
	kept_answer_sweep(w);
	assert_true(db_int(w->db, 0, "select count(*) from kept_answer") > 0);
	w->now += 86400;
	kept_answer_sweep(w);
	return DONE;
}

static void
keys_are_kept_a_day_and_then_swept(void **state)
{
	struct testing_door *d = *state;
	const char *token = testing_door_token(d, ROLE_SYSTEM);

	assert_int_equal(create(d, token, "day", pothole).status, 201);
	testing_door_write(d, two_days_later, NULL);
	assert_int_equal(testing_door_number(d, "select count(*) from kept_answer"), 0);
}

static int
begin(void **state)
{
	*state = testing_door_open("off");
	return 0;
}

static int
end(void **state)
{
	testing_door_close(*state);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_same_request_gets_the_same_answer),
		cmocka_unit_test(a_key_belongs_to_one_request_of_one_caller),
		cmocka_unit_test(what_was_answered_is_not_to_be_read_in_the_database),
		cmocka_unit_test(a_refusal_keeps_nothing),
		cmocka_unit_test(long_keys_are_refused),
		cmocka_unit_test(at_once_it_is_done_once),
		cmocka_unit_test(keys_are_kept_a_day_and_then_swept),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
