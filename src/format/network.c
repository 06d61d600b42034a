/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "format/network.h"
#include "weaken.h"

#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>

enum { MAPPED_BITS = 96, MOST_NETWORKS = 64 };

static const unsigned char mapped[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

/* Where nothing public lives. What is IPv6 and not within 2000::/3 is refused as well. */
static const char *const special[] = {
	"0.0.0.0/8",
	"10.0.0.0/8",
	"100.64.0.0/10",
	"127.0.0.0/8",
	"169.254.0.0/16",
	"172.16.0.0/12",
	"192.0.0.0/24",
	"192.0.2.0/24",
	"192.31.196.0/24",
	"192.52.193.0/24",
	"192.88.99.0/24",
	"192.168.0.0/16",
	"192.175.48.0/24",
	"198.18.0.0/15",
	"198.51.100.0/24",
	"203.0.113.0/24",
	"224.0.0.0/3",
	"2001::/23",
	"2001:db8::/32",
	"3fff::/20",
};

/* Behind these prefixes stands an IPv4 address, at that byte. */
static const struct {
	const char *prefix;
	int at;
	bool inverted;
} wrappings[] = {
	{"::/96", 12, false},
	{"64:ff9b::/96", 12, false},
	{"64:ff9b:1::/48", 12, false},
	{"2002::/16", 2, false},
	{"2001::/32", 12, true},
};

bool
network_address(struct bytes raw, unsigned char at[static 16])
{
	if (raw.len == 16) {
		memcpy(at, raw.at, 16);
		return true;
	}
	if (raw.len != 4)
		return false;
	memcpy(at, mapped, sizeof mapped);
	memcpy(at + 12, raw.at, 4);
	return true;
}

static bool
read_bits(const char *text, int most, int *bits)
{
	char *end;
	long n = strtol(text, &end, 10);

	if (end == text || *end || n < 0 || n > most)
		return false;
	*bits = (int)n;
	return true;
}

bool
network_read(const char *text, struct network *n)
{
	char host[INET6_ADDRSTRLEN + 1];
	size_t length = strcspn(text, "/");
	unsigned char raw[16];
	bool four;
	int bits;

	if (length >= sizeof host)
		return false;
	memcpy(host, text, length);
	host[length] = 0;
	four = inet_pton(AF_INET, host, raw) == 1;
	if (!four && inet_pton(AF_INET6, host, raw) != 1)
		return false;
	bits = four ? 32 : 128;
	if (text[length] && !read_bits(text + length + 1, bits, &bits))
		return false;
	n->bits = four ? bits + MAPPED_BITS : bits;
	return network_address((struct bytes){raw, four ? 4 : 16}, n->at);
}

bool
network_list_read(struct arena *a, const char *text, struct network_list *list)
{
	*list = (struct network_list){
		.at = arena_array(a, MOST_NETWORKS, sizeof *list->at),
	};
	for (;;) {
		size_t n;

		text += strspn(text, ", \t");
		n = strcspn(text, ", \t");
		if (n == 0)
			return true;
		if (list->count == MOST_NETWORKS ||
			!network_read(arena_text(a, text, n), &list->at[list->count]))
			return false;
		list->count++;
		text += n;
	}
}

static bool
within(const struct network *n, const unsigned char at[static 16])
{
	int bytes = n->bits / 8, rest = n->bits % 8;
	unsigned mask = rest ? 0xffu << (8 - rest) & 0xff : 0;

	return memcmp(n->at, at, (size_t)bytes) == 0 &&
	       (rest == 0 || ((n->at[bytes] ^ at[bytes]) & mask) == 0);
}

bool
network_has(const struct network_list *list, const unsigned char at[static 16])
{
	for (int i = 0; i < list->count; i++)
		if (within(&list->at[i], at))
			return true;
	return false;
}

static bool
is_within(const char *text, const unsigned char at[static 16])
{
	struct network n;

	return network_read(text, &n) && within(&n, at);
}

/* The address that is really meant; itself when nothing is wrapped. */
static void
unwrap(const unsigned char at[static 16], unsigned char inner[static 16])
{
	unsigned char four[4];

	memcpy(inner, at, 16);
	for (size_t i = 0; i < sizeof wrappings / sizeof *wrappings; i++)
		if (is_within(wrappings[i].prefix, at)) {
			for (int j = 0; j < 4; j++)
				four[j] = at[wrappings[i].at + j] ^
					  (wrappings[i].inverted ? 0xff : 0);
			network_address((struct bytes){four, 4}, inner);
			return;
		}
}

bool
network_is_public(const unsigned char at[static 16])
{
	unsigned char inner[16];

	unwrap(at, inner);
#ifdef WEAKEN_PRIVATE_NETWORK
	return true;
#endif
	if (memcmp(inner, mapped, sizeof mapped) != 0 && !is_within("2000::/3", inner))
		return false;
	for (size_t i = 0; i < sizeof special / sizeof *special; i++)
		if (is_within(special[i], inner))
			return false;
	return true;
}
