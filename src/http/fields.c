/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "http/fields.h"

#include <arpa/inet.h>
#include <string.h>
#include <strings.h>

const char *
fields_get(const struct pairs *headers, const char *name)
{
	for (int i = 0; i < headers->count; i++)
		if (strcasecmp(headers->at[i].name, name) == 0)
			return headers->at[i].value;
	return NULL;
}

int
fields_count(const struct pairs *headers, const char *name)
{
	int n = 0;

	for (int i = 0; i < headers->count; i++)
		n += strcasecmp(headers->at[i].name, name) == 0;
	return n;
}

void
fields_add(struct arena *a, struct pairs *to, const char *name, const char *value)
{
	enum { FIRST = 8 };
	bool is_full = to->count >= FIRST ? (to->count & (to->count - 1)) == 0
					  : to->count == 0;

	if (is_full) {
		size_t room = to->count ? (size_t)to->count * 2 : FIRST;
		struct pair *bigger = arena_array(a, room, sizeof *bigger);

		if (to->count)
			memcpy(bigger, to->at, (size_t)to->count * sizeof *bigger);
		to->at = bigger;
	}
	to->at[to->count++] = (struct pair){name, value};
}

static bool
is_token_char(unsigned char c)
{
	return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
	       (c >= 'a' && c <= 'z') || (c && strchr("!#$%&'*+-.^_`|~", c));
}

bool
fields_is_token(struct bytes b)
{
	for (size_t i = 0; i < b.len; i++)
		if (!is_token_char(b.at[i]))
			return false;
	return b.len > 0;
}

bool
fields_is_value(struct bytes b)
{
	for (size_t i = 0; i < b.len; i++)
		if ((b.at[i] < ' ' && b.at[i] != '\t') || b.at[i] == 0x7F)
			return false;
	return true;
}

static struct bytes
unquoted(struct bytes b)
{
	if (b.len >= 2 && b.at[0] == '"' && b.at[b.len - 1] == '"')
		return (struct bytes){b.at + 1, b.len - 2};
	return b;
}

void
fields_cookies(struct arena *a, const char *header, struct pairs *to)
{
	struct bytes rest = bytes_of(header);

	while (rest.len > 0 && to->count < FIELDS_COOKIES) {
		struct bytes value = bytes_cut(&rest, ';');
		struct bytes pair = value;
		struct bytes name = bytes_cut(&value, '=');
		const char *text;

		if (name.len == pair.len || !fields_is_token(bytes_trim(name)))
			continue;
		text = bytes_text(a, unquoted(bytes_trim(value)));
		if (text)
			fields_add(a, to, bytes_text(a, bytes_trim(name)), text);
	}
}

/* Is the weight among the parameters zero: "q=0", "q=0.000"? */
static bool
is_refused(struct bytes parameters)
{
	while (parameters.len > 0) {
		struct bytes value = bytes_cut(&parameters, ';');
		struct bytes name = bytes_trim(bytes_cut(&value, '='));
		size_t i = 0;

		if (!bytes_equal_nocase(name, bytes_of("q")))
			continue;
		value = bytes_trim(value);
		while (i < value.len && (value.at[i] == '0' || value.at[i] == '.'))
			i++;
		return i == value.len;
	}
	return false;
}

bool
fields_accept_coding(const char *header, const char *coding)
{
	struct bytes rest = bytes_of(header);
	bool any = false;

	while (rest.len > 0) {
		struct bytes parameters = bytes_cut(&rest, ',');
		struct bytes name = bytes_trim(bytes_cut(&parameters, ';'));

		if (bytes_equal_nocase(name, bytes_of(coding)))
			return !is_refused(parameters);
		if (bytes_equal(name, bytes_of("*")))
			any = !is_refused(parameters);
	}
	return any;
}

/* What stands between the quotes of a tag, weak or strong. */
static struct bytes
opaque(struct bytes tag)
{
	tag = bytes_trim(tag);
	if (tag.len >= 2 && tag.at[0] == 'W' && tag.at[1] == '/')
		tag = (struct bytes){tag.at + 2, tag.len - 2};
	return unquoted(tag);
}

bool
fields_match_tag(const char *header, const char *tag)
{
	struct bytes rest = bytes_of(header);
	struct bytes wanted = opaque(bytes_of(tag));

	if (bytes_equal(bytes_trim(rest), bytes_of("*")))
		return true;
	while (rest.len > 0)
		if (bytes_equal(opaque(bytes_cut(&rest, ',')), wanted))
			return wanted.len > 0;
	return false;
}

/* "[::1]:443", "192.0.2.1:443" and the bare forms: the address alone. */
static struct bytes
without_port(struct bytes b)
{
	const unsigned char *colon;

	if (b.len > 0 && b.at[0] == '[') {
		b = (struct bytes){b.at + 1, b.len - 1};
		return bytes_cut(&b, ']');
	}
	colon = b.len ? memchr(b.at, ':', b.len) : NULL;
	if (colon && !memchr(colon + 1, ':', b.len - (size_t)(colon + 1 - b.at)))
		return bytes_cut(&b, ':');
	return b;
}

const char *
fields_address(struct arena *a, struct bytes text)
{
	char spelled[INET6_ADDRSTRLEN] = "";
	unsigned char binary[16];

	text = without_port(bytes_trim(text));
	if (text.len == 0 || text.len >= sizeof spelled)
		return NULL;
	memcpy(spelled, text.at, text.len);
	if (inet_pton(AF_INET, spelled, binary) == 1) {
		inet_ntop(AF_INET, binary, spelled, sizeof spelled);
	} else if (inet_pton(AF_INET6, spelled, binary) == 1) {
		if (memcmp(binary, "\0\0\0\0\0\0\0\0\0\0\xFF\xFF", 12) == 0)
			inet_ntop(AF_INET, binary + 12, spelled, sizeof spelled);
		else
			inet_ntop(AF_INET6, binary, spelled, sizeof spelled);
	} else {
		return NULL;
	}
	return arena_copy(a, spelled);
}

bool
fields_lists_address(struct arena *a, const char *list, const char *address)
{
	struct bytes rest = bytes_of(list);

	while (rest.len > 0) {
		const char *one = fields_address(a, bytes_cut(&rest, ','));

		if (one && strcmp(one, address) == 0)
			return true;
	}
	return false;
}

/* Takes what stands behind the last comma off the end. */
static struct bytes
cut_last(struct bytes *rest)
{
	const unsigned char *comma = rest->len ? memrchr(rest->at, ',', rest->len) : NULL;
	struct bytes last = *rest;

	if (!comma) {
		rest->len = 0;
		return last;
	}
	rest->len = (size_t)(comma - rest->at);
	return (struct bytes){comma + 1, last.len - rest->len - 1};
}

const char *
fields_forwarded(struct arena *a, const struct pairs *headers, const char *trusted,
	const char *peer)
{
	if (!trusted || !fields_lists_address(a, trusted, peer))
		return peer;
	for (int i = headers->count - 1; i >= 0; i--) {
		struct bytes rest;

		if (strcasecmp(headers->at[i].name, "X-Forwarded-For") != 0)
			continue;
		rest = bytes_of(headers->at[i].value);
		while (rest.len > 0) {
			const char *one = fields_address(a, cut_last(&rest));

			if (!one)
				return peer;
			peer = one;
			if (!fields_lists_address(a, trusted, one))
				return one;
		}
	}
	return peer;
}
