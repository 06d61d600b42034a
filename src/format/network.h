/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FORMAT_NETWORK_H
#define FORMAT_NETWORK_H

/*
 * Internet addresses by their bits, so that no way of writing one can hide where it
 * leads. An IPv4 address inside an IPv6 one (mapped, NAT64, 6to4, Teredo, compatible)
 * counts as what it leads to.
 */

#include "base/arena.h"
#include "base/bytes.h"

struct network {
	unsigned char at[16]; /* IPv4 as ::ffff:a.b.c.d */
	int bits;	      /* of the 128 that must agree */
};

struct network_list {
	struct network *at;
	int count;
};

/* One address as the kernel has it: 4 or 16 bytes. False for another length. */
bool network_address(struct bytes raw, unsigned char at[static 16]);

/* Reads "127.0.0.0/8", "::1", "10.0.0.1": strictly, as inet_pton does. */
bool network_read(const char *text, struct network *n);

/* Several, between commas or blanks. False when one is none. */
bool network_list_read(struct arena *a, const char *text, struct network_list *list);

bool network_has(const struct network_list *list, const unsigned char at[static 16]);

/* True for what the public Internet routes to one host: not for loopback, private,
 * link-local, metadata, shared, documentation, multicast and reserved addresses (the
 * special-purpose registries of RFC 6890), in whatever wrapping. */
bool network_is_public(const unsigned char at[static 16]);

#endif
