/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "format/network.h"

#include "testing.h"

static bool
is_public(const char *text)
{
	struct network n;

	assert_true(network_read(text, &n));
	return network_is_public(n.at);
}

static void
private_addresses_are_known_in_every_wrapping(void **state)
{
	static const char *const private[] = {"127.0.0.1", "127.255.255.254", "0.0.0.0",
		"10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1",
		"169.254.169.254", "100.64.0.1", "198.18.0.1", "224.0.0.1",
		"255.255.255.255", "192.0.2.1", "::", "::1", "fe80::1", "fec0::1",
		"fd00:ec2::254", "fc00::1", "ff02::1", "::ffff:127.0.0.1",
		"::ffff:169.254.169.254", "::127.0.0.1", "64:ff9b::7f00:1",
		"64:ff9b:1::a00:1", "2002:7f00:1::", "2002:a9fe:a9fe::1",
		"2001:0:1:2:3:4:80ff:fffe", "2001:db8::1", "100::1", "4000::1"};

	(void)state;
	for (size_t i = 0; i < sizeof private / sizeof *private; i++)
		if (is_public(private[i]))
			fail_msg("%s", private[i]);
}

static void
public_addresses_are_public(void **state)
{
	static const char *const public[] = {"1.1.1.1", "8.8.8.8", "172.32.0.1",
		"172.15.255.255", "100.63.255.255", "100.128.0.1", "192.167.1.1",
		"223.255.255.255", "2606:4700::1111", "::ffff:8.8.8.8",
		"64:ff9b::808:808", "2a00:1450:4009::1"};

	(void)state;
	for (size_t i = 0; i < sizeof public / sizeof *public; i++)
		if (!is_public(public[i]))
			fail_msg("%s", public[i]);
}

static void
lists_are_read_strictly(void **state)
{
	struct network_list list;
	struct network n;

	(void)state;
	assert_true(network_list_read(testing_arena(), " 10.0.0.0/9, ::1 ", &list));
	assert_int_equal(list.count, 2);
	assert_true(network_read("10.127.255.255", &n));
	assert_true(network_has(&list, n.at));
	assert_true(network_read("10.128.0.0", &n));
	assert_false(network_has(&list, n.at));
	assert_true(network_read("::1", &n));
	assert_true(network_has(&list, n.at));
	assert_true(network_list_read(testing_arena(), "", &list));
	assert_int_equal(list.count, 0);
	assert_false(network_list_read(testing_arena(), "127.1", &list));
	assert_false(network_list_read(testing_arena(), "10.0.0.0/33", &list));
	assert_false(network_list_read(testing_arena(), "10.0.0.0/", &list));
	assert_false(network_list_read(testing_arena(), "localhost", &list));
	assert_false(network_read("0x7f.0.0.1", &n));
	assert_false(network_read("2130706433", &n));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(private_addresses_are_known_in_every_wrapping),
		cmocka_unit_test(public_addresses_are_public),
		cmocka_unit_test(lists_are_read_strictly),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
