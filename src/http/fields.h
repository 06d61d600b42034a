/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HTTP_FIELDS_H
#define HTTP_FIELDS_H

/*
 * Reading single header fields (RFC 9110, RFC 6265, RFC 7239's predecessor). All of it
 * is pure and takes what a stranger sent: fuzzed.
 */

#include "base/arena.h"
#include "base/bytes.h"
#include "format/pairs.h"

enum { FIELDS_COOKIES = 64 };

/* The first value of a header, its name without regard to case; or NULL. */
const char *fields_get(const struct pairs *headers, const char *name);

/* How often the header occurs. */
int fields_count(const struct pairs *headers, const char *name);

/* Appends to pairs that are empty or were only ever grown by this function. The array is
 * the arena's; names and values are kept, not copied. */
void fields_add(struct arena *a, struct pairs *to, const char *name, const char *value);

/* True for a non-empty run of token characters (RFC 9110 5.6.2). */
bool fields_is_token(struct bytes b);

/* True for text that may stand in a header: no control character but the tab. */
bool fields_is_value(struct bytes b);

/* Appends the cookies of one Cookie header. Those that are ill formed or not text are
 * skipped, as are all behind the first FIELDS_COOKIES. */
void fields_cookies(struct arena *a, const char *header, struct pairs *to);

/* Does Accept-Encoding allow this coding? "gzip;q=0" and silence do not, "*" does. */
bool fields_accept_coding(const char *header, const char *coding);

/* Is the entity tag among those of If-None-Match? Weak comparison (RFC 9110 8.8.3.2);
 * a tag without quotes is compared as the opaque part alone. */
bool fields_match_tag(const char *header, const char *tag);

/* An address of a peer in its one canonical spelling ("::FFFF:192.0.2.1" is
 * "192.0.2.1"; port and brackets dropped), or NULL when it is none. */
const char *fields_address(struct arena *a, struct bytes text);

/* Is the address one of a comma-separated list? NULL is the empty list. */
bool fields_lists_address(struct arena *a, const char *list, const char *address);

/* The client behind trusted proxies: the last address of the X-Forwarded-For headers
 * that is not itself trusted. `peer` when `peer` is not trusted or they say nothing
 * usable. */
const char *fields_forwarded(struct arena *a, const struct pairs *headers,
	const char *trusted, const char *peer);

#endif
