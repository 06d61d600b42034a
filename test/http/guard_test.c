/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "testing.h"

#include "http/guard.h"

#include <stdio.h>

enum { SECOND = 1000000 };

static void
a_burst_is_allowed_and_then_the_rate(void **state)
{
	struct guard *g = guard_new(&(struct guard_limits){.rate = 2, .burst = 5});
	struct guard_peer p = guard_peer_named("192.0.2.1");
	struct guard_peer other = guard_peer_named("192.0.2.2");
	int64_t now = 1000 * (int64_t)SECOND;

	(void)state;
	for (int i = 0; i < 5; i++)
		assert_int_equal(guard_admit(g, &p, now), 0);
	assert_int_equal(guard_admit(g, &p, now), 1);
	assert_int_equal(guard_admit(g, &other, now), 0);
	assert_int_equal(guard_admit(g, &p, now + SECOND / 2), 0);
	assert_int_equal(guard_admit(g, &p, now + SECOND / 2), 1);
	for (int i = 0; i < 5; i++)
		assert_int_equal(guard_admit(g, &p, now + 60LL * SECOND), 0);
	assert_int_equal(guard_admit(g, &p, now + 60LL * SECOND), 1);
	guard_free(g);
}

static void
no_rate_is_no_limit(void **state)
{
	struct guard *g = guard_new(&(struct guard_limits){0});
	struct guard_peer p = guard_peer_named("192.0.2.1");

	(void)state;
	for (int i = 0; i < 1000; i++) {
		assert_int_equal(guard_admit(g, &p, 0), 0);
		assert_true(guard_connect(g, &p));
	}
	guard_free(g);
}

static void
connections_are_counted_for_each_peer(void **state)
{
	struct guard *g = guard_new(&(struct guard_limits){.connections = 2});
	struct guard_peer p = guard_peer_named("192.0.2.1");
	struct guard_peer other = guard_peer_named("192.0.2.2");

	(void)state;
	assert_true(guard_connect(g, &p));
	assert_true(guard_connect(g, &p));
	assert_false(guard_connect(g, &p));
	assert_true(guard_connect(g, &other));
	guard_disconnect(g, &p);
	assert_true(guard_connect(g, &p));
	assert_false(guard_connect(g, &p));
	guard_free(g);
}

static void
an_ipv6_network_is_one_peer(void **state)
{
	struct guard *g = guard_new(&(struct guard_limits){.connections = 1});
	struct guard_peer a = guard_peer_named("2001:db8::1");
	struct guard_peer b = guard_peer_named("2001:db8::2");
	struct guard_peer c = guard_peer_named("2001:db8:0:1::1");
	struct guard_peer mapped = guard_peer_named("::ffff:192.0.2.1");
	struct guard_peer plain = guard_peer_named("192.0.2.1");

	(void)state;
	assert_true(guard_connect(g, &a));
	assert_false(guard_connect(g, &b));
	assert_true(guard_connect(g, &c));
	assert_memory_equal(&mapped, &plain, sizeof plain);
	guard_free(g);
}

/* An attacker with a hundred thousand addresses makes the guard forget the quiet, not
 * those who hold connections. */
static void
a_flood_of_peers_does_not_wash_away_connections(void **state)
{
	struct guard *g = guard_new(
		&(struct guard_limits){.connections = 1, .rate = 1, .burst = 1});
	struct guard_peer p = guard_peer_named("192.0.2.1");

	(void)state;
	assert_true(guard_connect(g, &p));
	for (int i = 0; i < 100000; i++) {
		char name[32];
		struct guard_peer other;

		snprintf(
			name, sizeof name, "10.%d.%d.%d", i >> 16, i >> 8 & 255, i & 255);
		other = guard_peer_named(name);
		assert_int_equal(guard_admit(g, &other, SECOND + i), 0);
	}
	assert_false(guard_connect(g, &p));
	guard_free(g);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_burst_is_allowed_and_then_the_rate),
		cmocka_unit_test(no_rate_is_no_limit),
		cmocka_unit_test(connections_are_counted_for_each_peer),
		cmocka_unit_test(an_ipv6_network_is_one_peer),
		cmocka_unit_test(a_flood_of_peers_does_not_wash_away_connections),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
